"""The privacy page explains every rule, in order, and publishes every joint fact."""

import re
from pathlib import Path

from practice.domain.joint_facts import JointFact
from practice.domain.visibility import RULES, Audience

TEXT = (Path(__file__).parents[1] / "docs" / "privacy.md").read_text(encoding="utf-8")
RULE = re.compile(r"^(\d+)\. \*\*`(\w+)`\*\* (.+?)(?=^\d+\. |^## )", re.MULTILINE | re.DOTALL)


def test_every_rule_is_explained_in_the_order_in_which_it_is_asked():
    explained = RULE.findall(TEXT)
    assert [name for _, name, _ in explained] == [rule.__name__ for rule in RULES], (
        "explain each rule of RULES in docs/privacy.md, numbered, in the order in which it is asked"
    )
    assert [int(number) for number, _, _ in explained] == list(range(1, len(RULES) + 1))
    assert all(len(words.split()) >= 10 for _, _, words in explained)
    assert "`hidden_by_default`" in TEXT


def test_the_joint_facts_are_published_whole_and_alone():
    section = TEXT.split("## What partners may know")[1].split("\n## ")[0]
    listed = [line[2:] for line in section.splitlines() if line.startswith("- ")]
    assert listed == [fact.sentence for fact in JointFact]


def test_every_audience_is_named():
    for audience in Audience:
        assert f"(`{audience.value}`)" in TEXT
