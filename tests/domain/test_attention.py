"""What needs attention: each rule speaks from its own least amount of data on, not before."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from practice.domain.attention import (
    Concern,
    CoupleSituation,
    PersonSituation,
    RunningTask,
    reasons_for,
)
from practice.domain.course import Signal, SignalKind
from practice.domain.series import Score, build_series

TODAY = date(2026, 11, 20)
SOON = TODAY + timedelta(days=6)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def concerns(person: PersonSituation | None = None, **couple: object) -> list[Concern]:
    people = (person or PersonSituation(first_name="Ada"),)
    known = {"next_session_on": SOON} | couple
    situation = CoupleSituation(people=people, **known)
    return [reason.concern for reason in reasons_for(situation, TODAY)]


def satisfaction(*values: float, points: float | None = 6.66, higher: bool | None = True):
    scores = [
        Score(UUID(int=1), "csi16", ago(100 - number), value) for number, value in enumerate(values)
    ]
    return build_series(scores, higher_is_better=higher, reliable_points=points)


def test_a_new_couple_with_a_session_planned_worries_nobody():
    assert concerns() == []


def test_no_next_session_is_said_at_once():
    assert concerns(next_session_on=None) == [Concern.NO_NEXT_SESSION]


@pytest.mark.parametrize(("days", "speaks"), [(0, False), (1, False), (2, True)])
def test_a_draft_waits_from_the_day_after_tomorrow_on(days, speaks):
    assert (Concern.DRAFT_NOTE in concerns(draft_since=ago(days))) is speaks


@pytest.mark.parametrize(("days", "speaks"), [(0, False), (1, True)])
def test_a_planned_session_waits_to_be_recorded_once_its_day_is_over(days, speaks):
    assert (Concern.NOT_RECORDED in concerns(unrecorded_since=ago(days))) is speaks


@pytest.mark.parametrize(("days", "speaks"), [(2, False), (3, True)])
def test_an_invitation_is_mentioned_when_it_has_run_out(days, speaks):
    person = PersonSituation(first_name="Ada", invited_on=ago(days))
    assert (Concern.INVITATION in concerns(person)) is speaks


@pytest.mark.parametrize(("days", "speaks"), [(6, False), (7, True)])
def test_a_questionnaire_is_mentioned_after_a_week(days, speaks):
    person = PersonSituation(first_name="Ada", unanswered_since=ago(days))
    assert (Concern.MEASURE in concerns(person)) is speaks


def test_occasions_that_all_went_by_are_mentioned_once_and_at_once():
    person = PersonSituation(first_name="Ada", silent_since=ago(20), unanswered_since=ago(30))
    couple = CoupleSituation(people=(person,), next_session_on=SOON)
    (reason,) = reasons_for(couple, TODAY)
    assert reason.words == "Ada: nothing that was asked at a fixed time was answered"
    assert reason.since == ago(20)


@pytest.mark.parametrize(
    ("opened", "last_entry", "speaks"),
    [(13, None, False), (14, None, True), (60, 13, False), (60, 14, True), (5, 20, False)],
)
def test_homework_is_mentioned_after_two_weeks_in_which_it_could_be_done(
    opened, last_entry, speaks
):
    task = RunningTask(ago(opened), None if last_entry is None else ago(last_entry))
    person = PersonSituation(first_name="Ada", tasks=(task,))
    assert (Concern.HOMEWORK in concerns(person)) is speaks


@pytest.mark.parametrize(
    ("values", "speaks"),
    [((50,), False), ((50, 44), False), ((50, 43), True), ((43, 50), False), ((50, 30, 48), False)],
)
def test_only_a_reliable_fall_from_first_to_latest_is_worsening(values, speaks):
    person = PersonSituation(first_name="Ada", satisfaction=satisfaction(*values))
    assert (Concern.WORSENING in concerns(person)) is speaks


def test_a_scale_without_reliable_change_is_not_judged():
    person = PersonSituation(first_name="Ada", satisfaction=satisfaction(9, 1, points=None))
    assert concerns(person) == []


def test_on_a_scale_where_less_is_better_a_rise_is_worsening():
    person = PersonSituation(first_name="Ada", satisfaction=satisfaction(1, 20, higher=False))
    situation = CoupleSituation(people=(person,), next_session_on=SOON)
    (reason,) = reasons_for(situation, TODAY)
    assert "rose by 19 points" in reason.words


def test_reasons_stand_in_the_order_of_concerns_and_name_whom_they_are_about():
    ada = PersonSituation(first_name="Ada", satisfaction=satisfaction(50, 40))
    ben = PersonSituation(first_name="Ben", invited_on=ago(9), tasks=(RunningTask(ago(30), None),))
    situation = CoupleSituation(people=(ada, ben), draft_since=ago(4))
    reasons = reasons_for(situation, TODAY)
    order = list(Concern)
    assert [r.concern for r in reasons] == sorted((r.concern for r in reasons), key=order.index)
    assert len(reasons) == 5
    assert [r.words.split(":")[0] for r in reasons if ":" in r.words] == ["Ada", "Ben", "Ben"]


def signal(kind: SignalKind, person: UUID | None = None) -> Signal:
    return Signal(kind, f"Ada: {kind.value},", "Why.", "3 answers", ago(20), person)


def test_rules_of_thumb_are_reasons_that_say_what_they_are_and_green_is_none():
    signals = tuple(signal(kind) for kind in SignalKind)
    situation = CoupleSituation(people=(), next_session_on=SOON, signals=signals)
    reasons = reasons_for(situation, TODAY)
    assert [reason.concern for reason in reasons] == (
        [Concern.NOT_ON_TRACK] * 4 + [Concern.EARLY_SIGN] * 2
    )
    assert reasons[0].words == "Ada: worse (rule of thumb),"
    assert reasons[0].since == ago(20)


@pytest.mark.parametrize(
    ("kind", "about", "said"),
    [
        (SignalKind.WORSE, 1, [Concern.NOT_ON_TRACK]),
        (SignalKind.WORSE, 2, [Concern.NOT_ON_TRACK, Concern.WORSENING]),
        (SignalKind.SLOW_SLIDE, 1, [Concern.WORSENING, Concern.EARLY_SIGN]),
    ],
)
def test_the_same_fall_is_not_said_twice(kind, about, said):
    ada = PersonSituation(
        first_name="Ada", person_id=UUID(int=1), satisfaction=satisfaction(50, 40)
    )
    assert concerns(ada, signals=(signal(kind, UUID(int=about)),)) == said


@pytest.mark.parametrize(("values", "said"), [((52, 39), False), ((40, 42), True)])
def test_little_gain_is_not_said_of_somebody_whose_fall_is_said(values, said):
    """A fall and "little gain" in one list read like two findings; it is one."""
    ada = UUID(int=1)
    person = PersonSituation(first_name="Ada", person_id=ada, satisfaction=satisfaction(*values))
    stuck = Signal(SignalKind.LITTLE_GAIN, "Ada: little gain", "", "", ago(90), ada)
    other = Signal(SignalKind.LITTLE_GAIN, "Ben: little gain", "", "", ago(90), UUID(int=2))
    situation = CoupleSituation(people=(person,), next_session_on=SOON, signals=(stuck, other))
    words = [reason.words for reason in reasons_for(situation, TODAY)]
    assert any(one.startswith("Ada: little gain") for one in words) is said
    assert any(one.startswith("Ben: little gain") for one in words)
    assert any("reliable change for the worse" in one for one in words) is not said
