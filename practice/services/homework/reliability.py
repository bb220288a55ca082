"""Promises and agreements of a couple, for whoever treats them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from practice.domain.homework.promises import PromiseWord
from practice.domain.homework.reliability import PromiseMade, Reliability, reliability
from practice.domain.people import Actor, Reader
from practice.models.between import TrackerMark
from practice.services import access, clock
from practice.services.badges import seen_by
from practice.services.homework import rows
from practice.services.homework.agreement_board import AgreementBetween, agreements_of_couple
from practice.services.homework.facts import facts_of_entries
from practice.services.homework.promises import has_lines, marks_of, tracked
from practice.services.homework.seen import SeenEntry
from practice.services.people import Member, members_of


@dataclass(frozen=True, slots=True)
class Word:
    """The newest word of one person that the therapist may see."""

    first_name: str
    word: PromiseWord
    on_day: date
    badge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseSeen:
    """One promise with what was said of it."""

    assignment_id: UUID
    what: str
    made_on: date
    due_on: date | None
    own: Word | None
    others: tuple[Word, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """Everything said of it, by its maker first."""
        return ((self.own,) if self.own else ()) + self.others


@dataclass(frozen=True, slots=True)
class MemberPromises:
    """One member's promises: month by month, and the newest of them."""

    member: Member
    months: tuple[Reliability, ...]
    newest: tuple[PromiseSeen, ...]


@dataclass(frozen=True, slots=True)
class BetweenMembers:
    """What the members agreed and promised, as far as their therapist may see it."""

    agreements: tuple[AgreementBetween, ...]
    promises: tuple[MemberPromises, ...]
    """Of each member who made one, in the order of the couple."""


_NEWEST = 6


def between_members(*, actor: Actor, couple_id: UUID) -> BetweenMembers:
    """Return the agreements and promises of a couple.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    members = members_of(couple_id)
    seen = _seen(reader, members)
    promises = [one for one in seen if has_lines(one.template)]
    marks = marks_of(one.entry.id for one in promises)
    made = [
        line
        for one in promises
        for line in _lines(one, access.visible(reader, marks.get(one.entry.id, [])))
    ]
    return BetweenMembers(
        agreements=agreements_of_couple(seen),
        promises=tuple(_of_members(members, made)),
    )


def _seen(reader: Reader, members: tuple[Member, ...]) -> list[SeenEntry]:
    """Return the entries with promises or agreements that the therapist may see, newest first."""
    tasks, _ = rows.of_couple(reader.couple_id)
    wanted = [one for one in tasks if has_lines(one.template) or one.template.agreement]
    entries = rows.entries_of([one.row.id for one in wanted], content=True) if wanted else {}
    found: list[SeenEntry] = []
    for task in wanted:
        own = entries.get(task.row.id, [])
        facts = facts_of_entries(task.row, own, members)
        found += [
            SeenEntry(reader, task, entry, facts(entry), members)
            for entry in access.visible(reader, own, facts)
        ]
    return sorted(found, key=lambda one: one.entry.submitted_at, reverse=True)


def _lines(seen: SeenEntry, marks: list[TrackerMark]) -> Iterable[tuple[PromiseMade, PromiseSeen]]:
    maker = seen.entry.author_id
    for key, line in tracked(seen):
        newest = {
            mark.person_id: mark
            for mark in marks
            if (mark.block_key, mark.line_key) == (key, line.key)
        }
        own = newest.pop(maker, None)
        kept = {one.person_id for one in newest.values() if one.word is PromiseWord.KEPT}
        made_on = seen.entry.for_day
        yield (
            PromiseMade(
                maker_id=maker,
                due_on=line.due_on or made_on,
                has_day=line.due_on is not None,
                own_word=own.word if own else None,
                confirmed_by=frozenset(kept),
            ),
            PromiseSeen(
                assignment_id=seen.given.row.id,
                what=line.what,
                made_on=made_on,
                due_on=line.due_on,
                own=_word(seen, own) if own else None,
                others=tuple(_word(seen, one) for one in newest.values()),
            ),
        )


def _word(seen: SeenEntry, mark: TrackerMark) -> Word:
    badge = seen_by(seen.reader, mark.facts)
    return Word(seen.first_name(mark.person_id), mark.word, mark.on_day, badge)


def _of_members(
    members: tuple[Member, ...], made: list[tuple[PromiseMade, PromiseSeen]]
) -> Iterable[MemberPromises]:
    known: set[UUID] = set()
    for member in members:
        if member.person_id in known:
            continue
        known.add(member.person_id)
        own = [seen for promise, seen in made if promise.maker_id == member.person_id]
        if own:
            months = reliability((promise for promise, _ in made), member.person_id, clock.today())
            yield MemberPromises(member, months, tuple(own[:_NEWEST]))
