"""Several hands at the same moment: one effect each, no lost words, no fault."""

import re
import time
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from practice.db import db
from practice.domain.homework.own import sheet_of
from practice.domain.homework.registry import get_template
from practice.domain.people import Role
from practice.domain.sessions import Attendance
from practice.domain.visibility import Audience
from practice.models.accounts import Invitation
from practice.models.homework import HomeworkEntry
from practice.models.records import AccessRecord
from practice.services import (
    clock,
    invitations,
    letters,
    memberships,
    own_worksheets,
)
from practice.services.errors import NotFound
from practice.services.known_people import NewPerson
from practice.services.letters import time_requests
from tests import exercises
from tests.at_once import at_once, rows
from tests.browser import Browser
from tests.builders import make_couple, make_person
from tests.engines import both_engines
from tests.records import make_session
from tests.worlds import releases

pytestmark = both_engines

AT_ONCE = 20
"""Saves of one version, bookings of one time."""

PRESSES = 40
"""Of one button: the same form, sent again and again."""


ROUNDS = 6
"""Of two who do what excludes the other."""


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("act", ["lock", "take-back"])
def test_what_is_opened_while_its_author_closes_it_stays_closed(app, cast, browsers, act):
    """Whoever comes first: at the end nobody reads what its author has taken back."""
    tess, ada, ben = (browsers(name, 1)[0] for name in ("tess", "ada", "ben"))
    with app.app_context():
        task = exercises.give(cast, audience=Audience.IN_SESSION)
        came = {cast.ada: Attendance.ATTENDED, cast.ben: Attendance.ATTENDED}
        when = clock.now()
        met = make_session(cast.couple, cast.tess, starts_at=when, attendance=came)
        db.session.commit()
    for _ in range(ROUNDS):
        with app.app_context():
            entry = exercises.write(cast.ada, task, Audience.IN_SESSION)
            db.session.commit()
        posts = (
            lambda: tess.post(f"/sessions/{met}/together/{task}"),
            lambda entry=entry: ada.post(f"/my/entries/homework/{entry}/{act}"),
        )
        opened, closed = at_once([tess, ada], lambda _, number, posts=posts: posts[number]())
        assert closed.status_code == 303
        assert opened.status_code in {303, 409}
        with app.app_context():
            row = db.session.get_one(HomeworkEntry, entry)
            assert (row.audience, row.opened_at) == (Audience.THERAPIST, None)
            assert row.is_locked == (act == "lock")
        assert ben.get(f"/my/homework/entries/{entry}").status_code == 404


@pytest.mark.usefixtures("patient")
def test_many_signatures_at_once_are_one(app, cast, browsers):
    """S37, R10: what lies there waiting is signed once, and the log says so once."""
    with app.app_context():
        case = releases.open_case(cast)
        releases.ask(cast, case)
        own = releases.answers_of(cast, case)["ada"]
        db.session.commit()
    data = {"typed_name": cast.ada.name}
    path = f"/my/record/permissions/{own}"
    answers = at_once(browsers("ada", PRESSES), lambda browser, _: browser.post(path, data))
    assert Counter(answer.status_code for answer in answers) == {303: PRESSES}
    with app.app_context():
        written = select(func.count()).where(AccessRecord.what == "authorisation.signed")
        assert db.session.scalar(written) == 1


@pytest.mark.usefixtures("patient")
def test_of_many_invitations_at_once_one_opens(app, cast, browsers):
    """S37, R10: link and code are shown once, so each press is a new one and ends the last."""
    with app.app_context():
        guest = memberships.add_member(
            actor=cast.tess,
            couple_id=cast.couple,
            person=NewPerson(name="Gus Weller", is_new=True),
            joined_on=clock.today(),
        )
        db.session.commit()
    path = f"/couples/{cast.couple}/people/{guest}/invite"
    answers = at_once(browsers("tess", 10), lambda browser, _: browser.post(path))
    assert Counter(answer.status_code for answer in answers) == {200: 10}
    tokens = {re.search(r"/invitation/([\w-]+)", answer.text).group(1) for answer in answers}
    assert len(tokens) == 10
    with app.app_context():
        opens = [token for token in tokens if _opens(token)]
        open_rows = select(func.count()).where(Invitation.revoked_at.is_(None))
        assert db.session.scalar(open_rows) == len(opens) == 1


def _opens(token: str) -> bool:
    with suppress(NotFound):
        invitations.require_open(token)
        return True
    return False


@pytest.mark.usefixtures("patient")
def test_of_many_bookings_of_one_time_one_is_made(app, cast, browsers):
    """S37, R11: couples wait for each other where they have one therapist."""
    with app.app_context():
        people = [make_person(name, Role.PARTNER) for name in ("Una Vale", "Wim Xander")]
        couples = [cast.couple, make_couple(cast.tess, people)]
        db.session.commit()

    def book(browser: Browser, number: int) -> TestResponse:
        data = {"day": "2030-01-07", "time": f"10:{number:02}", "minutes": "60"}
        data |= {"format": "room", "with_whom": "couple", "status": "planned"}
        data |= {"new_id": str(uuid4()), "next_steps": f"These are my words {number}."}
        return browser.post(f"/couples/{couples[number % 2]}/sessions/new", data)

    answers = at_once(browsers("tess", AT_ONCE), book)

    assert Counter(answer.status_code for answer in answers) == {303: 1, 422: AT_ONCE - 1}
    assert rows(app, "therapy_session") == 1
    for number, answer in enumerate(answers):
        if answer.status_code == 422:
            assert "You have another session planned from 10:" in answer.text
            assert f"These are my words {number}." in answer.text


def test_of_many_who_change_a_worksheet_one_wins_and_the_others_see_both(app, cast, browsers):
    with app.app_context():
        sheet = sheet_of(get_template("gratitude"))
        family = own_worksheets.add(
            actor=cast.tess, new_id=uuid4(), sheet=replace(sheet, title="Walk")
        )
        db.session.commit()

    def save(browser: Browser, number: int) -> TestResponse:
        data = {"version": "1", "new_id": str(uuid4()), "title": f"Walk {number}", "act": "save"}
        data |= {"purpose": "Air.", "minutes": "5", "steps": "Walk.", "not_when": "In a storm."}
        data |= {"for_whom": "each", "frequency": "weekly", "times_per_week": "1"}
        data |= {"default_audience": "private", "questions-0-prompt": f"My question {number}?"}
        data |= {"questions-0-kind": "text", "questions-0-required": "no"}
        return browser.post(f"/settings/worksheets/{family}", data)

    answers = at_once(browsers("tess", 8), save)

    assert Counter(answer.status_code for answer in answers) == {303: 1, 409: 7}
    assert rows(app, "worksheet") == 2
    (won,) = [number for number, answer in enumerate(answers) if answer.status_code == 303]
    for number, answer in enumerate(answers):
        if answer.status_code == 409:
            assert f"My question {number}?" in answer.text
            assert f"My question {won}?" in answer.text


def test_a_worksheet_given_to_many_couples_at_once_is_kept_once(app, cast, browsers):
    with app.app_context():
        couples = [
            make_couple(cast.tess, [make_person(f"{name}{n} Vale", Role.PARTNER) for name in "UW"])
            for n in range(6)
        ]
        db.session.commit()

    def give(browser: Browser, number: int) -> TestResponse:
        data = {"whom": "each", "frequency": "daily", "times_per_week": "1", "goal_id": ""}
        data |= {"starts_on": "2030-01-07", "due_on": "2030-01-20", "audience": "therapist"}
        address = f"/couples/{couples[number]}/homework/new?worksheet=gratitude"
        return browser.post(address, data | {"new_id": str(uuid4())})

    answers = at_once(browsers("tess", 6), give)

    assert {answer.status_code for answer in answers} == {303}
    assert rows(app, "assignment") == 6
    assert rows(app, "worksheet") == 1


def test_many_ratings_at_once_are_all_kept(app, cast, browsers):
    with app.app_context():
        goal = exercises.set_goal(cast)
        db.session.commit()

    def rate(browser: Browser, number: int) -> TestResponse:
        data = {"level": str(number % 5 - 2), "audience": "therapist", "new_id": str(uuid4())}
        return browser.post(f"/my/goals/{goal}", data)

    answers = at_once(browsers("ada", 10), rate)
    assert {answer.status_code for answer in answers} == {303}
    assert rows(app, "goal_rating") == 10


def test_eight_writers_for_a_while_hear_of_no_lock(app, cast, browsers):
    with app.app_context():
        goal = exercises.set_goal(cast)
        session = make_session(cast.couple, cast.tess)
        db.session.commit()
    end = time.monotonic() + 1.5

    def write(browser: Browser, number: int) -> Counter[int]:
        heard: Counter[int] = Counter()
        while time.monotonic() < end:
            if number % 2:
                answer = browser.post(
                    f"/sessions/{session}",
                    {"joint_version": "1", "joint_text": f"{number} {uuid4()}"},
                )
            else:
                data = {"level": "0", "audience": "therapist", "new_id": str(uuid4())}
                answer = browser.post(f"/my/goals/{goal}", data)
            heard[answer.status_code] += 1
        return heard

    both = [*browsers("ada", 4), *browsers("tess", 4)]
    writers = [both[place // 2 + 4 * (place % 2)] for place in range(8)]
    heard = sum(at_once(writers, write), Counter())
    assert set(heard) <= {303, 409, 422}, heard
    assert heard[303] >= 4


def test_letters_open_when_both_ask_at_once_and_take_what_both_send_at_once(app, cast, sign_in):
    together = f"/my/letters/{letters.thread_id_of(cast.couple, None)}"
    both = [sign_in(cast.ada), sign_in(cast.ben)]
    for browser in both:
        browser.get("/my/letters")  # for its token
    asked = at_once(both * 2, lambda browser, number: browser.post(f"{together}/ask"))
    assert {answer.status_code for answer in asked} == {303}
    assert rows(app, "together_wish") == 2
    ids = [str(uuid4()) for _ in both]

    def send(browser: Browser, number: int) -> TestResponse:
        which = number % 2
        return browser.post(together, {"new_id": ids[which], "body": f"Letter {which}."})

    sent = at_once(both * 4, send)  # each presses four times
    assert {answer.status_code for answer in sent} == {303}
    assert rows(app, "message") == 2
    assert rows(app, "message_party") == 4
    for browser in both:
        assert {"Letter 0.", "Letter 1."} <= set(
            re.findall(r"Letter \d\.", browser.get(together).text)
        )


def test_time_alone_asked_for_many_times_at_once_is_asked_once(app, cast, browsers):
    address = f"/my/time/{time_requests.time_id_of(cast.couple, cast.ada.person_id)}"

    def ask_for_it(browser: Browser, number: int) -> TestResponse:
        return browser.post(address, {"new_id": str(uuid4()), "about": "Me.", "ask": "Ask"})

    answers = Counter(one.status_code for one in at_once(browsers("ada", 8), ask_for_it))
    assert answers == {303: 1, 422: 7}
    assert rows(app, "time_request") == 1
