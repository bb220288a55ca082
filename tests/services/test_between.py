"""Agreements between members, promises and cards, on both engines."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.homework.promises import PromiseWord
from practice.domain.homework.registry import get_template
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.sessions import Attendance
from practice.domain.visibility import Audience
from practice.models.between import EntryEnding, EntrySignature, TrackerMark
from practice.models.homework import HomeworkEntry
from practice.services import clock, homework, own_entries
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.own_entries import EntryKind
from tests.builders import leave
from tests.exercises import filled, give
from tests.records import make_session

PRIVATE, THERAPIST, IN_SESSION, WAITS, COUPLE = Audience
KEPT, PARTLY, NOT_YET = PromiseWord


def put(cast, author, *, audience=COUPLE, key="boundary_agreement", task=None, **raw):
    """Let ``author`` fill in a worksheet for all; return the entry."""
    task = task or give(
        cast,
        template_key=key,
        given_to=GivenTo.TOGETHER,
        frequency=Frequency.ONCE,
        audience=COUPLE,
    )
    return homework.record_entry(
        actor=author,
        assignment_id=task,
        new_id=uuid4(),
        for_day=clock.today(),
        raw=filled(get_template(key)) | {"outcome": "done"} | raw,
        audience=audience,
    )


def read(actor, entry):
    return homework.portal_agreement(actor=actor, entry_id=entry)


def sign(actor, entry, **overrides):
    found = read(actor, entry)
    arguments = {
        "digest": found.digest if found else "",
        "name": actor.name.upper(),
        "agreed": True,
    } | overrides
    homework.sign(actor=actor, entry_id=entry, **arguments)


def state(actor, entry):
    found = read(actor, entry)
    return found.state.value if found else None


def for_tess(cast):
    return homework.between_members(actor=cast.tess, couple_id=cast.couple)


def test_it_holds_once_both_have_signed_and_ends_for_both(inside):
    entry = put(inside, inside.ada)
    assert state(inside.ada, entry) == state(inside.ben, entry) == "proposed"
    sign(inside.ada, entry)
    assert state(inside.ada, entry) == state(inside.ben, entry) == "proposed"
    sign(inside.ben, entry)
    sign(inside.ben, entry)
    assert state(inside.ada, entry) == state(inside.ben, entry) == "holds"
    assert db.session.query(EntrySignature).count() == 2
    homework.end(actor=inside.ben, entry_id=entry)
    homework.end(actor=inside.ben, entry_id=entry)
    assert state(inside.ada, entry) == state(inside.ben, entry) == "ended"
    (shown,) = homework.portal_agreements(actor=inside.ada)
    assert shown.ended_lately
    for row in db.session.query(EntryEnding):
        row.ended_at -= timedelta(days=15)
    db.session.flush()
    assert homework.portal_agreements(actor=inside.ada) == ()
    db.session.query(EntrySignature).filter_by(person_id=inside.ada.person_id).delete()
    with pytest.raises(Refused, match="ended"):
        sign(inside.ada, entry)


def test_who_has_signed_changes_nothing_that_the_other_can_read(inside):
    entry = put(inside, inside.ada)
    before = (
        read(inside.ada, entry),
        homework.portal_agreements(actor=inside.ada),
        homework.signed_copies(actor=inside.ada),
    )
    sign(inside.ben, entry)
    assert before == (
        read(inside.ada, entry),
        homework.portal_agreements(actor=inside.ada),
        homework.signed_copies(actor=inside.ada),
    )
    homework.end(actor=inside.ben, entry_id=entry)  # his own signature, before hers
    assert before[0] == read(inside.ada, entry)
    sign(inside.ada, entry)
    assert state(inside.ada, entry) == "proposed"
    assert read(inside.ben, entry).may_sign


def test_the_therapist_sees_who_signed_when_and_who_ended_it(inside):
    entry = put(inside, inside.ada)
    sign(inside.ben, entry)
    (one,) = for_tess(inside).agreements
    assert [(s.first_name, s.signed_at is not None) for s in one.signers] == [
        ("Ada", False),
        ("Ben", True),
    ]
    assert one.badge == "You alone"
    sign(inside.ada, entry)
    homework.end(actor=inside.ada, entry_id=entry)
    (one,) = for_tess(inside).agreements
    assert (one.state.value, one.ended_by) == ("ended", "Ada")
    with pytest.raises(NotFound):
        homework.between_members(actor=inside.otto, couple_id=inside.couple)


# fmt: off
@pytest.mark.parametrize(("wrong", "problem"), [
    ({"name": "Ada"},    Invalid),
    ({"agreed": False},  Invalid),
    ({"digest": "0"},    Refused),
    ({"digest": ""},     Refused),
])
# fmt: on
def test_one_signs_what_one_has_read_in_ones_own_name(inside, wrong, problem):
    entry = put(inside, inside.ada)
    with pytest.raises(problem):
        sign(inside.ben, entry, **wrong)
    assert read(inside.ben, entry).signed_on is None


@pytest.mark.parametrize("audience", [PRIVATE, THERAPIST])
def test_what_is_kept_back_is_no_agreement(inside, audience):
    entry = put(inside, inside.ada, audience=audience)
    assert state(inside.ada, entry) is state(inside.ben, entry) is None
    assert for_tess(inside).agreements == ()
    with pytest.raises(NotFound):
        homework.sign(actor=inside.ben, entry_id=entry, digest="", name="x", agreed=True)
    own_entries.show(actor=inside.ada, kind=EntryKind.HOMEWORK, record_id=entry, audience=COUPLE)
    assert state(inside.ben, entry) == "proposed"


@pytest.mark.parametrize("act", [own_entries.take_back, own_entries.lock_away])
@pytest.mark.parametrize("has_signed", [True, False])
def test_taking_the_page_back_ends_it_and_shown_again_it_tells_nothing(inside, act, has_signed):
    entry = put(inside, inside.ada)
    if has_signed:
        sign(inside.ben, entry)
    act(actor=inside.ada, kind=EntryKind.HOMEWORK, record_id=entry)
    assert state(inside.ben, entry) is None
    assert [one.has_ended for one in homework.signed_copies(actor=inside.ben)] == (
        [True] if has_signed else []
    )
    if act is own_entries.lock_away:
        own_entries.open_again(actor=inside.ada, kind=EntryKind.HOMEWORK, record_id=entry)
    own_entries.show(actor=inside.ada, kind=EntryKind.HOMEWORK, record_id=entry, audience=COUPLE)
    assert state(inside.ada, entry) == state(inside.ben, entry) == "ended"
    assert not read(inside.ada, entry).may_sign


def test_it_ends_when_somebody_leaves_and_does_not_come_back_with_them(inside):
    entry = put(inside, inside.ada)
    sign(inside.ada, entry)
    sign(inside.ben, entry)
    leave(inside.couple, inside.ben, clock.today())
    assert state(inside.ada, entry) == "ended"
    assert read(inside.ben, entry) is None
    (copy,) = homework.signed_copies(actor=inside.ben)
    assert homework.signed_copy(actor=inside.ben, signature_id=copy.id).lines == copy.lines
    with pytest.raises(NotFound):
        homework.end(actor=inside.ben, entry_id=entry)


def test_it_ends_also_where_somebody_turns_out_to_have_left_before(inside):
    entry = put(inside, inside.ada)
    sign(inside.ada, entry)
    sign(inside.ben, entry)
    leave(inside.couple, inside.ben, clock.today() - timedelta(days=30))
    assert state(inside.ada, entry) == "ended"


def test_nobody_else_signs_reads_or_ends(inside):
    entry = put(inside, inside.ada)
    sign(inside.ada, entry)
    (copy,) = homework.signed_copies(actor=inside.ada)
    for stranger in (inside.finn, inside.cleo, inside.dan):
        assert read(stranger, entry) is None
        with pytest.raises(NotFound):
            homework.end(actor=stranger, entry_id=entry)
    for other in (inside.ben, inside.finn, inside.cleo):
        with pytest.raises(NotFound):
            homework.signed_copy(actor=other, signature_id=copy.id)


def test_one_alone_makes_no_agreement(inside):
    leave(inside.couple, inside.ben)
    entry = put(inside, inside.ada)
    assert read(inside.ada, entry) is None


def test_a_page_that_did_not_work_out_is_no_agreement(inside):
    entry = put(inside, inside.ada, outcome="not_this_time")
    assert read(inside.ben, entry) is None


def test_the_day_of_review_lies_ahead_and_shows_when_it_has_come(inside):
    with pytest.raises(Invalid) as problem:
        put(inside, inside.ada, review_on=clock.today().isoformat())
    assert list(problem.value.errors) == ["review_on"]
    entry = put(inside, inside.ada, review_on=(clock.today() + timedelta(days=1)).isoformat())
    sign(inside.ada, entry)
    sign(inside.ben, entry)
    assert not read(inside.ada, entry).review_has_come
    content = dict(db.session.get_one(HomeworkEntry, entry).content)
    db.session.get_one(HomeworkEntry, entry).content = content | {
        "review_on": clock.today().isoformat()
    }
    # What was signed is not this any more: a changed text has no signatures.
    db.session.flush()
    db.session.expire_all()
    assert state(inside.ada, entry) == "proposed"
    assert for_tess(inside).agreements[0].review_on == clock.today()


@pytest.fixture
def promise(inside):
    """Two promises of Ada's, shown to both."""
    task = give(inside, template_key="promises", frequency=Frequency.WEEKLY, audience=COUPLE)
    raw = {
        "promises": [
            {"what": "ring the garage", "day": (clock.today() - timedelta(days=1)).isoformat()},
            {"what": "listen"},
        ]
    }
    entry = put(inside, inside.ada, key="promises", task=task, **raw)
    return SimpleNamespace(entry=entry, task=task)


def say(actor, entry, word, audience, *, line="1", on=None, **more):
    homework.mark_promise(
        actor=actor,
        entry_id=entry,
        new_id=more.pop("new_id", None) or uuid4(),
        block_key=more.pop("block", "promises"),
        line_key=line,
        word=word,
        on_day=on or clock.today(),
        audience=audience,
    )


def said(actor, entry, line=0):
    found = homework.portal_promises(actor=actor, entry_id=entry)
    return [(one.first_name, one.word) for one in found.lines[line].said]


def test_the_newest_word_that_one_may_see_stands(inside, promise):
    entry = promise.entry
    say(inside.ada, entry, KEPT, COUPLE)
    say(inside.ada, entry, NOT_YET, THERAPIST)
    say(inside.ben, entry, PARTLY, THERAPIST)
    assert said(inside.ada, entry) == [("Ada", NOT_YET)]
    assert said(inside.ben, entry) == [("Ada", KEPT), ("Ben", PARTLY)]
    say(inside.ben, entry, KEPT, COUPLE)
    assert said(inside.ada, entry) == [("Ada", NOT_YET), ("Ben", KEPT)]
    assert said(inside.ada, entry, line=1) == []


@pytest.mark.parametrize("audience", [PRIVATE, THERAPIST])
def test_what_ben_says_for_others_leaves_adas_page_alone(inside, promise, audience):
    before = homework.portal_promises(actor=inside.ada, entry_id=promise.entry)
    if audience is PRIVATE:
        with pytest.raises(Invalid):
            say(inside.ben, promise.entry, NOT_YET, audience)
    else:
        say(inside.ben, promise.entry, NOT_YET, audience)
    assert homework.portal_promises(actor=inside.ada, entry_id=promise.entry) == before


def test_a_promise_that_nobody_else_reads_can_be_marked_for_nobody_else(inside):
    task = give(inside, template_key="promises", frequency=Frequency.WEEKLY, audience=COUPLE)
    for audience, choices in (
        (PRIVATE, (PRIVATE,)),
        (THERAPIST, (PRIVATE, THERAPIST)),
        (COUPLE, (PRIVATE, THERAPIST, COUPLE)),
    ):
        entry = put(inside, inside.ada, key="promises", task=task, audience=audience)
        found = homework.portal_promises(actor=inside.ada, entry_id=entry)
        assert found.choices == choices
        others = homework.portal_promises(actor=inside.ben, entry_id=entry)
        assert (others.choices if others else None) == (
            (THERAPIST, COUPLE) if audience is COUPLE else None
        )
        if audience is not COUPLE:
            with pytest.raises(NotFound):
                say(inside.ben, entry, KEPT, THERAPIST)


def test_what_is_said_twice_by_one_form_is_said_once(inside, promise):
    same = uuid4()
    say(inside.ada, promise.entry, KEPT, THERAPIST, new_id=same)
    say(inside.ada, promise.entry, KEPT, THERAPIST, new_id=same)
    say(inside.ben, promise.entry, KEPT, THERAPIST, new_id=same)  # hers, as far as he can know
    assert db.session.query(TrackerMark).count() == 2


def test_a_word_is_about_a_line_that_is_there_and_a_day_that_has_been(inside, promise):
    for more in ({"line": "3"}, {"block": "harder"}, {"line": ""}):
        with pytest.raises(NotFound):
            say(inside.ada, promise.entry, KEPT, THERAPIST, **more)
    for day in (clock.today() + timedelta(days=1), clock.today() - timedelta(days=1)):
        with pytest.raises(Invalid) as problem:
            say(inside.ada, promise.entry, KEPT, THERAPIST, on=day)
        assert list(problem.value.errors) == ["on_day"]
    for _ in range(20):
        say(inside.ada, promise.entry, KEPT, THERAPIST)
    with pytest.raises(Refused):
        say(inside.ada, promise.entry, KEPT, THERAPIST)


def test_whoever_has_left_reads_their_own_and_says_nothing_more(inside, promise):
    say(inside.ada, promise.entry, KEPT, COUPLE)
    say(inside.ben, promise.entry, KEPT, COUPLE)
    leave(inside.couple, inside.ada, clock.today())
    assert said(inside.ada, promise.entry) == [("Ada", KEPT)]
    with pytest.raises(NotFound):
        say(inside.ada, promise.entry, KEPT, THERAPIST)
    leave(inside.couple, inside.ben, clock.today())
    assert homework.portal_promises(actor=inside.ben, entry_id=promise.entry) is None


def test_the_therapist_counts_only_what_they_may_see(inside, promise):
    say(inside.ada, promise.entry, KEPT, THERAPIST)
    say(inside.ben, promise.entry, KEPT, THERAPIST)
    say(inside.ada, promise.entry, NOT_YET, PRIVATE)
    hidden = put(inside, inside.ada, key="promises", task=promise.task, audience=PRIVATE)
    say(inside.ada, hidden, KEPT, PRIVATE)
    (hers,) = for_tess(inside).promises
    (month,) = hers.months
    assert (month.due, month.kept, month.confirmed, month.missing) == (1, 1, 1, 0)
    assert [one.what for one in hers.newest] == ["ring the garage", "listen"]


def test_the_newest_card_that_both_may_read_stands_on_both_pages(inside):
    def cards(actor):
        return [(one.title, one.lines) for one in homework.between_us(actor=actor).cards]

    task = give(
        inside, template_key="repair_signals", given_to=GivenTo.TOGETHER, audience=COUPLE
    )
    assert cards(inside.ada) == []
    first = put(inside, inside.ada, key="repair_signals", task=task, signals="pause\nstart over")
    title = "When it gets too hot"
    assert cards(inside.ada) == cards(inside.ben) == [(title, ("pause", "start over"))]
    put(inside, inside.ben, key="repair_signals", task=task, signals="x", audience=THERAPIST)
    assert cards(inside.ada) == cards(inside.ben) == [(title, ("pause", "start over"))]
    newer = put(inside, inside.ben, key="repair_signals", task=task, signals="kettle")
    assert cards(inside.ada) == cards(inside.ben) == [(title, ("kettle",))]
    own_entries.lock_away(actor=inside.ben, kind=EntryKind.HOMEWORK, record_id=newer)
    assert cards(inside.ada) == cards(inside.ben) == [(title, ("pause", "start over"))]
    leave(inside.couple, inside.ben, clock.today())
    assert cards(inside.ben) == cards(inside.cleo) == []
    with pytest.raises(NotFound):
        homework.card_pdf(actor=inside.cleo, entry_id=first)


def test_what_was_opened_in_a_session_is_for_both_as_if_shown_to_both(inside):
    came = dict.fromkeys((inside.ada, inside.ben), Attendance.ATTENDED)
    together = {"given_to": GivenTo.TOGETHER, "audience": IN_SESSION}
    keys = ("repair_signals", "promises", "boundary_agreement")
    tasks = [give(inside, template_key=key, **together) for key in keys]
    agreement = put(inside, inside.ada, task=tasks[2], audience=IN_SESSION)
    assert state(inside.ada, agreement) is state(inside.ben, agreement) is None
    put(inside, inside.ada, key="repair_signals", task=tasks[0], audience=IN_SESSION)
    entry = put(inside, inside.ada, key="promises", task=tasks[1], audience=IN_SESSION)
    assert homework.between_us(actor=inside.ben).cards == ()
    assert homework.between_us(actor=inside.ada).cards == ()
    assert homework.portal_promises(actor=inside.ada, entry_id=entry).choices[-1] is THERAPIST
    session = make_session(inside.couple, inside.tess, starts_at=clock.now(), attendance=came)
    for task in tasks:
        homework.open_in_session(actor=inside.tess, assignment_id=task, session_id=session)
    assert len(homework.between_us(actor=inside.ben).cards) == 1
    assert len(homework.between_us(actor=inside.ada).cards) == 1
    assert homework.portal_promises(actor=inside.ada, entry_id=entry).choices[-1] is COUPLE
    for person in (inside.ada, inside.ben):
        sign(person, agreement)
    assert state(inside.ada, agreement) == state(inside.ben, agreement) == "holds"
