"""The promise, over the whole record: what one partner keeps private changes no byte for another.

A full record, a fixed clock; everything a partner can fetch, before and after the other (and the
therapist, about the other) did every private thing there is.
"""

import re
from datetime import time, timedelta
from uuid import uuid4

import pytest
import time_machine

from practice.db import db
from practice.domain.homework.terms import GivenTo
from practice.domain.people import Actor
from practice.domain.sessions import Attendance, SessionFormat, SessionStatus
from practice.domain.visibility import Audience
from practice.services import clock, goals, homework, notes, responses, sessions
from tests import exercises, measure_builders
from tests.world import World, make_world

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


def everything(browser, world: World):
    """Return status, headers and body of all a partner reaches, by links and by guessing."""
    found = {}
    waiting = ["/my/", "/account/security", *guesses(world)]
    while waiting:
        path = waiting.pop().replace("&amp;", "&")
        if path in found or path.startswith("/static"):
            continue
        page = browser.get(path)
        headers = sorted((k, v) for k, v in page.headers if k not in {"Set-Cookie", "Date"})
        kept = [header for header in headers if header[0] != "Content-Length"]
        found[path] = (page.status_code, kept, NONCE.sub(r"\1", page.text))
        waiting += LINK.findall(page.text)
    return found


def guesses(world: World):
    """Addresses that a partner might try with ids seen over somebody's shoulder."""
    places = (
        "/my/homework/{}",
        "/my/homework/entries/{}",
        "/my/goals/{}",
        "/my/questions/{}",
        "/sessions/{}",
        "/responses/{}",
        "/reports/{}",
    )
    own = {"request_ada", "request_ben", "goal_ben", "task_ben", "entry_private"}
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
    for days, status in ((-1, SessionStatus.HELD), (3, SessionStatus.PLANNED)):
        _see_alone(world, person, days, status)


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
    for kind in notes.NoteKind:
        notes.save_note(
            actor=cast.tess, session_id=session, kind=kind, body="About you.", version=0
        )
