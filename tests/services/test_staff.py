"""Staff, owners, supervision, co-therapists, passing on, the front desk."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from practice.db import db
from practice.domain.caseload_outcomes.flow import Step
from practice.domain.couples import CarePart
from practice.domain.people import Role, Standing
from practice.domain.sessions import SessionFormat, SessionStatus
from practice.models.accounts import Account, Supervision
from practice.models.couples import Care
from practice.models.sessions import TherapySession
from practice.services import (
    access,
    accounts,
    care,
    caseload,
    caseload_outcomes,
    clock,
    diary,
    notes,
    people,
    sessions,
    staff,
    supervision,
    supervisors,
)
from practice.services.caseload_outcomes import Choice
from practice.services.errors import Invalid, NotFound, Refused
from tests import records
from tests.builders import make_couple, make_person
from tests.staff import co_treat, make_owner

DAY = date(2026, 11, 20)


@pytest.fixture
def olga(inside):
    return make_owner("Olga Stein")


@pytest.fixture
def toni(inside):
    return make_person("Toni Vance", Role.THERAPIST)


@pytest.fixture
def rita(inside):
    return make_person("Rita Moss", Role.RECEPTION)


def test_the_first_therapist_runs_the_practice_and_the_second_does_not(app):
    with app.app_context():
        for name in ("Una First", "Duo Second"):
            accounts.create_therapist(name=name, sign_in_name=name, password="kettle otter violin")
        owners = db.session.scalars(select(Account.is_owner).order_by(Account.created_at)).all()
        db.session.rollback()
    assert list(owners) == [True, False]


def test_only_an_owner_reaches_the_staff(inside):
    for actor in (inside.tess, inside.ada):
        for call in (
            lambda actor=actor: staff.all_staff(actor=actor),
            lambda actor=actor: staff.disable(actor=actor, person_id=inside.otto.person_id),
            lambda actor=actor: staff.make_owner(actor=actor, person_id=actor.person_id),
            lambda actor=actor: care.led_by(actor=actor, therapist_id=inside.otto.person_id),
        ):
            with pytest.raises(NotFound):
                call()


def test_staff_says_how_many_couples_and_never_which(inside, olga):
    found = {one.name: one for one in staff.all_staff(actor=olga).people}
    assert set(found) == {"Tess Okafor", "Otto Brandt", "Olga Stein"}
    assert (found["Tess Okafor"].leads, found["Olga Stein"].leads) == (1, 0)
    assert "Ada" not in repr(found)


def test_the_last_owner_stays_and_nobody_shuts_their_own_account(inside, olga):
    with pytest.raises(Refused, match="Somebody has to run the practice"):
        staff.unmake_owner(actor=olga, person_id=olga.person_id)
    with pytest.raises(Refused, match="your own account"):
        staff.disable(actor=olga, person_id=olga.person_id)
    staff.make_owner(actor=olga, person_id=inside.tess.person_id)
    staff.disable(actor=olga, person_id=inside.tess.person_id)
    with pytest.raises(Refused, match="Somebody has to run the practice"):
        staff.unmake_owner(actor=olga, person_id=olga.person_id)


def test_the_front_desk_and_clients_cannot_run_the_practice(inside, olga, rita):
    with pytest.raises(Refused, match="Only a therapist"):
        staff.make_owner(actor=olga, person_id=rita.person_id)
    with pytest.raises(NotFound):
        staff.make_owner(actor=olga, person_id=inside.ada.person_id)
    with pytest.raises(NotFound):
        staff.disable(actor=olga, person_id=inside.ada.person_id)


def test_supervision_begins_is_not_doubled_and_ends_at_once(inside, olga, toni):
    reader = access.standing_of(toni, inside.couple)
    assert reader.standing is Standing.NONE
    line = uuid4()
    given = {"actor": olga, "supervisor_id": toni.person_id, "therapist_id": inside.tess.person_id}
    for _ in range(2):
        supervisors.begin_supervision(new_id=line, since=clock.today() - timedelta(days=3), **given)
    db.session.flush()
    assert access.standing_of(toni, inside.couple).standing is Standing.SUPERVISING
    with pytest.raises(Invalid, match="on the list already"):
        supervisors.begin_supervision(new_id=uuid4(), since=clock.today(), **given)
    supervisors.end_supervision(actor=olga, supervision_id=line)
    db.session.flush()
    assert access.standing_of(toni, inside.couple).standing is Standing.NONE
    assert db.session.get(Supervision, line).until == clock.today() - timedelta(days=1)


def test_nobody_supervises_themselves_or_as_reception(inside, olga, rita):
    for supervisor, therapist, field in (
        (inside.tess, inside.tess, "therapist"),
        (rita, inside.tess, "supervisor"),
        (inside.tess, inside.ada, "therapist"),
    ):
        with pytest.raises(Invalid) as problem:
            supervisors.begin_supervision(
                actor=olga,
                new_id=uuid4(),
                supervisor_id=supervisor.person_id,
                therapist_id=therapist.person_id,
                since=clock.today(),
            )
        assert field in problem.value.errors


def test_supervision_names_no_couple_and_numbers_stay(inside, olga, toni):
    other = make_couple(inside.tess, [make_person("Eve", Role.PARTNER), inside.dan])
    supervise(olga, toni, inside.tess)
    session = records.make_session(inside.couple, inside.tess)
    records.make_joint_note(session, inside.couple, inside.tess)
    page = supervision.supervision(actor=toni)
    (tess,) = page.supervisees
    assert [(one.couple_id, one.number) for one in tess.couples] == [
        (inside.couple, 1),
        (other, 2),
    ]
    assert not any(name in repr(page) for name in ("Ada", "Ben", "Eve", "Dan"))
    assert tess.couples[0].held == 1
    pass_on(inside.tess, inside.couple, inside.otto)
    (tess,) = supervision.supervision(actor=toni).supervisees
    assert [(one.couple_id, one.number) for one in tess.couples] == [(other, 2)]


def test_a_supervisor_sees_signed_notes_alone(inside, olga, toni):
    supervise(olga, toni, inside.tess)
    session = records.make_session(inside.couple, inside.tess)
    kind = notes.NoteKind.JOINT
    saved = records.save_note(
        actor=inside.tess, session_id=session, kind=kind, body="Draft.", version=0
    )
    (tess,) = supervision.supervision(actor=toni).supervisees
    assert tess.couples[0].signed == ()
    records.sign_note(actor=inside.tess, session_id=session, kind=kind, version=saved)
    (tess,) = supervision.supervision(actor=toni).supervisees
    assert [one.session_id for one in tess.couples[0].signed] == [session]
    with pytest.raises(NotFound):
        notes.session_notes(actor=toni, session_id=session)


def supervise(olga, supervisor, therapist):
    supervisors.begin_supervision(
        actor=olga,
        new_id=uuid4(),
        supervisor_id=supervisor.person_id,
        therapist_id=therapist.person_id,
        since=clock.today(),
    )
    db.session.flush()


def test_a_co_therapist_joins_by_the_lead_and_leaves(inside, toni):
    line = uuid4()
    for _ in range(2):
        care.take_in_co_therapist(
            actor=inside.tess,
            couple_id=inside.couple,
            new_id=line,
            therapist_id=toni.person_id,
            since=clock.today(),
            reason="Two chairs for two people.",
        )
    assert access.standing_of(toni, inside.couple).standing is Standing.CO_TREATING
    page = care.care_page(actor=toni, couple_id=inside.couple)
    assert [(one.name, one.part) for one in page.present] == [
        ("Tess Okafor", CarePart.LEAD),
        ("Toni Vance", CarePart.CO_THERAPIST),
    ]
    assert (page.may_change, page.present[1].reason) == (False, "Two chairs for two people.")
    with pytest.raises(NotFound):
        pass_on(toni, inside.couple, inside.otto)
    with pytest.raises(NotFound):
        care.end_co_therapist(
            actor=toni, couple_id=inside.couple, therapist_id=inside.tess.person_id
        )
    care.end_co_therapist(actor=toni, couple_id=inside.couple, therapist_id=toni.person_id)
    assert access.standing_of(toni, inside.couple).standing is Standing.NONE


def test_a_co_therapist_has_to_be_a_colleague_who_does_not_treat_them_yet(inside, rita):
    for person, words in (
        (rita, "Choose a therapist"),
        (inside.ada, "Choose a therapist"),
        (inside.tess, "treat this couple already"),
    ):
        with pytest.raises(Invalid, match=words):
            care.take_in_co_therapist(
                actor=inside.tess,
                couple_id=inside.couple,
                new_id=uuid4(),
                therapist_id=person.person_id,
                since=clock.today(),
                reason="",
            )


def test_a_co_therapists_caseload_says_with_whom(inside, toni):
    co_treat(inside.couple, toni)
    (row,) = caseload.caseload(actor=toni).couples
    assert (row.id, row.lead) == (inside.couple, "Tess")
    (row,) = caseload.caseload(actor=inside.tess).couples
    assert row.lead == ""


def test_a_couple_counts_once_for_the_lead(inside, toni):
    co_treat(inside.couple, toni)
    for actor, count in ((inside.tess, 1), (toni, 0)):
        found = caseload_outcomes.own_outcomes(actor=actor, choice=Choice())
        assert found.figures.flow.couples_at(Step.BEGUN) == count


def test_partners_read_the_leads_name(inside, toni):
    co_treat(inside.couple, toni)
    assert people.therapist_of(inside.couple) == "Tess"
    pass_on(inside.tess, inside.couple, toni)
    assert people.therapist_of(inside.couple) == "Toni"


def pass_on(actor, couple_id, to, on=None, reason="Has left."):
    care.pass_on(
        actor=actor,
        couple_id=couple_id,
        new_id=uuid4(),
        to=to.person_id,
        on=on or clock.today(),
        reason=reason,
    )
    db.session.flush()


def test_passing_on_moves_record_and_planned_sessions_and_leaves_process_notes(inside):
    session = records.make_session(inside.couple, inside.tess)
    planned = records.make_planned(inside.couple, inside.tess)
    kind = notes.NoteKind.PROCESS
    records.save_note(actor=inside.tess, session_id=session, kind=kind, body="Mine.", version=0)
    pass_on(inside.tess, inside.couple, inside.otto)
    assert access.standing_of(inside.tess, inside.couple).standing is Standing.NONE
    assert access.standing_of(inside.otto, inside.couple).standing is Standing.TREATING
    assert notes.session_notes(actor=inside.otto, session_id=session).process is None
    with pytest.raises(NotFound):
        notes.session_notes(actor=inside.tess, session_id=session)
    therapists = {row.id: row.therapist_id for row in db.session.scalars(select(TherapySession))}
    assert therapists[session] == inside.tess.person_id
    assert therapists[planned] == inside.otto.person_id


def test_an_owner_passes_on_by_names_alone(inside, olga):
    (led,) = care.led_by(actor=olga, therapist_id=inside.tess.person_id)
    assert led.title == "Ada Lind and Ben Morrow"
    pass_on(olga, inside.couple, inside.otto)
    assert care.led_by(actor=olga, therapist_id=inside.tess.person_id) == ()
    assert access.standing_of(olga, inside.couple).standing is Standing.OWNER
    lead = db.session.scalars(
        select(Care).where(Care.couple_id == inside.couple, Care.until.is_(None))
    ).one()
    assert (lead.reason, lead.begun_by) == ("Has left.", olga.person_id)


def test_a_co_therapist_who_takes_the_lead_treats_them_once(inside, toni):
    co_treat(inside.couple, toni)
    pass_on(inside.tess, inside.couple, toni)
    (line,) = care.care_page(actor=toni, couple_id=inside.couple).present
    assert (line.name, line.part) == ("Toni Vance", CarePart.LEAD)
    assert len(caseload.caseload(actor=toni).couples) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"on": date(2099, 1, 1)}, "on"),
        ({"on": date(2020, 1, 1)}, "on"),
        ({"to": "tess"}, "therapist"),
        ({"to": "ada"}, "therapist"),
    ],
)
def test_what_cannot_be_passed_on_is_said(inside, changes, field):
    asked = {"to": "otto"} | changes  # the case itself stays whole for the other engine
    to = getattr(inside, asked.pop("to"))
    with pytest.raises(Invalid) as problem:
        pass_on(inside.tess, inside.couple, to, **asked)
    assert field in problem.value.errors
    assert access.standing_of(inside.tess, inside.couple).standing is Standing.TREATING


def test_other_therapists_pass_nothing_on(inside, olga):
    with pytest.raises(NotFound):
        pass_on(inside.otto, inside.couple, inside.otto)


# ---- the front desk ----------------------------------------------------------------------------


def appointment(day, **changes):
    given = {"at": time(10), "minutes": 60, "person_id": None, "format": SessionFormat.ROOM}
    return diary.Appointment(day=day, **given | changes)


def test_the_desk_plans_moves_and_calls_off_with_the_lead(inside, rita, toni):
    co_treat(inside.couple, toni)
    day = clock.today() + timedelta(days=3)
    new = uuid4()
    for _ in range(2):
        diary.plan(actor=rita, couple_id=inside.couple, new_id=new, appointment=appointment(day))
    row = db.session.get(TherapySession, new)
    assert (row.therapist_id, row.status) == (inside.tess.person_id, SessionStatus.PLANNED)
    row.next_steps = "Bring the list."
    diary.move(
        actor=rita,
        session_id=new,
        appointment=appointment(day, at=time(11), person_id=inside.ben.person_id),
    )
    view = sessions.get_session(actor=inside.tess, session_id=new)
    assert (view.person_id, view.next_steps) == (inside.ben.person_id, "Bring the list.")
    diary.cancel(actor=rita, session_id=new)
    view = sessions.get_session(actor=inside.tess, session_id=new)
    assert (view.status, view.next_steps) == (SessionStatus.CANCELLED, "Bring the list.")
    with pytest.raises(NotFound):
        diary.move(actor=rita, session_id=new, appointment=appointment(day))


def test_the_desk_keeps_to_the_rules_of_sessions(inside, rita):
    new = uuid4()
    for wrong, field in (
        (appointment(date(1000, 1, 1)), "day"),
        (appointment(clock.today(), minutes=3), "minutes"),
        (appointment(clock.today(), person_id=inside.cleo.person_id), "with_whom"),
    ):
        with pytest.raises(Invalid) as problem:
            diary.plan(actor=rita, couple_id=inside.couple, new_id=new, appointment=wrong)
        assert field in problem.value.errors


def test_what_was_held_is_not_the_desks_to_change(inside, rita):
    session = records.make_session(inside.couple, inside.tess)
    with pytest.raises(NotFound):
        diary.planned(actor=rita, session_id=session)
    with pytest.raises(NotFound):
        diary.cancel(actor=rita, session_id=session)


def test_the_diary_and_the_cards_are_the_desks_alone(inside, olga):
    for actor in (inside.tess, olga, inside.ada):
        for call in (
            lambda actor=actor: diary.week(actor=actor, day=clock.today()),
            lambda actor=actor: diary.couples_in_care(actor=actor),
            lambda actor=actor: diary.contact_card(
                actor=actor, couple_id=inside.couple, person_id=inside.ada.person_id
            ),
        ):
            with pytest.raises(NotFound):
                call()


def test_a_card_says_nothing_of_the_others_own_sessions(inside, rita):
    day = clock.today() + timedelta(days=2)
    for days, person in enumerate((None, inside.ben.person_id)):
        diary.plan(
            actor=rita,
            couple_id=inside.couple,
            new_id=uuid4(),
            appointment=appointment(day + timedelta(days=days), person_id=person),
        )
    of = {
        name: diary.contact_card(
            actor=rita, couple_id=inside.couple, person_id=getattr(inside, name).person_id
        ).expected
        for name in ("ada", "ben")
    }
    assert [one.alone for one in of["ada"]] == [False]
    assert sorted(one.alone for one in of["ben"]) == [False, True]


def test_a_search_finds_whoever_is_called_so(inside, rita):
    (found,) = diary.couples_in_care(actor=rita, search=" ada ")
    assert (found.title, found.therapist) == ("Ada Lind and Ben Morrow", "Tess Okafor")
    assert len(diary.couples_in_care(actor=rita)) == 2
    assert diary.couples_in_care(actor=rita, search="Finn") == ()  # has left
