"""Private questions: asked, answered and read, as services."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from practice.db import db
from practice.domain.attention import Concern
from practice.domain.couples import CarePart
from practice.domain.events import EventKind
from practice.domain.people import Actor, Role
from practice.domain.safety.contact import Voicemail
from practice.domain.safety.screening import ScreeningState, ScreeningWay
from practice.domain.visibility import Audience
from practice.models.couples import Care
from practice.models.safety import Screening, ScreeningRequest
from practice.services import (
    access,
    clock,
    events,
    memberships,
    safety,
    screening_answers,
    screenings,
)
from practice.services.caseload import caseload
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.safety_facts import _statement, facts_of
from tests.builders import Cast, make_couple, make_person
from tests.queries import statements
from tests.worlds.safety import ALL_NO, ALL_YES, open_in_portal, screen

TODAY = date(2026, 11, 20)


def reader(cast: Cast, actor: Actor):
    return access.standing_of(actor, cast.couple)


def states(cast, actor=None):
    actor = actor or cast.tess
    return screenings.states(reader(cast, actor), actor)


def about(cast, person=None):
    person = person or cast.ada
    return {"actor": cast.tess, "couple_id": cast.couple, "person_id": person.person_id}


def concerns(cast, actor=None):
    (couple,) = caseload(actor=actor or cast.tess).couples
    return [(reason.concern, reason.words) for reason in couple.reasons]


def test_somebody_is_asked_and_done_and_due(inside, now):
    ada, ben = inside.ada.person_id, inside.ben.person_id
    assert states(inside) == dict.fromkeys((ada, ben), ScreeningState.NOT_ASKED)
    request = open_in_portal(inside.tess, inside.couple, inside.ada)
    assert states(inside)[ada] is ScreeningState.ASKED
    screening_answers.submit(actor=inside.ada, request_id=request, answers=ALL_NO)
    assert states(inside) == {ada: ScreeningState.DONE, ben: ScreeningState.NOT_ASKED}
    now.move_to("2027-05-19 12:00 +0000")
    assert states(inside)[ada] is ScreeningState.DONE
    now.move_to("2027-05-20 12:00 +0000")
    assert states(inside)[ada] is ScreeningState.DUE
    open_in_portal(inside.tess, inside.couple, inside.ada)
    assert states(inside)[ada] is ScreeningState.ASKED


def test_who_may_not_know_of_it_is_told_nothing(inside, sue, paul):
    screen(inside.tess, inside.couple, inside.ada, ALL_YES)
    for actor in (sue, paul, inside.otto, inside.ada, inside.ben, inside.finn):
        assert states(inside, actor) == {}
    found = safety.couple_safety(actor=sue, couple_id=inside.couple)
    assert not found.knows_screening
    assert [one.safety.state for one in found.members] == [None, None]
    assert not found.not_asked
    for call in (screenings.open_in_portal, screenings.ask_on_device, screenings.take_back):
        for actor in (sue, inside.otto, inside.ada, inside.ben):
            with pytest.raises(NotFound):
                call(**about(inside) | {"actor": actor})


def test_it_is_not_even_read_for_a_co_therapist(inside, sue):
    screen(inside.tess, inside.couple, inside.ada, ALL_YES)
    open_in_portal(inside.tess, inside.couple, inside.ben)
    kinds = {
        actor: {row.what for row in db.session.execute(_statement(actor, [inside.couple]))}
        for actor in (inside.tess, sue)
    }
    assert kinds == {inside.tess: {"led", "answer", "asked"}, sue: {"beside"}}


def test_an_event_makes_it_due_and_another_day_can_be_set(inside):
    screen(inside.tess, inside.couple, inside.ada, ALL_NO)
    row = db.session.scalar(select(Screening))
    row.answered_on = row.rescreen_set_on = TODAY - timedelta(days=30)
    db.session.flush()

    def mark(kind, about_id, audience=Audience.THERAPIST):
        return events.add_event(
            actor=inside.tess,
            couple_id=inside.couple,
            new_id=uuid4(),
            new=events.NewEvent(TODAY, kind, "words", about_id, audience),
        )

    ada = inside.ada.person_id
    mark(EventKind.HOLIDAY, None)
    mark(EventKind.DISCLOSURE, inside.ben.person_id)
    assert states(inside)[ada] is ScreeningState.DONE
    event = mark(EventKind.MOVED_OUT, None)
    assert states(inside)[ada] is ScreeningState.DUE
    assert (Concern.ASK_PRIVATELY, "Ada: time to ask the private questions again") in concerns(
        inside
    )
    screenings.set_rescreen(**about(inside), on=TODAY + timedelta(days=9))
    assert states(inside)[ada] is ScreeningState.DONE
    events.remove_event(actor=inside.tess, event_id=event)
    for wrong in (TODAY - timedelta(days=1), date(2036, 1, 1)):
        with pytest.raises(Invalid) as problem:
            screenings.set_rescreen(**about(inside), on=wrong)
        assert set(problem.value.errors) == {"rescreen_on"}
    with pytest.raises(NotFound):
        screenings.set_rescreen(**about(inside, inside.ben), on=TODAY)


def test_asking_anew_takes_back_what_was_asked_before(inside):
    first = open_in_portal(inside.tess, inside.couple, inside.ada)
    second = open_in_portal(inside.tess, inside.couple, inside.ada)
    with pytest.raises(NotFound):
        screening_answers.questions(actor=inside.ada, request_id=first)
    assert screening_answers.questions(actor=inside.ada, request_id=second)
    assert [one.request_id for one in screening_answers.waiting(actor=inside.ada)] == [second]


def test_leaving_the_couple_takes_it_back_and_only_from_who_left(inside):
    for person in (inside.ada, inside.ben):
        open_in_portal(inside.tess, inside.couple, person)
    memberships.end_membership(
        actor=inside.tess,
        couple_id=inside.couple,
        person_id=inside.ada.person_id,
        left_on=TODAY,
    )
    assert screening_answers.waiting(actor=inside.ada) == ()
    assert len(screening_answers.waiting(actor=inside.ben)) == 1
    memberships.reopen_membership(
        actor=inside.tess, couple_id=inside.couple, person_id=inside.ada.person_id
    )
    assert screening_answers.waiting(actor=inside.ada) == ()


# ---- answers ---------------------------------------------------------------------------------


def test_one_yes_waits_in_the_leads_own_list_and_in_no_others(inside, sue, paul):
    screening = screen(inside.tess, inside.couple, inside.ada, {"a": True})
    screen(inside.tess, inside.couple, inside.ben, ALL_NO)
    waiting = (Concern.PRIVATE_ANSWER, "Ada: private answers to read")
    assert concerns(inside)[0] == waiting
    assert Concern.PRIVATE_ANSWER not in {one for one, _ in concerns(inside, sue)}
    assert not caseload(actor=paul).couples
    with pytest.raises(Invalid):
        screenings.deal_with(actor=inside.tess, screening_id=screening, note="  ")
    for actor in (sue, paul, inside.otto, inside.ada, inside.ben):
        with pytest.raises(NotFound):
            screenings.deal_with(actor=actor, screening_id=screening, note="Mine.")
    for _ in range(2):
        screenings.deal_with(actor=inside.tess, screening_id=screening, note="We spoke.")
    with pytest.raises(Refused):
        screenings.deal_with(actor=inside.tess, screening_id=screening, note="Other words.")
    assert waiting not in concerns(inside)


def test_the_lead_reads_each_answer_and_what_was_left_open(inside):
    screen(inside.tess, inside.couple, inside.ada, {"h": False, "k": True})
    found = screenings.member_screenings(**about(inside))
    (one,) = found.screenings
    assert (one.yes_count, one.waits, one.way) == (1, True, ScreeningWay.PORTAL)
    assert [answer.yes for answer in one.answers] == [False, None, None, True]


def test_what_was_asked_aloud_is_written_down_once_and_waits_for_nobody(inside):
    new_id = uuid4()
    open_in_portal(inside.tess, inside.couple, inside.ada)
    for _ in range(2):
        screenings.record_talk(
            **about(inside), new_id=new_id, day=TODAY, answers={"a": True}, note="A plan."
        )
    (one,) = screenings.member_screenings(**about(inside)).screenings
    assert (one.way, one.waits, one.note) == (ScreeningWay.TALK, False, "A plan.")
    assert screening_answers.waiting(actor=inside.ada) == (), "what was open is taken back"
    for wrong, field in (({"day": TODAY + timedelta(days=1)}, "day"), ({"answers": {}}, "answers")):
        entry = {"day": TODAY, "answers": ALL_NO, "new_id": uuid4()} | wrong
        with pytest.raises(Invalid) as problem:
            screenings.record_talk(**about(inside), **entry)
        assert set(problem.value.errors) == {field}
    with pytest.raises(NotFound):
        screenings.record_talk(
            **about(inside, inside.ben), new_id=new_id, day=TODAY, answers=ALL_NO
        )


def test_a_request_is_answered_once_and_by_its_person(inside, now):
    request = open_in_portal(inside.tess, inside.couple, inside.ada)
    for other in (inside.ben, inside.finn, inside.cleo):
        with pytest.raises(NotFound):
            screening_answers.submit(actor=other, request_id=request, answers=ALL_NO)
    with pytest.raises(NotFound):
        screening_answers.submit(
            actor=inside.ada, request_id=request, answers=ALL_NO, on_device=True
        )
    screening_answers.submit(actor=inside.ada, request_id=request, answers=ALL_NO)
    screening_answers.submit(actor=inside.ada, request_id=request, answers=ALL_YES)
    (row,) = db.session.scalars(select(Screening))
    assert row.answers == ALL_NO
    now.shift(timedelta(minutes=2))
    with pytest.raises(NotFound):
        screening_answers.submit(actor=inside.ada, request_id=request, answers=ALL_YES)


def test_the_lead_that_takes_over_reads_it_and_the_former_one_does_not(inside, sue):
    screen(inside.tess, inside.couple, inside.ada, ALL_YES)
    for care in db.session.scalars(select(Care).where(Care.couple_id == inside.couple)):
        if care.therapist_id == sue.person_id:
            care.part = CarePart.LEAD
        else:
            care.until = TODAY
    db.session.flush()
    assert screenings.member_screenings(**about(inside) | {"actor": sue}).screenings
    with pytest.raises(NotFound):
        screenings.member_screenings(**about(inside))


def test_what_is_known_of_forty_couples_costs_one_statement(inside):
    couples = [inside.couple]
    for number in range(5):
        people = [make_person(f"Zoe{number}", Role.PARTNER, account=False) for _ in range(2)]
        couples.append(make_couple(inside.tess, people))
    with statements(db.engine) as sent:
        found = facts_of(actor=inside.tess, couples=couples)
    assert set(found) == set(couples)
    assert len([one for one in sent if one.startswith("SELECT")]) == 1
    assert not [one for one in sent if "_sealed" in one]


def test_requests_name_who_asked(inside):
    screenings.ask_on_device(**about(inside))
    (row,) = db.session.scalars(select(ScreeningRequest))
    assert (row.asked_by, row.open_until, row.way) == (
        inside.tess.person_id,
        None,
        ScreeningWay.HAND_OVER,
    )
    assert clock.today() == TODAY
    assert Voicemail.NO.label == "No message at all"
