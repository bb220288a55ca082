"""The promise, over the whole record: what one partner keeps private changes no byte for another.

A full record, a fixed clock; everything a partner can fetch, before and after the other (and the
therapist, about the other) did every private thing there is.
"""

import re
from dataclasses import replace
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
import time_machine

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
    couples,
    events,
    goals,
    homework,
    invitations,
    notes,
    responses,
    sessions,
    step_requests,
)
from tests import exercises, measure_builders
from tests.builders import sign_in_name
from tests.world import World, make_world
from tests.worlds import agreements as agreement_world
from tests.worlds.notes import act_on_notes
from tests.worlds.releases import everything_about_release
from tests.worlds.safety import everything_about_safety

MOMENT = "2026-11-20 18:30 +0000"
NONCE = re.compile(r'(name="(?:csrf_token|new_id)"[^>]*value=")[^"]+')
LINK = re.compile(r'href="(/[^"#]*)')


@pytest.fixture
def now():
    with time_machine.travel(MOMENT, tick=False):
        yield


@pytest.fixture
def world(app, cast, now):
    with app.app_context():
        world = make_world(cast)
        db.session.commit()
    return world


@pytest.mark.parametrize(("looking", "acting"), [("ada", "ben"), ("ben", "ada"), ("finn", "ben")])
def test_nothing_changes_for_the_other(app, world, sign_in, looking, acting):
    browser = sign_in(getattr(world.cast, looking))
    before = everything(browser, world)
    with app.app_context():
        everything_private(world, getattr(world.cast, acting))
        db.session.commit()
    after = everything(browser, world)

    assert len(before) > 5
    assert {path for path in before if before[path] != after.get(path)} == set()
    assert after.keys() == before.keys()


def test_the_look_is_keen_enough_to_see_a_shared_answer(app, world, sign_in):
    ada = sign_in(world.cast.ada)
    before = everything(ada, world)
    with app.app_context():
        responses.share(actor=world.cast.ben, response_id=world.ids["response_ben"])
        db.session.commit()
    assert everything(ada, world) != before


def test_the_look_is_keen_enough_to_see_an_event_that_is_for_both(app, world, sign_in):
    ada = sign_in(world.cast.ada)
    before = everything(ada, world)
    with app.app_context():
        events.remove_event(actor=world.cast.tess, event_id=world.ids["event_couple"])
        db.session.commit()
    assert everything(ada, world) != before


def test_the_look_is_keen_enough_to_see_progress_that_was_shown(app, world, sign_in):
    ada = sign_in(world.cast.ada)
    before = everything(ada, world)
    with app.app_context():
        _see_alone(world, world.cast.ben, 3, SessionStatus.PLANNED)
        (step,) = step_requests.portal_steps(actor=world.cast.ben)
        asked = goals.goal_step(actor=world.cast.ben, step_id=step.step_id).goals
        goals.say(
            actor=world.cast.ben,
            step_id=step.step_id,
            values={goal.id: 3 for goal in asked},
            audience=Audience.COUPLE,
        )
        db.session.commit()
    after = everything(ada, world)
    assert {path for path in before if before[path] != after[path]} == {
        path.format(f"/my/goals/{world.ids[goal]}")
        for goal in ("goal", "goal_unrated")
        for path in ("{}", "HEAD {}", "POST {}", "{}?page=2", "{}?page=x")
    }


def everything(browser, world: World):
    """Return status, headers (lengths too) and body of all a partner reaches in any way.

    By links and by guessing, with page numbers, as HEAD and OPTIONS, and by sending empty forms.
    """
    found = {}
    waiting = ["/my/", "/account/security", *guesses(world)]
    while waiting:
        path = waiting.pop().replace("&amp;", "&")
        if path in found or path.startswith("/static"):
            continue
        page = browser.get(path)
        found[path] = _seen(page)
        waiting += LINK.findall(page.text)
    for path in [path for path in found if path.startswith("/my/") and found[path][0] == 200]:
        for number in ("2", "x"):
            found[f"{path}?page={number}"] = _seen(browser.get(f"{path}?page={number}"))
        for method in ("HEAD", "OPTIONS"):
            found[f"{method} {path}"] = _seen(browser.client.open(path, method=method))
        found[f"POST {path}"] = _seen(browser.post(path, {}))
    return found


def _seen(page):
    headers = sorted((k, v) for k, v in page.headers if k not in {"Set-Cookie", "Date"})
    return page.status_code, headers, NONCE.sub(r"\1", page.text)


def guesses(world: World):
    """Addresses that a partner might try with ids seen over somebody's shoulder."""
    places = (
        "/my/homework/{}",
        "/my/homework/entries/{}",
        "/my/goals/{}",
        "/my/questions/{}",
        "/my/goal-steps/{}",
        "/my/questions/set/{}",
        "/screenings/{}",
        "/sessions/{}",
        "/responses/{}",
        "/reports/{}",
        "/events/{}/remove",
        "/my/agreements/{}",
        "/my/agreements/{}/take-back",
        "/my/asked/{}",
        "/my/about-you/{}",
        "/joint-record/intake/{}",
        "/my/record/permissions/{}",
        "/releases/{}",
        "/bundles/{}/file",
        "/authorisations/{}/paper",
    )
    own = {
        "request_ada",
        "request_ben",
        "request_set_ada",
        "request_set_ben",
        "goal_ben",
        "task_ben",
        "entry_private",
    }
    own |= {"entry_waiting", "entry_own_task"}
    strange = [one for label, one in world.ids.items() if label not in own]
    return [place.format(one) for place in places for one in strange]


def everything_private(world: World, person: Actor) -> None:
    """Let ``person`` do, and have done about them, everything that the others must not notice."""
    cast = world.cast
    _write_homework(world, person)
    _answer_questions(world, person)
    for level, audience in ((-2, Audience.THERAPIST), (2, Audience.THERAPIST)):
        exercises.rate(person, world.ids["goal"], level, audience, comment="only for you")
    own = exercises.set_goal(cast, title="An own goal", person_id=person.person_id)
    goals.rate(actor=cast.tess, goal_id=own, new_id=uuid4(), level=0, audience=Audience.COUPLE)
    goals.rate(
        actor=person, goal_id=own, new_id=uuid4(), level=2, comment="mine", audience=Audience.COUPLE
    )
    goals.close_goal(actor=cast.tess, goal_id=own)
    exercises.rate(person, world.ids["goal_unrated"], 0, Audience.THERAPIST)
    for days, status in ((-1, SessionStatus.HELD), (3, SessionStatus.PLANNED)):
        _see_alone(world, person, days, status)
    _see_alone(world, person, 2, SessionStatus.CANCELLED)
    _speak_of_goals(world, person)
    _do_therapists_work(world, person)
    everything_about_safety(world, person)
    agreement_world.everything_private(world, person)
    everything_about_release(world, person)
    _use_account(person)


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
    notes.add_addendum(
        actor=cast.tess, session_id=session, new_id=uuid4(), body=f"On {person.name}."
    )
    kind = notes.NoteKind.PROCESS
    stored = notes.session_notes(actor=cast.tess, session_id=session).process
    assert stored is not None
    notes.save_note(
        actor=cast.tess, session_id=session, kind=kind, body="New.", version=stored.version
    )
    notes.sign_note(actor=cast.tess, session_id=session, kind=kind, version=stored.version + 1)
    act_on_notes(world, person)
    guest = world.ids["guest"]
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


def _use_account(person: Actor) -> None:
    accounts.set_password(sign_in_name=sign_in_name(person.name), password="kettle otter violin")


def _see_alone(world: World, person: Actor, days: int, status: SessionStatus) -> None:
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
        notes.save_note(
            actor=cast.tess, session_id=session, kind=kind, body="About you.", version=0
        )
