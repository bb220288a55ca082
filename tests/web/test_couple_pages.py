"""The caseload and the record of a couple, by real requests."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.people import Role
from practice.models.couples import Couple, Membership
from practice.services import clock
from tests.browser import steady
from tests.builders import leave, make_couple, make_person
from tests.queries import statements
from tests.records import make_planned, make_session, make_task

NEW = "/couples/new"


@pytest.fixture
def tess(cast, sign_in):
    return sign_in(cast.tess)


@pytest.fixture
def write(app):
    """Write to the database as a builder does, and keep it."""

    def run(builder, *args, **kwargs):
        with app.app_context():
            made = builder(*args, **kwargs)
            db.session.commit()
        return made

    return run


def couple_form(browser, *names, **more):
    page = browser.get(NEW).text
    new_id = re.search(r'name="new_id"[^>]*value="([^"]+)"', page).group(1)
    form = {
        "new_id": new_id,
        "relationship_status": "married",
        "episode_started_on": "2026-03-04",
        "agreed_problem": "",
    }
    for number, name in enumerate(names):
        form |= {f"people-{number}-name": name, f"people-{number}-problem": ""}
    return form | more


def count(app, model):
    with app.app_context():
        return db.session.query(model).count()


def test_the_caseload_lists_the_therapists_couples_alone(tess):
    page = tess.get("/").text
    assert "Ada Lind" in page
    assert "Ben Morrow" in page
    assert "Cleo" not in page
    assert "No next session planned" in page


def test_a_therapist_without_couples_is_told_what_to_do_first(app, sign_in, cast, write):
    new = write(make_person, "Nia Stone", Role.THERAPIST)
    page = sign_in(new).get("/").text
    assert "Add your first couple" in page


def test_a_name_in_the_address_finds_nobody(tess):
    assert "with “lind”" not in tess.get("/?q=lind").text


def test_search_keeps_what_was_typed_and_escapes_it(tess):
    page = tess.post("/", {"q": "<b>lind"}).text
    assert "&lt;b&gt;lind" in page
    assert "No couple found" in page
    assert "Ada Lind" in tess.post("/", {"q": "lind"}).text
    assert "Ada Lind" not in tess.post("/", {"q": "%"}).text


@pytest.mark.parametrize("query", ["page=0", "page=-3", "page=99", "page=x", "q=%00", "show=x"])
def test_odd_addresses_of_the_list_are_answered(tess, query):
    assert tess.get(f"/?{query}").status_code == 200


def test_a_couple_is_begun_and_opens(tess, app):
    answer = tess.post(NEW, couple_form(tess, "Zoe Nwosu", "Abe Hart"))
    assert answer.status_code == 303
    page = tess.get(answer.location).text
    assert "Zoe Nwosu and Abe Hart" in page
    assert "not invited yet" in page


def test_sending_the_form_twice_makes_one_couple(tess, app):
    form = couple_form(tess, "Zoe Nwosu", "Abe Hart")
    before = count(app, Couple)
    first, second = tess.post(NEW, form), tess.post(NEW, form)
    assert first.location == second.location
    assert count(app, Couple) == before + 1


def test_adding_a_person_keeps_everything_typed(tess, app):
    form = couple_form(
        tess,
        "Zoe Nwosu",
        "Abe Hart",
        **{"people-1-problem": "He is away a lot.", "agreed_problem": "More evenings."},
        add_person="Add another person",
    )
    before = count(app, Couple)
    page = tess.post(NEW, form)
    assert page.status_code == 200
    for kept in ("Zoe Nwosu", "Abe Hart", "He is away a lot.", "More evenings.", form["new_id"]):
        assert kept in page.text
    assert 'name="people-2-name"' in page.text
    assert count(app, Couple) == before


def test_a_record_has_a_limit_of_people(tess):
    form = couple_form(tess, *"ABCDEFGH", add_person="Add another person")
    page = tess.post(NEW, form).text
    assert 'name="people-5-name"' in page
    assert 'name="people-6-name"' not in page
    assert "Add another person" not in page


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(tess):
    page = tess.post(NEW, couple_form(tess, "Zoe Nwosu", "", episode_started_on="soon"))
    assert page.status_code == 422
    assert "Zoe Nwosu" in page.text
    again = tess.post(NEW, couple_form(tess, "Zoe Nwosu", ""))
    assert again.status_code == 422
    assert 'id="people-1-name-error"' in again.text


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1"])
def test_a_row_with_a_number_that_is_none_is_left_out(tess, number):
    """As a digit of another script, or one longer than any row: once a fault of the server."""
    odd = {f"people-{number}-name": "Zed Quill", "people-0-name": "", "agreed_problem": "Kept."}
    page = tess.post(NEW, couple_form(tess, "", "Abe Hart", **odd))
    assert page.status_code == 422
    assert "Kept." in page.text
    assert "Zed Quill" not in page.text


def test_a_known_name_is_asked_about_and_the_answer_is_taken(tess, cast, app):
    form = couple_form(tess, "Finn Hale", "Zoe Nwosu")
    page = tess.post(NEW, form)
    assert page.status_code == 422
    assert "Finn Hale, who is in your records with Ada and Ben" in page.text
    people = count(app, Membership)
    answer = tess.post(NEW, form | {"people-0-known": str(cast.finn.person_id)})
    assert answer.status_code == 303
    assert count(app, Membership) == people + 2
    with app.app_context():
        mine = db.session.query(Membership).filter_by(person_id=cast.finn.person_id).count()
    assert mine == 2


def test_nobody_of_another_therapist_is_offered(tess, cast):
    answer = tess.post(NEW, couple_form(tess, "Cleo Marsh", "Zoe Nwosu"))
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "path",
    ["", "/edit", "/endings", "/people/new", "/sessions/new", "/people/{ada}/end"],
)
def test_hidden_and_absent_couples_answer_alike(cast, sign_in, path):
    otto = sign_in(cast.otto)
    path = path.format(ada=cast.ada.person_id)
    hidden = otto.get(f"/couples/{cast.couple}{path}")
    absent = otto.get(f"/couples/{uuid4()}{path}")
    assert hidden.status_code == absent.status_code == 404
    assert steady(hidden.text) == steady(absent.text)


@pytest.mark.parametrize("who", ["ada", "finn", "cleo"])
def test_partners_have_no_way_to_the_record(cast, sign_in, who):
    browser = sign_in(getattr(cast, who))
    assert browser.get("/").location == "/account/"
    for path in (NEW, f"/couples/{cast.couple}", f"/couples/{cast.couple}/edit"):
        assert browser.get(path).status_code == 404


def test_the_couples_page_shows_record_people_and_sessions(tess, cast, write):
    held = write(
        make_session,
        cast.couple,
        cast.tess,
        attendance={cast.ada: "attended", cast.ben: "late_cancellation"},
        next_steps="A walk on Sunday.",
    )
    page = tess.get(f"/couples/{cast.couple}").text
    assert "Ada Lind and Ben Morrow" in page
    assert "A walk on Sunday." in page
    assert "late cancellation" in page
    assert f"/sessions/{held}" in page
    assert "Finn left on" not in page.replace("\n", " ") or "left on" in page


def test_three_members_and_long_names_fit(tess, cast, write):
    names = ["Maximiliana-Theodora Featherstonehaugh-Cholmondeley", "Bo", "Wei " + "x" * 100]
    people = [write(make_person, name, Role.PARTNER, account=False) for name in names]
    couple = write(make_couple, cast.tess, people)
    page = tess.get(f"/couples/{couple}").text
    assert page.count("not invited yet") == 3
    assert tess.get("/").status_code == 200


def test_sixty_sessions_are_paged(tess, cast, write):
    for number in range(60):
        starts = clock.now() - timedelta(days=number + 1)
        write(make_session, cast.couple, cast.tess, starts_at=starts)
    page = tess.get(f"/couples/{cast.couple}?page=3").text
    assert "Page 3 of 3" in page
    assert page.count('href="/sessions/') >= 20


def test_the_record_is_changed(tess, cast):
    ada, ben = cast.ada.person_id, cast.ben.person_id
    path = f"/couples/{cast.couple}/edit"
    form = {
        "relationship_status": "separated",
        "episode_started_on": "2026-03-04",
        "agreed_problem": "To part in peace.",
        f"name_{ada}": "Ada Lindqvist",
        f"name_{ben}": "Ben Morrow",
        f"problem_{ada}": "She is tired.",
        f"problem_{ben}": "",
    }
    tess.get(path)
    assert tess.post(path, form).status_code == 303
    page = tess.get(f"/couples/{cast.couple}").text
    for words in ("Ada Lindqvist", "To part in peace.", "She is tired.", "Separated"):
        assert words in page
    bad = tess.post(path, form | {f"name_{ada}": " "})
    assert bad.status_code == 422
    assert "She is tired." in bad.text


def test_an_ending_is_recorded_with_its_purpose(tess, cast):
    path = f"/couples/{cast.couple}/endings"
    tess.get(path)
    form = {
        "relationship_ended_on": "2026-06-01",
        "ending_was_a_goal": "y",
        "episode_ended_on": "2026-07-01",
    }
    assert tess.post(path, form).status_code == 303
    page = tess.get(f"/couples/{cast.couple}").text
    assert "ending it well was a goal" in page
    assert "Ada Lind" not in tess.get("/").text
    assert "Ada Lind" in tess.get("/?show=ended").text
    nothing = {"relationship_ended_on": "", "episode_ended_on": ""}
    assert tess.post(path, nothing | {"ending_was_a_goal": "y"}).status_code == 422


def test_somebody_joins_and_somebody_leaves(tess, cast, write):
    tess.get(f"/couples/{cast.couple}/people/new")
    joined = tess.post(
        f"/couples/{cast.couple}/people/new",
        {"new_id": str(uuid4()), "people-0-name": "Ivo Katz", "joined_on": str(clock_day())},
    )
    assert joined.status_code == 303
    task = {"starts_on": clock_day(), "due_on": clock_day() + timedelta(days=9)}
    write(make_task, cast.couple, cast.tess, [cast.ben], **task)
    path = f"/couples/{cast.couple}/people/{cast.ben.person_id}/end"
    asked = tess.get(path).text
    assert "Homework that ends" in asked
    assert "Ada and Ivo" in asked
    assert tess.post(path, {"left_on": "2999-01-01"}).status_code == 422
    assert tess.post(path, {"left_on": str(clock_day())}).status_code == 303
    page = tess.get(f"/couples/{cast.couple}").text
    assert "Ada Lind and Ivo Katz" in page
    back = f"/couples/{cast.couple}/people/{cast.ben.person_id}/reopen"
    assert tess.post(back).status_code == 303
    assert "Ben Morrow" in tess.get("/").text


def test_a_person_without_a_name_is_asked_for_the_name_alone(tess, cast):
    address = f"/couples/{cast.couple}/people/new"
    new_id = re.search(r'name="new_id"[^>]*value="([^"]+)"', tess.get(address).text).group(1)
    page = tess.post(address, {"new_id": new_id, "joined_on": "2026-03-04", "people-0-name": ""})
    assert "Enter the name." in page.text
    assert "a couple is" not in page.text


def test_the_last_member_cannot_leave_and_the_page_says_why(tess, cast, write):
    write(leave, cast.couple, cast.ben)
    answer = tess.get(f"/couples/{cast.couple}/people/{cast.ada.person_id}/end")
    assert answer.status_code == 409
    assert "End the episode of care" in answer.text


def clock_day() -> date:
    return clock.now().date()


def test_the_first_page_costs_the_same_for_one_couple_and_for_forty(app, tess, cast, write):
    with app.app_context():
        engine = db.engine
    write(make_planned, cast.couple, cast.tess)
    with statements(engine, without_sign_in=True) as one:
        tess.get("/")

    def many():
        for number in range(39):
            people = [
                make_person(f"{name}{number}", Role.PARTNER, account=False)
                for name in ("Zoe", "Abe")
            ]
            couple = make_couple(cast.tess, people)
            make_planned(couple, cast.tess)

    write(many)
    with statements(engine, without_sign_in=True) as forty:
        assert tess.get("/").text.count("couple-link") == 40
    assert len(one) == len(forty) <= 10


def test_the_couples_page_costs_the_same_for_few_and_for_many_sessions(app, tess, cast, write):
    with app.app_context():
        engine = db.engine
    write(make_session, cast.couple, cast.tess)
    with statements(engine, without_sign_in=True) as few:
        tess.get(f"/couples/{cast.couple}")
    for days in range(40):
        starts = clock.now() - timedelta(days=days + 1)
        write(make_session, cast.couple, cast.tess, starts_at=starts)
    with statements(engine, without_sign_in=True) as many:
        tess.get(f"/couples/{cast.couple}")
    assert len(few) == len(many)
