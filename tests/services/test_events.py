"""Events on the time line: who may mark them, and who learns of them."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from practice.domain.events import EventKind
from practice.domain.people import Reader, Standing
from practice.domain.visibility import Audience
from practice.services import clock, events
from practice.services.errors import Invalid, NotFound
from practice.services.events import NewEvent
from tests.builders import leave

NEW = NewEvent(
    on=date(2026, 3, 9),
    kind=EventKind.DISCLOSURE,
    words="the messages",
    about_id=None,
    audience=Audience.PRIVATE,
)


def add(cast, **changes):
    return events.add_event(
        actor=cast.tess, couple_id=cast.couple, new_id=uuid4(), new=replace(NEW, **changes)
    )


def listed(cast):
    return events.couple_events(actor=cast.tess, couple_id=cast.couple).events


def seen_by(cast, person, standing=Standing.MEMBER):
    reader = Reader(person.person_id, cast.couple, standing)
    return [mark.text for mark in events.marks_for([reader])[cast.couple]]


def test_events_stand_newest_first_with_their_readers(inside):
    add(inside)
    add(
        inside,
        on=date(2026, 4, 1),
        kind=EventKind.OTHER,
        words="new job",
        about_id=inside.ben.person_id,
        audience=Audience.COUPLE,
    )
    add(inside, on=date(2026, 2, 1), kind=EventKind.HOLIDAY, words="")
    found = [(one.text, one.about, one.badge) for one in listed(inside)]
    assert found == [
        ("new job", "Ben", "You and Ben"),
        ("Disclosure: the messages", "", "You alone"),
        ("Holiday", "", "You alone"),
    ]


@pytest.mark.parametrize(
    ("audience", "about", "readers"),
    [
        (Audience.PRIVATE, None, {"tess"}),
        (Audience.THERAPIST, None, {"tess", "otto"}),
        (Audience.COUPLE, None, {"tess", "otto", "ada", "ben"}),
        (Audience.COUPLE, "ben", {"tess", "otto", "ben"}),
        (Audience.THERAPIST, "ben", {"tess", "otto"}),
    ],
)
def test_an_event_is_seen_by_those_for_whom_it_is_meant(inside, audience, about, readers):
    """Otto stands here for a colleague who has taken over."""
    about_id = getattr(inside, about).person_id if about else None
    add(inside, audience=audience, about_id=about_id)
    standings = {
        "tess": Standing.TREATING,
        "otto": Standing.TREATING,
        "ada": Standing.MEMBER,
        "ben": Standing.MEMBER,
        "finn": Standing.FORMER,
    }
    found = {
        name
        for name, standing in standings.items()
        if seen_by(inside, getattr(inside, name), standing)
    }
    assert found == readers


def test_an_event_sent_twice_is_one(inside):
    new_id = uuid4()
    for _ in range(2):
        events.add_event(actor=inside.tess, couple_id=inside.couple, new_id=new_id, new=NEW)
    assert len(listed(inside)) == 1
    with pytest.raises(NotFound):
        events.add_event(actor=inside.otto, couple_id=inside.other_couple, new_id=new_id, new=NEW)


def test_an_event_that_is_taken_off_is_gone_for_everybody(inside):
    event = add(inside, audience=Audience.COUPLE)
    assert seen_by(inside, inside.ada)
    for _ in range(2):
        assert events.remove_event(actor=inside.tess, event_id=event) == inside.couple
    assert listed(inside) == ()
    assert seen_by(inside, inside.ada) == []


@pytest.mark.parametrize("stranger", ["otto", "ada", "ben", "finn", "cleo"])
def test_only_the_treating_therapist_marks_reads_and_removes(inside, stranger):
    event = add(inside, audience=Audience.COUPLE)
    actor = getattr(inside, stranger)
    with pytest.raises(NotFound):
        events.add_event(actor=actor, couple_id=inside.couple, new_id=uuid4(), new=NEW)
    with pytest.raises(NotFound):
        events.couple_events(actor=actor, couple_id=inside.couple)
    with pytest.raises(NotFound):
        events.remove_event(actor=actor, event_id=event)
    with pytest.raises(NotFound):
        events.remove_event(actor=inside.tess, event_id=uuid4())


def test_what_cannot_be_is_refused_by_field(inside):
    leave(inside.couple, inside.ben)
    wrong = {
        "on": clock.today() + timedelta(days=1),
        "kind": EventKind.OTHER,
        "words": " ",
        "about_id": inside.ben.person_id,
        "audience": Audience.WHEN_ALL_DONE,
    }
    with pytest.raises(Invalid) as problem:
        add(inside, **wrong)
    assert set(problem.value.errors) == {"day", "words", "about", "audience"}
    with pytest.raises(Invalid) as problem:
        add(inside, words="x" * (events.WORDS_LIMIT + 1))
    assert set(problem.value.errors) == {"words"}
    add(inside, on=clock.today(), words="x" * events.WORDS_LIMIT)


def test_one_statement_reads_the_events_of_many_couples(inside):
    add(inside, audience=Audience.COUPLE)
    readers = [
        Reader(inside.ada.person_id, couple, Standing.MEMBER)
        for couple in (inside.couple, inside.other_couple)
    ]
    found = events.marks_for(readers)
    assert [len(found[one.couple_id]) for one in readers] == [1, 0]
    assert events.marks_for([]) == {}
