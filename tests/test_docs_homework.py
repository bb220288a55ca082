"""The page about the library names every worksheet and handout with its source."""

import re
from pathlib import Path

import pytest

from practice.domain.handouts.registry import all_handouts
from practice.domain.homework import suggestions
from practice.domain.homework.registry import all_templates

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "homework.md").read_text(encoding="utf-8")
OWN = "common practice, no author; the wording is our own"


def section(heading: str) -> str:
    return PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def rows(heading: str) -> dict[str, list[str]]:
    lines = re.findall(r"^\| `(\w+)` \| (.+) \|$", section(heading), re.MULTILINE)
    return {key: rest.split(" | ") for key, rest in lines}


@pytest.mark.parametrize("key", sorted(all_templates()))
def test_every_worksheet_stands_there_with_title_time_and_source(key):
    worksheet = all_templates()[key]
    title, who, clearance, source = rows("Worksheets")[key]
    assert title == worksheet.title
    assert who.endswith(f", {worksheet.minutes} min")
    assert clearance == ("needs clearance" if worksheet.needs_both_safe else "alone")
    assert source == (worksheet.source or OWN)


@pytest.mark.parametrize("key", sorted(all_handouts()))
def test_every_handout_stands_there_with_title_and_source(key):
    assert rows("Handouts")[key] == [all_handouts()[key].title, all_handouts()[key].source or OWN]


def test_every_idea_leads_to_something_that_there_is_and_everything_has_its_idea():
    ideas = section("Ideas, and what became of them")
    named = set(re.findall(r"`(\w+)`", ideas))
    there = set(all_templates()) | set(all_handouts())
    assert there <= named
    assert named == there
    assert set(rows("Worksheets")) == set(all_templates())
    assert set(rows("Handouts")) == set(all_handouts())


def test_the_counts_of_the_suggestions_are_as_written():
    text = " ".join(section("Suggestions").split())
    again = suggestions.PATTERN + suggestions.PATTERN_AGAIN
    assert f"| {suggestions.PATTERN}; {again} in more than one of them |" in text
    assert f"that it answers | {suggestions.FURTHER} |" in text
    assert f"| {suggestions.GOAL} for each goal |" in text
    assert f"{suggestions.WENT_WELL} or more on average | {suggestions.WELL_BEFORE} |" in text
    assert f"if there is another reason | {suggestions.NEW} |" in text
    assert f"within the last {suggestions.REST} days" in text
    assert "hard going (3 or less on average)" in text
    assert "at most five worksheets" in text
    assert suggestions.MOST == 5
    assert "three newest joint notes" in text
    assert suggestions.NOTES == 3


def test_the_licence_is_said():
    assert "under the licence of this program" in PAGE
