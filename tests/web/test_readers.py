"""Every entry shown says who can see it; every form says, before its first field, who will read."""

from datetime import UTC, datetime

import html5lib
import pytest

from practice.db import db
from practice.domain.visibility import Audience
from tests import records
from tests.web.readers_shown import SHOWN
from tests.web.test_access_matrix import GETS, IN, _address

ORDER = [one.value for one in Audience]
ACCOUNT = ("account.", "security.")
"""Signing in: nothing of a record is asked."""

THEN = datetime(2026, 3, 5, 14, 3, tzinfo=UTC)
"""When the session was whose notes are written at two places."""

SET_FOR_OTHERS = {"therapist.assign"}
"""Where a therapist sets the rule for what others write (decision 30): nothing is preset."""

CONTROLS = {"input", "textarea", "select"}
SILENT = {"hidden", "submit", "button", "search"}
ALSO = ("whoever helps to treat you", "Only Tess reads", "Only Tess sees")
PEOPLE = ("tess", "toni", "sue", "rita", "olga", "ada", "ben")


@pytest.fixture
def pages(app, world, sign_in):
    """Every page of the matrix that opens for one of these people: who, endpoint, tree.

    And the pages of notes that answer to something sent.
    """
    with app.app_context():
        session = records.make_session(world.cast.couple, world.cast.tess, starts_at=THEN)
        db.session.commit()
    found = list(_pages_of_notes(world, sign_in(world.cast.tess), session))
    for person in PEOPLE:
        browser = sign_in(world.actor(person))
        for (name, path), opens in GETS.items():
            if opens[person] != IN:
                continue
            answer = browser.get(_address(world, path))
            if answer.status_code == 200 and answer.mimetype == "text/html":
                found.append((person, name, path, _tree(answer.text)))
    device = sign_in(world.cast.tess)
    device.post(_address(world, "/couples/{couple}/people/{ada}/hand-over"))
    for path in ("/hand-over/", "/hand-over/{request_ada}"):
        found.append(("device", "hand_over", path, _tree(device.get(_address(world, path)).text)))
    return found


def _pages_of_notes(world, tess, session):
    """Write at two places and sign in between; yield what is to be read and decided."""
    address, ada = f"/sessions/{session}", f"member_{world.cast.ada.person_id.hex}"
    texts = {"joint_text": "We.", "process_text": "I.", f"{ada}_text": "A."}
    versions = {"joint_version": "0", "process_version": "0", f"{ada}_version": "0"}
    assert tess.post(address, texts | versions).status_code == 303
    late = {name: f"{words} Late." for name, words in texts.items()} | versions
    for signed, status in ((False, 409), (True, 409)):
        if signed:
            both = {"joint_version": "1", f"{ada}_version": "1"}
            yield "tess", "notes", "sign", _tree(tess.get(f"{address}/notes/sign").text)
            assert tess.post(f"{address}/notes/sign", both).status_code == 303
        answer = tess.post(address, late)
        assert answer.status_code == status
        yield "tess", "notes", "signed" if signed else "differ", _tree(answer.text)


def test_what_is_shown_and_what_is_asked(pages):
    """One look at every page for all that follows: it takes a while."""
    every_entry_shown_has_a_badge(pages)
    no_badge_of_a_partner_names_anything_but_people(pages)
    whoever_treats_the_couple_together_is_named_together(pages)
    every_form_says_who_reads_it_before_its_first_field(pages)
    the_narrowest_readers_are_preset(pages)


def every_entry_shown_has_a_badge(pages):
    """Each in its block, and on each page those that it is known to show."""
    bare, shown = [], {}
    for person, name, path, tree in pages:
        badged = set()
        for block in (one for one in tree.iter() if one.get("data-entry")):
            badges = [one for one in block.iter() if one.get("data-readers") is not None]
            badged.update(badges)
            shown.setdefault((person, name), set()).add(block.get("data-entry"))
            words = ["".join(one.itertext()).split("Who can see this: ")[-1] for one in badges]
            if not words or not all(word.strip() for word in words):
                bare.append(f"{person} {path}: {block.get('data-entry')}")
        bare += [
            f"{person} {path}: a badge of nothing"
            for one in tree.iter()
            if one.get("data-readers") is not None and one not in badged
        ]
    assert not bare, "\n".join(bare)
    missing = [
        f"{person} {name}: {kind}"
        for person, names in SHOWN.items()
        for name, kinds in names.items()
        for kind in kinds.split()
        if kind not in shown.get((person, name), set())
    ]
    assert not missing, "\n".join(missing)


def no_badge_of_a_partner_names_anything_but_people(pages):
    """Names, and that something opens once both have written: no count, no day, no doing."""
    known = {"You", "Tess", "Ada", "Ben", "Gus", "alone", "and", "too", "once", "both", "all"}
    known |= {"have", "written", "the", "front", "desk", "whoever", "runs", "practice"}
    known |= {"This", "task:", "Your", "answers:", "signature:", "you"}
    known |= {"Toni", "Vera", "Iris", "Sue", "(supervision)"}
    for person, _, path, tree in pages:
        if person not in ("ada", "ben"):
            continue
        for one in tree.iter():
            if one.get("data-readers") is not None:
                words = "".join(one.itertext()).split("Who can see this: ")[-1]
                strange = set(words.replace(",", " ").replace(";", " ").split()) - known
                assert not strange, (path, words)


def whoever_treats_the_couple_together_is_named_together(pages):
    """Toni reads what Tess reads, but the private questions: to name one alone says too little."""
    alone, named = set(), 0
    for person, _, path, tree in pages:
        for one in tree.iter() if person in ("ada", "ben") else ():
            if not {"readers", "readers-line"} & set((one.get("class") or "").split()):
                continue
            words = " ".join("".join(one.itertext()).split())
            named += {"Tess", "Toni"} <= set(words.replace(",", "").split())
            assert "ou and Tess, " not in words, (path, words)
            if "Tess" in words and not any(also in words for also in ("Toni", *ALSO)):
                alone.add(f"{person} {path}: {words}")
    assert not alone, "\n".join(sorted(alone))
    assert named > 20


def every_form_says_who_reads_it_before_its_first_field(pages):
    silent = {
        f"{person} {path}"
        for person, name, path, tree in pages
        if not name.startswith(ACCOUNT) and not _says_so_in_time(tree)
    }
    assert not silent, "\n".join(sorted(silent))


def the_narrowest_readers_are_preset(pages):
    """Or nobody at all where a therapist says who reads what others write: it must be chosen."""
    wide, looked_at = [], 0
    for person, name, path, tree in pages:
        for form in (one for one in tree.iter() if one.tag == "form"):
            choices = [
                one
                for one in form.iter()
                if one.get("type") == "radio" and (one.get("name") or "").endswith("audience")
            ]
            if not choices:
                continue
            looked_at += 1
            offered = [one.get("value") for one in choices]
            assert offered == sorted(offered, key=ORDER.index), path
            preset = [one.get("value") for one in choices if one.get("checked") is not None]
            if preset != ([] if name in SET_FOR_OTHERS else offered[:1]):
                wide.append(f"{person} {path}: {preset}")
    assert not wide
    assert looked_at > 6


def _tree(text):
    return html5lib.parse(text, namespaceHTMLElements=False)


def _says_so_in_time(tree) -> bool:
    """Whether a line about readers stands before the first field of each form that is sent.

    Before the form or in it; a line belongs to one form and not to the next as well.
    """
    said, told, inside = False, True, False
    for step, element in _walk(tree):
        if element.tag == "form" and any(map(_is_field, element.iter())):
            inside = step == "in" and element.get("method") == "post"
            said = said and step == "in"
        if step == "in" and element.get("data-who-reads") is not None:
            said = True
        if step == "in" and inside and _is_field(element):
            told = told and said
    return told


def _is_field(element) -> bool:
    return element.tag in CONTROLS and element.get("type") not in SILENT


def _walk(element):
    yield "in", element
    for child in element:
        if isinstance(child.tag, str):
            yield from _walk(child)
    yield "out", element
