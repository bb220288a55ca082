"""A badge names exactly those whom the policy lets in, whatever the record."""

import itertools
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.acts import Operation, may
from practice.domain.onlookers import Onlooker, badge, openers_for, readers_of, waiting_for
from practice.domain.people import Reader, Standing
from practice.domain.visibility import Audience, Facts, Kind, decide

COUPLE = UUID(int=1)
NAMES = {
    "Tess": Standing.TREATING,
    "Cora": Standing.CO_TREATING,
    "Sue": Standing.SUPERVISING,
    "Ada": Standing.MEMBER,
    "Ben": Standing.MEMBER,
    "Finn": Standing.FORMER,
    "the front desk": Standing.RECEPTION,
    "the owner": Standing.OWNER,
}
IDS = {name: UUID(int=number) for number, name in enumerate(NAMES, start=10)}
PEOPLE = tuple(
    Onlooker(Reader(IDS[name], COUPLE, standing), name) for name, standing in NAMES.items()
)
PAIR = tuple(one for one in PEOPLE if one.name in {"Tess", "Ada", "Ben"})

facts = st.builds(
    Facts,
    couple_id=st.just(COUPLE),
    author_id=st.sampled_from(list(IDS.values())),
    kind=st.sampled_from(list(Kind)),
    audience=st.sampled_from(list(Audience)),
    concerns=st.sets(st.sampled_from([IDS["Ada"], IDS["Ben"]])).map(frozenset),
    all_done=st.booleans(),
    opened=st.booleans(),
    sealed=st.booleans(),
    final=st.booleans(),
)


def record(audience, *, author="Ada", kind=Kind.RESPONSE, **more):
    return Facts(COUPLE, IDS[author], kind, audience, **more)


@given(record=facts, viewer=st.sampled_from([None, *IDS]))
def test_the_words_are_those_whom_the_policy_lets_in(record, viewer):
    words = badge(record, PEOPLE, IDS.get(viewer))
    now = words.split(" (")[0].split(";")[0].removesuffix(" alone")
    named = {} if now == "Nobody" else {part for part in now.replace(" and ", ", ").split(", ")}
    for one in PEOPLE:
        name = "You" if one.name == viewer else one.name
        says = name.casefold() in {part.casefold() for part in named}
        assert says == decide(one.reader, record).allowed, (one.name, words)


@given(record=facts)
def test_who_will_see_it_later_is_who_sees_it_once_all_are_done(record):
    opened = replace(record, all_done=True)
    later = set(readers_of(opened, PEOPLE)) - set(readers_of(record, PEOPLE))
    assert set(waiting_for(record, PEOPLE)) == later


@given(record=facts)
def test_who_can_open_it_in_a_session_and_for_whom_the_policy_says(record):
    carers, later = openers_for(record, PEOPLE)
    assert bool(carers) == bool(later)
    for one in carers:
        assert may(one.reader, record, Operation.OPEN).allowed
    opened = readers_of(replace(record, opened=True), PEOPLE)
    assert set(later) <= set(opened) - set(readers_of(record, PEOPLE))
    if record.author_id == IDS["Finn"]:
        assert not later, "whoever has left is in no session any more"


def test_two_who_treat_the_couple_can_both_open_it():
    waits = record(Audience.IN_SESSION, kind=Kind.HOMEWORK_ENTRY)
    assert "in a session Tess or Cora can open it for Ben too" in badge(waits, PEOPLE, IDS["Ada"])


@pytest.mark.parametrize(
    ("facts", "viewer", "words"),
    [
        (record(Audience.THERAPIST), "Ada", "You and Tess"),
        (record(Audience.PRIVATE), "Ada", "You alone"),
        (record(Audience.COUPLE), "Ada", "You, Tess and Ben"),
        (record(Audience.COUPLE), "Tess", "You, Ada and Ben"),
        (record(Audience.COUPLE), "Ben", "You, Tess and Ada"),
        (record(Audience.COUPLE, sealed=True), "Ada", "You and Tess"),
        (
            record(Audience.WHEN_ALL_DONE, kind=Kind.HOMEWORK_ENTRY),
            "Ada",
            "You and Tess; Ben too, once both have written",
        ),
        (record(Audience.WHEN_ALL_DONE, all_done=True), "Ada", "You, Tess and Ben"),
        (
            record(Audience.IN_SESSION, kind=Kind.HOMEWORK_ENTRY),
            "Ada",
            "You and Tess; in a session Tess can open it for Ben too",
        ),
        (
            record(Audience.IN_SESSION, kind=Kind.HOMEWORK_ENTRY),
            "Tess",
            "You and Ada; in a session you can open it for Ben too",
        ),
        (
            record(Audience.IN_SESSION, kind=Kind.HOMEWORK_ENTRY, opened=True),
            "Ben",
            "You, Tess and Ada",
        ),
        (
            record(Audience.IN_SESSION, kind=Kind.HOMEWORK_ENTRY, sealed=True),
            "Ada",
            "You and Tess",
        ),
        (
            record(Audience.PRIVATE, author="Tess", kind=Kind.PROCESS_NOTE),
            None,
            "Tess alone (process note)",
        ),
        (record(Audience.THERAPIST, kind=Kind.SCREENING), None, "Tess alone (safety questions)"),
    ],
)
def test_the_words(facts, viewer, words):
    assert badge(facts, PAIR, IDS.get(viewer)) == words


def test_a_badge_for_one_partner_is_the_same_whatever_the_other_keeps():
    """It is made from the record itself and from who is there; nothing else is asked."""
    mine = record(Audience.THERAPIST)
    for theirs, sealed in itertools.product(Audience, (False, True)):
        badge(record(theirs, author="Ben", sealed=sealed), PAIR, IDS["Ben"])
        assert badge(mine, PAIR, IDS["Ada"]) == "You and Tess"
