"""Totals from a file: all of them or none, and never the same one twice.

For whoever runs the installation. Each total becomes a response of its person, typed in by the
therapist who treats the couple, for the author and the therapist alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import defaultload

from practice.db import db
from practice.domain.measures.origin import Origin
from practice.domain.people import Actor, Role
from practice.domain.visibility import Audience, Kind
from practice.models.couples import Care, Couple, Membership
from practice.models.people import Person
from practice.models.responses import Response, Score
from practice.services import accounts, audit, births, clock
from practice.services.caseload_figures import readable_audiences
from practice.services.errors import Refused
from practice.services.score_import_cells import (
    OPTIONAL,
    REQUIRED,
    Entry,
    Problem,
    Reading,
    folded,
    read_row,
)
from practice.services.spreadsheets import SpreadsheetError, read_table, refuse_mixed_decimals
from practice.services.standing_responses import current

__all__ = ["ImportResult", "Problem", "SpreadsheetError", "import_scores", "therapist_called"]

NOON = time(12)
"""Only the day is known: the middle of it, so that no zone moves it to another."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What a file holds, and what became of it."""

    read: int
    new: int
    """Rows that are not in the records yet."""

    already: tuple[int, ...]
    """Rows that are there already, or twice in the file, with the same total."""

    problems: tuple[Problem, ...]
    unused: tuple[str, ...]
    """Headings of columns that were not looked at."""

    written: bool


@dataclass(frozen=True, slots=True)
class _Belonging:
    """A person in a couple, at a time, and who treats that couple."""

    person_id: UUID
    couple_id: UUID
    joined_on: date
    left_on: date | None
    therapist_id: UUID


@dataclass(slots=True)
class _People:
    """Everybody whom the file may speak of."""

    by_id: dict[UUID, list[_Belonging]] = field(default_factory=dict)
    by_name: dict[str, dict[UUID, date | None]] = field(default_factory=dict)
    """Ids with dates of birth, by folded name."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row whose person and couple are found."""

    entry: Entry
    person_id: UUID
    couple_id: UUID
    therapist_id: UUID

    @property
    def occasion(self) -> tuple[UUID, UUID, str, date]:
        """What has one total for each scale."""
        return (self.couple_id, self.person_id, self.entry.measure.key, self.entry.on)


def therapist_called(sign_in_name: str) -> Actor:
    """Return the therapist with this sign-in name.

    Raises:
        Refused: if there is none.
    """
    account = accounts.find(sign_in_name)
    if account is None or account.role is not Role.THERAPIST:
        raise Refused("No therapist signs in by this name.")
    return Actor(account.person_id, account.role, account.person.name)


def import_scores(
    path: Path, *, write: bool, by: Actor | None = None, day_first: bool = False
) -> ImportResult:
    """Check a file of totals and, if asked and nothing is wrong with it, store them.

    The caller ends the transaction.

    Args:
        path: CSV with the columns of ``REQUIRED`` and any of ``OPTIONAL``.
        write: False is a dry run.
        by: The therapist who typed them in, for couples in their care alone; None: whoever treats
            each couple.
        day_first: Days are written 04/03/2026, not 2026-03-04.

    Raises:
        SpreadsheetError: if the file as a whole cannot be read.
    """
    table = read_table(path, required=REQUIRED, optional=OPTIONAL)
    totals = [(row.number, row.cells["total"]) for row in table.rows]
    refuse_mixed_decimals(totals, decimal_comma=table.decimal_comma)
    reading = Reading(table.decimal_comma, day_first)
    problems: list[Problem] = []
    entries: list[Entry] = []
    for row in table.rows:
        found = read_row(row, reading)
        if isinstance(found, Entry):
            entries.append(found)
        else:
            problems += found
    placed = _placed(entries, _people(by), problems)
    new, already = _sorted_out(placed, problems)
    is_written = write and not problems
    if is_written:
        _store(new)
    return ImportResult(
        read=len(table.rows),
        new=len(new),
        already=tuple(already),
        problems=tuple(sorted(problems, key=lambda one: one.row)),
        unused=table.unused,
        written=is_written,
    )


def _people(by: Actor | None) -> _People:
    query = (
        select(Membership, Care.therapist_id)
        .join(Care, Care.couple_id == Membership.couple_id)
        .where(Care.until.is_(None))
        .options(defaultload(Membership.person).undefer(Person.born_on_sealed))
        .order_by(
            Membership.couple_id, Membership.position, Care.part.desc(), Care.since.desc(), Care.id
        )
    )
    if by is not None:
        query = query.where(Care.therapist_id == by.person_id)
    people = _People()
    for row, therapist_id in db.session.execute(query):
        belongings = people.by_id.setdefault(row.person_id, [])
        is_other_therapist = any(
            (one.couple_id, one.joined_on) == (row.couple_id, row.joined_on) for one in belongings
        )
        if not is_other_therapist:
            belongings.append(
                _Belonging(row.person_id, row.couple_id, row.joined_on, row.left_on, therapist_id)
            )
        _add_name(people, row.person)
    return people


def _add_name(people: _People, person: Person) -> None:
    named = people.by_name.setdefault(folded(person.name), {})
    if person.id not in named:
        named[person.id] = births.birth_of(person)


def _placed(entries: Sequence[Entry], people: _People, problems: list[Problem]) -> list[_Placed]:
    """Find the person and the couple of every row; what cannot be found becomes a problem."""
    found = []
    for entry in entries:
        person = _person(entry, people)
        if isinstance(person, Problem):
            problems.append(person)
            continue
        belonging = _belonging(entry, people.by_id[person])
        if isinstance(belonging, Problem):
            problems.append(belonging)
            continue
        found.append(_Placed(entry, person, belonging.couple_id, belonging.therapist_id))
    return found


def _person(entry: Entry, people: _People) -> UUID | Problem:
    if entry.person_id is not None:
        if entry.person_id in people.by_id:
            return entry.person_id
        return Problem(entry.row, "person", "nobody in the records has this id")
    meant = [
        person_id
        for person_id, born_on in people.by_name.get(entry.name, {}).items()
        if born_on is not None and born_on == entry.born_on
    ]
    if not meant:
        return Problem(
            entry.row, "name", "nobody in the records has this name and this date of birth"
        )
    if len(meant) > 1:
        return Problem(
            entry.row, "name", "several people have this name and date of birth; give the id"
        )
    return meant[0]


def _belonging(entry: Entry, belongings: Sequence[_Belonging]) -> _Belonging | Problem:
    """Choose the couple: the one that is named, or the only one the person can be meant in."""
    if entry.couple_id is not None:
        belongings = [one for one in belongings if one.couple_id == entry.couple_id]
        if not belongings:
            return Problem(entry.row, "couple", "the person does not belong to this couple")
    # A score from before they joined was collected before Dyad; one from after they left was not.
    possible = [one for one in belongings if one.left_on is None or entry.on <= one.left_on]
    if not possible:
        return Problem(entry.row, "date", "the person had left the couple by this day")
    there = [one for one in possible if one.joined_on <= entry.on]
    couples = {one.couple_id for one in there or possible}
    if len(couples) > 1:
        return Problem(
            entry.row,
            "couple",
            "the person belongs to more than one couple; give the couple's id",
        )
    return (there or possible)[0]


def _sorted_out(
    placed: Sequence[_Placed], problems: list[Problem]
) -> tuple[list[_Placed], list[int]]:
    """Part the rows into new ones and those that are there; contradictions become problems."""
    stored = _stored(placed)
    in_file: dict[tuple[tuple[UUID, UUID, str, date], str], _Placed] = {}
    new: list[_Placed] = []
    already: list[int] = []
    for one in placed:
        entry = one.entry
        known = stored.get(one.occasion, {}).get(entry.scale.key, set())
        earlier = in_file.setdefault((one.occasion, entry.scale.key), one)
        if entry.total in known:
            already.append(entry.row)
        elif known:
            problems.append(Problem(entry.row, "total", _OTHER_STORED))
        elif earlier is one:
            new.append(one)
        elif earlier.entry.total == entry.total:
            already.append(entry.row)
        else:
            what = f"row {earlier.entry.row} has another total for the same day"
            problems.append(Problem(entry.row, "total", what))
    return new, already


_OTHER_STORED = (
    "the records have another total for this person, measure and day; replace it there if it is "
    "wrong"
)


def _stored(
    placed: Sequence[_Placed],
) -> dict[tuple[UUID, UUID, str, date], dict[str, set[float]]]:
    """Return the totals that stand, by occasion and scale, of the measures in the file."""
    rows = db.session.execute(
        _current_scores().where(Response.measure_key.in_({one.entry.measure.key for one in placed}))
    )
    found: defaultdict[tuple[UUID, UUID, str, date], dict[str, set[float]]] = defaultdict(dict)
    for row in rows:
        day = clock.local(row.completed_at).date()
        scales = found[row.couple_id, row.author_id, row.measure_key, day]
        scales.setdefault(row.scale_key, set()).add(row.value)
    return found


def _current_scores() -> Select[UUID, UUID, str, datetime, str, float]:
    return (
        select(
            Response.couple_id,
            Response.author_id,
            Response.measure_key,
            Response.completed_at,
            Score.scale_key,
            Score.value,
        )
        .join(Score, Score.response_id == Response.id)
        .where(
            current(),
            Response.audience.in_(readable_audiences(Kind.RESPONSE)),
        )
    )


def _store(new: Sequence[_Placed]) -> None:
    """Write one response for each person, measure and day, with all its totals."""
    occasions: defaultdict[tuple[UUID, UUID, str, date], list[_Placed]] = defaultdict(list)
    for one in new:
        occasions[one.occasion].append(one)
    moment = clock.now()
    for (couple_id, person_id, measure_key, on), rows in occasions.items():
        values = {one.entry.scale.key: one.entry.total for one in rows}
        totals = rows[0].entry.measure.totals(values)
        db.session.add(
            Response(
                couple_id=couple_id,
                author_id=person_id,
                measure_key=measure_key,
                answers=None,
                audience=Audience.THERAPIST,
                completed_at=clock.moment_of(on, NOON),
                origin=Origin.IMPORTED,
                entered_by=rows[0].therapist_id,
                entered_at=moment,
                scores=[Score(scale_key=key, value=value) for key, value in totals.items()],
            )
        )
    for actor, couple_id in _acting(new):
        audit.note_write(actor, couple_id, "scores.imported")
    db.session.flush()


def _acting(new: Sequence[_Placed]) -> Iterator[tuple[Actor, UUID]]:
    """Give who typed in something of which couple, each pair once."""
    pairs = sorted({(one.therapist_id, one.couple_id) for one in new})
    treating = select(Person.id, Person.name).where(Person.id.in_({pair[0] for pair in pairs}))
    names = {person_id: name for person_id, name in db.session.execute(treating)}
    for therapist_id, couple_id in pairs:
        yield Actor(therapist_id, Role.THERAPIST, names[therapist_id]), couple_id


def hold_all() -> None:
    """Let another import finish first; held until the transaction ends."""
    db.session.execute(select(Couple.id).order_by(Couple.id).with_for_update())
