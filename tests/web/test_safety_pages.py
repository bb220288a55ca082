"""The therapist's pages of safety, and a partner's own contact and plan."""

import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pikepdf
import pytest
import time_machine

from practice.db import db
from practice.domain.people import Role
from practice.domain.safety.joint_work import JointWork
from practice.domain.safety.plan import LONGEST_PART, PlanPart
from practice.models.accounts import Supervision
from practice.services import access, clearances, clock, safe_contacts, safety_plans
from tests import records
from tests.browser import steady
from tests.builders import PASSWORD, make_person
from tests.reports.pdf_checks import text_of
from tests.worlds.safety import ALL_NO, a_contact, a_plan, open_in_portal, screen

START = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
WARNING = "Nobody has decided yet whether to work together"
CONTACT = {
    "channels": ["text"],
    "place_text": "07700 900461",
    "voicemail": "neutral",
    "sender": "Maria",
    "code_word": "lantern",
    "never": "The house telephone",
}


@pytest.fixture
def write(app):
    """Run a function in a context of its own and commit."""

    def run(act, *args, **options):
        with app.app_context():
            found = act(*args, **options)
            db.session.commit()
            return found

    return run


@pytest.fixture
def base(cast):
    return f"/couples/{cast.couple}/people/{cast.ada.person_id}"


def clear(cast, decision=JointWork.CLEARED):
    clearances.decide(
        actor=cast.tess,
        couple_id=cast.couple,
        new_id=uuid4(),
        decision=decision,
        on=clock.today(),
        reason="Each spoke freely.",
    )


# ---- joint work ------------------------------------------------------------------------------


def test_until_it_is_cleared_sessions_with_the_couple_warn_and_never_stop(cast, sign_in, write):
    session = write(records.make_session, cast.couple, cast.tess)
    planned = write(records.make_planned, cast.couple, cast.tess)
    tess, ada = sign_in(cast.tess), sign_in(cast.ada)
    pages = [
        f"/couples/{cast.couple}",
        f"/couples/{cast.couple}/sessions/new",
        f"/sessions/{session}",
        f"/sessions/{planned}/edit",
        f"/couples/{cast.couple}/safety",
    ]
    for path in pages:
        assert WARNING in tess.get(path).text, path
    made = tess.post(
        f"/couples/{cast.couple}/sessions/new",
        {
            "new_id": str(uuid4()),
            "day": "2026-12-01",
            "time": "10:00",
            "minutes": "60",
            "with_whom": "couple",
            "format": "room",
            "status": "planned",
        },
    )
    assert made.status_code == 303
    assert "decided yet" not in ada.get("/my/").text
    write(clear, cast)
    for path in pages:
        assert "work together is" not in tess.get(path).text.lower(), path
        assert WARNING not in tess.get(path).text
    write(clear, cast, JointWork.PAUSED)
    for path in pages:
        page = tess.get(path).text
        assert "Work together is paused" in page
        assert path.endswith("joint-work") or "Each spoke freely" not in page
        assert path != f"/couples/{cast.couple}/safety" or page.lower().count("paused") == 1


def test_an_individual_session_does_not_warn(cast, sign_in, write):
    from practice.domain.sessions import SessionKind

    session = write(
        records.make_session,
        cast.couple,
        cast.tess,
        kind=SessionKind.INDIVIDUAL,
        person_id=cast.ada.person_id,
    )
    assert WARNING not in sign_in(cast.tess).get(f"/sessions/{session}").text


def test_a_decision_with_its_reason_is_written_down(cast, sign_in):
    tess = sign_in(cast.tess)
    path = f"/couples/{cast.couple}/safety/joint-work"
    refused = tess.post(path, {"new_id": str(uuid4()), "decided_on": "2026-01-05"})
    assert refused.status_code == 422
    assert "Say in a few words why" in refused.text
    form = {
        "new_id": str(uuid4()),
        "decision": "not_cleared",
        "decided_on": "2026-11-05",
        "reason": "Wait for the second talk.",
    }
    with time_machine.travel(START):
        tess = sign_in(cast.tess)
        for _ in range(2):
            assert tess.post(path, form).location == path
        page = tess.get(path).text
    assert page.count("Wait for the second talk.") == 1
    assert "5 November 2026" in page
    assert "Tess Okafor" in page


def test_a_supervisor_reads_the_decisions_and_adds_nothing(cast, sign_in, write):
    def supervise():
        paul = make_person("Paul Dean", Role.THERAPIST)
        db.session.add(
            Supervision(
                supervisor_id=paul.person_id,
                therapist_id=cast.tess.person_id,
                since=clock.today(),
            )
        )
        return paul

    paul = write(supervise)
    write(clear, cast)
    browser = sign_in(paul)
    for place in ("joint-work", "log"):
        path = f"/couples/{cast.couple}/safety/{place}"
        page = browser.get(path)
        assert page.status_code == 200
        assert "<form method" not in page.text.partition("<main")[2]
        assert f"/couples/{cast.couple}/safety" not in page.text.partition("<main")[2]
        assert browser.post(path, {}).status_code == 404
    assert "Each spoke freely." in browser.get(f"/couples/{cast.couple}/safety/joint-work").text
    assert browser.get(f"/couples/{cast.couple}/safety").status_code == 404


def test_an_entry_of_the_log_is_put_right_by_another(cast, sign_in):
    tess = sign_in(cast.tess)
    path = f"/couples/{cast.couple}/safety/log"
    form = {
        "new_id": str(uuid4()),
        "happened_on": "2026-11-05",
        "known_facts": "She had a bruise.",
        "consulted": "",
        "decision": "See her alone.",
        "reason": "She asked for it.",
    }
    with time_machine.travel(START):
        tess = sign_in(cast.tess)
        assert tess.post(path, form | {"reason": ""}).status_code == 422
        assert tess.post(path, form).location == path
        again = tess.get(f"{path}?corrects={form['new_id']}").text
        assert "This puts right the entry of" in again
        assert form["new_id"] in again.partition("new-entry")[2]
        second = form | {"new_id": str(uuid4()), "corrects": form["new_id"]}
        assert tess.post(path, second | {"known_facts": "He had."}).location == path
        page = tess.get(path).text
        assert tess.post(path, form | {"new_id": str(uuid4()), "corrects": "x"}).status_code == 404
    assert "put right above" in page
    assert "Puts right what was written" in page
    assert page.index("He had.") < page.index("She had a bruise.")


TELLING = re.compile(
    r"private|safe|screen|risk|secret|plan\b|alone|aloud|together|answer to|safeguard",
    re.IGNORECASE,
)
"""What no page of a therapist says in its title: browsers list titles behind "Back", also on the
device that is handed to a partner."""


@pytest.mark.parametrize(
    "template",
    sorted(path.name for path in Path("templates/therapist").glob("*.html")),
)
def test_no_title_of_a_therapists_page_tells_what_it_was_about(template):
    text = Path("templates/therapist", template).read_text(encoding="utf-8")
    for title in re.findall(r"{% block title %}(.*?){% endblock title %}", text):
        assert not TELLING.search(title), title


def test_the_pages_of_safety_have_a_neutral_title_and_their_own_heading(cast, sign_in, write):
    write(screen, cast.tess, cast.couple, cast.ada, ALL_NO)
    tess = sign_in(cast.tess)
    ada = f"/couples/{cast.couple}/people/{cast.ada.person_id}"
    for path, heading in {
        f"/couples/{cast.couple}/safety": "Safety",
        f"/couples/{cast.couple}/safety/log": "Safeguarding log",
        f"{ada}/plan": "Safety plan",
        f"{ada}/safety": "Private questions",
    }.items():
        page = tess.get(path).text
        assert "<title>Couple · Dyad</title>" in re.sub(r"\s*\n\s*", "", page), path
        assert heading in page.partition("<h1")[2].partition("</h1>")[0], path


# ---- private questions -----------------------------------------------------------------------


def test_the_couples_page_reminds_who_is_not_yet_screened(cast, sign_in, write):
    tess = sign_in(cast.tess)
    page = tess.get(f"/couples/{cast.couple}").text
    assert "Not yet screened: Ada and Ben" in page
    assert "Hand the device to Ada" in page
    assert "Open in Ben’s portal" in page
    for person in (cast.ada, cast.ben):
        write(screen, cast.tess, cast.couple, person, ALL_NO)
    page = tess.get(f"/couples/{cast.couple}").text
    assert "Not yet screened" not in page
    reminder = page.partition("Not asked yet how to reach them safely:")[2].partition("</li>")[0]
    for person in (cast.ada, cast.ben):
        assert f"/couples/{cast.couple}/people/{person.person_id}/contact" in reminder
    write(open_in_portal, cast.tess, cast.couple, cast.ben)
    assert "Asked, no answer yet: Ben" in tess.get(f"/couples/{cast.couple}").text


def test_a_yes_is_read_and_dealt_with(cast, sign_in, write, base):
    screening = write(screen, cast.tess, cast.couple, cast.ada, {"h": False, "a": True})
    tess = sign_in(cast.tess)
    assert "Ada: private answers to read" in tess.get("/").text
    assert "Ada: private answers to read" in tess.get(f"/couples/{cast.couple}").text
    page = tess.get(f"{base}/safety").text
    assert "<strong>1 of 4</strong>" in page
    assert page.count("left open") == 2
    assert "A negative screen is not safety" in page
    assert "tested with women only" in page
    path = f"/screenings/{screening}"
    assert tess.post(path, {"note": " "}).status_code == 422
    assert tess.post(path, {"note": "We spoke alone."}).location == f"{base}/safety"
    assert "We spoke alone." in tess.get(f"{base}/safety").text
    assert "private answers" not in tess.get("/").text


def test_opening_in_the_portal_and_taking_back(cast, sign_in, base):
    tess = sign_in(cast.tess)
    tess.post(f"{base}/safety/portal")
    page = tess.get(f"/couples/{cast.couple}/safety").text
    assert "their portal shows it until" in page
    assert "A few private questions" in sign_in(cast.ada).get("/my/").text
    tess.post(f"{base}/safety/take-back")
    assert "A few private questions" not in sign_in(cast.ada).get("/my/").text


def test_what_was_asked_aloud_is_written_down(cast, sign_in, base):
    tess = sign_in(cast.tess)
    with time_machine.travel(START):
        tess = sign_in(cast.tess)
        page = tess.get(f"{base}/safety/talk").text
        assert page.count("Not asked") == 4
        empty = tess.post(f"{base}/safety/talk", {"new_id": str(uuid4()), "day": "2026-11-20"})
        assert empty.status_code == 422
        assert "Answer one question at least" in empty.text
        form = {"new_id": str(uuid4()), "day": "2026-11-20", "q2": "yes", "note": "A plan."}
        assert tess.post(f"{base}/safety/talk", form).location == f"{base}/safety"
        page = tess.get(f"{base}/safety").text
    assert "in a talk alone" in page
    assert "A plan." in page


def test_when_to_ask_again_can_be_set(cast, sign_in, write, base):
    with time_machine.travel(START):
        write(screen, cast.tess, cast.couple, cast.ada, ALL_NO)
        tess = sign_in(cast.tess)
        assert 'value="2027-05-24"' in tess.get(f"{base}/safety").text
        for wrong in ("", "2026-11-01", "2066-01-01"):
            assert tess.post(f"{base}/safety", {"rescreen_on": wrong}).status_code == 422
        assert tess.post(f"{base}/safety", {"rescreen_on": "2026-12-24"}).status_code == 303
        assert "ask again on 24 December 2026" in tess.get(f"/couples/{cast.couple}/safety").text


# ---- contact ---------------------------------------------------------------------------------


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


# ---- plan ------------------------------------------------------------------------------------


def save_plan(tess, base, **more):
    form = {"new_id": str(uuid4()), "signs": "Doors slam.", "numbers": "999"} | more
    return tess.post(f"{base}/plan", form)


def test_a_plan_is_saved_and_printed_on_one_neutral_page(cast, sign_in, base):
    tess = sign_in(cast.tess)
    assert tess.get(f"{base}/plan.pdf").status_code == 404
    assert save_plan(tess, base, signs="", numbers="").status_code == 422
    full = {part.value: ("word " * 100)[:LONGEST_PART] for part in PlanPart}
    assert save_plan(tess, base, **full).location == f"{base}/plan"
    answer = tess.get(f"{base}/plan.pdf")
    assert answer.headers["Content-Disposition"] == 'inline; filename="notes.pdf"'
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) == 1
        assert str(pdf.docinfo.get("/Title")) == "Notes"
        assert "/Author" not in pdf.docinfo
    text = text_of(answer.data).lower()
    for word in ("safety", "therap", "counsel", "session", "practice", "ada", "lind", "warning"):
        assert word not in text, word


def test_the_tallest_plan_is_one_page_too(cast, sign_in, base):
    tess = sign_in(cast.tess)
    tall = {part.value: "\n".join(["words " * 13] * 6)[:LONGEST_PART] for part in PlanPart}
    assert save_plan(tess, base, says_what_it_is="y", **tall).status_code == 303
    answer = tess.get(f"{base}/plan.pdf")
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) == 1
    assert "My safety plan" in text_of(answer.data)


def test_somebody_finds_their_plan_only_if_they_asked_and_takes_it_off(cast, sign_in, base):
    tess, ada, ben = sign_in(cast.tess), sign_in(cast.ada), sign_in(cast.ben)
    save_plan(tess, base)
    assert ada.get("/my/notes").status_code == 404
    assert "/my/notes" not in ada.get("/my/").text
    save_plan(tess, base, in_portal="y")
    assert "/my/notes" in ada.get("/my/").text
    page = ada.get("/my/notes").text
    assert "<title>Notes</title>" in page
    assert "Doors slam." in page
    for word in ("safety", "danger", "warning sign", "emergency"):
        assert word not in page.lower()
    assert ben.get("/my/notes").status_code == 404
    assert ada.post("/my/notes/put-away").location == "/my/"
    assert ada.get("/my/notes").status_code == 404
    assert "/my/notes" not in ada.get("/my/").text
    assert "Doors slam." in tess.get(f"{base}/plan").text
