"""Many saves of one note at the same moment: one wins, and no words are lost."""

from collections import Counter

from werkzeug.test import TestResponse

from practice.db import db
from practice.services import (
    notes,
)
from tests.at_once import at_once, rows
from tests.browser import Browser
from tests.engines import both_engines
from tests.records import make_joint_note, make_session

pytestmark = both_engines

AT_ONCE = 20
"""Saves of one version, bookings of one time."""


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
