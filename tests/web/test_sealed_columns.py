"""What is sealed stays in the database unless a page shows it: nothing is fetched by the way."""

import pytest

from practice.db import db
from practice.models.people import Person
from tests import exercises, measure_builders
from tests.queries import statements

BIRTH = "born_on_sealed"
ANSWERS = "answers_sealed"

NOT_FETCHED = {
    ("tess", "/"): ("_sealed",),
    ("tess", "/outcomes"): ("_sealed",),
    ("tess", "/outcomes/practice"): ("_sealed",),
    ("tess", "/couples/{couple}"): (BIRTH, "details_sealed", "parts_sealed"),
    ("tess", "/couples/{couple}/safety"): (BIRTH, ANSWERS, "details_sealed", "parts_sealed"),
    ("tess", "/couples/{couple}/measures"): (BIRTH,),
    ("tess", "/reports/couples/{couple}/joint/preview"): (BIRTH, ANSWERS),
    ("ada", "/my/"): (BIRTH, ANSWERS, "parts_sealed", "details_sealed"),
    ("ada", "/my/questions"): (BIRTH, ANSWERS),
    ("ada", "/my/questions/{request}"): (BIRTH,),
    ("ada", "/my/answers"): (BIRTH, ANSWERS),
    ("ada", "/my/homework"): (BIRTH, ANSWERS),
    ("ada", "/my/goals"): (BIRTH, ANSWERS),
}


@pytest.fixture
def record(app, cast):
    with app.app_context():
        for person in db.session.query(Person):
            person.born_on = "1980-02-29"
        exercises.give(cast)
        for author in (cast.ada, cast.ben):
            measure_builders.answer(cast, author, "csi16")
        request = measure_builders.ask(cast, cast.ada, "ratings")
        db.session.commit()
        return {"couple": cast.couple, "request": request}


@pytest.mark.parametrize(("who", "address"), NOT_FETCHED)
def test_a_page_leaves_alone_what_it_does_not_show(app, cast, record, sign_in, who, address):
    browser = sign_in(getattr(cast, who))
    with app.app_context():
        engine = db.engine
    with statements(engine) as sent:
        assert browser.get(address.format(**record)).status_code == 200
    for column in NOT_FETCHED[who, address]:
        assert not [statement for statement in sent if column in statement], column


def test_dates_of_birth_come_with_the_members_they_tell_apart(app, cast, record, sign_in):
    browser = sign_in(cast.tess)
    with app.app_context():
        engine = db.engine
    with statements(engine) as sent:
        page = browser.get(f"/couples/{record['couple']}/edit")
    assert page.text.count("1980-02-29") == 2
    assert len([statement for statement in sent if BIRTH in statement]) == 1
