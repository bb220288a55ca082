"""The demo's words fit the worksheets, and its answers add up."""

from datetime import date

import pytest

from practice.cli.demo import words
from practice.cli.demo.answers import answers_for
from practice.cli.demo.stories import STORIES
from practice.domain.homework.registry import all_templates, get_template
from practice.domain.measures.registry import get_measure


@pytest.mark.parametrize(
    "key", sorted({task.template for story in STORIES for task in story.tasks})
)
@pytest.mark.parametrize("number", range(6))
def test_every_worksheet_of_the_demo_accepts_what_is_written_there(key, number):
    get_template(key).clean(words.entry(key, number, date(2026, 5, 4)))


@pytest.mark.parametrize("total", [0, 1, 33, 51, 52, 80, 81])
def test_answers_add_up(total):
    csi = get_measure("csi16")
    answers = answers_for(csi, "csi16", total)
    assert csi.score(answers)["csi16"] == total


def test_there_is_no_such_total():
    with pytest.raises(ValueError, match="csi16"):
        answers_for(get_measure("csi16"), "csi16", 82)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.names[0])
def test_a_story_is_complete(story):
    people = len(story.names)
    assert people >= 2
    for part in (story.totals, story.ratings, story.problems, story.shares):
        assert len(part) == people
    for totals in story.totals:
        assert len(totals) == len(story.measured_at)
    for task in story.tasks:
        assert len(task.diligence) == people
        assert task.template in all_templates()
    for aim in story.aims:
        assert all(len(round_) == (people if not aim.only else 1) + 1 for round_ in aim.ratings)


def test_the_caseload_shows_every_course():
    assert len(STORIES) >= 12
    assert any(len(story.names) == 3 for story in STORIES)
    assert any(story.parted for story in STORIES)
    assert any(story.therapist != 1 for story in STORIES)
