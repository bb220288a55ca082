"""Goal steps by real requests: hopes, progress and levels; the therapist; a handed-over device."""

import re
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select

from practice.db import db
from practice.domain.sessions import SessionFormat, SessionStatus
from practice.models.goals import GoalProgress, Hope
from practice.services import couples, schedule, sessions
from practice.services.step_requests import portal_steps
from tests.builders import schedule as switch_on
from tests.exercises import LEVELS, set_goal

DAY = date(2026, 11, 20)


@pytest.fixture
def now():
    with time_machine.travel("2026-11-20 12:00 +0000", tick=False) as traveller:
        yield traveller


@pytest.fixture
def goal(app, cast, now):
    """A joint goal and a session in two days; of measures nothing is asked."""
    with app.app_context():
        switch_on(cast.couple, cast.tess)
        goals_alone(cast)
        found = set_goal(cast)
        sessions.create_session(
            actor=cast.tess,
            couple_id=cast.couple,
            new_id=uuid4(),
            details=sessions.SessionDetails(
                day=DAY + timedelta(days=2),
                at=time(18),
                minutes=60,
                person_id=None,
                format=SessionFormat.ROOM,
                status=SessionStatus.PLANNED,
            ),
        )
        db.session.commit()
    return found


def goals_alone(cast):
    page = schedule.battery_page(actor=cast.tess, couple_id=cast.couple)
    battery = type(page.battery)(page.battery.others)
    schedule.save_battery(actor=cast.tess, couple_id=cast.couple, battery=battery)


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def address_of(app, person, task):
    with app.app_context():
        (step,) = [one for one in portal_steps(actor=person) if one.task == task]
        return f"/my/goal-steps/{step.step_id}"


def fields_of(page):
    return sorted(set(re.findall(r'name="(goal_[0-9a-f]+)"', page.text)))


# ---- portal -------------------------------------------------------------------------------


def test_what_waits_is_told_with_honest_minutes_and_who_reads_it(app, cast, goal, sign_in):
    ada = sign_in(cast.ada)
    home = words(ada.get("/my/"))
    assert "Before you meet on Sunday 22 November" in home
    assert "How far your goals have come: 1 goal, a number for each." in home
    assert "What you hope for: one to three things, in your own words." in home
    assert "Three small things for you, about 6 minutes in all." in home
    assert "Only you and Tess see what you say. You choose whether Ben may see" in home
    page = words(ada.get("/my/questions"))
    assert "Begin, 1 minute : How far your goals have come" in page


def test_hopes_are_written_come_back_in_the_form_and_stand_under_goals(app, cast, goal, sign_in):
    ada = sign_in(cast.ada)
    address = address_of(app, cast.ada, "write")
    page = ada.get(address)
    assert "Only you and Tess see what you say." in words(page)
    assert "Ben" not in words(page)
    sent = ada.post(address, {"hope_1": "", "hope_2": " "})
    assert sent.status_code == 422
    assert "Write one at least" in sent.text
    sent = ada.post(address, {"hope_1": "Quiet <b>evenings</b>", "hope_3": "A holiday"})
    assert sent.location == f"{address}/done"
    assert "What you wrote is saved." in words(ada.get(sent.location))
    again = ada.get(address).text
    assert "Quiet &lt;b&gt;evenings&lt;/b&gt;</textarea>" in again
    assert "A holiday</textarea>" in again
    goals_page = ada.get("/my/goals").text
    assert "Quiet &lt;b&gt;evenings&lt;/b&gt;" in goals_page
    assert "What you hope for" not in words(ada.get("/my/"))
    assert "A holiday" not in sign_in(cast.ben).get("/my/goals").text
    for hope in re.findall(r"/my/entries/hope/[0-9a-f-]+", goals_page):
        assert f'href="{address}"' in ada.get("/my/goals").text, "the way back to write anew"
        ada.post(f"{hope}/lock")
    emptied = ada.get("/my/goals").text
    assert "evenings" not in emptied
    assert f'href="{address}"' in emptied
    assert "Write or change what you hope for" in words(ada.get("/my/goals"))


def test_progress_is_a_number_of_each_goal_and_seen_where_it_was_shown(app, cast, goal, sign_in):
    ada, ben = sign_in(cast.ada), sign_in(cast.ben)
    address = address_of(app, cast.ada, "progress")
    assert ada.get(f"{address}/done").location == address, "not done yet"
    page = ada.get(address)
    assert "nothing has moved yet" in page.text
    assert "A number of your own, not a test" in page.text
    (field,) = fields_of(page)
    for wrong in ({}, {field: "11", "audience": "therapist"}, {field: "x", "audience": "couple"}):
        sent = ada.post(address, wrong)
        assert sent.status_code == 422
        assert "Choose a number from 0 to 10." in sent.text
    assert ada.post(address, {field: "7", "audience": "couple"}).location == f"{address}/done"
    assert "What you said is saved." in words(ada.get(f"{address}/done"))
    assert ada.get(address).location == f"{address}/done"
    ada.post(address, {field: "1", "audience": "therapist"})
    with app.app_context():
        assert [row.value for row in db.session.scalars(select(GoalProgress))] == [7]
    assert "How far it has come, 0 to 10 Ada : 7" in words(ben.get(f"/my/goals/{goal}"))
    assert "How far your goals have come" in words(ben.get("/my/"))


def test_at_the_end_a_level_is_chosen_in_its_own_words(app, cast, goal, sign_in, now):
    now.move_to("2026-11-23 12:00 +0000")
    with app.app_context():
        ended = couples.Endings(episode_ended_on=date(2026, 11, 23))
        couples.record_endings(actor=cast.tess, couple_id=cast.couple, endings=ended)
        db.session.commit()
    ada = sign_in(cast.ada)
    address = address_of(app, cast.ada, "attainment")
    page = ada.get(address)
    for level in LEVELS:
        assert level in page.text
    (field,) = fields_of(page)
    assert ada.post(address, {field: "3", "audience": "therapist"}).status_code == 422
    assert ada.post(address, {field: "1", "audience": "therapist"}).status_code == 303
    assert "somewhat more than expected" in words(ada.get(f"/my/goals/{goal}"))
    assert "somewhat more than expected" not in words(sign_in(cast.ben).get(f"/my/goals/{goal}"))


def test_what_was_begun_is_told_to_its_author_alone(app, cast, now, sign_in):
    with app.app_context():
        switch_on(cast.couple, cast.tess)
        db.session.commit()
    ada = sign_in(cast.ada)
    before = words(ada.get("/my/"))
    assert "You have begun" not in before
    (first, *_) = re.findall(r'href="(/my/questions/[^"]+)"', ada.get("/my/").text)
    ada.post(first, {"csi_01": "3", "keep": "yes"})
    assert "You have begun." in words(ada.get("/my/"))
    page = words(ada.get("/my/questions"))
    assert page.count("You have begun; what you chose is kept for you alone.") == 1
    assert page.count("Go on,") == 1
    for other in (cast.ben, cast.tess):
        browser = sign_in(other)
        for path in ("/my/", f"/couples/{cast.couple}/measures"):
            assert "begun" not in words(browser.get(path)).replace("begun first", "")


# ---- therapist ----------------------------------------------------------------------------


def test_a_hope_becomes_a_goal_with_one_click_and_the_levels(app, cast, goal, sign_in):
    ada, tess = sign_in(cast.ada), sign_in(cast.tess)
    ada.post(address_of(app, cast.ada, "write"), {"hope_1": "Quiet evenings"})
    page = tess.get(f"/couples/{cast.couple}/goals")
    assert "Written by each for you alone." in page.text
    (way,) = re.findall(r'href="(/couples/[^"]+/goals/new\?hope=[^"]+)"', page.text)
    form = tess.get(way)
    assert 'value="Quiet evenings"' in form.text
    assert f'value="{cast.ada.person_id}"' in form.text
    own = re.search(rf'<input[^>]*value="{cast.ada.person_id}"[^>]*>', form.text)[0]
    assert "checked" in own
    assert "In Ada’s words" in words(form)
    data = dict(zip(("much_less", "less", "expected", "more", "much_more"), LEVELS, strict=True))
    data |= {
        "title": "Quiet evenings, twice a week",
        "whose": str(cast.ada.person_id),
        "weight": "1",
        "new_id": str(uuid4()),
    }
    assert tess.post(way, data).status_code == 303
    page = words(tess.get(f"/couples/{cast.couple}/goals"))
    assert "The goal that came of it" in page
    assert "Make it a goal" not in page
    assert "The goal that came of it" in words(ada.get("/my/goals"))
    assert "Quiet evenings" not in sign_in(cast.ben).get("/my/goals").text


@pytest.mark.parametrize("wrong", ["nonsense", "8c1f3f0e-43f5-4e0e-9a55-7d3a1c2b4d5e"])
def test_a_hope_that_is_not_there_is_no_page(cast, goal, sign_in, wrong):
    page = sign_in(cast.tess).get(f"/couples/{cast.couple}/goals/new?hope={wrong}")
    assert page.status_code == 404


def test_the_table_says_due_done_and_not_needed(app, cast, goal, sign_in):
    ada, tess = sign_in(cast.ada), sign_in(cast.tess)
    address = f"/couples/{cast.couple}/measures"
    text = words(tess.get(address))
    assert "Goals: due , progress from 0 to 10" in text
    assert "Hand your device to Ada" in text.replace("  ", " ")
    ada.post(address_of(app, cast.ada, "write"), {"hope_1": "Quiet evenings"})
    assert "Goals: done 20 November" in words(tess.get(address))
    step = address_of(app, cast.ben, "write").rsplit("/", 1)[1]
    assert tess.post(f"/step-requests/{step}/withdraw").status_code == 303
    assert "Goals: not needed" in words(tess.get(address))
    assert tess.post(f"/step-requests/{step}/again").status_code == 303
    assert "not needed" not in words(tess.get(address)).lower().replace("not needed :", "")


def test_the_battery_form_shows_and_keeps_what_is_asked_beside_measures(app, cast, goal, sign_in):
    tess = sign_in(cast.tess)
    page = tess.get(f"/couples/{cast.couple}/battery").text
    for occasion, asked in (
        ("intake", True),
        ("before_session", True),
        ("review", False),
        ("discharge", True),
    ):
        tag = re.search(rf'<input[^>]*name="{occasion}___goals"[^>]*>', page)[0]
        assert (" checked" in tag) is asked, occasion
    assert "after_session___goals" not in page
    data = {
        "active": "y",
        "review_first": "4",
        "review_every": "6",
        "review___goals": "y",
        "review___goals__optional": "y",
        "save": "yes",
    }
    assert tess.post(f"/couples/{cast.couple}/battery", data).status_code == 303
    with app.app_context():
        found = schedule.battery_page(actor=cast.tess, couple_id=cast.couple).battery
        (step,) = found.steps
        assert (step.what, step.occasion, step.optional) == ("_goals", "review", True)


# ---- on the therapist's device ------------------------------------------------------------


def test_on_the_device_it_is_that_persons_form_alone_and_the_last_one_ends_it(
    app, cast, goal, sign_in
):
    hopes, progress = (address_of(app, cast.ada, task) for task in ("write", "progress"))
    bens = address_of(app, cast.ben, "write")
    device = sign_in(cast.tess)
    begun = device.post(f"/couples/{cast.couple}/people/{cast.ada.person_id}/hand-over")
    assert begun.location == "/hand-over/"
    text = words(device.get("/hand-over/"))
    assert "How far your goals have come" in text
    assert "What you hope for" in text
    assert device.get(bens.replace("/my/", "/hand-over/")).status_code == 404
    at = hopes.replace("/my/", "/hand-over/")
    assert device.post(at, {"hope_1": ""}).status_code == 422
    sent = device.post(at, {"hope_1": "Quiet evenings"})
    assert "One more thing waits" in sent.text
    assert device.get(at).location == "/hand-over/", "what was written does not show again"
    assert "Quiet evenings" not in device.get("/hand-over/").text
    at = progress.replace("/my/", "/hand-over/")
    (field,) = fields_of(device.get(at))
    sent = device.post(at, {field: "4", "audience": "therapist"})
    assert "Please give the device back to Tess" in sent.text
    assert device.get("/hand-over/").status_code == 403
    with app.app_context():
        (row,) = db.session.scalars(select(Hope))
        assert (row.words, row.person_id) == ("Quiet evenings", cast.ada.person_id)
