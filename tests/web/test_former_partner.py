"""Who has left the couple learns nothing more of it: not who came, not who went."""

import pytest
import time_machine

from practice.db import db
from practice.domain.visibility import Audience
from practice.services import clock, memberships
from practice.services.known_people import NewPerson
from tests import exercises
from tests.browser import steady
from tests.measure_builders import answer, csi16
from tests.web.test_non_interference import MOMENT, everything


@pytest.fixture
def ben(app, cast, sign_in):
    """Ben's browser; he had shown a result, a worksheet and a rating before he left."""
    with time_machine.travel(MOMENT, tick=False):
        with app.app_context():
            for total in (40, 50):
                answer(cast, cast.ben, "csi16", csi16(total), Audience.COUPLE)
            task = exercises.give(cast)
            entry = exercises.write(cast.ben, task, Audience.WHEN_ALL_DONE, noticed="something")
            goal = exercises.set_goal(cast, title="Talk in the evening")
            exercises.rate(cast.ben, goal, 1, Audience.COUPLE)
            leaves(cast, cast.ben)
            db.session.commit()
        browser = sign_in(cast.ben)
        browser.known = [
            f"/my/homework/entries/{entry}",
            f"/my/homework/{task}",
            f"/my/goals/{goal}",
        ]
        yield browser


def look(browser):
    return everything(browser) | {path: steady(browser.get(path).text) for path in browser.known}


def leaves(cast, person):
    memberships.end_membership(
        actor=cast.tess,
        couple_id=cast.couple,
        person_id=person.person_id,
        left_on=clock.today(),
    )


def joins(cast, name):
    memberships.add_member(
        actor=cast.tess,
        couple_id=cast.couple,
        person=NewPerson(name=name, is_new=True),
        joined_on=clock.today(),
    )


def test_who_comes_and_goes_afterwards_changes_no_byte_for_ben(app, cast, ben):
    before = look(ben)
    assert "/my/answers" in before
    with app.app_context():
        joins(cast, "Gus Weller")
        leaves(cast, cast.ada)
        db.session.commit()
    after = look(ben)
    assert {path for path in before if before[path] != after.get(path)} == set()
    assert "Gus" not in str(after)


def test_what_he_showed_still_says_that_others_see_it(app, cast, ben):
    page = ben.get("/my/answers").text
    assert "You, Tess and the present members" in page
    assert "Take it back" in page
