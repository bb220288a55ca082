"""Private questions, joint work, safe contact, plans and the safeguarding log, as services."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from sqlalchemy import select

from practice.db import db
from practice.domain.attention import Concern
from practice.domain.couples import CarePart
from practice.domain.events import EventKind
from practice.domain.people import Actor, Role
from practice.domain.safety.contact import Channel, SafeContact, Voicemail
from practice.domain.safety.joint_work import JointWork
from practice.domain.safety.screening import ScreeningState, ScreeningWay
from practice.domain.visibility import Audience
from practice.models.accounts import Supervision
from practice.models.couples import Care
from practice.models.safety import SafeguardingEntry, Screening, ScreeningRequest
from practice.services import (
    access,
    clearances,
    clock,
    events,
    memberships,
    safe_contacts,
    safeguarding,
    safety,
    safety_plans,
    screening_answers,
    screenings,
)
from practice.services.caseload import caseload
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.safety_facts import _statement, facts_of
from tests.builders import Cast, leave, make_couple, make_person
from tests.queries import statements
from tests.worlds.safety import ALL_NO, ALL_YES, a_contact, a_plan, open_in_portal, screen

MOMENT = "2026-11-20 12:00 +0000"
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(MOMENT, tick=False) as moment:
        yield moment


@pytest.fixture
def sue(inside) -> Actor:
    """Treats Ada and Ben together with Tess."""
    sue = make_person("Sue Hartley", Role.THERAPIST)
    db.session.add(
        Care(
            couple_id=inside.couple,
            therapist_id=sue.person_id,
            since=TODAY,
            part=CarePart.CO_THERAPIST,
        )
    )
    db.session.flush()
    return sue


@pytest.fixture
def paul(inside) -> Actor:
    """Supervises Tess."""
    paul = make_person("Paul Dean", Role.THERAPIST)
    db.session.add(
        Supervision(supervisor_id=paul.person_id, therapist_id=inside.tess.person_id, since=TODAY)
    )
    db.session.flush()
    return paul


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


# ---- asked, due, done ------------------------------------------------------------------------


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


# ---- joint work ------------------------------------------------------------------------------


def decide(cast, decision, reason="Both said they feel safe.", **more):
    values = {"actor": cast.tess, "couple_id": cast.couple, "new_id": uuid4(), "on": TODAY}
    return clearances.decide(**values | {"decision": decision, "reason": reason} | more)


def test_decisions_stand_one_after_another_and_the_last_one_holds(inside, now):
    assert clearances.warning_of(actor=inside.tess, couple_id=inside.couple)
    for decision in (JointWork.CLEARED, JointWork.PAUSED, JointWork.CLEARED):
        decide(inside, decision)
        now.shift(timedelta(minutes=-5))  # a clock that is set back changes no order
        found = safety.couple_safety(actor=inside.tess, couple_id=inside.couple)
        assert found.joint_work is decision
        said = clearances.warning_of(actor=inside.tess, couple_id=inside.couple)
        assert (said == "") is (decision is JointWork.CLEARED)
        assert said == found.warning
    history = clearances.history(reader(inside, inside.tess))
    assert [one.decision for one in history] == [
        JointWork.CLEARED,
        JointWork.PAUSED,
        JointWork.CLEARED,
    ]


def test_a_decision_needs_a_reason_and_a_day_that_has_come(inside):
    new_id = uuid4()
    for wrong, field in (({"reason": " "}, "reason"), ({"on": TODAY + timedelta(1)}, "decided_on")):
        with pytest.raises(Invalid) as problem:
            decide(inside, JointWork.CLEARED, **wrong)
        assert set(problem.value.errors) == {field}
    for _ in range(2):
        decide(inside, JointWork.CLEARED, new_id=new_id)
    assert len(clearances.history(reader(inside, inside.tess))) == 1


def test_a_co_therapist_decides_and_a_supervisor_reads(inside, sue, paul):
    screen(inside.tess, inside.couple, inside.ada, ALL_YES)
    decide(inside, JointWork.PAUSED, actor=sue)
    (one,) = safety.decisions(actor=paul, couple_id=inside.couple).clearances
    assert (one.decided_by, one.reason) == ("Sue Hartley", "Both said they feel safe.")
    with pytest.raises(NotFound):
        decide(inside, JointWork.CLEARED, actor=paul)
    for actor in (inside.otto, inside.ada, inside.ben, inside.finn):
        with pytest.raises(NotFound):
            safety.decisions(actor=actor, couple_id=inside.couple)
        with pytest.raises(NotFound):
            decide(inside, JointWork.CLEARED, actor=actor)
    reception = make_person("Rita Bell", Role.RECEPTION)
    owner = Actor(make_person("Olga Frey", Role.THERAPIST).person_id, Role.THERAPIST, "O", True)
    for actor in (reception, owner):
        with pytest.raises(NotFound):
            safety.decisions(actor=actor, couple_id=inside.couple)


# ---- safe contact ----------------------------------------------------------------------------


def test_reception_and_who_treats_read_it_and_nobody_else_but_its_person(inside, sue, paul):
    safe_contacts.save_own(actor=inside.ada, new_id=uuid4(), contact=a_contact("07700 900001"))
    safe_contacts.save_own(actor=inside.ben, new_id=uuid4(), contact=a_contact("07700 900002"))
    rita = make_person("Rita Bell", Role.RECEPTION)
    olga = Actor(make_person("Olga Frey", Role.THERAPIST).person_id, Role.THERAPIST, "O", True)
    ada, ben = inside.ada.person_id, inside.ben.person_id
    known = {
        name: set(safe_contacts.current(reader(inside, actor)))
        for name, actor in {
            "tess": inside.tess,
            "sue": sue,
            "rita": rita,
            "paul": paul,
            "olga": olga,
            "otto": inside.otto,
            "ada": inside.ada,
            "ben": inside.ben,
            "finn": inside.finn,
        }.items()
    }
    assert known == {
        "tess": {ada, ben},
        "sue": {ada, ben},
        "rita": {ada, ben},
        "paul": set(),
        "olga": set(),
        "otto": set(),
        "ada": {ada},
        "ben": {ben},
        "finn": set(),
    }


def test_the_last_statement_holds_and_the_earlier_ones_stay(inside, now):
    safe_contacts.save_own(actor=inside.ada, new_id=uuid4(), contact=a_contact("old"))
    now.shift(timedelta(hours=-1))
    safe_contacts.save(
        **about(inside), new_id=uuid4(), contact=SafeContact(never="Ring"), asked_on=TODAY
    )
    page = safe_contacts.contact_page(**about(inside))
    assert [one.told_by for one in page.history] == ["Tess Okafor", "Ada Lind"]
    assert page.history[0].contact.ways == {}
    assert page.history[1].contact.ways == {Channel.TEXT: "old"}


def test_the_code_word_is_not_shown_and_stays_when_it_is_left_empty(inside):
    safe_contacts.save_own(actor=inside.ada, new_id=uuid4(), contact=a_contact(code_word="lantern"))
    assert safe_contacts.own_contact(actor=inside.ada).contact.code_word == ""
    safe_contacts.save_own(actor=inside.ada, new_id=uuid4(), contact=a_contact("07700 900003"))
    latest = safe_contacts.current(reader(inside, inside.tess))[inside.ada.person_id]
    assert latest.contact.code_word == "lantern"
    safe_contacts.save_own(actor=inside.ada, new_id=uuid4(), contact=a_contact(code_word="kite"))
    latest = safe_contacts.current(reader(inside, inside.tess))[inside.ada.person_id]
    assert latest.contact.code_word == "kite"


def test_what_somebody_says_holds_in_each_couple_of_theirs(inside):
    other = make_couple(inside.otto, [inside.ada, make_person("Eve Stone", Role.PARTNER)])
    safe_contacts.save_own(actor=inside.ada, new_id=uuid4(), contact=a_contact())
    for couple, therapist in ((inside.couple, inside.tess), (other, inside.otto)):
        known = safe_contacts.current(access.standing_of(therapist, couple))
        assert set(known) == {inside.ada.person_id}


def test_a_way_needs_its_number_and_who_has_left_says_nothing_new(inside):
    with pytest.raises(Invalid) as problem:
        safe_contacts.save_own(
            actor=inside.ada,
            new_id=uuid4(),
            contact=SafeContact({Channel.CALL: " ", Channel.EMAIL: "a@b.example"}),
        )
    assert set(problem.value.errors) == {"place_call"}
    leave(inside.couple, inside.ada)
    with pytest.raises(NotFound):
        safe_contacts.save_own(actor=inside.ada, new_id=uuid4(), contact=a_contact())
    with pytest.raises(NotFound):
        safe_contacts.save(**about(inside), new_id=uuid4(), contact=a_contact(), asked_on=TODAY)


def test_after_half_a_year_the_therapist_is_reminded(inside, sue, now):
    safe_contacts.save_own(actor=inside.ada, new_id=uuid4(), contact=a_contact())
    now.move_to("2027-05-19 12:00 +0000")
    assert Concern.SAFE_CONTACT not in {one for one, _ in concerns(inside)}
    now.move_to("2027-05-20 12:00 +0000")
    for actor in (inside.tess, sue):
        said = concerns(inside, actor)
        assert (Concern.SAFE_CONTACT, "Ada: ask again how to reach them") in said
        found = safety.couple_safety(actor=actor, couple_id=inside.couple)
        assert [one.first_name for one in found.contact_due] == ["Ada"]
        assert [one.first_name for one in found.without_contact] == ["Ben"]


# ---- plans -----------------------------------------------------------------------------------


def test_a_plan_is_on_somebodys_pages_only_if_they_asked_for_it(inside):
    safety_plans.save(**about(inside), new_id=uuid4(), plan=a_plan())
    assert safety_plans.own_plan(actor=inside.ada) is None
    safety_plans.save(**about(inside), new_id=uuid4(), plan=a_plan("Walk.", in_portal=True))
    assert set(safety_plans.own_plan(actor=inside.ada).parts.values()) == {"Walk."}
    assert safety_plans.own_plan(actor=inside.ben) is None
    for _ in range(2):
        safety_plans.put_away(actor=inside.ada)
    assert safety_plans.own_plan(actor=inside.ada) is None
    assert not safety_plans.has_own_plan(actor=inside.ada)
    page = safety_plans.plan_page(**about(inside))
    assert len(page.history) == 2, "the therapist keeps it"
    safety_plans.save(**about(inside), new_id=uuid4(), plan=a_plan("Sit.", in_portal=True))
    safety_plans.save(**about(inside), new_id=uuid4(), plan=a_plan("Wait."))
    assert safety_plans.own_plan(actor=inside.ada) is None, "the last version says so"


def test_a_plan_is_for_those_who_treat(inside, sue, paul):
    new_id = uuid4()
    for _ in range(2):
        safety_plans.save(**about(inside) | {"actor": sue}, new_id=new_id, plan=a_plan())
    assert len(safety_plans.plan_page(**about(inside)).history) == 1
    for actor in (paul, inside.otto, inside.ada, inside.ben):
        with pytest.raises(NotFound):
            safety_plans.plan_page(**about(inside) | {"actor": actor})
        with pytest.raises(NotFound):
            safety_plans.save(**about(inside) | {"actor": actor}, new_id=uuid4(), plan=a_plan())
    with pytest.raises(Invalid):
        safety_plans.save(**about(inside), new_id=uuid4(), plan=a_plan("x" * 481))


# ---- the safeguarding log --------------------------------------------------------------------


def entry(**more):
    values = {
        "happened_on": TODAY,
        "known_facts": "She had a bruise.",
        "consulted": "",
        "decision": "See her alone.",
        "reason": "She asked for it.",
    }
    return safeguarding.NewEntry(**values | more)


def add(cast, new=None, **more):
    values = {"actor": cast.tess, "couple_id": cast.couple, "new_id": uuid4()} | more
    return safeguarding.add(**values, new=new or entry())


def test_a_correction_is_a_further_entry(inside, sue):
    first = add(inside)
    add(inside, entry(known_facts="He had a bruise.", corrects_id=first), actor=sue)
    newest, oldest = safeguarding.entries(reader(inside, inside.tess))
    assert (oldest.known_facts, oldest.is_corrected) == ("She had a bruise.", True)
    assert (newest.written_by, newest.corrects_at) == ("Sue Hartley", oldest.written_at)
    for strange in (uuid4(), UUID(int=0)):
        with pytest.raises(NotFound):
            add(inside, entry(corrects_id=strange))
    other = add(inside, actor=inside.otto, couple_id=inside.other_couple)
    with pytest.raises(NotFound):
        add(inside, entry(corrects_id=other))


def test_there_is_no_way_to_change_or_remove_an_entry(inside):
    changing = {name for name in dir(safeguarding) if not name.startswith("_")}
    assert {"add", "entries"} <= changing
    assert not changing & {"edit", "change", "remove", "delete"}
    add(inside)
    (row,) = db.session.scalars(select(SafeguardingEntry))
    assert (row.number, row.written_by) == (1, inside.tess.person_id)


def test_the_log_is_read_by_those_who_treat_and_by_the_supervisor(inside, sue, paul):
    add(inside)
    for actor in (inside.tess, sue, paul):
        assert len(safety.decisions(actor=actor, couple_id=inside.couple).entries) == 1
    for actor in (paul, inside.otto, inside.ada, inside.ben):
        with pytest.raises(NotFound):
            add(inside, actor=actor)
    for field in ("known_facts", "decision", "reason"):
        with pytest.raises(Invalid) as problem:
            add(inside, entry(**{field: " "}))
        assert set(problem.value.errors) == {field}


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
