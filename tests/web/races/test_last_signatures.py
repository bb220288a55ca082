"""Two partners who sign, or sign and take back, at the same moment: one state, seen by both."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from werkzeug.test import TestResponse

from practice.db import db
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.visibility import Audience
from practice.models.between import EntryEnding, EntrySignature
from practice.models.records import AccessRecord
from practice.services import homework
from tests.at_once import all_at_once
from tests.engines import both_engines
from tests.exercises import give
from tests.services.test_between import put

pytestmark = both_engines

WORDS = {"holds": "It holds.", "proposed": "It is proposed", "ended": "It has ended."}


@pytest.fixture
def entry(app, cast):
    """An agreement that Ada wrote and nobody signed."""
    with app.app_context():
        task = give(
            cast,
            template_key="boundary_agreement",
            given_to=GivenTo.TOGETHER,
            frequency=Frequency.ONCE,
            audience=Audience.COUPLE,
        )
        found = put(cast, cast.ada, task=task)
        db.session.commit()
    return f"/my/homework/entries/{found}"


@pytest.fixture
def hands(app, cast, sign_in, entry) -> list[Callable[[], TestResponse]]:
    """Return the presses of *Sign*: Ada's and Ben's, each twice, each in a tab of its own."""
    presses = []
    for actor in (cast.ada, cast.ben) * 2:
        browser = sign_in(actor)
        page = browser.get(f"{entry}/sign").text
        digest = re.search(r'name="digest"[^>]*value="([0-9a-f]{64})"', page).group(1)
        data = {"digest": digest, "name": actor.name, "agreed": "y"}
        presses.append(partial(browser.post, f"{entry}/sign", data))
    return presses


def codes(answers):
    return [one.status_code for one in answers]


def state(cast, sign_in, entry):
    """Return what both read, which is the same."""
    pages = [sign_in(actor).get(entry).text for actor in (cast.ada, cast.ben)]
    found = [{name for name, words in WORDS.items() if words in page} for page in pages]
    assert found[0] == found[1]
    (one,) = found[0]
    return one


def test_two_last_signatures_at_once_and_it_holds_exactly_once(app, cast, sign_in, entry, hands):
    assert codes(all_at_once(hands)) == [303] * 4
    assert state(cast, sign_in, entry) == "holds"
    with app.app_context():
        signed = db.session.query(EntrySignature).all()
        assert {row.person_id for row in signed} == {cast.ada.person_id, cast.ben.person_id}
        assert len(signed) == 2
        said = db.session.query(AccessRecord).filter_by(what="signature.signed")
        assert said.count() == 2
        for actor in (cast.ada, cast.ben):
            (copy,) = homework.signed_copies(actor=actor)
            assert copy


def test_signed_while_the_other_takes_theirs_back_it_never_holds(app, cast, sign_in, entry, hands):
    adas, bens, *_ = hands
    assert adas().status_code == 303
    ada = sign_in(cast.ada)
    ada.get(entry)  # for its token
    ends = partial(ada.post, f"{entry}/end", {"end": "1"})
    assert codes(all_at_once([ends, bens])) == [303, 303]
    found = state(cast, sign_in, entry)
    with app.app_context():
        endings = db.session.query(EntryEnding).count()
        back = db.session.query(EntrySignature).filter(EntrySignature.taken_back_at.is_not(None))
        # Whoever came first: taken back before it held, or ended after it did; never both.
        assert (found, endings, back.count()) in {("proposed", 0, 1), ("ended", 1, 0)}
