"""How each kind of a partner's own entries is found. For ``own_entries`` only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.goals import AttainmentLevel
from practice.domain.homework.definition import SummaryLine
from practice.domain.intake import BY_KEY
from practice.domain.people import Reader, Standing
from practice.domain.schedule import MOST_HOPES
from practice.domain.visibility import Audience, Facts
from practice.models.goals import Goal, GoalProgress, GoalRating, Hope
from practice.models.intake import IntakeEntry
from practice.models.responses import Response
from practice.models.steps import StepRequest
from practice.services import access, clock, drafts
from practice.services.drafts import DraftKind
from practice.services.errors import Refused
from practice.services.goals.hopes import places_of
from practice.services.goals.rating import AUDIENCES as RATING_AUDIENCES
from practice.services.intake import section_id_of
from practice.services.intake_entries import entries_of
from practice.services.measure_library import all_measures
from practice.services.people import PRESENT_MEMBERS, Member, members_of
from practice.services.response_pages import shown_scores

Readers = Mapping[UUID, Reader]

MOMENTS = ("completed_at", "rated_at", "said_at", "changed_at", "written_at")
"""Columns that say when an entry was made or last changed; the first that is set counts."""


@dataclass(frozen=True, slots=True)
class Found:
    """One own entry. Stays inside this package."""

    row: Any
    """The row, with ``audience`` and ``locked_at``."""

    reader: Reader
    facts: Facts
    title: str
    on: date
    others: tuple[str, ...]
    """First names of those who could be shown it."""

    wider: tuple[Audience, ...]
    """For whom it can be opened now, narrowest first."""

    addressee_id: UUID | None = None
    """Who got it, where somebody else wrote it to them alone: then it is as good as theirs."""

    def is_of(self, person_id: UUID) -> bool:
        """Whether it is somebody's own."""
        return person_id in (self.facts.author_id, self.addressee_id)


class Source(Protocol):
    """One kind of entry."""

    open_to: frozenset[Audience]
    back_to: Audience

    def find(self, readers: Readers, record_id: UUID, *, to_change: bool) -> Found | None:
        """Return one entry of the couples in ``readers``, whosever it is; None if there is none."""

    def locked(self, readers: Readers) -> list[Found]:
        """Return what the readers themselves have locked away."""

    def whole(self, row: Any) -> Sequence[Any]:
        """Return the rows that are locked and opened together with ``row``."""

    def let_go(self, row: Any) -> None:
        """Let go of what its author began to change in ``row``: it would show what is locked."""

    def make_room(self, row: Any) -> None:
        """Find ``row`` a place before it is opened again.

        Raises:
            Refused: if what was written since stands there.
        """

    def note_audience(self, row: Any) -> None:
        """Keep what goes with a changed audience."""

    def lines(self, found: Found) -> tuple[str, ...]:
        """Return what the entry says, in short."""


class Plain:
    """A row for itself, with a place for every one."""

    open_to = frozenset({Audience.COUPLE, Audience.WHEN_ALL_DONE, Audience.IN_SESSION})
    """Audiences that it can be taken back from."""

    back_to = Audience.THERAPIST
    """For whom it is once it was taken back."""

    def whole(self, row: Any) -> Sequence[Any]:
        return (row,)

    def let_go(self, row: Any) -> None:
        """It is written once; no draft stands beside it."""

    def make_room(self, row: Any) -> None:
        """There is room for any number."""

    def note_audience(self, row: Any) -> None:
        """Nothing goes with it."""


class OwnAnswers(Plain):
    """Responses, with what they stand for."""

    def find(self, readers: Readers, record_id: UUID, *, to_change: bool) -> Found | None:
        row = db.session.get(Response, record_id, with_for_update=to_change or None)
        if row is None or row.couple_id not in readers or row.superseded_at is not None:
            return None
        return _answers(readers[row.couple_id], row)

    def locked(self, readers: Readers) -> list[Found]:
        found = db.session.scalars(
            select(Response).where(
                Response.couple_id.in_(readers),
                Response.author_id.in_({reader.person_id for reader in readers.values()}),
                Response.locked_at.is_not(None),
                Response.superseded_at.is_(None),
            )
        )
        shown = (_answers(readers[row.couple_id], row) for row in found)
        return [one for one in shown if one is not None]

    def whole(self, row: Any) -> Sequence[Any]:
        chain = [row]
        while chain[-1].supersedes_id is not None:
            chain.append(db.session.get_one(Response, chain[-1].supersedes_id))
        return chain

    def let_go(self, row: Any) -> None:
        drafts.drop(person_id=row.author_id, kind=DraftKind.CORRECTION, about_id=row.id)

    def note_audience(self, row: Any) -> None:
        row.shared_at = clock.now() if row.audience is Audience.COUPLE else None

    def lines(self, found: Found) -> tuple[str, ...]:
        scores = shown_scores(found.row, all_measures()[found.row.measure_key])
        return tuple(f"{one.scale.title}: {one.value:g} of {one.scale.high:g}" for one in scores)


class OwnRatings(Plain):
    """Ratings of goals."""

    table: Any = GoalRating
    """The rows; those of either kind say whose they are, of which goal, and for whom."""

    def find(self, readers: Readers, record_id: UUID, *, to_change: bool) -> Found | None:
        row = db.session.get(self.table, record_id, with_for_update=to_change or None)
        if row is None or row.couple_id not in readers:
            return None
        return _rating(readers[row.couple_id], row)

    def locked(self, readers: Readers) -> list[Found]:
        found = db.session.scalars(
            select(self.table).where(
                self.table.couple_id.in_(readers),
                self.table.rater_id.in_({reader.person_id for reader in readers.values()}),
                self.table.locked_at.is_not(None),
            )
        )
        return [_rating(readers[row.couple_id], row) for row in found]

    def lines(self, found: Found) -> tuple[str, ...]:
        words = AttainmentLevel(found.row.level).label
        return (words, found.row.comment) if found.row.comment else (words,)


class OwnProgress(OwnRatings):
    """How far a goal has come, 0 to 10."""

    table = GoalProgress

    def lines(self, found: Found) -> tuple[str, ...]:
        return (f"{found.row.value} of 10",)


class OwnHopes(Plain):
    """What somebody hopes for, at most three at a time."""

    def find(self, readers: Readers, record_id: UUID, *, to_change: bool) -> Found | None:
        row = db.session.get(Hope, record_id, with_for_update=to_change or None)
        if row is None or row.couple_id not in readers:
            return None
        return _hope(readers[row.couple_id], row)

    def locked(self, readers: Readers) -> list[Found]:
        found = db.session.scalars(
            select(Hope).where(
                Hope.couple_id.in_(readers),
                Hope.person_id.in_({reader.person_id for reader in readers.values()}),
                Hope.locked_at.is_not(None),
            )
        )
        return [_hope(readers[row.couple_id], row) for row in found]

    def let_go(self, row: Any) -> None:
        steps = select(StepRequest.id).where(StepRequest.couple_id == row.couple_id)
        drafts.drop_all({DraftKind.GOAL_STEP: steps}, person_id=row.person_id)

    def make_room(self, row: Any) -> None:
        access.hold(row.couple_id)
        taken = {place.place for place in places_of(row.couple_id, row.person_id) if place.words}
        free = [place for place in range(1, MOST_HOPES + 1) if place not in taken]
        if not free:
            raise Refused(
                "There is room for three hopes on your pages. Lock one of those away first; then "
                "this one can go back."
            )
        if row.place in taken:
            row.place = free[0]

    def lines(self, found: Found) -> tuple[str, ...]:
        return (found.row.words,)


class OwnIntake(Plain):
    """Sections of the intake, as somebody wrote or told them, with what stood there before."""

    def find(self, readers: Readers, record_id: UUID, *, to_change: bool) -> Found | None:
        row = db.session.get(IntakeEntry, record_id, with_for_update=to_change or None)
        if row is None or row.couple_id not in readers or row.superseded_at is not None:
            return None
        return _intake(readers[row.couple_id], row) if row.section in BY_KEY else None

    def locked(self, readers: Readers) -> list[Found]:
        found = db.session.scalars(
            select(IntakeEntry).where(
                IntakeEntry.couple_id.in_(readers),
                IntakeEntry.person_id.in_({reader.person_id for reader in readers.values()}),
                IntakeEntry.locked_at.is_not(None),
                IntakeEntry.superseded_at.is_(None),
            )
        )
        return [_intake(readers[row.couple_id], row) for row in found if row.section in BY_KEY]

    def whole(self, row: Any) -> Sequence[Any]:
        before = (
            one
            for one in _same_section(row)
            if one.superseded_at is not None and one.locked_at == row.locked_at
        )
        return (row, *before)

    def let_go(self, row: Any) -> None:
        if row.noted_by is None:
            section = section_id_of(row.couple_id, row.person_id, row.section)
            drafts.drop(person_id=row.person_id, kind=DraftKind.INTAKE, about_id=section)

    def make_room(self, row: Any) -> None:
        access.hold(row.couple_id)
        if any(one.superseded_at is None and not one.is_locked for one in _same_section(row)):
            raise Refused(
                "You have written this part anew since. Lock that away first; then this one can "
                "go back."
            )

    def note_audience(self, row: Any) -> None:
        row.shared_at = clock.now() if row.audience is Audience.COUPLE else None

    def lines(self, found: Found) -> tuple[str, ...]:
        return in_words(BY_KEY[found.row.section].summary(found.row.content))


def _same_section(row: IntakeEntry) -> list[IntakeEntry]:
    """Return the others of the same section, by the same hand."""
    return [
        one
        for one in entries_of([row.couple_id], row.person_id)
        if one is not row
        and one.section == row.section
        and (one.noted_by is None) == (row.noted_by is None)
    ]


def in_words(summary: Iterable[SummaryLine]) -> tuple[str, ...]:
    return tuple(
        f"{one.label.rstrip(':')}{'' if one.label.endswith('?') else ':'} {one.text}"
        for one in summary
    )


def _hope(reader: Reader, row: Hope) -> Found:
    return found_of(reader, row, row.facts, "What you hope for", (), ())


def _intake(reader: Reader, row: IntakeEntry) -> Found:
    # What the therapist noted is theirs to lock away; only their own words are theirs to show.
    others = others_of(reader, row.person_id) if row.noted_by is None else ()
    open_to: tuple[Audience, ...] = ()
    if row.noted_by is None:
        open_to = (Audience.THERAPIST, Audience.COUPLE) if others else (Audience.THERAPIST,)
    return found_of(reader, row, row.facts, BY_KEY[row.section].title, others, open_to)


def _answers(reader: Reader, row: Response) -> Found | None:
    measure = all_measures().get(row.measure_key)
    if measure is None:
        return None
    others = others_of(reader, row.author_id)
    open_to = (Audience.COUPLE,) if others and measure.shareable else ()
    return found_of(reader, row, row.facts, measure.purpose.rstrip("."), others, open_to)


def _rating(reader: Reader, row: GoalRating | GoalProgress) -> Found:
    goal = db.session.get_one(Goal, row.goal_id)
    readable = access.may_see(reader, goal.facts)
    others = () if goal.person_id else others_of(reader, row.rater_id)
    return found_of(
        reader,
        row,
        row.facts(concerns=goal.facts.concerns),
        goal.title if readable else "A goal you rated",
        others,
        RATING_AUDIENCES if others else (),
    )


def found_of(
    reader: Reader,
    row: Any,
    facts: Facts,
    title: str,
    others: tuple[str, ...],
    offered: Sequence[Audience],
) -> Found:
    order = list(Audience)
    wider = tuple(one for one in offered if order.index(one) > order.index(row.audience))
    moments = (getattr(row, name, None) for name in MOMENTS)
    at = next(filter(None, moments), None)
    return Found(
        row=row,
        reader=reader,
        facts=facts,
        title=title,
        on=clock.local(at).date() if at else clock.today(),
        others=others,
        # Whoever has left the couple opens nothing any more.
        wider=wider if reader.standing is Standing.MEMBER else (),
    )


def others_of(
    reader: Reader, author_id: UUID, receivers: frozenset[UUID] | None = None
) -> tuple[str, ...]:
    if reader.standing is not Standing.MEMBER:
        return (PRESENT_MEMBERS,)
    return tuple(
        member.first_name
        for member in members_of(reader.couple_id)
        if _could_read(member, author_id, receivers)
    )


def _could_read(member: Member, author_id: UUID, receivers: frozenset[UUID] | None) -> bool:
    asked = receivers is None or member.person_id in receivers
    return member.is_current and member.person_id != author_id and asked
