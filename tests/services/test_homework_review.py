"""How homework went is part of the note: where it stands, who may read it, and that it stays."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from practice.db import db
from practice.domain.homework.review import Barrier, HomeworkReview, Reviewed, View
from practice.domain.homework.terms import FollowsHow, Frequency, GivenTo
from practice.domain.note_formats import NoteContent, plain
from practice.domain.releases.authorisations import Part as Asked
from practice.domain.sessions import Attendance, SessionKind
from practice.models.notes import MemberNote
from practice.services import clock, homework, memberships, notes, sessions
from practice.services.errors import Invalid, NotFound
from practice.services.known_people import NewPerson
from practice.services.notes import JOINT, NoteKind, NotesConflict, Part, Typed
from practice.services.releases import bundles
from tests.records import make_session, make_task
from tests.release_builders import decide_all, preview
from tests.reports.pdf_checks import text_of
from tests.worlds.releases import ask, open_case, sign

LONG_AGO = clock.now() - timedelta(days=60)


@pytest.fixture
def session(inside):
    return make_session(inside.couple, inside.tess, starts_at=clock.now() - timedelta(days=2))


@pytest.fixture
def given(inside):
    """What was given before the session: to Ada alone, to each, to do together; and what ended."""

    def make(people, **more):
        begun = {"starts_on": clock.today() - timedelta(days=28), "created_at": next(moments)}
        return make_task(inside.couple, inside.tess, people, **begun, **more)

    moments = (LONG_AGO + timedelta(days=n) for n in range(9))
    both = [inside.ada, inside.ben]
    make(both, retired_on=clock.today() - timedelta(days=20))
    return {
        "alone": make([inside.ada]),
        "each": make(both, template_key="quality_time"),
        "together": make(both, given_to=GivenTo.TOGETHER, template_key="stress_check_in"),
    }


def test_what_ran_out_since_the_session_before_is_reviewed_too(inside, session):
    def make(ended, **more):
        return make_task(
            inside.couple,
            inside.tess,
            [inside.ada, inside.ben],
            given_to=GivenTo.TOGETHER,
            starts_on=clock.today() - timedelta(days=28),
            created_at=LONG_AGO,
            **{ended: clock.today() - timedelta(days=5)} | more,
        )

    ended = {make("due_on", frequency=Frequency.WEEKLY), make("retired_on")}
    page = notes.notes_page(actor=inside.tess, session_id=session)
    assert page.homework[JOINT] == (), "no session was held before"
    make_session(inside.couple, inside.tess, starts_at=clock.now() - timedelta(days=9))
    page = notes.notes_page(actor=inside.tess, session_id=session)
    assert {task.id for task in page.homework[JOINT]} == ended
    make_session(inside.couple, inside.tess, starts_at=clock.now() - timedelta(days=4))
    page = notes.notes_page(actor=inside.tess, session_id=session)
    assert page.homework[JOINT] == (), "that was for the session of four days ago"


def test_what_rested_is_reviewed_as_that_and_is_not_made_smaller_behind_its_rest(inside, session):
    def make(**more):
        begun = {"starts_on": clock.today() - timedelta(days=28), "created_at": LONG_AGO}
        return make_task(inside.couple, inside.tess, [inside.ada], **begun, **more)

    def seen(task):
        page = notes.notes_page(actor=inside.tess, session_id=session)
        return next(one for one in page.homework[part_of(inside.ada)] if one.id == task)

    make_session(inside.couple, inside.tess, starts_at=clock.now() - timedelta(days=9))
    week, all_along = make(), make(template_key="quality_time")
    for task, ago in ((week, 5), (all_along, 12)):
        with clock.pretend(clock.now() - timedelta(days=ago)):
            homework.pause(
                actor=inside.tess, assignment_id=task, ends_on=clock.today() + timedelta(days=20)
            )
    assert (seen(week).rests, seen(week).rested, seen(week).smaller) == (True, False, "")
    assert (seen(all_along).rests, seen(all_along).rested) == (True, True)
    homework.resume(actor=inside.tess, assignment_id=all_along)
    assert (seen(all_along).rests, seen(all_along).rested) == (False, True)
    assert seen(all_along).smaller
    # Made smaller on its own page it goes on resting as long as it was to.
    offer = homework.next_offer(actor=inside.tess, assignment_id=week, how=FollowsHow.SMALLER)
    assert offer.starts_on == clock.today() + timedelta(days=16)


def test_what_two_of_three_did_together_is_no_matter_of_the_joint_note(inside, session, given):
    """For the third it does not exist, and the joint note may leave with the names of all."""
    page = notes.notes_page(actor=inside.tess, session_id=session)
    assert [task.id for task in page.homework[JOINT]] == [given["together"]]
    memberships.add_member(
        actor=inside.tess,
        couple_id=inside.couple,
        person=NewPerson(name="Gus Weller", problem="", is_new=True),
        joined_on=clock.today() - timedelta(days=40),
    )
    page = notes.notes_page(actor=inside.tess, session_id=session)
    assert page.homework[JOINT] == ()
    for person in (inside.ada, inside.ben):
        assert given["together"] in {task.id for task in page.homework[part_of(person)]}
    typed = {JOINT: Typed(NoteContent(homework={given["together"]: said()}), 0)}
    with pytest.raises(NotFound):
        notes.save_notes(actor=inside.tess, session_id=session, typed=typed)


def part_of(person):
    return Part(NoteKind.MEMBER, person.person_id)


def said(outcome=Reviewed.DONE, **view):
    return HomeworkReview("A task", outcome, View(**view))


def save(cast, session, parts, version=0, **more):
    typed = {
        part: Typed(NoteContent(homework=one) if isinstance(one, dict) else plain(one), version)
        for part, one in parts.items()
    }
    return notes.save_notes(actor=cast.tess, session_id=session, typed=typed, **more)


def content(cast, session, part):
    return notes.session_notes(actor=cast.tess, session_id=session).own(part).content


def test_each_task_is_reviewed_where_its_receivers_may_read(inside, session, given):
    page = notes.notes_page(actor=inside.tess, session_id=session)
    where = {part: [task.id for task in tasks] for part, tasks in page.homework.items()}
    assert where == {
        JOINT: [given["together"]],
        part_of(inside.ada): [given["alone"], given["each"], given["together"]],
        part_of(inside.ben): [given["each"], given["together"]],
        Part(NoteKind.PROCESS): [],
    }
    assert Barrier.AFRAID not in page.barriers[JOINT]
    assert Barrier.AFRAID in page.barriers[part_of(inside.ada)]


def test_in_a_session_with_one_their_note_takes_what_was_given_to_them(inside, given):
    with_ben = make_session(
        inside.couple,
        inside.tess,
        starts_at=clock.now() - timedelta(days=1),
        kind=SessionKind.INDIVIDUAL,
        person_id=inside.ben.person_id,
        attendance={inside.ben: Attendance.ATTENDED},
    )
    page = notes.notes_page(actor=inside.tess, session_id=with_ben)
    assert [task.id for task in page.homework[JOINT]] == [given["each"], given["together"]]
    save(inside, with_ben, {JOINT: {given["each"]: said(barrier=Barrier.AFRAID)}})
    page = notes.notes_page(actor=inside.tess, session_id=with_ben)
    assert [one.first_name for one in page.afraid] == ["Ben"]


def test_a_review_comes_back_as_it_was_said_and_keeps_a_session(inside, session, given):
    one = said(Reviewed.PARTLY, quality=7, difficulty=0, helpfulness=10, barrier=Barrier.TOO_TIRED)
    save(inside, session, {part_of(inside.ada): {given["alone"]: one}})
    assert content(inside, session, part_of(inside.ada)).homework == {given["alone"]: one}
    (note,) = notes.session_notes(actor=inside.tess, session_id=session).members
    assert note.body == (
        "Homework review\nA task: partly\n"
        "How well 7 of 10, how hard 0 of 10, how helpful 10 of 10\nIn the way: too tired"
    )
    # A review alone is something written: the session cannot lose it by being planned anew.
    assert sessions._has_words(session)


def test_nothing_of_one_persons_homework_fits_into_the_joint_note(inside, session, given):
    for task in ("alone", "each"):
        with pytest.raises(NotFound):
            save(inside, session, {JOINT: {given[task]: said()}})
    with pytest.raises(NotFound):
        save(inside, session, {part_of(inside.ben): {given["alone"]: said()}})


def test_fear_is_never_written_into_a_note_that_both_may_read(inside, session, given):
    with pytest.raises(Invalid) as problem:
        save(inside, session, {JOINT: {given["together"]: said(barrier=Barrier.AFRAID)}})
    assert set(problem.value.errors) == {f"joint_homework_{given['together'].hex}_barrier"}
    save(inside, session, {part_of(inside.ben): {given["together"]: said(barrier=Barrier.AFRAID)}})
    page = notes.notes_page(actor=inside.tess, session_id=session)
    assert [one.first_name for one in page.afraid] == ["Ben"]


def test_what_is_too_long_names_its_field_and_what_is_empty_is_not_kept(inside, session, given):
    part = part_of(inside.ada)
    with pytest.raises(Invalid) as problem:
        save(inside, session, {part: {given["alone"]: said(words="x" * 2_001)}})
    assert set(problem.value.errors) == {f"{part.key}_homework_{given['alone'].hex}_words"}
    with pytest.raises(Invalid) as problem:
        save(inside, session, {part: {given["alone"]: said(None, words="  ")}})
    assert set(problem.value.errors) == {"notes"}


def test_a_review_saved_elsewhere_is_a_conflict_and_neither_is_lost(inside, session, given):
    part = part_of(inside.ada)
    save(inside, session, {part: {given["alone"]: said(helpfulness=3)}})
    save(inside, session, {part: {given["alone"]: said(helpfulness=4)}}, version=1)
    with pytest.raises(NotesConflict) as conflict:
        save(inside, session, {part: {given["alone"]: said(helpfulness=9)}, JOINT: "x"}, version=1)
    (clash,) = conflict.value.clashes
    assert (clash.part, clash.version) == (part, 2)
    assert clash.stored.homework[given["alone"]].view.helpfulness == 4
    history = notes.note_history(
        actor=inside.tess,
        session_id=session,
        kind=NoteKind.MEMBER,
        member_note_id=notes.session_notes(actor=inside.tess, session_id=session).members[0].id,
        before=1,
        after=2,
    )
    changed = [(piece.change, piece.text) for one in history.changes for piece in one.pieces]
    assert ("out", "3") in changed
    assert ("in", "4") in changed


def test_what_is_typed_of_a_review_is_kept_unsaved_and_seen_by_nobody_else(inside, session, given):
    part = part_of(inside.ada)
    field = f"{part.key}_homework_{given['alone'].hex}_words"
    typed = {part: Typed(NoteContent(homework={given["alone"]: said(words="She sighed.")}), 0)}
    keeping = notes.keep_notes(
        actor=inside.tess,
        session_id=session,
        fields={field: "She sighed."},
        typed=typed,
        page_id=None,
    )
    assert keeping is not None
    page = notes.notes_page(actor=inside.tess, session_id=session)
    assert page.unsaved.fields == {field: "She sighed."}
    assert page.notes.members == ()


def test_signed_a_review_stays_as_it_is_for_the_database_too(inside, session, given):
    part = part_of(inside.ada)
    shown = save(inside, session, {part: {given["alone"]: said(helpfulness=3)}})
    notes.sign_notes(actor=inside.tess, session_id=session, shown=shown)
    with pytest.raises(NotesConflict):
        save(inside, session, {part: {given["alone"]: said(helpfulness=9)}}, version=2)
    assert content(inside, session, part).homework[given["alone"]].view.helpfulness == 3
    with pytest.raises(DBAPIError, match="a signed note is final"), db.session.begin_nested():
        db.session.execute(text("UPDATE member_note SET content_sealed = NULL"))


def test_nothing_readable_reaches_the_database(inside, session, given):
    part = part_of(inside.ada)
    for version in (0, 1):
        one = {given["alone"]: said(words=f"CANARY {version}", barrier=Barrier.QUARREL)}
        save(inside, session, {part: one}, version=version)
    assert db.session.query(MemberNote).one().content["homework"]
    for table in ("member_note", "member_note_version"):
        for row in db.session.execute(text(f"SELECT * FROM {table}")):  # noqa: S608
            for word in (b"CANARY", b"quarrel"):
                assert word not in repr(tuple(row)).encode()


def test_a_review_of_one_leaves_with_their_own_part_and_never_with_the_joint_one(
    inside, session, given
):
    parts = {
        JOINT: {given["together"]: said(words="Rain on Sunday.")},
        part_of(inside.ben): {given["each"]: said(words="Snow on Monday.")},
    }
    notes.sign_notes(actor=inside.tess, session_id=session, shown=save(inside, session, parts))
    for asked, people, held, kept in (
        ({}, (inside.ada, inside.ben), "Rain on Sunday.", "Snow on Monday."),
        (
            {"part": Asked.OWN, "person_id": inside.ben.person_id},
            (inside.ben,),
            "Snow on Monday.",
            "Rain on Sunday.",
        ),
    ):
        case = open_case(inside)
        ask(inside, case, last_day=clock.today(), **asked)
        sign(inside, case, *people)
        decide_all(inside, case)
        found = text_of(bundles.file_of(actor=inside.tess, bundle_id=preview(inside, case)).content)
        assert held in found
        assert kept not in found
