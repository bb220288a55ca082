"""Everything that one partner can keep private: what the others must not notice.

``ACTS`` is the list. **Whoever adds something private to the program adds it there**; what is made
of it is in ``tests/web/test_non_interference_world.py``.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID, uuid4

from practice.db import db
from practice.domain.couples import Agenda, Modality
from practice.domain.events import EventKind
from practice.domain.homework.terms import GivenTo
from practice.domain.people import Actor
from practice.domain.reports import Edition
from practice.domain.sessions import Attendance, SessionFormat, SessionStatus
from practice.domain.visibility import Audience
from practice.models.records import IssuedReport
from practice.services import (
    accounts,
    agendas,
    clock,
    corrections,
    couples,
    drafts,
    events,
    goals,
    hand_over,
    homework,
    intake,
    invitations,
    notes,
    own_entries,
    paper,
    responses,
    risk_flags,
    sessions,
    step_requests,
)
from practice.services.drafts import DraftKind
from practice.services.own_entries import EntryKind
from tests import exercises, measure_builders, records
from tests.builders import sign_in_name
from tests.world import World
from tests.worlds import agreements as agreement_world
from tests.worlds import between as between_world
from tests.worlds.notes import act_on_notes
from tests.worlds.releases import everything_about_release, leave_with_record
from tests.worlds.safety import everything_about_safety


def everything_private(world: World, person: Actor) -> None:
    """Let ``person`` do, and have done about them, everything that the others must not notice."""
    for act in ACTS:
        act(world, person)


def everything_of_leaver(world: World, person: Actor) -> None:
    """Let ``person``, who has left the couple, do what is left to do, and have it done for them."""
    cast = world.cast
    then = date(2026, 4, 10)  # while they belonged to it
    typed_in = paper.enter_answers(
        actor=cast.tess,
        couple_id=cast.couple,
        person_id=person.person_id,
        measure_key="csi16",
        new_id=uuid4(),
        day=then,
        answers=measure_builders.csi16(20),
    )
    own_entries.lock_away(actor=person, kind=EntryKind.ANSWERS, record_id=typed_in)
    see_alone(world, person, (then - clock.today()).days, SessionStatus.HELD)
    details = couples.couple_details(actor=cast.tess, couple_id=cast.couple)
    couples.edit_couple(
        actor=cast.tess,
        couple_id=cast.couple,
        details=replace(details, births={person.person_id: date(1983, 6, 5)} | details.births),
    )
    leave_with_record(world, person)
    _use_account(world, person)


def _rate_goals(world: World, person: Actor) -> None:
    cast = world.cast
    for level, audience in ((-2, Audience.THERAPIST), (2, Audience.THERAPIST)):
        exercises.rate(person, world.ids["goal"], level, audience, comment="only for you")
    own = exercises.set_goal(cast, title="An own goal", person_id=person.person_id)
    goals.rate(actor=cast.tess, goal_id=own, new_id=uuid4(), level=0, audience=Audience.COUPLE)
    goals.rate(
        actor=person, goal_id=own, new_id=uuid4(), level=2, comment="mine", audience=Audience.COUPLE
    )
    goals.close_goal(actor=cast.tess, goal_id=own)
    exercises.rate(person, world.ids["goal_unrated"], 0, Audience.THERAPIST)


def _see_alone_at_times(world: World, person: Actor) -> None:
    for days, status in ((-1, SessionStatus.HELD), (3, SessionStatus.PLANNED)):
        see_alone(world, person, days, status)
    see_alone(world, person, 2, SessionStatus.CANCELLED)


def _write_homework(world: World, person: Actor) -> None:
    cast = world.cast
    today = clock.today()
    alone = exercises.give(
        cast, given_to=GivenTo.ONE, person_id=person.person_id, audience=Audience.THERAPIST
    )
    exercises.write(person, alone, Audience.THERAPIST)
    homework.retire(actor=cast.tess, assignment_id=alone)
    task = world.ids["task"]
    for audience in (Audience.PRIVATE, Audience.THERAPIST):
        exercises.write(person, task, audience, noticed="kept back")
    if person == cast.ben:
        # Ada has written nothing for today: what waits for her must not show that it waits.
        exercises.write(person, task, Audience.WHEN_ALL_DONE, day=today, noticed="waits")


def _answer_questions(world: World, person: Actor) -> None:
    cast = world.cast
    for item in responses.portal_requests(actor=person):
        responses.submit(
            actor=person,
            request_id=item.request_id,
            answers=measure_builders.choose(item.measure.key),
            audience=Audience.THERAPIST,
        )
    measure_builders.answer(cast, person, "csi16", measure_builders.csi16(70))
    measure_builders.ask(cast, person, "ratings")
    measure_builders.ask(cast, person, "csi4")
    measure_builders.ask(cast, person, "csi16")  # replaces the shorter one
    first, *_ = responses.portal_requests(actor=person)
    responses.withdraw_request(actor=cast.tess, request_id=first.request_id)
    hidden, *_ = (
        own
        for own in responses.own_answers(actor=person).own
        if own.audience is Audience.THERAPIST and own.measure.shareable
    )
    responses.share(actor=person, response_id=hidden.response_id)
    responses.unshare(actor=person, response_id=hidden.response_id)


def _speak_of_goals(world: World, person: Actor) -> None:
    """Hopes rewritten and made a goal; progress rated for the therapist; a step taken back."""
    cast = world.cast
    step = world.ids["step_ada" if person == cast.ada else "step_ben"]
    goals.write_hopes(actor=person, step_id=step, words={1: "Only for you", 2: "And this"})
    hopes = goals.couple_goals(actor=cast.tess, couple_id=cast.couple).hopes
    hope = next(one for one in hopes if one.person_id == person.person_id)
    exercises.set_goal(cast, title=hope.words, person_id=person.person_id, hope_id=hope.id)
    # Their own session in three days asks them about progress now.
    (progress,) = step_requests.portal_steps(actor=person)
    step_requests.withdraw_step(actor=cast.tess, step_id=progress.step_id)
    step_requests.ask_step_again(actor=cast.tess, step_id=progress.step_id)
    asked = goals.goal_step(actor=person, step_id=progress.step_id).goals
    assert any(goal.is_joint for goal in asked)
    goals.say(
        actor=person,
        step_id=progress.step_id,
        values={goal.id: 3 for goal in asked},
        audience=Audience.THERAPIST,
    )


def _do_therapists_work(world: World, person: Actor) -> None:
    """What the therapist keeps: a problem in own words, notes, reports, invitations."""
    cast = world.cast
    details = couples.couple_details(actor=cast.tess, couple_id=cast.couple)
    couples.edit_couple(
        actor=cast.tess,
        couple_id=cast.couple,
        details=replace(
            details,
            problems=details.problems | {person.person_id: "Something else"},
            modality=Modality.EFT,
            births=details.births | {person.person_id: date(1983, 6, 5)},
        ),
    )
    _mark_events(world, person)
    for agenda in Agenda:
        agendas.note_agenda(
            actor=cast.tess,
            couple_id=cast.couple,
            new_id=uuid4(),
            person_id=person.person_id,
            agenda=agenda,
            noted_on=clock.today(),
        )
    session = world.ids["session"]
    kind = notes.NoteKind.PROCESS
    stored = notes.session_notes(actor=cast.tess, session_id=session).process
    assert stored is not None
    records.save_note(
        actor=cast.tess, session_id=session, kind=kind, body="New.", version=stored.version
    )
    records.sign_note(actor=cast.tess, session_id=session, kind=kind, version=stored.version + 1)
    act_on_notes(world, person)
    guest = world.ids["guest"]
    if not accounts.has_account(guest):
        invitations.invite(actor=cast.tess, couple_id=cast.couple, person_id=guest)
        invitations.revoke(actor=cast.tess, couple_id=cast.couple, person_id=guest)
    rows = [
        IssuedReport(
            couple_id=cast.couple,
            edition=Edition.CLINICIAN,
            issued_by=cast.tess.person_id,
            issued_at=clock.now(),
            pages=1,
            sha256="0" * 64,
        )
    ]
    rows[0].pdf = b"%PDF"
    db.session.add_all(rows)


def add_to_joint_note(world: World, person: Actor) -> None:
    """Let the therapist add words about ``person`` to the signed note of all."""
    notes.add_addendum(
        actor=world.cast.tess,
        session_id=world.ids["session"],
        new_id=UUID("ffffffff-ffff-4fff-bfff-ffffffffffff"),  # after others of the same moment
        body=f"On {person.name}.",
    )


def _keep_half_of_it(world: World, person: Actor) -> None:
    request = measure_builders.ask(world.cast, person, "gad7")
    responses.keep_for_later(actor=person, request_id=request, fields={"gad_1": "3"})
    name, ids = ("ada" if person == world.cast.ada else "ben"), world.ids
    for kind, about_id in (
        (DraftKind.HOMEWORK, ids["task"]),
        (DraftKind.GOAL, ids["goal"]),
        (DraftKind.GOAL_STEP, ids[f"step_{name}"]),
        (DraftKind.CORRECTION, ids[f"response_{name}"]),
        (DraftKind.TAKING_BACK, ids[f"agreement_{name}_records"]),
        (DraftKind.CONTACT, person.person_id),
        (DraftKind.RECORD_REQUEST, person.person_id),
    ):
        drafts.keep(actor=person, kind=kind, about_id=about_id, fields={"words": "only for you"})
        drafts.sent(actor=person, kind=kind, about_id=about_id, page=str(uuid4()))
        drafts.keep(actor=person, kind=kind, about_id=about_id, fields={"words": "and again"})


def _answer_in_other_ways(world: World, person: Actor) -> None:
    """On the device, on paper, with an answer that raises a flag; and correct it."""
    cast = world.cast
    hand_over.begin(actor=cast.tess, couple_id=cast.couple, person_id=person.person_id)
    visit = hand_over.Visit(cast.couple, person, "Tess")
    for item in hand_over.open_questions(visit)[:1]:
        answers = measure_builders.choose(item.measure.key)
        hand_over.submit(visit, item.request_id, answers, Audience.THERAPIST)
    hand_over.end(visit)
    typed_in = paper.enter_answers(
        actor=cast.tess,
        couple_id=cast.couple,
        person_id=person.person_id,
        measure_key="csi16",
        new_id=uuid4(),
        day=clock.today(),
        answers=measure_builders.csi16(20),
    )
    corrections.correct_typed_in(
        actor=cast.tess,
        response_id=typed_in,
        new_id=uuid4(),
        day=clock.today(),
        answers=measure_builders.csi16(31),
        reason="A slip.",
    )
    measure_builders.answer(cast, person, "phq9", measure_builders.choose("phq9", phq_9=3))
    for flag in risk_flags.waiting(actor=cast.tess):
        if flag.person_id == person.person_id:
            risk_flags.deal_with(actor=cast.tess, flag_id=flag.flag_id, note="Rang.")


def _lock_away(world: World, person: Actor) -> None:
    """Show an entry of each kind and lock it away; take others back, and open one again."""
    cast, goal, task = world.cast, world.ids["goal"], world.ids["task"]
    for again in (False, True):
        made = {
            EntryKind.RATING: exercises.rate(person, goal, -1, Audience.COUPLE, comment="once"),
            EntryKind.PROGRESS: exercises.say_progress(person, goal, 3, Audience.COUPLE),
            EntryKind.HOMEWORK: exercises.write(person, task, Audience.WHEN_ALL_DONE),
            EntryKind.ANSWERS: measure_builders.answer(
                cast, person, "csi16", audience=Audience.COUPLE
            ),
            EntryKind.HOPE: _hope(world, person, "Said once"),
            EntryKind.INTAKE: _shown_section(world, person),
        }
        assert made.keys() == set(EntryKind)
        for kind, record_id in made.items():
            own_entries.lock_away(actor=person, kind=kind, record_id=record_id)
            if again:
                own_entries.open_again(actor=person, kind=kind, record_id=record_id)
    own_entries.lock_away(actor=person, kind=EntryKind.HOPE, record_id=made[EntryKind.HOPE])
    _hope(world, person, "Said anew")
    rating = exercises.rate(person, goal, 2, Audience.COUPLE)
    entry = exercises.write(person, task, Audience.WHEN_ALL_DONE)
    for kind, record_id in ((EntryKind.RATING, rating), (EntryKind.HOMEWORK, entry)):
        own_entries.take_back(actor=person, kind=kind, record_id=record_id)


def _hope(world: World, person: Actor, words: str) -> UUID:
    """Let somebody write a third hope."""
    step = world.ids["step_ada" if person == world.cast.ada else "step_ben"]
    goals.write_hopes(actor=person, step_id=step, words={3: words})
    return next(one.id for one in goals.own_hopes(actor=person) if one.words == words)


def _shown_section(world: World, person: Actor) -> UUID:
    """Let somebody write how it began, anew where it is locked away, and show it."""
    agreement_world.write(person, world, "story", turns="once shown")
    section = agreement_world.latest(world, person, "story").id
    intake.share(actor=person, entry_id=section)
    return section


def _mark_events(world: World, person: Actor) -> None:
    """Events that concern ``person`` alone, and those that are for the therapist."""
    cast = world.cast
    marked = [
        events.add_event(
            actor=cast.tess,
            couple_id=cast.couple,
            new_id=uuid4(),
            new=events.NewEvent(
                on=clock.today() - timedelta(days=days),
                kind=EventKind.DISCLOSURE,
                words="about you",
                about_id=about,
                audience=audience,
            ),
        )
        for days in (0, 400)
        for about, audience in (
            (person.person_id, Audience.COUPLE),
            (None, Audience.THERAPIST),
            (None, Audience.PRIVATE),
        )
    ]
    events.remove_event(actor=cast.tess, event_id=marked[0])


def _use_account(world: World, person: Actor) -> None:
    accounts.set_password(sign_in_name=sign_in_name(person.name), password="kettle otter violin")


def see_alone(world: World, person: Actor, days: int, status: SessionStatus) -> None:
    cast = world.cast
    held = status is SessionStatus.HELD
    session = sessions.create_session(
        actor=cast.tess,
        couple_id=cast.couple,
        new_id=uuid4(),
        details=sessions.SessionDetails(
            day=clock.today() + timedelta(days=days),
            at=time(9),
            minutes=50,
            person_id=person.person_id,
            format=SessionFormat.PHONE,
            status=status,
            attendance={person.person_id: Attendance.ATTENDED} if held else {},
            next_steps="For you alone.",
        ),
    )
    for kind in (notes.NoteKind.JOINT, notes.NoteKind.PROCESS):
        records.save_note(
            actor=cast.tess, session_id=session, kind=kind, body="About you.", version=0
        )


ACTS: tuple[Callable[[World, Actor], None], ...] = (
    _write_homework,
    _answer_questions,
    _rate_goals,
    _see_alone_at_times,
    _speak_of_goals,
    _do_therapists_work,
    add_to_joint_note,
    everything_about_safety,
    agreement_world.everything_private,
    between_world.everything_private,
    everything_about_release,
    _keep_half_of_it,
    _answer_in_other_ways,
    _lock_away,
    _use_account,
)
"""Everything private: what ``person`` does, and what is done about them. Add to it whatever becomes
possible; each is called with the record and the person, in one transaction with the others."""
