"""Letters of one member, and letters to all: who reads, who writes, who locks away."""

from uuid import UUID

import pytest

from practice.domain.acts import Operation, may
from practice.domain.letters import are_open_together
from practice.domain.people import Reader, Standing
from practice.domain.visibility import Audience, Facts, Kind, decide

COUPLE, ADA, BEN, GUS, TESS = (UUID(int=n) for n in range(1, 6))


def letter(author, concerned, *, to_all=False, sealed=False):
    audience = Audience.COUPLE if to_all or author == TESS else Audience.THERAPIST
    return Facts(COUPLE, author, Kind.MESSAGE, audience, frozenset(concerned), sealed=sealed)


def reader(person, standing=Standing.MEMBER):
    return Reader(person, COUPLE, standing)


TO_ADA = letter(TESS, {ADA})
TO_ALL = letter(TESS, {ADA, BEN}, to_all=True)
ADA_TO_ALL = letter(ADA, {ADA, BEN}, to_all=True)


@pytest.mark.parametrize(
    ("record", "who", "reads"),
    [
        (TO_ADA, reader(ADA), True),
        (TO_ADA, reader(ADA, Standing.FORMER), True),
        (TO_ADA, reader(BEN), False),
        (TO_ADA, reader(BEN, Standing.FORMER), False),
        (TO_ALL, reader(ADA), True),
        (TO_ALL, reader(BEN), True),
        (TO_ALL, reader(GUS), False),
        (TO_ALL, reader(BEN, Standing.FORMER), False),
        (ADA_TO_ALL, reader(BEN), True),
        (ADA_TO_ALL, reader(GUS), False),
        (ADA_TO_ALL, reader(ADA, Standing.FORMER), True),
        (ADA_TO_ALL, reader(BEN, Standing.FORMER), False),
        (letter(ADA, {ADA}), reader(TESS, Standing.CO_TREATING), True),
        (letter(ADA, {ADA}, sealed=True), reader(TESS, Standing.TREATING), True),
        (letter(ADA, {ADA}), reader(TESS, Standing.SUPERVISING), False),
        (letter(ADA, {ADA}), reader(TESS, Standing.RECEPTION), False),
        (letter(ADA, {ADA}), reader(TESS, Standing.OWNER), False),
        (TO_ADA, reader(TESS, Standing.NONE), False),
    ],
)
def test_who_reads(record, who, reads):
    assert decide(who, record).allowed is reads


@pytest.mark.parametrize("record", [TO_ALL, ADA_TO_ALL])
@pytest.mark.parametrize("person", [ADA, BEN])
def test_nobody_locks_away_what_was_written_to_all(record, person):
    assert not may(reader(person), record, Operation.SEAL).allowed


def test_ones_own_and_what_answers_it_is_locked_away_by_that_one_alone():
    for record in (TO_ADA, letter(ADA, {ADA})):
        assert may(reader(ADA), record, Operation.SEAL).allowed
        assert may(reader(ADA, Standing.FORMER), record, Operation.SEAL).allowed
        for other in (reader(BEN), reader(TESS, Standing.TREATING)):
            assert not may(other, record, Operation.SEAL).allowed


def test_nobody_writes_in_anothers_name():
    treating = reader(TESS, Standing.TREATING)
    assert may(treating, TO_ADA, Operation.WRITE).allowed
    assert not may(treating, letter(ADA, {ADA}), Operation.WRITE).allowed
    assert not may(reader(BEN), letter(ADA, {ADA}), Operation.WRITE).allowed
    assert not may(reader(ADA, Standing.FORMER), letter(ADA, {ADA}), Operation.WRITE).allowed
    wish = Facts(COUPLE, ADA, Kind.TOGETHER_WISH, Audience.THERAPIST, frozenset({ADA}))
    assert may(reader(ADA), wish, Operation.WRITE).allowed
    assert not may(treating, wish, Operation.WRITE).allowed


@pytest.mark.parametrize("kind", [Kind.MESSAGE, Kind.TOGETHER_WISH, Kind.TIME_REQUEST])
def test_none_of_it_leaves_by_the_release_desk(kind):
    record = Facts(COUPLE, TESS, kind, Audience.COUPLE)
    assert not may(reader(TESS, Standing.TREATING), record, Operation.RELEASE).allowed


@pytest.mark.parametrize(
    ("present", "asked", "are_open"),
    [
        ((ADA, BEN), (ADA, BEN), True),
        ((ADA, BEN), (ADA,), False),
        ((ADA, BEN), (), False),
        ((ADA, BEN, GUS), (ADA, BEN), False),
        ((ADA, BEN), (ADA, BEN, GUS), True),
        ((ADA,), (ADA,), False),
        ((ADA, ADA), (ADA,), False),
    ],
)
def test_letters_to_all_are_open_while_every_one_of_two_or_more_asks(present, asked, are_open):
    assert are_open_together(present, asked) is are_open
