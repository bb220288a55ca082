"""Every endpoint as every person, by real requests. An endpoint that is not listed fails."""

import csv
import logging
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.builders import PASSWORD
from tests.web.lines_left import (
    NO_LINE_OF,
    bound,
    last_number,
    left_since,
    named_in,
    secrets_of,
)
from tests.world import World

IN, HIDDEN, OUT = "in", "hidden", "sign-in"
"""IN: an answer, a redirect to an own page, or as far as the form's own checks (400, 409, 422).
HIDDEN: the 404 of a random id. OUT: to the sign-in."""

GIVE_BACK = "give back"
"""The page that asks for a handed-over device."""

PEOPLE = {
    "tess": "treating",
    "toni": "co_therapist",
    "otto": "other_therapist",
    "sue": "supervisor",
    "rita": "reception",
    "olga": "owner",
    "ada": "partner_a",
    "ben": "partner_b",
    "finn": "former_partner",
    "cleo": "other_couple",
}
"""Who of the cast stands for which column of the matrix."""

NOBODY = "nobody"
EVERYBODY = (*PEOPLE, NOBODY)

MATRIX = Path(__file__).parents[2] / "docs" / "access" / "routes.csv"
"""The written matrix: every endpoint, by whom it opens. The tests below are made from it."""

_WORDS = {"yes": IN, "-": HIDDEN, "sign-in": OUT}


def _matrix(method: str) -> dict[tuple[str, str], dict[str, str]]:
    """Return what each person is to find, by endpoint and address."""
    with MATRIX.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["method"] == method]
    return {
        (row["endpoint"], row["address"]): {
            name: _WORDS.get(row[column], row[column])
            for name, column in {**PEOPLE, NOBODY: NOBODY}.items()
        }
        for row in rows
    }


GETS = _matrix("GET")
POSTS = _matrix("POST")

FILES = {("GET", "static")}

SHUT = {
    (method, name)
    for method in ("GET", "POST")
    for name in ("security.two_factor_rescue", "security.tf_select")
}
"""Views of the sign-in library that this program does not offer: nobody gets in."""


def test_every_method_of_every_endpoint_is_listed(app):
    listed = {("GET", name) for name, _ in GETS} | {("POST", name) for name, _ in POSTS}
    offered = {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert offered == listed | FILES | SHUT


READERS = {"tess", "toni", "sue", "rita", "olga", "ada", "ben"}
REFUSED = {"otto", "sue", "rita", "olga", "cleo", "ada"}
"""Of whom the access log is asked whether it holds each page that opened, and each that did not."""

NOWHERE = "8c1f3f0e-43f5-4e0e-9a55-7d3a1c2b4d5e"


@pytest.mark.parametrize("person", EVERYBODY)
def test_pages_open_for_those_they_are_for(app, world, sign_in, caplog, person):
    """And what is hidden looks as what is absent; each leaves its line, and names nobody else."""
    caplog.set_level(logging.DEBUG)
    browser = _browser(world, sign_in, person)
    wrong, silent, told = [], [], []
    absent: dict[str, tuple[int, str]] = {}
    for (name, path), expected in GETS.items():
        before = last_number(app) if bound(path) else 0
        answer = browser.get(_address(world, path))
        found = outcome(answer)
        if found != expected[person]:
            wrong.append(f"{name} {path}: {found}")
        if should_leave_a_line(person, name, path, answer) and not left(
            app, world, person, before, found
        ):
            silent.append(f"{name} {path}")
        if found == HIDDEN and "{" in path and person in PEOPLE and person != "tess":
            nowhere = re.sub(r"\{\w+\}", NOWHERE, path)
            if nowhere not in absent:
                absent[nowhere] = _plain(browser.get(nowhere))
            if _plain(answer) != absent[nowhere]:
                told.append(f"{name} {path}")
    assert not wrong
    assert not silent
    assert not told
    assert named_in(caplog.text, {PASSWORD, world.token} | secrets_of(browser)) == []


def should_leave_a_line(person, name, path, answer):
    """Whether the access log is to hold how somebody asked for a page of the couple's record."""
    if not bound(path):
        return False
    if answer.status_code == 404:
        # Without a visit nothing is looked up there; and what no route takes is not asked for.
        return person in REFUSED and not name.startswith("hand_over.") and "nonsense" not in path
    # Where the password is asked first, nothing was read.
    return person in READERS and answer.status_code != 303 and name not in NO_LINE_OF


def left(app, world, person, before, found):
    """Whether the line is there: with the couple where it was read, as a refusal where not."""
    lines = left_since(app, before, world.actor(person))
    if found == HIDDEN:
        return {how for how, _ in lines} & {"refused", "withheld"}
    return lines & {(how, world.cast.couple) for how in ("read", "written")}


@pytest.mark.engines("postgresql")
def test_pages_open_on_the_other_engine_too(world, sign_in):
    """Each for the first two whom it is for: there it is what is asked that differs."""
    wrong, opened = [], Counter()
    for person in EVERYBODY:
        browser = _browser(world, sign_in, person)
        browser.reads_markup = False
        opens = [one for one, by in GETS.items() if by[person] == IN and opened[one] < 2]
        opened.update(opens)
        found = {path: outcome(browser.get(_address(world, path))) for _, path in opens}
        wrong += [f"{person} {path}: {one}" for path, one in found.items() if one != IN]
    assert not wrong


ENDS_THE_SESSION = {
    "account.leave",
    "therapist.hand_over_device",
    "therapist.hand_over_private",
}
USED_UP = ("{agenda_ben}", "{agenda_ada}")
"""What can be taken back once only: Toni takes back another than Tess."""

REPLACED = {("tess", "account.accept_invitation")}
"""Toni has invited the same person anew by then, and the link that was open before is nobody's."""


def test_acts_are_open_to_those_they_are_for(world, sign_in, caplog):
    caplog.set_level(logging.DEBUG)
    wrong = []
    for person in reversed(EVERYBODY):  # Tess last: what she does changes what is there
        browser = _browser(world, sign_in, person)
        for (name, path), expected in POSTS.items():
            own = path.replace(*USED_UP) if person == "toni" else path
            found = outcome(browser.post(_address(world, own), {}))
            if found != (HIDDEN if (person, name) in REPLACED else expected[person]):
                wrong.append(f"{person} {name} {path}: {found}")
            if name in ENDS_THE_SESSION:
                browser = _browser(world, sign_in, person)
    assert not wrong
    assert named_in(caplog.text, {PASSWORD, world.token}) == []


def test_what_is_not_offered_is_open_to_nobody(world, sign_in):
    for person in EVERYBODY:
        browser = _browser(world, sign_in, person)
        for path in ("/account/tf-rescue", "/account/tf-select", "/register", "/reset", "/login"):
            assert outcome(browser.get(path)) != IN, path


HANDED_OVER = {
    ("security.login", "/account/sign-in"): IN,
    ("security.mf_recovery", "/account/recovery"): OUT,
    ("security.two_factor_token_validation", "/account/code"): OUT,
    ("hand_over.home", "/hand-over/"): IN,
    ("hand_over.questions", "/hand-over/{request_ada}"): IN,
    ("hand_over.goal_step", "/hand-over/goal-steps/{step_ada}"): IN,
    ("hand_over.question_set", "/hand-over/set"): HIDDEN,
}
"""All that a device in Ada's hands opens; every other address of the program asks for it back."""


def test_a_handed_over_device_opens_nothing_else(world, sign_in):
    device = _handed_over(world, sign_in)
    wrong = []
    for name, path in GETS:
        found = outcome(device.get(_address(world, path)))
        if found != HANDED_OVER.get((name, path), GIVE_BACK):
            wrong.append(f"{name} {path}: {found}")
    assert not wrong
    for path in ("/nowhere", "/register", "/my"):
        assert outcome(device.get(path)) == GIVE_BACK, path
    for path in ("/hand-over/{request_ben}", "/hand-over/{response_ada}"):
        assert outcome(device.get(_address(world, path))) == HIDDEN, path


def test_a_handed_over_device_does_nothing_else(world, sign_in):
    device = _handed_over(world, sign_in)
    wrong = []
    for name, path in POSTS:
        if name.startswith("hand_over."):
            continue
        found = outcome(device.post(_address(world, path), {}))
        # The way back to staff: the sign-in and its second step, as for the pages.
        if found != HANDED_OVER.get((name, path), GIVE_BACK):
            wrong.append(f"{name} {path}: {found}")
    assert not wrong


def test_a_handed_over_device_keeps_and_answers_for_its_person_alone(world, sign_in):
    device = _handed_over(world, sign_in)
    assert device.post(_address(world, "/hand-over/{request_ada}/keep"), {}).status_code == 200
    assert device.post(_address(world, "/hand-over/{request_ben}/keep"), {}).status_code == 404
    for name, status in (("ada", 200), ("ben", 404)):
        keep = _address(world, f"/hand-over/goal-steps/{{step_{name}}}/keep")
        assert device.post(keep, {}).status_code == status
    assert outcome(device.post(_address(world, "/hand-over/{request_ben}"), {})) == HIDDEN
    assert outcome(device.post(_address(world, "/hand-over/{request_ada}"), {})) == IN
    assert outcome(device.post("/hand-over/end", {})) == IN
    assert outcome(device.get("/hand-over/")) == GIVE_BACK


def _handed_over(world, sign_in):
    device = sign_in(world.cast.tess)
    path = _address(world, "/couples/{couple}/people/{ada}/hand-over")
    assert device.post(path).location == "/hand-over/"
    device.get("/hand-over/")
    return device


def outcome(answer):
    """Return in one word how a request was answered."""
    if answer.status_code == 404:
        return HIDDEN
    if answer.status_code in {302, 303}:
        return OUT if "/account/sign-in" in answer.location else IN
    if answer.status_code == 403 and "Please give the device back" in answer.text:
        return GIVE_BACK
    # As far as the form's own checks is in: the person may do this, the form is not filled in.
    if answer.status_code < 300 or answer.status_code in {400, 409, 422}:
        return IN
    return str(answer.status_code)


def _browser(world: World, sign_in, person):
    return sign_in(None if person == NOBODY else world.actor(person))


def _address(world: World, path):
    cast = world.cast
    names = ("ada", "ben", "finn", "tess", "vera")
    people = {name: world.actor(name).person_id for name in names}
    return path.format(
        **world.ids,
        invited=world.staff.invited,
        supervision=world.staff.supervision_of_otto,
        **people,
        couple=cast.couple,
        token=world.token,
        own_measure=world.own_measure,
    )


def _plain(answer):
    return answer.status_code, re.sub(r'value="[^"]+"', "", answer.text)
