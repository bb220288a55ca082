"""The promise, over the whole record: what one partner keeps private changes no byte for another.

A full record, a fixed clock; everything a partner can fetch, and everything that leaves with the
name of all on it (the joint report, the file of a release), in two ways. In one database before
and after the other (and the therapist, about the other) did every private thing there is; and in
two databases that differ in nothing but those things, with the same acts of the partner's own
after them.

``tests.private_acts.ACTS`` is the list of what is private. Whoever adds something private to the
program adds it there.
"""

import itertools
import random
import re
import uuid
from types import SimpleNamespace

import pytest
import time_machine

from practice.db import db
from practice.domain.people import Actor, Role
from practice.domain.reports import Edition
from practice.domain.sessions import SessionStatus
from practice.domain.visibility import Audience
from practice.models.people import Person
from practice.models.releases import ReleaseBundle
from practice.reports.render import render, report_html
from practice.services import (
    accounts,
    events,
    goals,
    own_entries,
    reports,
    responses,
    step_requests,
)
from practice.services.own_entries import EntryKind
from practice.services.releases import bundles
from tests import exercises, measure_builders
from tests.browser import steady
from tests.builders import PASSWORD, make_cast, sign_in_name
from tests.crawler import crawl
from tests.kept import kept
from tests.private_acts import (
    add_to_joint_note,
    everything_of_leaver,
    everything_private,
    see_alone,
)
from tests.world import World, full_world, make_world

MOMENT = "2026-11-20 18:30 +0000"


@pytest.fixture
def now():
    with time_machine.travel(MOMENT, tick=False):
        yield


@pytest.fixture
def world(app, cast, now):
    return full_world(app, cast)


ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

PAIRS = [("ada", "ben"), ("finn", "ben")]
"""Who looks and who acts; Finn has left the couple, Gus (below) is its third member.

Ben looks while Ada acts in one database, and by links on the other engine, in two.
"""

MADE, BETWEEN = "2026-11-20 16:05 +0000", "2026-11-20 17:20 +0000"
"""When the two databases are made, and when the private things happen in the second of them: not
at the moment of looking."""


@pytest.mark.parametrize(("looking", "acting"), PAIRS)
def test_two_databases_that_differ_in_what_is_private_look_the_same(
    app, sign_in, monkeypatch, looking, acting
):
    assert_two_databases_look_the_same(app, sign_in, monkeypatch, looking, acting)


@pytest.mark.engines("postgresql")
def test_two_databases_look_the_same_on_the_other_engine_too(app, sign_in, monkeypatch):
    """Of one pair, by links: what somebody guesses finds no more rows there than here.

    But rows of one moment came there in an order that the other's words changed.
    """
    assert_two_databases_look_the_same(app, sign_in, monkeypatch, "ben", "ada", by_guessing=False)


def assert_two_databases_look_the_same(
    app, sign_in, monkeypatch, looking, acting, *, by_guessing=True
):
    def everything_of(*, with_private_things):
        with time_machine.travel(MADE, tick=False):
            _count_from(1, monkeypatch)
            world = kept(app, "before anything private", lambda: make_world(make_cast()))
        if with_private_things:
            with time_machine.travel(BETWEEN, tick=False), app.app_context():
                _count_from(2, monkeypatch)
                everything_private(world, getattr(world.cast, acting))
                db.session.commit()
        with time_machine.travel(MOMENT, tick=False):
            with app.app_context():
                _count_from(3, monkeypatch)
                own_acts(world, getattr(world.cast, looking))
                db.session.commit()
                report = joint_report(world)
            monkeypatch.undo()
            browser = sign_in(getattr(world.cast, looking))
            return everything(browser, world, by_guessing=by_guessing) | report

    without = everything_of(with_private_things=False)
    found = everything_of(with_private_things=True)
    assert len(without) > 5
    assert {path for path in without if without[path] != found.get(path)} == set()
    assert found.keys() == without.keys()


def own_acts(world: World, person: Actor) -> None:
    """Let whoever looks do what a partner does, after the other did theirs."""
    if person == world.cast.finn:
        return
    task = world.ids["task"]
    exercises.write(person, task, Audience.THERAPIST, noticed="mine")
    kept = exercises.write(person, task, Audience.PRIVATE, noticed="mine too")
    exercises.rate(person, world.ids["goal"], 1, Audience.COUPLE, comment="as I see it")
    measure_builders.answer(world.cast, person, "csi16", measure_builders.csi16(44))
    own_entries.lock_away(actor=person, kind=EntryKind.HOMEWORK, record_id=kept)


def _count_from(seed: int, monkeypatch) -> None:
    """Let new ids follow from ``seed``, so that the same acts make the same rows."""
    chance = random.Random(seed)
    monkeypatch.setattr(uuid, "os", SimpleNamespace(urandom=chance.randbytes))


@pytest.mark.parametrize(("looking", "acting"), [("ben", "ada"), ("gus", "ben"), ("ada", "finn")])
def test_nothing_changes_for_the_other(app, world, sign_in, looking, acting):
    looks, acts = _person(app, world, looking), getattr(world.cast, acting)
    partners = {looking, acting} == {"ada", "ben"}
    browser = sign_in(looks)
    with app.app_context():
        before = joint_report(world)
        if partners:
            # No partner may notice it, but it belongs to the joint note and goes where that goes.
            add_to_joint_note(world, acts)
            before |= on_paper(world)
    before |= everything(browser, world, with_file=False)
    with app.app_context():
        (everything_private if acts != world.cast.finn else everything_of_leaver)(world, acts)
        db.session.commit()
        after = joint_report(world) | (on_paper(world) if partners else {})
    after |= everything(browser, world, with_file=False)

    assert len(before) > 5
    assert {path for path in before if before[path] != after.get(path)} == set()
    assert after.keys() == before.keys()


def _person(app, world: World, name: str) -> Actor:
    """Return somebody of the couple; Gus, its third member, gets an account first."""
    if name != "gus":
        return getattr(world.cast, name)
    with app.app_context():
        row = db.session.get_one(Person, world.ids["guest"])
        accounts.create_account(
            person=row,
            role=Role.PARTNER,
            sign_in_name=sign_in_name(row.name),
            password=PASSWORD,
        )
        db.session.commit()
        return Actor(row.id, Role.PARTNER, row.name)


def test_the_look_is_keen_enough_to_see_what_is_shown(app, world, sign_in):
    """An answer, an event for both, progress: each changes what the other reaches by links."""
    ada = sign_in(world.cast.ada)
    before = linked(ada)
    with app.app_context():
        responses.share(actor=world.cast.ben, response_id=world.ids["response_ben"])
        db.session.commit()
    shared = linked(ada)
    assert shared != before
    with app.app_context():
        events.remove_event(actor=world.cast.tess, event_id=world.ids["event_couple"])
        db.session.commit()
    removed = linked(ada)
    assert removed != shared
    with app.app_context():
        see_alone(world, world.cast.ben, 3, SessionStatus.PLANNED)
        (step,) = step_requests.portal_steps(actor=world.cast.ben)
        asked = goals.goal_step(actor=world.cast.ben, step_id=step.step_id).goals
        goals.say(
            actor=world.cast.ben,
            step_id=step.step_id,
            values={goal.id: 3 for goal in asked},
            audience=Audience.COUPLE,
        )
        db.session.commit()
    after = linked(ada)
    assert {path for path in removed if removed[path] != after[path]} == {
        f"/my/goals/{world.ids[goal]}" for goal in ("goal", "goal_unrated")
    }


def linked(browser):
    """Return what a partner reaches by links alone."""
    browser.reads_markup = False
    return {path: _seen(page) for path, page in crawl(browser, ["/my/"])}


def everything(browser, world: World, *, with_file: bool = True, by_guessing: bool = True):
    """Return status, headers (lengths too) and body of all a partner reaches in any way.

    By links, and behind the password too. Unless told otherwise, by guessing and by sending empty
    forms; one address of each kind with page numbers, as HEAD and as OPTIONS (who has rows on a
    further page is led there by a link); and with the file of their own data.
    """
    browser.reads_markup = False
    found = {}
    confirmed = browser.post("/account/confirm?next=/my/locked", {"password": PASSWORD})
    assert confirmed.location.endswith("/my/locked")
    starts = ["/my/", "/account/security", "/my/locked"]
    for path, page in crawl(browser, starts + (guesses(world) if by_guessing else [])):
        found[path] = _seen(page)
    if by_guessing:
        found |= _in_other_ways(browser, found)
    if with_file:
        export = browser.post("/my/record/export", {"password": PASSWORD})
        assert export.mimetype == "application/zip"
        found["the file of their own data"] = _seen(export)
    return found


def _in_other_ways(browser, by_link):
    """Return what page numbers, other methods and empty forms fetch from the pages ``by_link``."""
    found, kinds = {}, set()
    for path in [one for one in by_link if one.startswith("/my/") and by_link[one][0] == 200]:
        kind = ID.sub("*", path)
        if kind not in kinds:  # of one kind, one answers for all in what is the same view
            for number in ("2", "x"):
                found[f"{path}?page={number}"] = _seen(browser.get(f"{path}?page={number}"))
            for method in ("HEAD", "OPTIONS"):
                found[f"{method} {path}"] = _seen(browser.client.open(path, method=method))
        kinds.add(kind)
        if not path.endswith("/delete"):  # that page is the question itself: it would be gone
            found[f"POST {path}"] = _seen(browser.post(path, {}))
    return found


def joint_report(world: World) -> dict[str, object]:
    """Return what the joint report says, as values and as a page."""
    findings = reports.outcome_findings(
        actor=world.cast.tess, couple_id=world.cast.couple, edition=Edition.JOINT
    )
    return {"the joint report": findings, "its page": report_html(findings)}


def on_paper(world: World) -> dict[str, object]:
    """Return the files that leave with the name of all on them, byte for byte; store nothing."""
    tess = world.cast.tess
    html = str(joint_report(world)["its page"])
    case = db.session.get_one(ReleaseBundle, world.ids["bundle"]).case_id
    bundle = bundles.make_preview(
        actor=tess, case_id=case, new_id=uuid.uuid4(), recipient="Marsh and Co"
    )
    found = {
        "the joint report on paper": render(html, report_style=True).pdf,
        "the release as it is looked at": bundles.preview(actor=tess, bundle_id=bundle).sections,
        "the release": bundles.file_of(actor=tess, bundle_id=bundle).content,
    }
    db.session.rollback()
    return found


def _seen(page):
    headers = sorted((k, v) for k, v in page.headers if k not in {"Set-Cookie", "Date"})
    body = steady(page.text) if page.mimetype.startswith("text/") else page.data
    return page.status_code, headers, body


PLACES: dict[str, tuple[str, ...]] = {
    "/my/homework/{}": ("task",),
    "/my/homework/entries/{}": ("entry",),
    "/my/goals/{}": ("goal", "hope"),
    "/my/questions/{}": ("request",),
    "/my/questions/{}/one": ("request",),
    "/my/resources/{}/page.pdf": ("given",),
    "/my/goal-steps/{}": ("step", "goal"),
    "/my/questions/set/{}": ("session", "request"),
    "/screenings/{}": ("screening",),
    "/sessions/{}": ("session", "note"),
    "/responses/{}": ("response",),
    "/reports/{}": ("report",),
    "/events/{}/remove": ("event",),
    "/my/agreements/{}": ("agreement",),
    "/my/agreements/{}/take-back": ("agreement",),
    "/my/asked/{}": ("asked", "permission", "authorisation"),
    "/my/about-you/{}": ("intake", "intakeentry", "section"),
    "/joint-record/intake/{}": ("intake", "intakeentry", "section"),
    "/my/record/permissions/{}": ("permission",),
    "/releases/{}": ("case", "erasure"),
    "/bundles/{}/file": ("bundle",),
    "/authorisations/{}/paper": ("authorisation",),
    "/my/entries/answers/{}": ("response",),
    "/my/entries/homework/{}": ("entry",),
    "/my/entries/rating/{}": ("rating",),
    "/my/entries/progress/{}": ("progress",),
    "/my/entries/view/{}": ("view",),
    "/my/homework/{}/how-it-was": ("task",),
    "/my/homework/entries/{}/sign": ("entry",),
    "/my/homework/entries/{}/lines/promises/1": ("entry",),
    "/my/signed/{}": ("signature",),
    "/my/cards/{}.pdf": ("entry",),
    "/my/journal/{}": ("journal",),
    "/my/entries/journal/{}": ("journal",),
    "/my/resources/{}": ("given", "resource"),
    "/my/letters/{}": ("thread", "letter", "answer"),
    "/my/entries/letter/{}": ("letter", "answer"),
    "/my/time/{}": ("time",),
    "/my/entries/time_alone/{}": ("time",),
}
"""Where an id could fit, by the first word of its label. Those that fit nowhere here, as a flag or
a guest, which have no page in the portal, are tried in turn: at each place one of them."""

OWN = {
    "request_ada",
    "request_ben",
    "request_set_ada",
    "request_set_ben",
    "goal_ben",
    "task_ben",
    "entry_private",
    "entry_waiting",
    "entry_own_task",
}
"""What is no guess for whoever has it."""


def guesses(world: World):
    """Addresses that a partner might try with ids seen over somebody's shoulder."""
    known = {word for words in PLACES.values() for word in words}
    ids = {label: one for label, one in world.ids.items() if label not in OWN}
    fitting = [
        place.format(one)
        for place, words in PLACES.items()
        for label, one in ids.items()
        if label.split("_")[0] in words
    ]
    others = itertools.cycle(one for label, one in ids.items() if label.split("_")[0] not in known)
    return fitting + [place.format(one) for place, one in zip(PLACES, others, strict=False)]
