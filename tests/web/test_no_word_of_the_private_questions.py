"""No word of the private questions nor of their existence reaches anybody but the lead therapist.

Ada is asked in every way, answers, is found to be in danger. Then everything that Ben, Finn, Cleo,
Otto, a co-therapist and nobody can fetch is searched for the words of it, and compared with what it
was before; so are Ada's own pages, and every edition of a report, file and file name as Tess.
"""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select

from practice.db import db
from practice.domain.couples import CarePart
from practice.domain.people import Role
from practice.domain.safety.hark_items import HARK_ITEMS
from practice.models.couples import Care
from practice.models.records import AccessRecord
from practice.services import clock, screening_answers, screenings
from tests.browser import steady
from tests.builders import make_person
from tests.crawler import LINK_OR_FORM, crawl
from tests.kept import kept
from tests.reports.pdf_checks import text_of
from tests.world import make_world
from tests.worlds.safety import ALL_YES, open_in_portal, screen

MOMENT = "2026-11-20 18:30 +0000"
OF_NO_COUPLE = (
    "/static",
    "/settings",
    "/library",
    "/handouts",
    "/measures",
    "/outcomes",
    "/account/one-time",
)
"""Pages of the practice, which the crawl of a therapist passes by; files have an own test."""

TO_REPORTS = re.compile(r'(?:href|src|action)="(/reports/[^"#]*)')
TO_SCREENINGS = re.compile(r'(?:href|src|action)="(/screenings/[^"#]*)')

WORDS = (
    *(text for _, text in HARK_ITEMS),
    "afraid of your partner",
    "humiliated",
    "private question",
    "private answer",
    "questions/set",
    "/screenings",
    "screened",
    "HARK",
    "Sohal",
    "violence",
    "asked aloud",
)
"""Any of these would say that there are such questions."""


@pytest.fixture
def now():
    with time_machine.travel(MOMENT, tick=False) as moment:
        yield moment


@pytest.fixture
def world(app, cast, now):
    return kept(app, "nobody asked", lambda: _nobody_asked(cast))


def _nobody_asked(cast):
    """Make the full record, without what it has of the questions, and a co-therapist."""
    found = make_world(cast)
    for person in (cast.ada, cast.ben):
        screenings.withdraw(cast.couple, person.person_id)
    sue = make_person("Hedda Hartley", Role.THERAPIST)
    care = {"couple_id": cast.couple, "therapist_id": sue.person_id, "since": clock.today()}
    db.session.add(Care(part=CarePart.CO_THERAPIST, **care))
    return found, sue


def everything_is_done(world):
    """Ask, answer with yes, leave, ask again: all that happens around the questions of Ada."""
    cast = world.cast
    about = {"actor": cast.tess, "couple_id": cast.couple, "person_id": cast.ada.person_id}
    screenings.open_in_portal(**about)
    screening = screen(cast.tess, cast.couple, cast.ada, ALL_YES)
    left = open_in_portal(cast.tess, cast.couple, cast.ada)
    screening_answers.leave_it(actor=cast.ada, request_id=left)
    screenings.ask_on_device(**about)
    screenings.record_talk(**about, new_id=uuid4(), day=clock.today(), answers={"r": True})
    screenings.set_rescreen(**about, on=clock.today() + timedelta(days=30))
    return screening


def everything(browser, starts, *, links=LINK_OR_FORM):
    """Return status, headers and text of every page and file that links and forms lead to.

    Args:
        browser: Of whoever looks.
        starts: Addresses to begin with.
        links: Finds the addresses in a page.
    """
    browser.reads_markup = False
    found = {}
    for path, page in crawl(browser, starts, links=links, passing_over=OF_NO_COUPLE):
        headers = sorted((k, v) for k, v in page.headers if k not in {"Set-Cookie", "Date"})
        if page.mimetype == "application/pdf":
            text = text_of(page.data)
            headers = [(k, v) for k, v in headers if k in {"Content-Type", "Content-Disposition"}]
        else:
            text = steady(page.text)
        found[path] = page.status_code, headers, text
    return found


def differences(before, after):
    """Return by address what two crawls do not have in common."""
    return {
        path: (before.get(path), after.get(path))
        for path in {*before, *after}
        if before.get(path) != after.get(path)
    }


def words_in(found, *, of_addresses=True):
    """Return the words that stand in pages, files and headers, and in addresses that led there.

    Args:
        found: From ``everything``.
        of_addresses: False leaves out an address that was guessed and is repeated by the way to
            the sign-in.
    """
    words = set()
    for path, (_, headers, text) in found.items():
        if "/agreements/" in path or path.endswith("/battery"):
            continue  # the practice's own texts and plan speak of it to everybody alike
        page = f"{path} {headers} {' '.join(text.split())}"
        if not of_addresses:
            page = page.replace(path, "")
        words |= {(path, word) for word in WORDS if word.lower() in page.lower()}
    return words


def starts_of(world):
    couple, ada = world.cast.couple, world.cast.ada.person_id
    guessed = [
        f"/couples/{couple}/people/{ada}/safety",
        f"/couples/{couple}/people/{ada}/safety/talk",
        f"/couples/{couple}/safety",
        f"/my/questions/set/{world.ids['request_set_ada']}",
        f"/screenings/{world.ids['screening_ada']}",
        "/hand-over/set",
    ]
    return ["/", "/my/", "/my/answers", "/account/security", *guessed]


@pytest.mark.parametrize("name", ["ben", "finn", "cleo", "nobody"])
def test_no_word_of_it_nor_of_its_existence(app, world, sign_in, name):
    world, _ = world
    browser = sign_in(None if name == "nobody" else getattr(world.cast, name))
    before = everything(browser, starts_of(world))
    with app.app_context():
        everything_is_done(world)
        db.session.commit()
    after = everything(browser, starts_of(world))
    assert differences(before, after) == {}
    assert not words_in(after, of_addresses=False)


def test_a_co_therapist_learns_nothing_of_it(app, world, sign_in):
    world, sue = world
    browser = sign_in(sue)
    starts = ["/", f"/couples/{world.cast.couple}", f"/couples/{world.cast.couple}/safety"]
    everything(browser, starts)  # what the log says of this very crawl is there from now on
    before = everything(browser, starts)
    assert len([1 for status, _, _ in before.values() if status == 200]) > 30
    with app.app_context():
        everything_is_done(world)
        db.session.commit()
    after = everything(browser, starts)
    assert differences(before, after) == {}
    # Every worksheet says when to leave it, in the same words for every couple.
    assert not words_in({path: one for path, one in after.items() if "/homework/new" not in path})


def test_another_therapist_learns_nothing_of_it(app, world, sign_in):
    world, _ = world
    browser = sign_in(world.cast.otto)
    everything(browser, ["/", f"/couples/{world.cast.couple}/safety"])
    before = everything(browser, ["/", f"/couples/{world.cast.couple}/safety"])
    with app.app_context():
        everything_is_done(world)
        db.session.commit()
    assert everything(browser, ["/", f"/couples/{world.cast.couple}/safety"]) == before


def test_adas_own_pages_are_as_if_she_had_never_been_asked(app, world, sign_in):
    """Somebody may be made to open their portal."""
    world, _ = world
    ada = sign_in(world.cast.ada)
    before = everything(ada, ["/my/", "/my/answers", "/account/security"])
    assert not words_in(before)
    with app.app_context():
        request = open_in_portal(world.cast.tess, world.cast.couple, world.cast.ada)
        db.session.commit()
    path = f"/my/questions/set/{request}"
    assert path in ada.get("/my/").text
    ada.post(path, {"q1": "yes", "q2": "no", "q3": "", "q4": "yes"})
    after = everything(ada, ["/my/", "/my/answers", "/account/security"])
    assert after == before
    with app.app_context():
        said = db.session.execute(
            select(AccessRecord.what, AccessRecord.how).where(
                AccessRecord.person_id == world.cast.ada.person_id
            )
        )
        assert not [what for what, _ in said if "screen" in what or "private" in what]


@pytest.mark.parametrize("edition", ["joint", "clinician"])
def test_no_edition_of_a_report_holds_a_word_of_it(app, world, sign_in, edition):
    world, _ = world
    tess = sign_in(world.cast.tess)
    preview = f"/reports/couples/{world.cast.couple}/{edition}/preview"
    before = tess.get(preview).text
    with app.app_context():
        everything_is_done(world)
        db.session.commit()
    after = tess.get(preview).text
    assert steady(after) == steady(before)
    issued = tess.post(f"/reports/couples/{world.cast.couple}", {"edition": edition}).location
    starts = [preview, issued, f"/reports/{world.ids[f'report_{edition}']}"]
    found = everything(tess, starts, links=TO_REPORTS)
    assert len([path for path in found if path.startswith("/reports/")]) > 2
    assert not words_in(found)


def test_no_figure_list_or_file_of_the_practice_changes_by_it(app, world, sign_in):
    world, _ = world
    tess = sign_in(world.cast.tess)
    couple = world.cast.couple
    files = [
        "/outcomes",
        "/outcomes.csv",
        "/outcomes.pdf",
        "/outcomes/practice",
        "/outcomes/practice.csv",
        f"/couples/{couple}/measures",
        f"/couples/{couple}/battery",
        f"/couples/{couple}/events",
        f"/sessions/{world.ids['session']}",
        f"/sessions/{world.ids['session_next']}/edit",
    ]
    before = {path: _plain(tess.get(path)) for path in files}
    with app.app_context():
        everything_is_done(world)
        db.session.commit()
    after = {path: _plain(tess.get(path)) for path in files}
    assert differences(before, after) == {}


def _plain(page):
    text = text_of(page.data) if page.mimetype == "application/pdf" else page.text
    return page.status_code, steady(text), page.headers.get("Content-Disposition")


def test_the_look_is_keen_enough_to_see_it_where_it_is(app, world, sign_in):
    world, _ = world
    tess = sign_in(world.cast.tess)
    with app.app_context():
        screening = everything_is_done(world)
        db.session.commit()
    page = f"/couples/{world.cast.couple}/people/{world.cast.ada.person_id}/safety"
    found = everything(tess, [page], links=TO_SCREENINGS)
    words = {word for path, word in words_in({page: found[page]})}
    assert {"private question", "afraid of your partner", "humiliated"} <= words
    assert f"/screenings/{screening}" in found


def test_the_therapist_cannot_tell_leaving_from_not_looking(app, cast, sign_in, now):
    """Skipping leaves no trace: asked and not answered looks the same either way."""
    tess = sign_in(cast.tess)
    with app.app_context():
        request = open_in_portal(cast.tess, cast.couple, cast.ada)
        db.session.commit()
    path = f"/couples/{cast.couple}/safety"
    before = steady(tess.get(path).text)
    with app.app_context():
        screening_answers.leave_it(actor=cast.ada, request_id=request)
        db.session.commit()
    assert steady(tess.get(path).text) == before
