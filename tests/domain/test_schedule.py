"""When what is asked: by example, and rules that hold for any course of therapy."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.battery import DEFAULT_BATTERY, Battery, Occasion, Step
from practice.domain.measures.own import measure_from
from practice.domain.measures.registry import all_measures
from practice.domain.measures.relations import contains
from practice.domain.schedule import (
    Answer,
    CourseFacts,
    PersonFacts,
    RequestStatus,
    SessionFact,
    Waiting,
    is_elevated,
    months_later,
    plan,
    status_of,
)
from practice.domain.sessions import SessionStatus
from tests.practice_settings_builders import own_definition

KNOWN = all_measures()
ADA, BEN = UUID(int=1), UUID(int=2)
LONDON = ZoneInfo("Europe/London")
START = date(2026, 3, 2)
PLANNED, HELD, CANCELLED = SessionStatus.PLANNED, SessionStatus.HELD, SessionStatus.CANCELLED


def session(number, *, days=None, status=PLANNED, person=None, there=(ADA, BEN), hour=18):
    """A session ``days`` after the start: by default one a week from the eighth day on."""
    day = START + timedelta(days=7 * number if days is None else days)
    starts = datetime(day.year, day.month, day.day, hour, tzinfo=LONDON).astimezone(UTC)
    return SessionFact(
        UUID(int=100 + number),
        person,
        status,
        starts,
        starts + timedelta(minutes=60),
        frozenset(there) if status is HELD else frozenset(),
    )


def course(*sessions, **more):
    return CourseFacts(LONDON, tuple(sessions), **more)


def person(who=ADA, **more):
    return PersonFacts(who, **({"joined_on": START} | more))


def answered(key, days, **scores):
    return Answer(key, START + timedelta(days=days), scores)


INTAKE_DONE = tuple(answered(key, 1) for key in ("csi16", "phq9", "gad7", "who5", "ratings"))


def asked(found, occasion=None):
    return [p.measure_key for p in found if occasion in (None, p.occasion)]


def one(found, occasion, key):
    (planned,) = [p for p in found if p.occasion is occasion and p.measure_key == key]
    return planned


# ---- intake -------------------------------------------------------------------------------


def test_intake_opens_on_joining_and_stays_open_while_nothing_is_planned():
    found = plan(DEFAULT_BATTERY, course(), person(), KNOWN)
    assert asked(found) == ["csi16", "phq9", "gad7", "who5", "ratings"]
    for planned in found:
        assert planned.opens_at == datetime(2026, 3, 2, tzinfo=UTC)
        assert (planned.due_on, planned.closes_on, planned.session_id) == (None, None, None)
    assert one(found, Occasion.INTAKE, "who5").optional
    assert not one(found, Occasion.INTAKE, "csi16").optional


def test_intake_is_due_by_the_first_session_and_closes_before_the_first_review_opens():
    found = plan(DEFAULT_BATTERY, course(*map(session, range(1, 5))), person(), KNOWN)
    intake = one(found, Occasion.INTAKE, "csi16")
    assert intake.due_on == START + timedelta(days=7)
    # The fourth session is on day 28, its review opens on day 25.
    assert intake.closes_on == START + timedelta(days=24)


def test_intake_closes_before_the_end_of_care():
    ended = START + timedelta(days=9)
    found = plan(DEFAULT_BATTERY, course(session(1), ended_on=ended), person(), KNOWN)
    assert one(found, Occasion.INTAKE, "csi16").closes_on == ended - timedelta(days=1)
    same_day = plan(DEFAULT_BATTERY, course(ended_on=START), person(), KNOWN)
    assert asked(same_day, Occasion.INTAKE) == []


def test_whoever_joins_later_has_an_intake_and_numbers_of_their_own():
    weekly = course(*map(session, range(1, 8)))
    late = person(joined_on=START + timedelta(days=15))
    found = plan(DEFAULT_BATTERY, weekly, late, KNOWN)
    intake = one(found, Occasion.INTAKE, "csi16")
    assert intake.due_on == START + timedelta(days=21)
    review = one(found, Occasion.REVIEW, "csi16")
    assert review.session_id == session(6).id, "the fourth since they joined on day 15"


# ---- sessions -----------------------------------------------------------------------------


def test_before_a_session_opens_three_days_before_it_and_closes_with_its_day():
    found = plan(
        DEFAULT_BATTERY, course(session(1), session(2)), person(answers=INTAKE_DONE), KNOWN
    )
    csi4 = [p for p in found if p.measure_key == "csi4"]
    assert [p.session_id for p in csi4] == [session(1).id, session(2).id]
    assert csi4[0].opens_at == session(1).starts_at - timedelta(days=3)
    assert csi4[0].due_on == csi4[0].closes_on == START + timedelta(days=7)
    assert csi4[0].occasion_ref == f"before_session:{session(1).id}"


def test_what_the_intake_still_asks_is_not_asked_before_a_session_as_well():
    found = plan(DEFAULT_BATTERY, course(session(1), session(2)), person(), KNOWN)
    assert asked(found, Occasion.BEFORE_SESSION) == []
    just_now = person(answers=tuple(replace(a, on=START + timedelta(days=6)) for a in INTAKE_DONE))
    found = plan(DEFAULT_BATTERY, course(session(1), session(2)), just_now, KNOWN)
    assert {p.session_id for p in found if p.occasion is Occasion.BEFORE_SESSION} == {session(2).id}


def test_a_review_stands_for_what_it_contains():
    found = plan(
        DEFAULT_BATTERY, course(*map(session, range(1, 5))), person(answers=INTAKE_DONE), KNOWN
    )
    fourth = {p.measure_key: p for p in found if p.session_id == session(4).id}
    assert set(fourth) == {"csi16", "ratings", "session_feedback"}
    assert fourth["csi16"].occasion is Occasion.REVIEW
    assert fourth["csi16"].closes_on == START + timedelta(days=28)


def test_a_review_asks_for_mood_only_of_whoever_was_elevated_at_intake():
    weekly = course(*map(session, range(1, 5)))
    for total, wanted in ((9, False), (10, True), (27, True)):
        first = answered("phq9", 1, phq9=total)
        later = answered("phq9", 9, phq9=0)
        found = plan(DEFAULT_BATTERY, weekly, person(answers=(later, first)), KNOWN)
        assert ("phq9" in asked(found, Occasion.REVIEW)) is wanted, total
    assert "phq9" not in asked(plan(DEFAULT_BATTERY, weekly, person(), KNOWN), Occasion.REVIEW)


def test_nobody_is_elevated_without_a_cut_or_a_score():
    assert not is_elevated(KNOWN["ratings"], person(answers=(answered("ratings", 1),)), KNOWN)
    assert not is_elevated(KNOWN["phq9"], person(), KNOWN)
    low_csi = person(answers=(answered("csi16", 1, csi16=20),))
    assert is_elevated(KNOWN["csi16"], low_csi, KNOWN), "distressed is below the cut there"


def test_after_a_session_opens_at_its_end_and_closes_three_days_later():
    found = plan(DEFAULT_BATTERY, course(session(1)), person(), KNOWN)
    feedback = one(found, Occasion.AFTER_SESSION, "session_feedback")
    assert feedback.opens_at == session(1).ends_at
    assert feedback.due_on == START + timedelta(days=7)
    assert feedback.closes_on == START + timedelta(days=10)


def test_after_a_session_closes_before_the_next_one():
    near = course(session(1), session(2, days=9))
    first = plan(DEFAULT_BATTERY, near, person(), KNOWN)
    closes = [p.closes_on for p in first if p.occasion is Occasion.AFTER_SESSION]
    assert closes == [START + timedelta(days=8), START + timedelta(days=12)]


def test_whoever_was_not_there_is_not_asked_how_it_was():
    held = course(session(1, status=HELD, there=(BEN,)))
    assert asked(plan(DEFAULT_BATTERY, held, person(ADA), KNOWN), Occasion.AFTER_SESSION) == []
    found = plan(DEFAULT_BATTERY, held, person(BEN), KNOWN)
    assert asked(found, Occasion.AFTER_SESSION) == ["session_feedback"]


def test_a_cancelled_session_neither_asks_nor_counts():
    sessions = [session(n, status=CANCELLED if n == 2 else PLANNED) for n in range(1, 6)]
    found = plan(DEFAULT_BATTERY, course(*sessions), person(answers=INTAKE_DONE), KNOWN)
    assert session(2).id not in {p.session_id for p in found}
    assert one(found, Occasion.REVIEW, "csi16").session_id == session(5).id


def test_two_sessions_of_one_week_ask_the_line_once():
    near = course(session(1), session(2, days=9), session(3, days=11))
    found = plan(DEFAULT_BATTERY, near, person(answers=INTAKE_DONE), KNOWN)
    before = [p.session_id for p in found if p.measure_key == "csi4"]
    assert before == [session(1).id, session(3).id]


def test_an_individual_session_is_asked_about_and_counted_for_that_person_alone():
    sessions = [session(n, person=BEN if n == 2 else None) for n in range(1, 6)]
    ben = plan(DEFAULT_BATTERY, course(*sessions), person(BEN), KNOWN)
    ada = plan(DEFAULT_BATTERY, course(*sessions), person(ADA), KNOWN)
    assert one(ben, Occasion.REVIEW, "csi16").session_id == session(4).id
    assert one(ada, Occasion.REVIEW, "csi16").session_id == session(5).id
    assert session(2).id not in {p.session_id for p in ada}


# ---- the end ------------------------------------------------------------------------------


def test_the_end_of_care_asks_on_the_day_and_three_and_twelve_months_later():
    ended = date(2026, 11, 30)
    found = plan(DEFAULT_BATTERY, course(ended_on=ended), person(answers=INTAKE_DONE), KNOWN)
    assert asked(found, Occasion.DISCHARGE) == ["csi16", "phq9", "gad7"]
    opens = {p.occasion: p.opens_at.astimezone(LONDON).date() for p in found}
    assert opens == {
        Occasion.DISCHARGE: ended,
        Occasion.FOLLOW_UP_3: date(2027, 2, 28),
        Occasion.FOLLOW_UP_12: date(2027, 11, 30),
    }
    later = one(found, Occasion.FOLLOW_UP_3, "csi16")
    assert (later.due_on, later.closes_on) == (date(2027, 3, 7), date(2027, 3, 28))
    assert later.occasion_ref == "follow_up_3:2026-11-30"


def test_a_score_of_the_last_week_stands_for_the_one_at_discharge():
    for days, wanted in ((8, True), (7, False), (0, False)):
        given = answered("csi16", 100 - days)
        ended = START + timedelta(days=100)
        found = plan(DEFAULT_BATTERY, course(ended_on=ended), person(answers=(given,)), KNOWN)
        assert ("csi16" in asked(found, Occasion.DISCHARGE)) is wanted, days


def test_sessions_after_the_end_of_care_ask_nothing():
    found = plan(
        DEFAULT_BATTERY,
        course(session(1), session(2), ended_on=START + timedelta(days=8)),
        person(answers=INTAKE_DONE),
        KNOWN,
    )
    assert session(2).id not in {p.session_id for p in found}


def test_nobody_is_asked_how_happy_a_relationship_is_that_has_ended():
    parted = START + timedelta(days=10)
    found = plan(
        DEFAULT_BATTERY,
        course(session(1), session(2), parted_on=parted, ended_on=START + timedelta(days=60)),
        person(answers=INTAKE_DONE),
        KNOWN,
    )
    assert asked(found, Occasion.DISCHARGE) == ["phq9", "gad7"]
    assert [p.session_id for p in found if p.measure_key == "csi4"] == [session(1).id]
    assert asked(found, Occasion.AFTER_SESSION) == ["session_feedback"] * 2
    assert asked(found, Occasion.FOLLOW_UP_3) == []


@pytest.mark.parametrize("about", [True, False])
def test_an_own_measure_says_whether_it_is_about_the_relationship(about):
    own = measure_from(own_definition(about_relationship=about), family="own_evenings", version=1)
    found = plan(
        Battery((Step(Occasion.DISCHARGE, own.key),)),
        course(parted_on=START, ended_on=START + timedelta(days=60)),
        person(),
        KNOWN | {own.key: own},
    )
    assert asked(found) == ([] if about else [own.key])


def test_what_is_about_the_relationship_is_said_by_each_measure():
    assert {key for key, measure in KNOWN.items() if measure.about_relationship} == {
        *("csi16", "csi4", "ratings", "emotional_safety", "warning_signs", "relationship_now"),
        *("rdas", "crs", "das", "grims", "kms", "ras"),
    }


def test_whoever_has_left_is_asked_nothing_and_a_schedule_that_is_off_asks_nobody():
    weekly = course(session(1))
    assert plan(DEFAULT_BATTERY, weekly, person(left_on=START), KNOWN) == ()
    assert plan(replace(DEFAULT_BATTERY, active=False), weekly, person(), KNOWN) == ()


# ---- what is not asked twice --------------------------------------------------------------


def test_what_was_answered_anyway_is_not_asked():
    on_paper = person(answers=(*INTAKE_DONE, answered("csi16", 13)))
    found = plan(DEFAULT_BATTERY, course(session(1), session(2)), on_paper, KNOWN)
    assert [p.session_id for p in found if p.measure_key == "csi4"] == [session(1).id]


def test_what_waits_by_hand_is_not_asked_as_well():
    by_hand = person(answers=INTAKE_DONE, waiting=(Waiting("csi16", START + timedelta(days=10)),))
    found = plan(DEFAULT_BATTERY, course(session(1), session(2)), by_hand, KNOWN)
    assert [p.session_id for p in found if p.measure_key == "csi4"] == [session(1).id]
    assert asked(found).count("ratings") == 2


def test_what_is_not_known_or_has_no_questions_is_left_out():
    battery = Battery((Step(Occasion.INTAKE, "rdas"), Step(Occasion.INTAKE, "gone")))
    assert plan(battery, course(), person(), KNOWN) == ()


@pytest.mark.parametrize(
    ("day", "months", "there"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 5, 4), 0, date(2026, 5, 4)),
    ],
)
def test_months_later_keeps_to_the_month(day, months, there):
    assert months_later(day, months) == there


# ---- status -------------------------------------------------------------------------------

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({}, RequestStatus.DUE),
        ({"opens_at": NOW}, RequestStatus.DUE),
        ({"opens_at": NOW + timedelta(seconds=1)}, RequestStatus.PLANNED),
        ({"closes_on": NOW.date()}, RequestStatus.DUE),
        ({"closes_on": date(2026, 11, 19)}, RequestStatus.MISSED),
        ({"closes_on": date(2026, 11, 19), "optional": True}, RequestStatus.LEFT_OUT),
        ({"closes_on": date(2026, 11, 19), "answered": True}, RequestStatus.DONE),
        ({"withdrawn": True}, RequestStatus.TAKEN_BACK),
        ({"withdrawn": True, "answered": True}, RequestStatus.DONE),
    ],
)
def test_status_in_a_word(facts, status):
    usual = {
        "answered": False,
        "withdrawn": False,
        "opens_at": None,
        "closes_on": None,
        "optional": False,
    }
    assert status_of(**(usual | facts), now=NOW, today=NOW.date()) is status
    assert status.label


# ---- any course ---------------------------------------------------------------------------

_sessions = st.lists(
    st.builds(
        lambda number, days, status, who, there, hour: session(
            number, days=days, status=status, person=who, there=there, hour=hour
        ),
        number=st.integers(1, 10_000),
        days=st.integers(0, 200),
        status=st.sampled_from(list(SessionStatus)),
        who=st.sampled_from([None, None, ADA, BEN]),
        there=st.sampled_from([(), (ADA,), (ADA, BEN)]),
        hour=st.integers(7, 20),
    ),
    max_size=14,
    unique_by=lambda s: s.id,
)
_answers = st.lists(
    st.builds(
        lambda key, days, score: answered(key, days, **{key: float(score)}),
        key=st.sampled_from(["csi16", "csi4", "phq9", "ratings", "session_feedback"]),
        days=st.integers(0, 200),
        score=st.integers(0, 20),
    ),
    max_size=6,
)
_days = st.none() | st.integers(0, 220).map(lambda n: START + timedelta(days=n))
_batteries = st.builds(
    lambda steps, first, every: Battery(tuple(steps), review_first=first, review_every=every),
    steps=st.lists(
        st.builds(
            Step,
            st.sampled_from(list(Occasion)),
            st.sampled_from([key for key, m in KNOWN.items() if not m.totals_only]),
        ),
        max_size=12,
        unique=True,
    ),
    first=st.integers(2, 5),
    every=st.integers(1, 6),
)


@given(_sessions, _answers, _days, _days, _batteries | st.just(DEFAULT_BATTERY))
def test_nothing_is_asked_twice_at_a_time(sessions, answers, ended, parted, battery):
    facts = course(*sessions, ended_on=ended, parted_on=parted)
    found = plan(battery, facts, person(answers=tuple(answers)), KNOWN)
    assert found == plan(
        battery,
        replace(facts, sessions=tuple(reversed(sessions))),
        person(answers=tuple(answers)),
        KNOWN,
    ), "the order of rows changes nothing"
    assert len({(p.occasion_ref, p.measure_key) for p in found}) == len(found)
    for place, one_of in enumerate(found):
        for other in found[place + 1 :]:
            if _overlap(one_of, other):
                first, second = KNOWN[one_of.measure_key], KNOWN[other.measure_key]
                assert first.family_key != second.family_key
                assert not contains(first, second)
                assert not contains(second, first)


def _overlap(one_of, other):
    def span(p):
        return p.opens_at.astimezone(LONDON).date(), p.closes_on or date.max

    (a, b), (c, d) = span(one_of), span(other)
    return a <= d and c <= b


@given(_sessions, _sessions, _answers, _days)
def test_what_the_other_does_alone_changes_nothing(sessions, alone, answers, ended):
    ours = [s for s in sessions if s.person_id != BEN]
    bens = [replace(s, id=UUID(int=s.id.int + 10**6), person_id=BEN) for s in alone]
    ada = person(ADA, answers=tuple(answers))
    with_them = plan(DEFAULT_BATTERY, course(*ours, *bens, ended_on=ended), ada, KNOWN)
    assert with_them == plan(DEFAULT_BATTERY, course(*ours, ended_on=ended), ada, KNOWN)


@given(_sessions, _days)
def test_every_date_is_in_order(sessions, ended):
    for planned in plan(DEFAULT_BATTERY, course(*sessions, ended_on=ended), person(), KNOWN):
        opens = planned.opens_at.astimezone(LONDON).date()
        assert planned.closes_on is None or opens <= planned.closes_on
        if planned.session_id is not None:
            assert planned.due_on <= planned.closes_on
