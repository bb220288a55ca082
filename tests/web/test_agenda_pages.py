"""Noting what each partner wants, a modality and a date of birth, by real requests."""

import re

import pytest

from practice.db import db
from tests.world import BORN, make_world

NEW_ID = re.compile(r'name="new_id"[^>]*value="([^"]+)"')


@pytest.fixture
def tess(cast, sign_in):
    return sign_in(cast.tess)


def form(browser, path, **fields):
    return {"new_id": NEW_ID.search(browser.get(path).text).group(1)} | fields


def test_an_agenda_is_noted_shown_and_taken_back(cast, tess):
    path = f"/couples/{cast.couple}/agendas"
    assert "not noted yet" in tess.get(f"/couples/{cast.couple}").text
    sent = form(
        tess, path, person=str(cast.ada.person_id), agenda="leaning_out", noted_on="2026-05-01"
    )
    assert tess.post(path, sent).location == path
    assert tess.post(path, sent).status_code == 303
    page = tess.get(path).text
    assert page.count("Take back") == 1
    couple = tess.get(f"/couples/{cast.couple}").text
    assert "Agenda: leaning out" in couple
    assert "since 1 May 2026" in couple
    address = re.search(r'action="(/agendas/[0-9a-f-]+/remove)"', page).group(1)
    assert tess.post(address).location == path
    assert "Take back" not in tess.get(path).text


def test_what_is_missing_is_said_beside_its_field(cast, tess):
    path = f"/couples/{cast.couple}/agendas"
    answer = tess.post(path, form(tess, path, person="x", agenda="", noted_on="soon"))
    assert answer.status_code == 422
    for words in ("Choose what fits best.", "Not a valid choice", "Enter the day like"):
        assert words in answer.text
    later = form(
        tess, path, person=str(cast.ada.person_id), agenda="improve", noted_on="2099-01-01"
    )
    assert "Choose today or an earlier day." in tess.post(path, later).text


def edit_form(tess, cast):
    page = tess.get(f"/couples/{cast.couple}/edit").text
    names = re.findall(r'name="(name_[0-9a-f-]+)"[^>]*value="([^"]+)"', page)
    return dict(names) | {
        "relationship_status": "married",
        "episode_started_on": "2026-03-04",
        "agreed_problem": "",
    }


def test_modality_and_birth_are_kept_and_can_be_taken_back(cast, tess):
    path = f"/couples/{cast.couple}/edit"
    sent = edit_form(tess, cast) | {
        "modality": "ibct",
        f"born_{cast.ada.person_id}": "1980-03-04",
    }
    assert tess.post(path, sent).status_code == 303
    assert "Integrative behavioural" in tess.get(f"/couples/{cast.couple}").text
    page = tess.get(path).text
    assert 'value="1980-03-04"' in page
    assert '<option selected value="ibct">' in page
    emptied = {"modality": "", f"born_{cast.ada.person_id}": ""}
    assert tess.post(path, edit_form(tess, cast) | emptied).status_code == 303
    page = tess.get(path).text
    assert 'value="1980-03-04"' not in page
    assert '<option selected value="">' in page


@pytest.mark.parametrize("day", ["2099-01-01", "1799-12-31", "someday"])
def test_nobody_is_born_then(cast, tess, day):
    sent = edit_form(tess, cast) | {f"born_{cast.ben.person_id}": day}
    answer = tess.post(f"/couples/{cast.couple}/edit", sent)
    assert answer.status_code == 422
    assert f'id="born_{cast.ben.person_id}-error"' in answer.text


def new_couple(tess, name, born, **more):
    return form(
        tess,
        "/couples/new",
        **{
            "people-0-name": name,
            "people-0-born_on": born,
            "people-1-name": "Zoe Nwosu",
            "relationship_status": "married",
            "episode_started_on": "2026-03-04",
        }
        | more,
    )


def test_namesakes_are_told_apart_by_their_birth(cast, tess):
    tess.post(
        f"/couples/{cast.couple}/edit",
        edit_form(tess, cast) | {f"born_{cast.ada.person_id}": "1980-03-04"},
    )
    page = tess.post("/couples/new", new_couple(tess, "Ada Lind", ""))
    assert "Ada Lind, born 4 March 1980, who is in your records with Ben" in page.text
    known = {"people-0-known": str(cast.ada.person_id)}
    other = tess.post("/couples/new", new_couple(tess, "Ada Lind", "1981-01-01", **known))
    assert other.status_code == 422
    assert "Your records have another date of birth" in other.text
    same = tess.post("/couples/new", new_couple(tess, "Ada Lind", "1980-03-04", **known))
    assert same.status_code == 303


def test_a_birth_is_added_to_somebody_known(cast, tess):
    known = {"people-0-known": str(cast.ben.person_id)}
    answer = tess.post("/couples/new", new_couple(tess, "Ben Morrow", "1979-05-06", **known))
    assert answer.status_code == 303
    assert 'value="1979-05-06"' in tess.get(f"/couples/{cast.couple}/edit").text


def test_no_partner_reads_agenda_modality_or_birth(app, cast, sign_in):
    with app.app_context():
        make_world(cast, with_reports=False)
        db.session.commit()
    for person in (cast.ada, cast.ben):
        browser = sign_in(person)
        for path in ("/my/", "/my/answers", "/my/homework", "/my/goals", "/account/security"):
            page = browser.get(path).text
            for word in ("Leaning out", "leaning_out", "Discernment", BORN.isoformat(), "1979"):
                assert word not in page, (person.name, path, word)
