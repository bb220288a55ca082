"""What a battery may hold, and how it is stored."""

from dataclasses import replace

import pytest

from practice.domain.battery import DEFAULT_BATTERY, Battery, Occasion, Step, StepKind
from practice.domain.measures.definition import KEY_PATTERN
from practice.domain.measures.registry import all_measures
from practice.domain.schedule import TASKS
from practice.domain.schedule.steps import RULES
from practice.domain.steps import KINDS

KNOWN = all_measures()


def keys(occasion):
    return [step.measure_key for step in DEFAULT_BATTERY.measures if step.occasion is occasion]


def test_the_shipped_battery_is_the_recommended_one():
    assert keys(Occasion.INTAKE) == ["csi16", "phq9", "gad7", "who5", "ratings"]
    assert keys(Occasion.BEFORE_SESSION) == ["csi4", "ratings"]
    assert keys(Occasion.AFTER_SESSION) == ["session_feedback"]
    assert keys(Occasion.REVIEW) == ["csi16", "phq9", "gad7"]
    assert keys(Occasion.DISCHARGE) == ["csi16", "phq9", "gad7"]
    assert keys(Occasion.FOLLOW_UP_3) == keys(Occasion.FOLLOW_UP_12)
    assert keys(Occasion.FOLLOW_UP_3) == ["csi16", "relationship_now"]
    assert {step.measure_key for step in DEFAULT_BATTERY.steps if step.optional} == {"who5"}
    elevated = {
        (step.occasion, step.measure_key) for step in DEFAULT_BATTERY.steps if step.if_elevated
    }
    assert elevated == {(Occasion.REVIEW, "phq9"), (Occasion.REVIEW, "gad7")}
    assert DEFAULT_BATTERY.problems(KNOWN) == []


def test_goals_are_asked_at_intake_before_each_session_and_at_discharge():
    assert [(step.kind, step.occasion) for step in DEFAULT_BATTERY.others] == [
        (StepKind.SCREENING, Occasion.INTAKE),
        (StepKind.GOALS, Occasion.INTAKE),
        (StepKind.GOALS, Occasion.BEFORE_SESSION),
        (StepKind.GOALS, Occasion.DISCHARGE),
    ]


def test_each_kind_says_where_it_can_be_asked_as_its_rule_knows_it():
    assert set(KINDS) == set(RULES) == set(StepKind) - {StepKind.MEASURE}
    assert set(KINDS[StepKind.GOALS].occasions) == set(TASKS)


def test_a_battery_stored_before_there_were_kinds_holds_measures():
    old = {
        "active": True,
        "review_first": 4,
        "review_every": 6,
        "steps": [
            {"occasion": "intake", "measure": "who5", "if_elevated": False, "optional": True}
        ],
    }
    battery = Battery.from_json(old)
    assert battery.steps == (Step(Occasion.INTAKE, "who5", optional=True),)
    assert battery.as_json() == old


def test_no_measure_can_be_mistaken_for_another_kind_of_step():
    words = {step.what for step in DEFAULT_BATTERY.others}
    assert words == {"_goals", "_screening"}
    assert not any(KEY_PATTERN.fullmatch(word) for word in words)


def test_reviews_stand_before_the_fourth_session_and_every_sixth_after_it():
    assert [n for n in range(1, 25) if DEFAULT_BATTERY.is_review(n)] == [4, 10, 16, 22]
    often = Battery((), review_first=2, review_every=1)
    assert [n for n in range(1, 6) if often.is_review(n)] == [2, 3, 4, 5]


def test_a_battery_comes_back_as_it_was_stored():
    changed = replace(DEFAULT_BATTERY, review_first=3, review_every=5, active=False)
    for battery in (DEFAULT_BATTERY, changed, Battery(())):
        assert Battery.from_json(battery.as_json()) == battery


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"steps": None}, "steps must be a list"),
        ({"steps": [{"occasion": "x"}] * 201}, "at most 200"),
        ({"steps": ["csi16"]}, "step 1 is not a step"),
        ({"steps": [{"occasion": "tea", "measure": "csi16"}]}, "step 1: unknown occasion 'tea'"),
        ({"steps": [{"occasion": "intake"}]}, "step 1: no measure"),
        (
            {"steps": [{"occasion": "intake", "measure": "csi16", "optional": "yes"}]},
            "step 1: optional must be true or false",
        ),
        ({"steps": [{"occasion": "intake", "measure": "csi16"}] * 2}, "intake asks csi16 twice"),
        ({"steps": [{"occasion": "intake", "kind": "goals"}] * 2}, "intake asks _goals twice"),
        ({"steps": [{"occasion": "intake", "kind": "tea"}]}, "step 1: unknown kind 'tea'"),
        ({"review_first": 1}, "review_first must be 2 to 52"),
        ({"review_every": True}, "review_every must be 1 to 52"),
        ({"active": 1}, "active must be true or false"),
    ],
)
def test_a_damaged_battery_says_what_is_wrong(change, message):
    with pytest.raises(ValueError, match=message):
        Battery.from_json(DEFAULT_BATTERY.as_json() | change)


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ([Step(Occasion.INTAKE, "nothing")], "There is no measure 'nothing'"),
        ([Step(Occasion.INTAKE, "rdas")], "totals are entered by you"),
        ([Step(Occasion.REVIEW, "ratings", if_elevated=True)], "no cut score"),
        ([Step(Occasion.INTAKE, "phq9", if_elevated=True)], "not known yet"),
        (
            [Step(Occasion.BEFORE_SESSION, "ratings"), Step(Occasion.AFTER_SESSION, "ratings")],
            "asked twice within one sitting",
        ),
        ([Step(Occasion.AFTER_SESSION, kind=StepKind.GOALS)], "before a session, not after it"),
        ([Step(Occasion.REVIEW, if_elevated=True, kind=StepKind.GOALS)], "nobody can be elevated"),
        ([Step(Occasion.INTAKE, "csi16"), Step(Occasion.INTAKE, "csi4")], "the same questions"),
        ([Step(Occasion.INTAKE, "csi4"), Step(Occasion.INTAKE, "csi16")], "the same questions"),
    ],
)
def test_what_cannot_be_asked_is_named_with_its_step(steps, message):
    ((step, why),) = Battery(tuple(steps)).problems(KNOWN)
    assert step == steps[-1]
    assert message in why
