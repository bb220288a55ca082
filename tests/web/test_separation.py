"""When a couple is parted, each keeps their own and meets nothing new of the other (S30, T14)."""

import re

from practice.db import db
from practice.domain.visibility import Audience
from practice.services import clock, memberships
from tests import exercises
from tests.measure_builders import answer, csi16
from tests.reports.pdf_checks import text_of
from tests.web.test_access_matrix import GETS, HIDDEN, IN, _address, outcome

KEPT = {
    "/my/entries/journal/{journal_ben}",
    "/my/journal/{journal_ben}",
    "/my/journal/{journal_ben}/change",  # leads back to the page: no word of it changes any more
    "/my/journal/{journal_ben}/delete",
    "/my/journal/{journal_shown}",
    "/my/homework/{task}",
    "/my/homework/{task_ben}",
    "/my/homework/entries/{entry_private}",
    "/my/homework/entries/{entry_waiting}",
    "/my/goals/{goal}",
    "/my/goals/{goal_ben}",
    "/my/answers/{response_corrected}/corrected",
    "/my/record/permissions/{authorisation_ben}",
    "/my/asked/{permission_open}",
    "/my/entries/homework/{entry_private}",
    "/my/entries/rating/{rating_ben}",
    "/my/entries/answers/{response_ben}",
    "/my/agreements/{agreement_ben_records}",
    "/my/signed/{signature_ben}",
    "/my/entries/intake/{intakeentry_brings}",
    "/my/entries/hope/{hope_ben}",
    "/my/entries/view/{view_ben}",
    "/my/entries/letter/{answer_ben}",
    "/my/letters/{thread_ben}",
    "/my/letters/{thread_all}",
    "/my/homework/{task_together}",
    "/my/homework/entries/{entry_for_session}",
    "/my/homework/entries/{entry_opened}",
    "/my/homework/entries/{entry_private}/page.pdf",
}
"""What Ben finds after he has left beside the pages without an id: what he wrote or was asked."""

GENERAL = re.compile(r"^/(my|account)/[a-z/-]*$")
NONCE = re.compile(r'value="[^"]+"')
ADDRESS = re.compile(r"canary\d+(address|hours|sender|never|codeword|plan)ada")


def part(app, cast):
    with app.app_context():
        memberships.end_membership(
            actor=cast.tess,
            couple_id=cast.couple,
            person_id=cast.ben.person_id,
            left_on=clock.today(),
        )
        db.session.commit()


def addresses(world):
    for name, path in GETS:
        if "{bundle}" not in path and "{report" not in path and not name.startswith("settings."):
            yield path, _address(world, path)


def words_on(browser, path):
    return set(re.findall(r"canary\d+[a-z]+", browser.get(path).text))


def test_s30_whoever_left_keeps_their_own_and_nothing_else(app, world, sign_in):
    part(app, world.cast)
    ben = sign_in(world.cast.ben)
    open_to_ben = {
        path
        for path, address in addresses(world)
        if outcome(ben.get(address)) == IN and not GENERAL.match(path)
    }
    assert {path for path in open_to_ben if path.startswith("/my/")} <= KEPT
    assert "/my/homework/entries/{entry_private}" in open_to_ben
    for path in open_to_ben | {"/my/", "/my/answers", "/my/homework", "/my/goals", "/my/record"}:
        answer = ben.get(_address(world, path))
        text = text_of(answer.data) if answer.mimetype == "application/pdf" else answer.text
        assert not ADDRESS.search(text), path
        assert not re.search(r"canary\d+(openada|plan|steps|agreed|goal)\b", text), path


def test_s30_for_whoever_stays_the_joint_set_is_as_it_was(app, world, sign_in):
    ada = sign_in(world.cast.ada)
    task = ada.get(_address(world, "/my/homework/{task}")).text
    shared = ["/my/answers", *re.findall(r"/my/homework/entries/[\w-]+", task)]
    before = {path: words_on(ada, path) for path in shared}
    assert any("openben" in word for words in before.values() for word in words)
    part(app, world.cast)
    assert {path: words_on(ada, path) for path in shared} == before
    for path, address in addresses(world):
        if "ben" in path and path.startswith("/my/"):
            assert outcome(ada.get(address)) == HIDDEN, path


def test_s30_what_either_does_afterwards_reaches_nobody(app, world, sign_in):
    cast = world.cast
    part(app, cast)
    ben, ada = sign_in(cast.ben), sign_in(cast.ada)
    pages = ("/my/", "/my/answers", "/my/homework", "/my/goals", "/my/record")
    of_ben = [NONCE.sub("", ben.get(path).text) for path in pages]
    with app.app_context():
        answer(cast, cast.ada, "csi16", csi16(70), Audience.COUPLE)
        exercises.rate(cast.ada, world.ids["goal"], 2, Audience.COUPLE, comment="after it")
        db.session.commit()
    assert [NONCE.sub("", ben.get(path).text) for path in pages] == of_ben
    of_ada = [NONCE.sub("", ada.get(path).text) for path in pages]
    for act in ("/my/answers/{response_corrected}/share", "/my/homework/{task}"):
        ben.post(_address(world, act), {})
    assert [NONCE.sub("", ada.get(path).text) for path in pages] == of_ada
