"""Many requests at the same moment: one effect each, no lost words, no fault."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, func, select
from werkzeug.test import TestResponse

from practice.db import db
from practice.domain.homework.own import sheet_of
from practice.domain.homework.registry import get_template
from practice.domain.people import Role
from practice.domain.sessions import Attendance
from practice.domain.visibility import Audience
from practice.models import Base
from practice.models.accounts import Invitation
from practice.models.homework import HomeworkEntry
from practice.models.records import AccessRecord
from practice.reports.render import Rendered
from practice.services import (
    agreement_texts,
    clock,
    intake_record,
    invitations,
    letters,
    memberships,
    notes,
    own_agreements,
    own_worksheets,
)
from practice.services.errors import NotFound
from practice.services.known_people import NewPerson
from practice.services.letters import time_requests
from practice.services.releases import bundles
from tests import exercises, records
from tests.browser import Browser
from tests.builders import Cast, make_couple, make_person
from tests.engines import both_engines
from tests.measure_builders import ask, csi16
from tests.records import TODAY, make_joint_note, make_session
from tests.world import World
from tests.worlds import agreements, releases
from tests.worlds.safety import open_in_portal

pytestmark = both_engines

AT_ONCE = 20
"""Saves of one version, bookings of one time."""

PRESSES = 40
"""Of one button: the same form, sent again and again."""

FEWER = 12
"""Of other buttons that are answered in the same way."""


@pytest.fixture
def browsers(cast, sign_in) -> Callable[[str, int], list[Browser]]:
    """Return browsers that share one person's session, as double clicks and tabs do."""

    def open_browsers(name: str, count: int) -> list[Browser]:
        first = sign_in(getattr(cast, name))
        first.get("/account/security")  # for its token
        cookie = first.client.get_cookie("dyad").value
        found = [first, *(sign_in() for _ in range(count - 1))]
        for browser in found:
            browser.client.set_cookie("dyad", cookie)
            browser.token = first.token
        return found

    return open_browsers


@pytest.fixture
def patient(app) -> Iterator[None]:
    """Wait longer than ``LOCK_SECONDS`` on SQLite: the machine that tests is a busy one.

    Whoever waits in vain there is told that nothing was saved; that is no effect either, but it
    would hide what the second of two is told.
    """
    with app.app_context():
        engine = db.engine
    if engine.dialect.name != "sqlite":
        yield
        return
    event.listen(engine, "checkout", _wait_a_minute)
    yield
    event.remove(engine, "checkout", _wait_a_minute)
    engine.dispose()  # the next test has the usual patience


def _wait_a_minute(connection: Any, _record: object, _proxy: object) -> None:
    connection.execute("PRAGMA busy_timeout = 60000")


def at_once(browsers: list[Browser], post: Callable[[Browser, int], TestResponse]):
    """Let every browser post at the same moment; return the answers."""
    start = Barrier(len(browsers))

    def one(number: int) -> TestResponse:
        start.wait(10)
        return post(browsers[number], number)

    with ThreadPoolExecutor(len(browsers)) as threads:
        return list(threads.map(one, range(len(browsers))))


def rows(app, table: str) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Base.metadata.tables[table]))


def test_of_many_saves_of_one_version_one_wins_and_no_words_are_lost(app, cast, browsers):
    with app.app_context():
        session = make_session(cast.couple, cast.tess)
        make_joint_note(session, cast.couple, cast.tess, body="As it was.", version=1)
        db.session.commit()

    def save(browser: Browser, number: int) -> TestResponse:
        data = {"joint_version": "1", "joint_text": f"These are my words {number}."}
        return browser.post(f"/sessions/{session}", data)

    answers = at_once(browsers("tess", AT_ONCE), save)

    assert Counter(answer.status_code for answer in answers) == {303: 1, 409: AT_ONCE - 1}
    with app.app_context():
        stored = notes.session_notes(actor=cast.tess, session_id=session).joint
        assert stored is not None
        assert stored.version == 2
    for number, answer in enumerate(answers):
        if answer.status_code == 409:
            assert f"These are my words {number}." in answer.text
            assert stored.body in answer.text
        else:
            assert stored.body == f"These are my words {number}."


def test_of_many_saves_of_four_parts_one_wins_whole(app, cast, browsers):
    """S37: one save, 19 refusals that lose nobody's words; no part of a loser is stored."""
    about = [f"member_{person.person_id.hex}" for person in (cast.ada, cast.ben)]
    parts = ("joint", *about, "process")
    with app.app_context():
        session = make_session(cast.couple, cast.tess)
        db.session.commit()

    def save(browser: Browser, number: int, version: int = 0) -> TestResponse:
        data = {f"{part}_text": f"Words {number} of {part}." for part in parts}
        data |= {f"{part}_version": str(version) for part in parts}
        return browser.post(f"/sessions/{session}", data)

    everybody = browsers("tess", AT_ONCE)
    for version in (0, 1):

        def again(browser: Browser, number: int, version: int = version) -> TestResponse:
            return save(browser, number + 100 * version, version)

        answers = at_once(everybody, again)
        assert Counter(answer.status_code for answer in answers) == {303: 1, 409: AT_ONCE - 1}
        winner = next(n for n, answer in enumerate(answers) if answer.status_code == 303)
        with app.app_context():
            found = notes.session_notes(actor=cast.tess, session_id=session)
            stored = [found.joint, *found.members, found.process]
        assert [one.version for one in stored if one] == [version + 1] * 4
        words = {f"Words {winner + 100 * version} of {part}." for part in parts}
        assert {one.body for one in stored if one} == words
        for number, answer in enumerate(answers):
            if number != winner:
                typed = {f"Words {number + 100 * version} of {part}." for part in parts}
                assert all(one in answer.text for one in typed | words)


def test_of_many_first_saves_of_a_note_one_wins(app, cast, browsers):
    with app.app_context():
        session = make_session(cast.couple, cast.tess)
        db.session.commit()

    def save(browser: Browser, number: int) -> TestResponse:
        data = {"process_version": "0", "process_text": f"These are my words {number}."}
        return browser.post(f"/sessions/{session}", data)

    answers = at_once(browsers("tess", 10), save)
    assert Counter(answer.status_code for answer in answers) == {303: 1, 409: 9}
    assert rows(app, "process_note") == 1


def _entry(cast: Cast):
    task = exercises.give(cast)
    data = {f"answer_{key}": value for key, value in exercises.gratitude().items()}
    data |= {"audience": "therapist", "for_day": exercises.clock.today().isoformat()}
    return "ada", f"/my/homework/{task}", data, "homework_entry"


def _next(cast: Cast, way: str):
    today = exercises.clock.today()
    data = {"starts_on": today, "due_on": today, "audience": "therapist", "size": "0"}
    return "tess", f"/assignments/{exercises.give(cast)}/{way}", data, "assignment"


def _carried_over(cast: Cast):
    return _next(cast, "carry-over")


def _made_smaller(cast: Cast):
    return _next(cast, "smaller")


def _rating(cast: Cast):
    goal = exercises.set_goal(cast)
    return "ada", f"/my/goals/{goal}", {"level": "1", "audience": "couple"}, "goal_rating"


def _response(cast: Cast):
    request = ask(cast, cast.ada, "csi16")
    data = {key: str(value) for key, value in csi16(40).items()} | {"audience": "therapist"}
    return "ada", f"/my/questions/{request}", data, "response"


def _session(cast: Cast):
    data = {"day": "2030-01-07", "time": "10:00", "minutes": "60", "status": "planned"}
    data |= {"format": "room", "with_whom": "couple"}
    return "tess", f"/couples/{cast.couple}/sessions/new", data, "therapy_session"


def _goal(cast: Cast):
    data = {"title": "More evenings", "weight": "1", "whose": "joint"}
    data |= dict.fromkeys(("much_less", "less", "expected", "more", "much_more"), "so")
    return "tess", f"/couples/{cast.couple}/goals/new", data, "goal"


def _couple(cast: Cast):
    data = {"people-0-name": "Una Vale", "people-1-name": "Wim Xander"}
    data |= {"relationship_status": "married", "episode_started_on": TODAY.isoformat()}
    return "tess", "/couples/new", data, "couple"


def _addendum(cast: Cast):
    session = make_session(cast.couple, cast.tess)
    make_joint_note(session, cast.couple, cast.tess, body="So it was.", version=1)
    db.session.flush()
    records.sign_note(actor=cast.tess, session_id=session, kind=notes.NoteKind.JOINT, version=1)
    data = {"addendum-body": "And this."}
    return "tess", f"/sessions/{session}/addenda", data, "addendum"


def _consent(cast: Cast):
    agreement = own_agreements.agreement_id_of(cast.couple, cast.ada.person_id, "treatment")
    version = agreement_texts.consent_texts()["treatment"].current(clock.today())
    assert version is not None
    data = {"version": str(version.version), "agreed": "y", "name": cast.ada.name}
    return "ada", f"/my/agreements/{agreement}", data, "consent_event"


def _consent_on_paper(cast: Cast):
    path = f"/couples/{cast.couple}/people/{cast.ada.person_id}/agreements/treatment"
    data = {"act": "signed", "way": "paper", "on_day": str(clock.today()), "name": cast.ada.name}
    return "tess", path, data, "consent_event"


def _authorisation(cast: Cast):
    today = clock.today()
    data = {"whose": "joint", "kinds": ["sessions", "goals"], "recipient": "Marsh and Co"}
    data |= {"purpose": "A report to the court", "expires_on": str(today + timedelta(days=30))}
    data |= {"first_day": str(today - timedelta(days=90)), "last_day": str(today)}
    path = f"/releases/{releases.open_case(cast)}/ask"
    return "tess", path, data, "authorisation_request"


def _permission(cast: Cast):
    world = World(cast)
    intake_record.ask(actor=cast.tess, couple_id=cast.couple, person_id=cast.ada.person_id)
    agreements.write(cast.ada, world, "household", children="Two")
    source = agreements.latest(world, cast.ada, "household").id
    return "tess", f"/joint-record/intake/{source}/ask", {"purpose": "May I?"}, "permission"


def _screening(cast: Cast):
    request = open_in_portal(cast.tess, cast.couple, cast.ada)
    return "ada", f"/my/questions/set/{request}", {"q1": "yes", "q2": "no"}, "screening"


def _bundle(cast: Cast):
    case = releases.open_case(cast)
    releases.ask(cast, case)
    releases.sign(cast, case, cast.ada, cast.ben)
    data = {"recipient": "Marsh and Co"}
    return "tess", f"/releases/{case}/preview", data, "release_bundle"


TYPICAL = (_entry, _response, _session, _couple, _consent)
"""One of each way in which a row is kept from being written twice."""


@pytest.mark.parametrize(
    "prepare",
    [
        _entry,
        _carried_over,
        _made_smaller,
        _rating,
        _response,
        _session,
        _goal,
        _couple,
        _addendum,
        _consent,
        _consent_on_paper,
        _authorisation,
        _permission,
        _screening,
        _bundle,
    ],
)
@pytest.mark.usefixtures("patient")
def test_a_form_sent_many_times_at_once_is_one_row(app, cast, browsers, monkeypatch, prepare):
    """S37, R10."""
    monkeypatch.setattr(bundles, "render", lambda *_, **__: Rendered(b"%PDF", 1))  # 40 at a time
    with app.app_context():
        name, path, data, table = prepare(cast)
        db.session.commit()
    before = {one: rows(app, one) for one in (table, "person")}
    new = {"addendum-new_id" if table == "addendum" else "new_id": str(uuid4())}
    presses = PRESSES if prepare in TYPICAL else FEWER
    everybody = browsers(name, presses)

    answers = at_once(everybody, lambda browser, _: browser.post(path, data | new))

    first = 200 if table == "screening" else 303
    # Who writes down a paper that is written down already is told so.
    again = 422 if prepare is _consent_on_paper else first
    told = Counter({first: 1}) + Counter({again: presses - 1})
    assert Counter(answer.status_code for answer in answers) == told
    assert rows(app, table) == before[table] + 1
    assert rows(app, "person") == before["person"] + (2 if table == "couple" else 0)


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
