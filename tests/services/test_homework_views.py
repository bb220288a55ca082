"""How each saw what they did together: their own, for the therapist if they wish, never theirs."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from practice.db import db
from practice.domain.homework.review import Barrier, View
from practice.domain.homework.terms import GivenTo
from practice.domain.visibility import Audience
from practice.models.homework import HomeworkView
from practice.services import clock, homework, memberships, own_entries
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.own_entries import EntryKind
from tests.exercises import give, say, settled
from tests.records import make_entry


@pytest.fixture
def task(inside):
    return give(inside, given_to=GivenTo.TOGETHER, audience=Audience.COUPLE)


def page(person, task):
    return homework.view_page(actor=person, assignment_id=task)


def for_tess(cast, task):
    found = homework.assignment_page(actor=cast.tess, assignment_id=task)
    return [(line.member.first_name, line.view) for line in found.views]


def test_each_says_it_apart_and_the_therapist_sees_both_side_by_side(inside, task):
    say(inside.ada, task, Audience.THERAPIST, quality=9, words="We laughed.")
    say(inside.ben, task, Audience.THERAPIST, quality=2, barrier=Barrier.TOO_TIRED)
    assert dict(for_tess(inside, task)) == {
        "Ada": View(quality=9, words="We laughed."),
        "Ben": View(quality=2, barrier=Barrier.TOO_TIRED),
    }
    for person, quality in ((inside.ada, 9), (inside.ben, 2)):
        assert [one.view.quality for one in page(person, task).own] == [quality]


def test_what_is_kept_is_seen_by_nobody_else_and_changes_nothing_for_them(inside, task):
    before = page(inside.ben, task)
    say(inside.ada, task)
    say(inside.ada, task, Audience.THERAPIST, day=clock.today() - timedelta(days=1))
    assert page(inside.ben, task) == before
    assert [view.quality for _, view in for_tess(inside, task)] == [6]
    assert len(page(inside.ada, task).own) == 2


@pytest.mark.parametrize("audience", [Audience.COUPLE, Audience.WHEN_ALL_DONE])
def test_it_is_never_for_the_others(inside, task, audience):
    with pytest.raises(Invalid) as problem:
        say(inside.ada, task, audience)
    assert set(problem.value.errors) == {"audience"}
    row = db.session.get_one(HomeworkView, say(inside.ada, task))
    with pytest.raises(DBAPIError, match="never_for_the_others"), db.session.begin_nested():
        db.session.execute(HomeworkView.__table__.update().values(audience=audience.value))
    assert not own_entries.own_entry(actor=inside.ada, kind=EntryKind.VIEW, record_id=row.id).wider


@pytest.mark.parametrize("who", ["tess", "otto", "cleo", "finn"])
def test_nobody_says_it_for_them(inside, task, who):
    with pytest.raises(NotFound):
        say(getattr(inside, who), task)


@pytest.mark.parametrize("given_to", [GivenTo.EACH, GivenTo.ONE])
def test_what_each_does_alone_has_its_own_closing_questions(inside, given_to):
    alone = {"person_id": inside.ada.person_id} if given_to is GivenTo.ONE else {}
    task = give(inside, given_to=given_to, audience=Audience.THERAPIST, **alone)
    with pytest.raises(NotFound):
        say(inside.ada, task)


def test_one_view_for_a_day_of_the_task(inside, task):
    key = uuid4()
    said = {
        "actor": inside.ada,
        "assignment_id": task,
        "for_day": clock.today(),
        "view": View(quality=0),
        "audience": Audience.PRIVATE,
    }
    assert (
        homework.say_how_it_was(new_id=key, **said)
        == homework.say_how_it_was(new_id=key, **said)
        == key
    )
    for change in (
        {},
        {"for_day": clock.today() + timedelta(days=1)},
        {"for_day": clock.today() - timedelta(days=30)},
    ):
        with pytest.raises(Invalid) as problem:
            homework.say_how_it_was(new_id=uuid4(), **said | change)
        assert set(problem.value.errors) == {"for_day"}
    earlier = {"for_day": clock.today() - timedelta(days=1)}
    with pytest.raises(Invalid) as problem:
        homework.say_how_it_was(new_id=uuid4(), **said | earlier | {"view": View(words="  ")})
    assert set(problem.value.errors) == {"view"}
    assert clock.today() not in page(inside.ada, task).days


def test_while_it_rests_only_what_was_written_is_spoken_of(inside, task):
    today, yesterday = clock.today(), clock.today() - timedelta(days=1)

    def days():
        return homework.view_page(actor=inside.ada, assignment_id=task).days

    assert days() == (today, yesterday)
    homework.pause(actor=inside.tess, assignment_id=task)
    assert days() == (yesterday,)
    said = {"assignment_id": task, "view": View(quality=5), "audience": Audience.PRIVATE}
    with pytest.raises(Invalid) as problem:
        homework.say_how_it_was(actor=inside.ada, new_id=uuid4(), for_day=today, **said)
    assert set(problem.value.errors) == {"for_day"}
    make_entry(task, inside.couple, inside.ben, today)
    settled()
    assert days() == (today, yesterday)
    homework.say_how_it_was(actor=inside.ada, new_id=uuid4(), for_day=today, **said)


def test_locked_away_it_leaves_its_place_and_comes_back_only_where_that_is_free(inside, task):
    first = say(inside.ada, task, Audience.THERAPIST, quality=1)
    own_entries.lock_away(actor=inside.ada, kind=EntryKind.VIEW, record_id=first)
    assert page(inside.ada, task).own == ()
    assert [view.quality for _, view in for_tess(inside, task)] == [1], "what was for her stays"
    say(inside.ada, task, quality=8)
    with pytest.raises(Refused, match="said anew"):
        own_entries.open_again(actor=inside.ada, kind=EntryKind.VIEW, record_id=first)


def test_who_has_left_keeps_their_own_and_says_no_more(inside, task):
    say(inside.ada, task, quality=4)
    memberships.end_membership(
        actor=inside.tess,
        couple_id=inside.couple,
        person_id=inside.ada.person_id,
        left_on=clock.today(),
    )
    (own,) = db.session.query(HomeworkView).all()
    entry = own_entries.own_entry(actor=inside.ada, kind=EntryKind.VIEW, record_id=own.id)
    assert entry.title.endswith("how it was for you")
    with pytest.raises(NotFound):
        say(inside.ada, task, day=clock.today() - timedelta(days=1))


def test_nothing_readable_reaches_the_database(inside, task):
    say(inside.ada, task, words="CANARY", barrier=Barrier.AFRAID)
    for row in db.session.execute(text("SELECT * FROM homework_view")):
        for word in (b"CANARY", b"afraid"):
            assert word not in repr(tuple(row)).encode()
