"""Pages on which a therapist says what becomes of homework, by real requests."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.homework.review import Barrier
from practice.domain.homework.terms import EndReason, FollowsHow, Frequency, GivenTo
from practice.domain.people import Role
from practice.domain.visibility import Audience
from practice.models.homework import Assignment, HomeworkEntry
from practice.services import clock
from tests.builders import make_couple, make_person
from tests.exercises import give, say, settled, write
from tests.records import make_session
from tests.services.test_homework_together import CAME

DAY = timedelta(days=1)


@pytest.fixture
def task(app, cast):
    with app.app_context():
        found = give(cast, instructions="Before tea.")
        settled()
    return found


@pytest.fixture
def tess(cast, sign_in):
    return sign_in(cast.tess)


def rows(app):
    with app.app_context():
        return {row.id: row for row in db.session.query(Assignment)}


def test_it_rests_and_is_taken_up_again(app, cast, tess, sign_in, task):
    today, path = clock_today(app), f"/assignments/{task}"
    wrong = tess.post(f"{path}/rest", {"rest_from": today, "rest_until": today - DAY})
    assert wrong.status_code == 422
    assert "cannot lie before its first" in wrong.text
    until = today + 2 * DAY
    assert tess.post(f"{path}/rest", {"rest_from": today, "rest_until": until}).status_code == 303
    assert "Nothing is due meanwhile" in tess.get(path).text
    ada = sign_in(cast.ada)
    page = ada.get(f"/my/homework/{task}").text
    assert "This rests for now, until" in page
    assert "Save what I wrote" not in page
    assert "rests for now" in ada.get("/my/homework").text
    assert f"/my/homework/{task}" not in ada.get("/my/").text
    assert "Take it up again" in tess.get(path).text
    assert tess.post(f"{path}/resume").status_code == 303
    assert "Save what I wrote" in ada.get(f"/my/homework/{task}").text


def test_words_change_and_a_reason_is_asked_for(app, cast, tess, sign_in, task):
    path = f"/assignments/{task}"
    due = clock_today(app) + 9 * DAY
    assert (
        tess.post(f"{path}/change", {"instructions": "y" * 4001, "due_on": due}).status_code == 422
    )
    tess.post(f"{path}/change", {"instructions": "After tea.", "due_on": due})
    page = tess.get(path).text
    assert "After tea." in page
    assert "Before tea." in page
    partner = sign_in(cast.ben)
    assert "Before tea." not in partner.get(f"/my/homework/{task}").text
    asked = tess.post(f"{path}/retire", {"words": "He would not say."})
    assert asked.status_code == 422
    assert "Choose a reason." in asked.text
    assert "He would not say." in asked.text, "nothing typed is lost"
    done = tess.post(f"{path}/retire", {"reason": "did_not_fit", "words": "He would not say."})
    assert done.status_code == 303
    assert "did not fit" in tess.get(path).text
    assert "He would not say." in tess.get(path).text
    over = partner.get(f"/my/homework/{task}").text
    assert "This has ended" in over
    assert "did not fit" not in over
    assert "would not" not in over


@pytest.mark.parametrize("way", ["carry-over", "smaller"])
def test_a_next_one_is_given_through_a_form_that_is_filled(app, cast, tess, task, way):
    path = f"/assignments/{task}/{way}"
    page = tess.get(path)
    assert "Before tea." in page.text
    assert re.search(r'checked[^>]*name="audience"[^>]*value="when_all_done"', page.text)
    assert 'value="couple"' not in page.text, "wider is not offered"
    today = clock_today(app)
    form = {
        "new_id": str(uuid4()),
        "size": "1",
        "starts_on": today,
        "due_on": today + 6 * DAY,
        "audience": "therapist",
        "instructions": "Only on Sundays.",
    }
    assert tess.post(path, form | {"audience": "couple"}).status_code == 422
    given = tess.post(path, form)
    assert given.status_code == 303
    assert tess.post(path, form).location == given.location, "the same form twice is one"
    assert tess.post(path, form | {"new_id": str(uuid4())}).status_code == 409
    assert tess.get(path).status_code == 409
    (new,) = (row for row in rows(app).values() if row.id != task)
    smaller = way == "smaller"
    assert new.follows_how is (FollowsHow.SMALLER if smaller else FollowsHow.CARRIED_OVER)
    assert new.frequency is (Frequency.WEEKLY if smaller else Frequency.DAILY)
    assert (new.audience, new.due_on) == (Audience.THERAPIST, today + 6 * DAY)
    reason = EndReason.SMALLER if smaller else EndReason.CARRIED_OVER
    assert rows(app)[task].end_reason is reason
    assert str(task) in tess.get(given.location).text
    assert given.location in tess.get(f"/assignments/{task}").text


def test_what_a_member_says_was_in_the_way_offers_a_smaller_one_if_there_is_one(app, cast, tess):
    both = {"given_to": GivenTo.TOGETHER, "audience": Audience.COUPLE}
    with app.app_context():
        tasks = [give(cast, **both), give(cast, frequency=Frequency.ONCE, **both)]
        for task in tasks:
            say(cast.ada, task, Audience.THERAPIST, barrier=Barrier.TOO_TIRED)
        settled()
    often, once = (tess.get(f"/assignments/{task}").text for task in tasks)
    assert "too tired got in the way." in often
    assert f"/assignments/{tasks[0]}/smaller" in often
    assert "too tired got in the way." in once
    assert f"/assignments/{tasks[1]}/smaller" not in once


def test_two_of_three_are_chosen_on_the_form(app, cast, tess, sign_in):
    with app.app_context():
        people = [make_person(name, Role.PARTNER) for name in ("Ida Mor", "Jon Bly", "Kit Orr")]
        couple = make_couple(cast.tess, people)
        settled()
    path = f"/couples/{couple}/homework/new?worksheet=gratitude"
    page = tess.get(path).text
    assert len(re.findall(r'checked[^>]*name="of_whom"', page)) == 3
    today = clock_today(app)
    form = {
        "new_id": str(uuid4()),
        "whom": "each",
        "of_whom": [str(people[0].person_id)],
        "frequency": "daily",
        "times_per_week": "1",
        "starts_on": today,
        "due_on": today + DAY,
        "audience": "in_session",
        "instructions": "",
        "goal_id": "",
    }
    refused = tess.post(path, form)
    assert refused.status_code == 422
    assert "at least two" in refused.text
    two = [str(one.person_id) for one in people[:2]]
    given = tess.post(path, form | {"of_whom": two})
    assert given.status_code == 303, given.text
    assert "for Ida and Jon, each" in tess.get(given.location).text
    task = given.location.rsplit("/", 1)[-1]
    assert sign_in(people[2]).get(f"/my/homework/{task}").status_code == 404
    assert (
        "in a session Tess can open it for Jon too"
        in sign_in(people[0]).get(f"/my/homework/{task}").text
    )


@pytest.mark.parametrize("place", ["session", "assignment"])
def test_it_is_opened_by_one_button_that_says_who_reads(app, cast, tess, sign_in, place):
    with app.app_context():
        task = give(cast, audience=Audience.IN_SESSION)
        entry = write(cast.ada, task, Audience.IN_SESSION, noticed="heron")
        met = make_session(
            cast.couple,
            cast.tess,
            starts_at=clock.now(),
            attendance={cast.ada: CAME, cast.ben: CAME},
        )
        settled()
    ben = sign_in(cast.ben)
    assert ben.get(f"/my/homework/entries/{entry}").status_code == 404
    where = f"/sessions/{met}" if place == "session" else f"/assignments/{task}"
    page = tess.get(where).text
    assert "Open for both, in this session" in page
    said, button = page.index("You, Ada and Ben"), page.index("Open for both, in this session")
    assert said < button
    done = tess.post(f"/sessions/{met}/together/{task}", {"from": place})
    assert done.location == where
    assert "Open for both" not in tess.get(where).text
    assert "heron" in ben.get(f"/my/homework/entries/{entry}").text
    assert tess.post(f"/sessions/{met}/together/{task}", {"from": place}).status_code == 303
    with app.app_context():
        assert db.session.get(HomeworkEntry, entry).opened_in == met


def clock_today(app):
    with app.app_context():
        return clock.today()
