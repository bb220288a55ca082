"""Whose data is exported, for whom, and what of a joint record may stand in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from practice.domain.people import Reader, Standing
from practice.domain.releases.passages import parts_of_names, without_names
from practice.domain.visibility import Audience, Facts, decide
from practice.services import clock, people
from practice.services.people import Member

Record = dict[str, Any]
"""One thing in the file: plain values, dates as ISO text."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One person, and what the file is for."""

    person_id: UUID
    name: str
    readers: tuple[Reader, ...]
    """How they stand to each couple the file is about."""

    at_desk: bool
    """Made by the therapist: without what the person kept private, for the therapist may not see
    that; in the portal the person makes it themselves, and it is all there."""

    with_record: bool = False
    """At the desk: also what the therapist noted about this person alone."""

    with_screening: bool = False
    """At the desk, with the person in the room: also their answers to safety questions."""

    def may_hold(self, reader: Reader, record: Facts) -> bool:
        """Whether the person may see a record, and whoever makes the file, too."""
        if self.at_desk and record.audience is Audience.PRIVATE:
            return False
        return decide(reader, record).allowed

    def without_others(
        self, reader: Reader, text: str, *, written_at: datetime | None = None
    ) -> str:
        """Return words of the joint record without the names of the other members.

        Args:
            reader: How the person stands to the couple.
            text: The words.
            written_at: When, for words that may be younger than the person's own time there: they
                lose the names of those who had come by then.
        """
        return without_names(text, self._others(reader.couple_id, written_at))

    def _others(self, couple_id: UUID, written_at: datetime | None) -> Iterable[str]:
        own = {word.casefold() for word in self.name.split()}
        members = people.members_of(couple_id)
        mine = [member for member in members if member.person_id == self.person_id]
        others = (
            member.name
            for member in members
            if member.person_id != self.person_id
            and (_met(mine, member) or _had_come(member, written_at))
        )
        return (part for part in parts_of_names(others) if part.casefold() not in own)


def _met(mine: Iterable[Member], other: Member) -> bool:
    """Whether somebody had come before the person left.

    A name that came later is not struck out: a file of theirs that changes would tell a former
    partner who has come since.
    """
    return any(
        one.left_on is None or other.joined_on < one.left_on or other.joined_on <= one.joined_on
        for one in mine
    )


def _had_come(member: Member, written_at: datetime | None) -> bool:
    return written_at is not None and member.joined_on <= clock.local(written_at).date()


def reader_of(member: Member, couple_id: UUID) -> Reader:
    """Return how a member stands to their couple."""
    standing = Standing.MEMBER if member.is_current else Standing.FORMER
    return Reader(member.person_id, couple_id, standing)


def moment(value: datetime | None) -> str | None:
    """Return a moment in the practice's zone as ISO text."""
    return None if value is None else clock.local(value).isoformat(timespec="seconds")


def day(value: date | None) -> str | None:
    """Return a day as ISO text."""
    return None if value is None else value.isoformat()
