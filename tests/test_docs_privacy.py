"""The privacy page explains every rule, in order, and publishes every joint fact."""

import re
from pathlib import Path

from practice.domain.acts import ACT_RULES
from practice.domain.joint_facts import JointFact
from practice.domain.visibility import RULES, Audience
from practice.services import audit

ROOT = Path(__file__).parents[1]
PRACTICE = ROOT / "practice"
TEXT = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
RULE = re.compile(r"^(\d+)\. \*\*`(\w+)`\*\* (.+?)(?=^\d+\. |^## )", re.MULTILINE | re.DOTALL)


def test_every_rule_is_explained_in_the_order_in_which_it_is_asked():
    explained = RULE.findall(TEXT)
    assert [name for _, name, _ in explained] == [rule.__name__ for rule in RULES], (
        "explain each rule of RULES in docs/privacy.md, numbered, in the order in which it is asked"
    )
    assert [int(number) for number, _, _ in explained] == list(range(1, len(RULES) + 1))
    assert all(len(words.split()) >= 10 for _, _, words in explained)
    assert "`hidden_by_default`" in TEXT


def test_every_rule_of_acting_is_explained_in_the_order_in_which_it_is_asked():
    section = TEXT.split("## What somebody may do beyond reading")[1].split("\n## ")[0]
    explained = re.findall(r"^- \*\*`(\w+)`\*\* (.+)$", section, re.MULTILINE)
    assert [name for name, _ in explained] == [rule.__name__ for rule in ACT_RULES], (
        "explain each rule of ACT_RULES in docs/privacy.md, in a line, in their order"
    )
    assert all(len(words.split()) >= 10 for _, words in explained)
    assert "`not_allowed_by_default`" in section


REASON = re.compile(
    r"""note_(?:failed_sign_in|withheld)\([^)]*"(\w+)"\)|reason(?:: str)? ?= ?"(\w+)\""""
)


def test_every_other_reason_of_the_access_log_is_explained():
    section = TEXT.split("## Why a line stands in the access log")[1].split("\n## ")[0]
    told = set(re.findall(r"`(\w+)`", section))
    reasons = {
        next(filter(None, found))
        for path in PRACTICE.rglob("*.py")
        if "note_" in (text := path.read_text(encoding="utf-8"))
        for found in REASON.findall(text)
    }
    reasons |= {audit.IN_CARE, audit.OWN_PAGE, audit.NOT_IN_CARE, audit.NOT_THERE}
    reasons |= {audit.BY_ITS_ACTOR, "as_supervising", "as_reception", "as_owner"}
    assert told == reasons


def test_the_joint_facts_are_published_whole_and_alone():
    section = TEXT.split("## What partners may know")[1].split("\n## ")[0]
    listed = [line[2:] for line in section.splitlines() if line.startswith("- ")]
    assert listed == [fact.sentence for fact in JointFact]


def test_every_audience_is_named():
    for audience in Audience:
        assert f"(`{audience.value}`)" in TEXT
