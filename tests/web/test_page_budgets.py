"""What a page may ask of the database in all: sign-in, authorisation and access log included.

The services of one page authorise one by one; ``practice.db.remembered`` keeps that from being
paid for each time. A page that grows beyond its budget has a loop in it, or a look-up too many.
"""

from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.visibility import Audience
from practice.services import letters
from tests import exercises, measure_builders, records
from tests.builders import leave, schedule
from tests.queries import statements

CHAIN = 3
"""What the access log's chain adds to every page that writes a line: hold the head, for a limited
time on PostgreSQL, and move it on."""

BUDGETS = {
    ("tess", "/"): 13,
    ("tess", "/outcomes"): 15,
    ("tess", "/outcomes/practice"): 15,
    ("tess", "/couples/{couple}"): 34,
    ("tess", "/couples/{couple}/edit"): 7,
    ("tess", "/couples/{couple}/measures"): 20,
    ("tess", "/couples/{couple}/battery"): 8,
    ("tess", "/sessions/{session}"): 23,
    ("ada", "/my/"): 27,
    ("ada", "/my/questions"): 10,
    ("tess", "/couples/{couple}/safety"): 10,
    ("tess", "/couples/{couple}/safety/joint-work"): 7,
    ("tess", "/couples/{couple}/safety/log"): 7,
    ("tess", "/couples/{couple}/people/{ada}/safety"): 9,
    ("tess", "/couples/{couple}/people/{ada}/contact"): 8,
    ("ada", "/my/contact"): 6,
    ("tess", "/couples/{couple}/agreements"): 12,
    ("tess", "/couples/{couple}/intake"): 12,
    ("ada", "/my/agreements"): 10,
    ("ada", "/my/about-you"): 8,
    ("ada", "/my/homework"): 8,
    ("ada", "/my/answers"): 11,
    ("ada", "/my/journal"): 6,
    ("ada", "/my/resources"): 6,
    ("ada", "/my/letters"): 7,
    ("ada", "/my/letters/{thread}"): 16,
    ("tess", "/letters"): 10,
    ("tess", "/couples/{couple}/letters"): 10,
    ("tess", "/couples/{couple}/people/{ada}/letters"): 14,
}


@pytest.fixture
def record(app, cast):
    with app.app_context():
        for _ in range(3):
            task = exercises.give(cast)
            for author in (cast.ada, cast.ben):
                exercises.write(author, task, Audience.WHEN_ALL_DONE)
                exercises.rate(author, exercises.set_goal(cast), 1, Audience.COUPLE)
                measure_builders.answer(cast, author, "csi16")
        measure_builders.ask(cast, cast.ada, "ratings")
        session = records.make_session(cast.couple, cast.tess, next_steps="Walk on Sunday.")
        records.make_joint_note(session, cast.couple, cast.tess)
        records.make_planned(cast.couple, cast.tess)
        schedule(cast.couple, cast.tess)
        thread = letters.thread_id_of(cast.couple, cast.ada.person_id)
        for _ in range(3):
            letters.send(actor=cast.ada, thread_id=thread, new_id=uuid4(), body="Words.")
        db.session.commit()
        return {
            "couple": cast.couple,
            "session": session,
            "ada": cast.ada.person_id,
            "thread": thread,
        }


@pytest.mark.parametrize(("who", "address"), BUDGETS)
def test_a_page_keeps_to_its_budget(app, cast, record, sign_in, who, address):
    browser = sign_in(getattr(cast, who))
    with app.app_context():
        engine = db.engine
    path = address.format(**record)
    browser.get(path)
    with statements(engine) as sent:
        assert browser.get(path).status_code == 200
    assert len(sent) <= BUDGETS[who, address] + CHAIN, "\n".join(sent)


def test_what_is_remembered_ends_with_the_request(app, cast, record, sign_in):
    ben = sign_in(cast.ben)
    assert "An evening without screens" in ben.get("/my/goals").text
    with app.app_context():
        leave(cast.couple, cast.ben)
        db.session.commit()
    assert "An evening without screens" not in ben.get("/my/goals").text
