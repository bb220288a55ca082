"""Planning and recording sessions, and what each partner may know of them."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from practice.db import db
from practice.domain.note_formats import plain
from practice.domain.people import Role
from practice.domain.sessions import Attendance, SessionFormat, SessionKind, SessionStatus
from practice.models.sessions import JointNote
from practice.services import clock, couple_record, notes, sessions
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.letters import time_requests
from practice.services.notes import NoteKind, Part, Typed
from practice.services.sessions import SessionDetails
from tests import records
from tests.builders import leave, make_couple, make_person
from tests.records import make_joint_note, make_planned, make_session

ATTENDED, LATE = Attendance.ATTENDED, Attendance.LATE


def details(inside, **overrides) -> SessionDetails:
    values = {
        "day": clock.today() - timedelta(days=1),
        "at": time(18, 0),
        "minutes": 75,
        "person_id": None,
        "format": SessionFormat.VIDEO,
        "status": SessionStatus.HELD,
        "attendance": {inside.ada.person_id: ATTENDED, inside.ben.person_id: LATE},
        "next_steps": "Ask before the weekend.",
    }
    return SessionDetails(**(values | overrides))


def create(inside, **overrides):
    return sessions.create_session(
        actor=inside.tess,
        couple_id=overrides.pop("couple", inside.couple),
        new_id=overrides.pop("new_id", None) or uuid4(),
        details=details(inside, **overrides),
    )


def planned(**more):
    day = clock.today() + timedelta(days=7)
    return {"status": SessionStatus.PLANNED, "day": day, "attendance": {}} | more


def test_a_session_is_kept_as_it_was_recorded(inside):
    view = sessions.get_session(actor=inside.tess, session_id=create(inside))
    assert [(one.member.first_name, one.attendance) for one in view.attended] == [
        ("Ada", ATTENDED),
        ("Ben", LATE),
    ]
    assert (view.minutes, view.format, view.kind) == (75, SessionFormat.VIDEO, SessionKind.CONJOINT)
    assert view.next_steps == "Ask before the weekend."
    assert view.days_late == 0


def test_the_time_is_of_the_practice_and_stored_in_utc(inside):
    key = create(inside, **planned(day=date(2030, 7, 1), at=time(18, 0)))
    view = sessions.get_session(actor=inside.tess, session_id=key)
    assert view.starts_at == datetime(2030, 7, 1, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "minutes"), [(time(10), 60), (time(9, 30), 40), (time(10, 59), 20), (time(8), 480)]
)
def test_a_therapist_is_not_planned_twice_at_one_time(inside, at, minutes):
    create(inside, **planned(at=time(10), minutes=60))
    una = make_couple(inside.tess, [make_person("Una Vale", Role.PARTNER)])
    with pytest.raises(Invalid) as problem:
        create(inside, couple=una, **planned(at=at, minutes=minutes))
    said = "You have another session planned from 10:00 to 11:00. Choose another time."
    assert problem.value.errors == {"time": said}


def test_what_takes_no_time_of_a_therapist(inside):
    """Before and after, what was held or called off, a colleague's, and the session itself."""
    day = clock.today() + timedelta(days=7)
    key = create(inside, **planned(at=time(10), minutes=60))
    for at in (time(9), time(11)):
        create(inside, **planned(at=at, minutes=60))
    create(inside, **planned(at=time(10), status=SessionStatus.CANCELLED))
    sessions.create_session(
        actor=inside.otto,
        couple_id=inside.other_couple,
        new_id=uuid4(),
        details=details(inside, **planned(at=time(10))),
    )
    for _ in range(2):
        create(inside)  # yesterday, at the same time, both held
    moved = details(inside, **planned(day=day, at=time(10), minutes=55, next_steps="Yes."))
    sessions.change_session(actor=inside.tess, session_id=key, details=moved)
    late = details(inside, **planned(day=day, at=time(10, 30)))
    with pytest.raises(Invalid, match="11:00 to 12:00"):
        sessions.change_session(actor=inside.tess, session_id=key, details=late)


def test_a_time_the_clocks_skip_is_refused(inside):
    with pytest.raises(Invalid) as problem:
        create(inside, **planned(day=date(2030, 3, 31), at=time(1, 30)))
    assert list(problem.value.errors) == ["time"]


def test_sending_the_form_twice_makes_one_session(inside):
    key = uuid4()
    assert create(inside, new_id=key) == create(inside, new_id=key) == key
    record = couple_record.couple_record(actor=inside.tess, couple_id=inside.couple)
    assert record.sessions.total == 1


@pytest.mark.parametrize(
    ("overrides", "fields"),
    [
        ({"minutes": 4}, {"minutes"}),
        ({"minutes": 481}, {"minutes"}),
        ({"attendance": {}}, {"attendance_1", "attendance_2"}),
        ({"day": date(2099, 1, 1)}, {"status"}),
        ({"day": date(2999, 1, 1)}, {"day"}),
        ({"day": date(1, 1, 1)}, {"day"}),
        ({"status": SessionStatus.PLANNED}, {"status"}),
        ({"person_id": uuid4()}, {"with_whom"}),
        ({"day": date(2020, 1, 1)}, {"day"}),
        ({"next_steps": "x" * 4001}, {"next_steps"}),
    ],
)
def test_what_cannot_be_saved_names_its_field(inside, overrides, fields):
    with pytest.raises(Invalid) as problem:
        create(inside, **overrides)
    assert set(problem.value.errors) == fields


def test_an_individual_session_expects_its_one_person(inside):
    ada = inside.ada.person_id
    key = create(inside, person_id=ada, attendance={ada: ATTENDED})
    view = sessions.get_session(actor=inside.tess, session_id=key)
    assert [one.member.first_name for one in view.attended] == ["Ada"]
    with pytest.raises(Invalid) as problem:
        create(inside, person_id=ada)
    assert list(problem.value.errors) == ["with_whom"]


def test_a_session_recorded_late_expects_whoever_was_a_member_then(inside):
    with pytest.raises(Invalid) as problem:
        create(inside, day=date(2026, 4, 1))
    assert list(problem.value.errors) == ["attendance_3"]


def test_what_is_entered_long_after_a_session_says_so(inside):
    everybody = {p.person_id: ATTENDED for p in (inside.ada, inside.ben, inside.finn)}
    key = create(inside, day=date(2026, 4, 1), attendance=everybody)
    assert sessions.get_session(actor=inside.tess, session_id=key).days_late > 100


def test_a_session_can_be_changed_until_its_note_is_signed(inside):
    key = create(inside)
    change = details(inside, minutes=50)
    sessions.change_session(actor=inside.tess, session_id=key, details=change)
    records.save_note(
        actor=inside.tess, session_id=key, kind=NoteKind.JOINT, body="Written.", version=0
    )
    sessions.change_session(actor=inside.tess, session_id=key, details=change)
    records.sign_note(actor=inside.tess, session_id=key, kind=NoteKind.JOINT, version=1)
    with pytest.raises(Refused):
        sessions.change_session(
            actor=inside.tess, session_id=key, details=details(inside, minutes=20)
        )
    view = sessions.get_session(actor=inside.tess, session_id=key)
    assert (view.minutes, view.is_locked) == (50, True)


def alone(inside, **more):
    return create(inside, person_id=inside.ada.person_id, **planned(next_steps="", **more))


def change_whom(inside, session, person, **more):
    person_id = person.person_id if person else None
    sessions.change_session(
        actor=inside.tess,
        session_id=session,
        details=details(inside, person_id=person_id, **planned(**({"next_steps": ""} | more))),
    )


@pytest.mark.parametrize("whom", ["ben", None])
def test_words_about_one_person_do_not_become_words_about_others(inside, whom):
    session = alone(inside)
    whom = whom and inside.ben
    records.make_joint_note(session, inside.couple, inside.tess, body="Ada said so alone.")
    with pytest.raises(Invalid, match="with_whom"):
        change_whom(inside, session, whom)
    kept = sessions.get_session(actor=inside.tess, session_id=session)
    assert kept.person_id == inside.ada.person_id
    change_whom(inside, session, inside.ada, day=clock.today() + timedelta(days=9))
    db.session.scalars(select(JointNote)).one().body = ""
    change_whom(inside, session, whom)


def test_an_individual_addendum_keeps_a_session_with_whom_it_was(inside):
    session = create(inside, **planned(next_steps=""))
    about = Part(NoteKind.MEMBER, inside.ben.person_id)
    notes.save_notes(
        actor=inside.tess, session_id=session, typed={about: Typed(plain("Of Ben."), 0)}
    )
    with pytest.raises(Invalid, match="with_whom"):
        change_whom(inside, session, inside.ada)


def test_steps_agreed_with_one_are_not_shown_to_both_by_a_slip(inside):
    session = create(inside, person_id=inside.ada.person_id, **planned(next_steps="Ring Vera."))
    with pytest.raises(Invalid, match="with_whom"):
        change_whom(inside, session, None, next_steps="Ring Vera.")
    change_whom(inside, session, None, next_steps="Walk together.")


def test_a_process_note_is_not_noticed_when_whom_changes(inside):
    session = alone(inside)
    records.make_process_note(session, inside.couple, inside.tess, body="Mine.")
    change_whom(inside, session, None)
    view = sessions.get_session(actor=inside.tess, session_id=session)
    assert view.person_id is None


def test_changing_the_attendance_keeps_one_line_each(inside):
    key = create(inside)
    again = {inside.ada.person_id: LATE, inside.ben.person_id: Attendance.DID_NOT_ATTEND}
    sessions.change_session(
        actor=inside.tess, session_id=key, details=details(inside, attendance=again)
    )
    view = sessions.get_session(actor=inside.tess, session_id=key)
    assert [one.attendance for one in view.attended] == list(again.values())


@pytest.mark.parametrize("who", ["otto", "ada", "finn", "cleo"])
def test_nobody_else_opens_a_session(inside, who):
    key = create(inside)
    actor = getattr(inside, who)
    with pytest.raises(NotFound):
        sessions.get_session(actor=actor, session_id=key)
    with pytest.raises(NotFound):
        sessions.change_session(actor=actor, session_id=key, details=details(inside))
    with pytest.raises(NotFound):
        sessions.create_session(
            actor=actor, couple_id=inside.couple, new_id=uuid4(), details=details(inside)
        )


def test_a_session_of_another_couple_is_not_answered_as_saved(inside):
    key = make_session(inside.other_couple, inside.otto)
    with pytest.raises(NotFound):
        create(inside, new_id=key)


def test_the_portal_shows_the_next_session_and_what_was_agreed_last(inside):
    create(inside)
    create(inside, **planned(next_steps=""))
    for actor in (inside.ada, inside.ben):
        found = sessions.portal_sessions(actor=actor)
        assert [one.alone for one in found.upcoming] == [False]
        assert found.next_steps.text == "Ask before the weekend."


def test_an_individual_session_does_not_exist_for_the_other_partner(inside):
    before = sessions.portal_sessions(actor=inside.ben)
    ada = inside.ada.person_id
    create(inside, person_id=ada, attendance={ada: ATTENDED}, next_steps="Only for Ada.")
    create(inside, **planned(person_id=ada))
    assert sessions.portal_sessions(actor=inside.ben) == before
    hers = sessions.portal_sessions(actor=inside.ada)
    assert hers.next_steps.text == "Only for Ada."
    assert [one.alone for one in hers.upcoming] == [True]


def test_whoever_has_left_sees_no_session(inside):
    create(inside)
    create(inside, **planned())
    leave(inside.couple, inside.ben)
    found = sessions.portal_sessions(actor=inside.ben)
    assert (found.upcoming, found.next_steps) == ((), None)


def test_a_planned_session_that_is_over_is_not_next(inside):
    make_planned(inside.couple, inside.tess, starts_at=clock.now() - timedelta(hours=3))
    running = clock.now() - timedelta(minutes=20)
    make_planned(inside.couple, inside.tess, starts_at=running)
    found = sessions.portal_sessions(actor=inside.ada)
    assert [one.starts_at for one in found.upcoming] == [running]


def test_cancelled_sessions_are_not_in_the_portal(inside):
    day = clock.today() + timedelta(days=3)
    create(inside, status=SessionStatus.CANCELLED, day=day, attendance={})
    assert sessions.portal_sessions(actor=inside.ada).upcoming == ()


def test_the_list_of_sessions_is_paged_newest_first(inside):
    for days in range(45):
        make_session(inside.couple, inside.tess, starts_at=clock.now() - timedelta(days=days + 1))
    first = couple_record.couple_record(actor=inside.tess, couple_id=inside.couple).sessions
    last = couple_record.couple_record(actor=inside.tess, couple_id=inside.couple, page=9).sessions
    assert (len(first.sessions), len(last.sessions)) == (20, 5)
    assert (last.page, last.pages, last.total, last.held) == (3, 3, 45, 45)
    assert first.sessions[0].starts_at > first.sessions[-1].starts_at > last.sessions[0].starts_at


def test_the_couples_page_says_what_to_do_next(inside):
    def action():
        record = couple_record.couple_record(actor=inside.tess, couple_id=inside.couple)
        return record.action.what, record.action.session_id

    assert action() == ("plan", None)
    coming = make_planned(inside.couple, inside.tess, starts_at=clock.now() + timedelta(days=2))
    assert action() == ("open", coming)
    past = make_session(
        inside.couple,
        inside.tess,
        starts_at=clock.now() - timedelta(days=2),
        status=SessionStatus.PLANNED,
    )
    assert action() == ("record", past)
    sessions.change_session(
        actor=inside.tess,
        session_id=past,
        details=details(inside, day=clock.today() - timedelta(days=2)),
    )
    assert action() == ("write", past)
    make_joint_note(past, inside.couple, inside.tess)
    assert action() == ("finish", past)
    records.sign_note(actor=inside.tess, session_id=past, kind=NoteKind.JOINT, version=1)
    assert action() == ("open", coming)


def test_a_session_that_becomes_the_others_says_nothing_to_whoever_had_asked_for_it(inside):
    """Planned with Ada alone because she asked, and then held with Ben: his is none of hers."""
    time_id = time_requests.time_id_of(inside.couple, inside.ada.person_id)
    time_requests.ask(actor=inside.ada, time_id=time_id, new_id=uuid4(), about="", when="")
    alone = planned(person_id=inside.ada.person_id, next_steps="")
    key = create(inside, **alone)
    own = time_requests.own_time(actor=inside.ada, time_id=time_id).latest
    assert own.session_at == sessions.get_session(actor=inside.tess, session_id=key).starts_at
    with_ben = details(inside, **alone | {"person_id": inside.ben.person_id})
    sessions.change_session(actor=inside.tess, session_id=key, details=with_ben)
    assert time_requests.own_time(actor=inside.ada, time_id=time_id).latest.session_at is None
