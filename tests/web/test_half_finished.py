"""Every form of the portal: half-filled and left, it comes back to its author and nobody else."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from practice.db import db
from practice.models.drafts import Draft
from practice.services import clock, drafts, homework, memberships, own_entries
from practice.services.drafts import DraftKind
from practice.services.letters import time_requests
from practice.services.own_entries import EntryKind
from tests.browser import steady
from tests.measure_builders import csi16
from tests.web.test_keeping import START
from tests.web.test_portal_safety import confirm
from tests.worlds import agreements as agreement_world

STOPPED = "From where you stopped"
MARK = "a marked heron"


@dataclass(frozen=True)
class Form:
    """A form of Ben's: what he types into it, and what it still needs to be sent."""

    path: str
    typed: dict[str, object]
    rest: dict[str, object] = field(default_factory=dict)
    comes_again: bool = True
    """Whether the page shows its form once more after it was sent."""


@pytest.fixture
def forms(app, world):
    with app.app_context():
        agreement_world.sign(world.cast.ben, world, "records")
        time_requests.take_back(actor=world.cast.ben, time_id=world.ids["time_ben"])
        db.session.commit()
        today = clock.today().isoformat()
        yesterday = (clock.today() - timedelta(days=1)).isoformat()
    ids = world.ids
    level = {"level": "1", "audience": "therapist"}
    answers = {key: str(value) for key, value in csi16(40).items()}
    return (
        Form(
            f"/my/homework/{ids['task']}",
            {"answer_noticed": MARK, "audience": "therapist"},
            {
                "answer_effect": "rest",
                "answer_told": "aloud",
                "answer_outcome": "done",
                "for_day": today,
            },
        ),
        Form(
            f"/my/homework/{ids['task_shared']}/how-it-was",
            {"words": MARK, "audience": "therapist"},
            {"helpfulness": "7", "for_day": yesterday},
            comes_again=False,
        ),
        Form(f"/my/goals/{ids['goal']}", {"comment": MARK, "audience": "couple"}, level),
        Form(f"/my/goal-steps/{ids['step_ben']}", {"hope_3": MARK}),
        Form(
            "/my/contact",
            {"channels": ["text", "call"], "never": MARK, "voicemail": "yes"},
            {"channels": ["text"], "place_text": "07700 900123"},
        ),
        Form(
            f"/my/answers/{ids['response_ben']}/correct",
            {"csi_01": "2", "reason": MARK},
            answers | {"audience": "therapist"},
            comes_again=False,
        ),
        Form("/my/journal/new", {"words": MARK}),
        Form(
            f"/my/journal/{ids['journal_ben']}/change",
            {"words": MARK},
        ),
        Form(
            f"/my/asked/{ids['permission_open']}",
            {"answer": "no", "words": MARK},
            comes_again=False,
        ),
        Form(
            f"/my/agreements/{ids['agreement_ben_records']}/take-back",
            {"words": MARK},
            {"take_back": "yes"},
            comes_again=False,
        ),
        Form(f"/my/letters/{ids['thread_ben']}", {"body": MARK}),
        Form(
            f"/my/time/{ids['time_ben']}",
            {"about": MARK, "when": "Mondays"},
            {"ask": "Ask"},
            comes_again=False,
        ),
        Form("/my/record", {"kind": "subject_access", "words": MARK}),
    )


def held(text):
    """What stands in the controls of a page, by name: chosen, or typed into a long field."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", text):
        if " checked" in tag:
            name = re.search(r'name="([^"]+)"', tag)[1]
            found.setdefault(name, set()).add(re.search(r'value="([^"]+)"', tag)[1])
    for name, words in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', text):
        found[name] = {words}
    return found


def as_held(typed):
    return {key: set(one) if isinstance(one, list) else {one} for key, one in typed.items()}


def new_id(text):
    found = re.search(r'name="new_id"[^>]*value="([^"]+)"', text)
    return {"new_id": found[1]} if found else {}


def test_each_is_kept_found_again_by_its_author_and_gone_when_it_is_sent(
    app, world, forms, sign_in
):
    ada, ben = sign_in(world.cast.ada), sign_in(world.cast.ben)
    tess = sign_in(world.cast.tess)

    def seen():
        pages = [ada.get(one) for one in ("/my/", "/my/homework", "/my/goals", "/my/answers")]
        pages += [tess.get(one) for one in ("/", f"/couples/{world.cast.couple}")]
        return [steady(page.text) for page in pages]

    before = seen()
    assert not any(str(world.cast.couple) in page for page in before[:4]), "no partner needs it"
    for form in forms:
        page = ben.get(form.path).text
        assert str(world.cast.couple) not in page, form.path
        assert f'data-keep="{form.path}/keep"' in page, form.path
        assert "js/keep.js" in page, form.path
        assert 'name="keep"' in page, form.path
        assert STOPPED not in page, form.path
        kept = ben.post(f"{form.path}/keep", {**form.typed, **new_id(page), "code_word": "otter"})
        assert re.fullmatch(r"\d\d:\d\d", kept.json["kept"]), form.path
    assert seen() == before, "nobody else can tell"
    ben = sign_in(world.cast.ben)
    for form in forms:
        page = ben.get(form.path).text
        assert STOPPED in page, form.path
        assert as_held(form.typed).items() <= held(page).items(), form.path
        assert "otter" not in page
        fields = form.typed | form.rest | new_id(page)
        sent = ben.post(form.path, fields)
        assert sent.status_code == 303, (form.path, sent.status_code)
        late = ben.post(f"{form.path}/keep", fields)  # the script of a page that was sent
        if form.comes_again:
            assert late.status_code == 200, form.path
            if "new_id" in fields:
                assert late.json == {"kept": ""}, form.path
                assert STOPPED not in ben.get(form.path).text, form.path
    with app.app_context():
        left = set(db.session.scalars(select(Draft.kind).where(Draft.person_id == _id(world))))
        elsewhere = {DraftKind.QUESTIONS, DraftKind.INTAKE}
        # The hopes can be mended while their step is open; what came late is what was sent.
        assert left <= elsewhere | {DraftKind.SENT, DraftKind.GOAL_STEP}


def _id(world):
    return world.cast.ben.person_id


def test_the_button_does_the_same_without_a_script(world, forms, sign_in):
    ben = sign_in(world.cast.ben)
    for form in forms:
        ben.get(form.path)
        kept = ben.post(form.path, {**form.typed, "keep": "yes"})
        assert (kept.status_code, kept.location.startswith("/my/")) == (303, True), form.path
        assert "Kept for you" in ben.get(kept.location).text
        assert as_held(form.typed).items() <= held(ben.get(form.path).text).items(), form.path
        emptied = {key: "" for key, one in form.typed.items() if one in (MARK, "Mondays")}
        if form.path.startswith(("/my/homework/", "/my/journal/", "/my/letters/", "/my/time/")):
            left = ben.post(form.path, {**emptied, "audience": "private", "keep": "yes"})
            assert "Kept for you" not in ben.get(left.location).text
            assert STOPPED not in ben.get(form.path).text, "emptied, it leaves no trace"


PORTAL = Path(__file__).parents[2] / "templates" / "portal"
ROOM_TO_WRITE = re.compile(r"\b(textarea|question|questions|contact_fields)\(")


def test_no_form_with_room_to_write_forgets_and_no_address_names_a_couple(app):
    roomy = {
        path.name: path.read_text()
        for path in PORTAL.glob("*.html")
        if ROOM_TO_WRITE.search(path.read_text())
    }
    assert len(roomy) > 9
    for name, text in roomy.items():
        assert text.count("data-keep=") == 1, name
        assert "keep_bar(" in text, name
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("portal.")]
    assert len(rules) > 70
    assert not [rule.rule for rule in rules if "couple" in rule.rule]


def test_contact_is_kept_behind_the_password_and_without_its_word(world, sign_in):
    with time_machine.travel(START, tick=False) as now:
        ben = sign_in(world.cast.ben)
        ben.get("/my/contact")
        now.shift(timedelta(minutes=6))
        kept = ben.post("/my/contact/keep", {"never": MARK, "code_word": "otter"})
        assert kept.status_code == 200
        asked = ben.get("/my/contact")
        assert asked.status_code == 303, "it opens with the password alone"
        confirm(ben, to="/my/contact")
        page = ben.get("/my/contact").text
        assert MARK in page
        assert "type it again" in page
        assert "otter" not in page


def test_what_cannot_be_chosen_any_more_is_left_out(app, world, sign_in):
    """A day that has passed, a reader who has left: what is preset stands instead."""
    path, task = f"/my/homework/{world.ids['task']}", world.ids["task"]
    with app.app_context():
        fields = {"answer_noticed": MARK, "for_day": "2001-01-01", "audience": "everybody"}
        drafts.keep(actor=world.cast.ben, kind=DraftKind.HOMEWORK, about_id=task, fields=fields)
        db.session.commit()
    ben = sign_in(world.cast.ben)
    found = held(ben.get(path).text)
    assert found["answer_noticed"] == {MARK}
    assert date.fromisoformat(*found["for_day"])
    assert found["audience"] == {"private"}


def test_a_draft_ends_with_what_it_is_about(app, world):
    cast, ids = world.cast, world.ids
    about = {
        DraftKind.HOMEWORK: ids["task"],
        DraftKind.CORRECTION: ids["response_ben"],
        DraftKind.GOAL_STEP: ids["step_ben"],
        DraftKind.GOAL: ids["goal"],
    }

    def left():
        rows = db.session.scalars(select(Draft.kind).where(Draft.person_id == cast.ben.person_id))
        return set(rows) & set(about)

    with app.app_context():
        for kind, about_id in about.items():
            drafts.keep(actor=cast.ben, kind=kind, about_id=about_id, fields={"words": MARK})
        own_entries.lock_away(actor=cast.ben, kind=EntryKind.ANSWERS, record_id=ids["response_ben"])
        own_entries.lock_away(actor=cast.ben, kind=EntryKind.HOPE, record_id=ids["hope_ben"])
        assert left() == {DraftKind.HOMEWORK, DraftKind.GOAL}
        homework.retire(actor=cast.tess, assignment_id=ids["task"])
        assert left() == {DraftKind.GOAL}
        memberships.end_membership(
            actor=cast.tess,
            couple_id=cast.couple,
            person_id=cast.ben.person_id,
            left_on=clock.today(),
        )
        assert not left()
