"""One willing partner, and three members: nowhere a hint that somebody else is missing.

Nothing that a partner can fetch says, or changes by, whether another member has an account, was
invited, has signed, or has ever written a word.
"""

import re
from html import unescape

import pytest
import time_machine
from sqlalchemy import delete

from practice.db import db
from practice.domain.homework.terms import GivenTo
from practice.domain.people import Actor, Role
from practice.domain.visibility import Audience
from practice.models.accounts import Account
from practice.models.couples import Couple
from practice.models.people import Person
from practice.services import accounts, clock, consents, invitations, memberships
from practice.services.known_people import NewPerson
from practice.services.resources_given import Whom
from tests import exercises, measure_builders, records
from tests.browser import steady
from tests.builders import PASSWORD, leave, schedule, sign_in_name
from tests.crawler import crawl
from tests.web.test_non_interference_world import MOMENT, linked
from tests.world import World, full_world
from tests.worlds import portal

ADDRESS = re.compile(r"/my/|/account/(security|confirm)")
ABSENT = re.compile(
    r"\b(ben|kim|he|she|they|your partner|the others?|both of you|all of you) "
    r"(has|have|had|is|are|was|were|did)(n’t| not| never) "
    r"|not (invited|registered|joined|signed up)|(no|without an?) (account|portal|sign-in)"
    r"|(wait|waiting|waits) for (ben|kim|your partner|the other|them|him|her)"
    r"|as soon as (ben|your partner|the other)|until (ben|your partner|the other|both)"
    r"|(when|once) both (of you )?(are|have signed|have answered)|both (of you )?(must|need to)"
    r"|missing|alone in this|you are the only|only you have|the other half|reminded? (ben|them)",
    re.IGNORECASE,
)
RULE = re.compile(r"; \w+( and \w+)? too, once (both|all) have written")
"""The rule under which something was written, as every badge says it, whoever wrote and who not."""

PROMISE = re.compile(r"(Nobody|Whoever|They|The others)[^.]*\.")
"""Sentences on the page of joint facts and elsewhere that say what can never be known."""


@pytest.fixture
def now():
    with time_machine.travel(MOMENT, tick=False):
        yield


def alone(cast):
    """Give Ada and Ben something of every kind; Ada does hers and Ben nothing at all."""
    world = World(cast)
    db.session.get_one(Couple, cast.couple).agreed_problem = "To listen before we answer."
    schedule(cast.couple, cast.tess)
    records.make_session(cast.couple, cast.tess, next_steps="Walk on Sunday.")
    records.make_planned(cast.couple, cast.tess)
    for audience in (Audience.WHEN_ALL_DONE, Audience.COUPLE):
        task = exercises.give(cast, audience=audience)
        exercises.write(cast.ada, task, audience)
    exercises.give(cast, given_to=GivenTo.TOGETHER, audience=Audience.COUPLE)
    exercises.rate(cast.ada, exercises.set_goal(cast), 1, Audience.COUPLE)
    for person in (cast.ada, cast.ben):
        measure_builders.ask(cast, person, "ratings")
        consents.ask(actor=cast.tess, couple_id=cast.couple, person_id=person.person_id)
    measure_builders.answer(cast, cast.ada, "csi16", audience=Audience.COUPLE)
    portal.give(world, portal.shelve(cast.tess, "A pause"), Whom.ALL)
    portal.page(cast.ada, "Written for myself.")
    return world


def pages(browser):
    """Return every page of the portal that leads from the first one, as words."""
    found = {}
    for path, answer in crawl(browser, ["/my/"]):
        if ADDRESS.match(path) and answer.mimetype == "text/html" and answer.status_code == 200:
            body = answer.text.partition("<main")[2].partition("</main>")[0]
            found[path] = " ".join(unescape(re.sub("<[^>]*>", " ", body)).split())
    return found


def without_account(person):
    db.session.execute(delete(Account).where(Account.person_id == person.person_id))


@pytest.fixture
def solo(app, cast, now):
    with app.app_context():
        alone(cast)
        without_account(cast.ben)
        db.session.commit()
    return cast


def test_no_page_says_that_somebody_is_missing(solo, sign_in):
    found = pages(sign_in(solo.ada))
    assert len(found) > 20
    hints = [
        f"{path}: …{words[max(0, hint.start() - 60) : hint.end() + 40]}…"
        for path, words in found.items()
        for words in [PROMISE.sub("", RULE.sub("", words))]
        for hint in ABSENT.finditer(words)
    ]
    assert not hints, "\n".join(hints)


def test_the_search_finds_what_it_is_for():
    for said in (
        "Ben has not answered yet",
        "Waiting for Ben",
        "It opens when both are done",
        "Ben is not invited",
        "This member has no account",
    ):
        assert ABSENT.search(said), said


def test_what_one_reads_is_the_same_byte_for_byte_whether_the_other_has_an_account(
    app, cast, now, sign_in
):
    """With an account, without one, invited, withdrawn: a record with something of every kind."""
    world = full_world(app, cast)
    ada = sign_in(cast.ada)
    before = linked(ada)
    assert len(before) > 40
    for change in (remove_account, invite, withdraw):
        with app.app_context():
            change(world.cast, cast.ben)
            db.session.commit()
        after = linked(ada)
        assert {path for path in before if before[path] != after.get(path)} == set(), change
        assert after.keys() == before.keys()


def remove_account(cast, person):
    without_account(person)


def invite(cast, person):
    invitations.invite(actor=cast.tess, couple_id=cast.couple, person_id=person.person_id)


def withdraw(cast, person):
    invitations.revoke(actor=cast.tess, couple_id=cast.couple, person_id=person.person_id)


def test_a_task_that_waits_for_nobody_says_how_it_works_and_no_more(solo, sign_in):
    ada = sign_in(solo.ada)
    (path,) = (
        path
        for path, words in pages(ada).items()
        if path.startswith("/my/homework/entries/") and "once both have written" in words
    )
    page = pages_of(ada, path)
    assert "Pages of this task open for each of you at the same moment." in page
    assert "you have done your part" in page
    with time_machine.travel("2026-12-04 18:30 +0000", tick=False):
        later = sign_in(solo.ada)
        assert pages_of(later, path) == page


def pages_of(browser, path):
    body = steady(browser.get(path).text).partition("<main")[2]
    return " ".join(unescape(re.sub("<[^>]*>", " ", body)).split())


def test_the_only_one_who_is_left_is_not_spoken_to_as_two(solo, app, sign_in):
    with app.app_context():
        leave(solo.couple, solo.ben, on=clock.today())
        db.session.commit()
    for path, words in pages(sign_in(solo.ada)).items():
        for hint in ("Between you", ", together", "on together", "all of you"):
            if path == "/my/":
                assert hint not in words, hint
        assert "both of you" not in words, path


def test_three_members_find_the_names_of_the_two_others_and_no_hint_of_the_third(
    app, cast, now, sign_in
):
    with app.app_context():
        kim = memberships.add_member(
            actor=cast.tess,
            couple_id=cast.couple,
            person=NewPerson(name="Kim Ode", problem="", is_new=True),
            joined_on=clock.today(),
        )
        alone(cast)
        without_account(cast.ben)
        db.session.commit()
    found = pages(sign_in(cast.ada))
    assert "Ben and Kim" in found["/my/"]
    for path, words in found.items():
        shown = PROMISE.sub("", RULE.sub("", words))
        assert not ABSENT.search(shown), (path, ABSENT.search(shown))
        assert "both of you" not in shown, path
    with app.app_context():
        row = db.session.get_one(Person, kim)
        accounts.create_account(
            person=row, role=Role.PARTNER, sign_in_name=sign_in_name(row.name), password=PASSWORD
        )
        db.session.commit()
    theirs = pages(sign_in(Actor(kim, Role.PARTNER, "Kim Ode")))
    assert "Ada and Ben" in theirs["/my/"]
