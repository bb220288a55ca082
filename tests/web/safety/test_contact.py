"""How somebody may be reached, as they say it and as it is written down."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import time_machine

from practice.services import access, safe_contacts, safety_plans
from tests.browser import steady
from tests.builders import PASSWORD
from tests.worlds.safety import a_contact, a_plan

START = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


CONTACT = {
    "channels": ["text"],
    "place_text": "07700 900461",
    "voicemail": "neutral",
    "sender": "Maria",
    "code_word": "lantern",
    "never": "The house telephone",
}


def test_a_partner_says_how_they_may_be_reached(app, cast, sign_in):
    ada = sign_in(cast.ada)
    assert "How we may reach you" in ada.get("/my/").text
    page = ada.get("/my/contact").text
    assert "<title>How we may reach you</title>" in page
    before, _, _ = page.partition("<form method")
    assert "Nobody you come here with sees any of it" in page
    assert before
    for wrong in (
        {},
        CONTACT | {"channels": ["text", "none"]},
        CONTACT | {"channels": ["text", "call"]},
        CONTACT | {"voicemail": "sometimes"},
    ):
        assert ada.post("/my/contact", {"new_id": str(uuid4())} | wrong).status_code == 422
    form = {"new_id": str(uuid4())} | CONTACT
    assert ada.post("/my/contact", form).location == "/my/"
    page = ada.get("/my/contact").text
    assert "07700 900461" in page
    assert "lantern" not in page, "the word that proves it is them is on no page of theirs"
    tess = sign_in(cast.tess)
    text = tess.get(f"/couples/{cast.couple}/people/{cast.ada.person_id}/contact").text
    for words in ("07700 900461", "lantern", "Maria", "The house telephone", "Ada Lind"):
        assert words in text
    with app.app_context():
        known = safe_contacts.current(access.standing_of(cast.ben, cast.couple))
        assert known == {}


def test_it_is_asked_on_the_first_page_until_it_is_said_and_again_after_half_a_year(
    cast, sign_in, write
):
    """It follows from what that person said alone; what the other says changes nothing."""
    asked, again = "Say how, about 2 minutes", "Look at it, about 2 minutes"

    def home(person):
        return sign_in(person).get("/my/").text

    with time_machine.travel(START, tick=False) as now:
        before = steady(home(cast.ben))
        assert asked in home(cast.ada)
        write(safe_contacts.save_own, actor=cast.ada, new_id=uuid4(), contact=a_contact())
        assert "about 2 minutes" not in home(cast.ada)
        assert steady(home(cast.ben)) == before
        now.shift(timedelta(days=150))
        assert "about 2 minutes" not in home(cast.ada)
        now.shift(timedelta(days=40))
        assert again in home(cast.ada)
        assert "07700" not in home(cast.ada)
        write(
            safe_contacts.save,
            actor=cast.tess,
            couple_id=cast.couple,
            person_id=cast.ada.person_id,
            new_id=uuid4(),
            contact=a_contact(),
            asked_on=(START + timedelta(days=190)).date(),
        )
        assert "about 2 minutes" not in home(cast.ada)
        assert asked in home(cast.ben)


def test_an_open_phone_shows_no_number_without_the_password(cast, sign_in, write):
    with time_machine.travel(START, tick=False) as now:
        write(safe_contacts.save_own, actor=cast.ada, new_id=uuid4(), contact=a_contact())
        write(
            safety_plans.save,
            actor=cast.tess,
            couple_id=cast.couple,
            person_id=cast.ada.person_id,
            new_id=uuid4(),
            plan=a_plan("I ring Joan.", in_portal=True),
        )
        ada = sign_in(cast.ada)
        assert "07700 900461" in ada.get("/my/contact").text
        assert "I ring Joan." in ada.get("/my/notes").text
        now.shift(timedelta(minutes=5))
        for path in ("/my/contact", "/my/notes"):
            answer = ada.get(path)
            assert answer.status_code == 303
            assert "/account/confirm" in answer.location
            assert "07700" not in answer.text
        confirm = ada.get("/my/contact").location
        assert ada.post(confirm, {"password": PASSWORD}).location.endswith("/my/contact")
        page = ada.get("/my/contact").text
        mark = re.search(r'name="typed_by" value="([^"]+)"', page)[1]
        form = {"new_id": str(uuid4()), "typed_by": mark} | CONTACT | {"never": "The school gate"}
        now.shift(timedelta(minutes=6))
        late = ada.post("/my/contact", form)
        assert late.location == "/account/confirm?next=/my/contact", "it is not carried out"
        assert "What you typed is kept" in ada.get(late.location).text
        assert "The school gate" not in ada.get("/my/contact").text, "nor shown before"
        ada.post(late.location, {"password": PASSWORD})
        page = ada.get("/my/contact").text
        assert "The school gate" in page
        assert "It is not saved yet" in page
        assert ada.post("/my/contact", form).location == "/my/"


def test_the_therapist_writes_down_what_was_told(cast, sign_in, base):
    tess = sign_in(cast.tess)
    path = f"{base}/contact"
    assert "Not asked yet" in tess.get(path).text
    form = {"new_id": str(uuid4()), "channels": ["none"], "voicemail": "no"}
    assert tess.post(path, form | {"asked_on": "2066-01-01"}).status_code == 422
    with time_machine.travel(START):
        tess = sign_in(cast.tess)
        assert tess.post(path, form | {"asked_on": "2026-11-20"}).location == path
        second = CONTACT | {"new_id": str(uuid4()), "asked_on": "2026-11-24"}
        assert tess.post(path, second).location == path
        page = tess.get(path).text
    assert page.index("07700 900461") < page.index("What was said before")
    assert "not at all" in page.partition("What was said before")[2]
