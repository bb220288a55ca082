"""The written matrix of who may read and do what, and whether the rules keep to it.

``docs/access/records.csv`` is written and reviewed by people. One line says, for a kind of record
and an operation, in which case each reader may: one of ``WORDS``. Here every line is taken through
every state such a record can be in, and the rules are asked; a difference is a mistake in one of
the two.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from practice.domain.acts import Operation, may
from practice.domain.people import Reader, Standing
from practice.domain.visibility import Audience, Facts, Kind

_COUPLE, _OTHER_COUPLE, _A, _B, _LEFT, _LEAD, _ELSE = (UUID(int=n) for n in range(1, 8))

READERS: dict[str, Reader] = {
    "partner_a": Reader(_A, _COUPLE, Standing.MEMBER),
    "partner_a_left": Reader(_A, _COUPLE, Standing.FORMER),
    "partner_b": Reader(_B, _COUPLE, Standing.MEMBER),
    "former_partner": Reader(_LEFT, _COUPLE, Standing.FORMER),
    "treating": Reader(_LEAD, _COUPLE, Standing.TREATING),
    "co_therapist": Reader(_ELSE, _COUPLE, Standing.CO_TREATING),
    "other_therapist": Reader(_ELSE, _COUPLE, Standing.NONE),
    "supervisor": Reader(_ELSE, _COUPLE, Standing.SUPERVISING),
    "reception": Reader(_ELSE, _COUPLE, Standing.RECEPTION),
    "owner": Reader(_ELSE, _COUPLE, Standing.OWNER),
    "nobody": Reader(_ELSE, _OTHER_COUPLE, Standing.MEMBER),
}
"""The columns. Partner A is whose words a member's record are, and the one it concerns."""

WHOSE = {"member": _A, "therapist": _LEAD}
"""Whose words they are: of partner A, or of the therapist with the lead."""

ABOUT = {"all": frozenset[UUID](), "one": frozenset({_A})}
"""Whom it concerns: all members, or partner A alone."""


def _is_open(record: Facts) -> bool:
    when_done = record.audience is Audience.WHEN_ALL_DONE and record.all_done
    together = record.audience is Audience.IN_SESSION and record.opened
    return (record.audience is Audience.COUPLE or when_done or together) and not record.sealed


WORDS: dict[str, Callable[[Facts], bool]] = {
    "-": lambda record: False,
    "yes": lambda record: True,
    "not private": lambda record: record.audience is not Audience.PRIVATE,
    "finished": lambda record: record.final,
    "signed": lambda record: record.final and record.audience is not Audience.PRIVATE,
    "open": _is_open,
    "joint": lambda record: record.final and record.audience is Audience.COUPLE,
    "for a session": lambda record: record.audience is Audience.IN_SESSION and not record.sealed,
}
"""What a cell can say.

``-`` never; ``yes`` in every case; ``not private`` unless its author wrote it for themselves;
``finished`` once it is no draft any more; ``signed`` both of these; ``open`` when it was opened to
the couple and is not sealed; ``joint`` when it is finished and made for the couple; ``for a
session`` when its author wrote it to be read together in one and has not sealed it.
"""

FIXED = ("kind", "fields", "whose", "about", "operation")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the matrix."""

    kind: Kind
    fields: str
    """Which fields of such a record it is about, in words."""

    whose: str
    about: str
    operation: Operation
    cells: Mapping[str, str]
    """Word by reader."""

    @property
    def name(self) -> str:
        return f"{self.kind} of a {self.whose}, about {self.about}: {self.operation}"


@dataclass(frozen=True, slots=True)
class Difference:
    """A case in which the rules do not say what is written."""

    line: Line
    reader: str
    record: Facts
    reason: str
    """Name of the rule that decided."""

    def __str__(self) -> str:
        states = [f"for {self.record.audience}"]
        flags = ("all_done", "opened", "sealed", "final")
        states += [name for name in flags if getattr(self.record, name)]
        written = self.line.cells[self.reader]
        return (
            f"{self.line.name}: {self.reader} is written as {written!r}; "
            f"{self.reason} says otherwise ({', '.join(states)})"
        )


def read(rows: Iterable[Mapping[str, str]]) -> list[Line]:
    """Read the lines of the matrix, as ``csv.DictReader`` gives them.

    Raises:
        ValueError: naming the line, counted from 2, and what is wrong with it.
    """
    lines = []
    for number, row in enumerate(rows, start=2):
        try:
            lines.append(_line(row))
        except (KeyError, ValueError) as problem:
            raise ValueError(f"access matrix, line {number}: {problem}") from problem
    return lines


def states(line: Line) -> Iterator[Facts]:
    """Yield every state that a record of this line can be in."""
    flags = (False, True)
    for audience, done, opened, sealed, final in itertools.product(
        Audience, flags, flags, flags, flags
    ):
        yield Facts(
            couple_id=_COUPLE,
            author_id=WHOSE[line.whose],
            kind=line.kind,
            audience=audience,
            concerns=ABOUT[line.about],
            all_done=done,
            opened=opened,
            sealed=sealed,
            final=final,
        )


def differences(line: Line) -> list[Difference]:
    """Return every case in which the rules do not say what the line says."""
    found = []
    for (name, reader), record in itertools.product(READERS.items(), states(line)):
        decision = may(reader, record, line.operation)
        if decision.allowed != WORDS[line.cells[name]](record):
            found.append(Difference(line, name, record, decision.reason))
    return found


@dataclass(frozen=True, slots=True)
class FieldLine:
    """Who of those who may see a record reads or writes one of its fields."""

    kind: Kind
    field: str
    operation: Operation
    readers: frozenset[str]
    """Columns with ``yes``: as far as the record can be opened to them."""

    @property
    def name(self) -> str:
        return f"{self.kind}, {self.field}: {self.operation}"


def read_fields(rows: Iterable[Mapping[str, str]]) -> list[FieldLine]:
    """Read the lines about single fields, as ``csv.DictReader`` gives them.

    Raises:
        ValueError: naming the line, counted from 2, and what is wrong with it.
    """
    lines = []
    for number, row in enumerate(rows, start=2):
        try:
            lines.append(_field_line(row))
        except (KeyError, ValueError) as problem:
            raise ValueError(f"matrix of fields, line {number}: {problem}") from problem
    return lines


BY_OWN_FILE = frozenset({(Kind.IDENTITY, "born_on", "partner_a_left")})
"""Their own birth date stands in everybody's file of own data, also when they have left."""


def too_wide(lines: Iterable[Line], fields: Iterable[FieldLine]) -> list[str]:
    """Return each field that is written as open to somebody for whom no such record is."""
    open_to: dict[tuple[Kind, Operation], set[str]] = {}
    for line in lines:
        names = {name for name, word in line.cells.items() if word != "-"}
        open_to.setdefault((line.kind, line.operation), set()).update(names)
    return [
        f"{one.name}: {name} is written as 'yes', and the record is never theirs to {one.operation}"
        for one in fields
        for name in sorted(one.readers - open_to.get((one.kind, one.operation), set()))
        if (one.kind, one.field, name) not in BY_OWN_FILE
    ]


def _field_line(row: Mapping[str, str]) -> FieldLine:
    _require_columns(row, ("kind", "field", "operation"))
    for name in READERS:
        if row[name] not in {"yes", "-"}:
            raise ValueError(f"{name}: {row[name]!r} is neither yes nor -")
    return FieldLine(
        kind=Kind(row["kind"]),
        field=row["field"],
        operation=Operation(row["operation"]),
        readers=frozenset(name for name in READERS if row[name] == "yes"),
    )


def _require_columns(row: Mapping[str, str], fixed: Iterable[str]) -> None:
    unknown = set(row) ^ {*fixed, *READERS}
    if unknown:
        raise ValueError(f"columns missing or unknown: {', '.join(sorted(map(str, unknown)))}")


def _line(row: Mapping[str, str]) -> Line:
    _require_columns(row, FIXED)
    for column, known in (("whose", WHOSE), ("about", ABOUT)):
        if row[column] not in known:
            raise ValueError(f"{column} cannot be {row[column]!r}")
    for name in READERS:
        if row[name] not in WORDS:
            raise ValueError(f"{name}: {row[name]!r} is none of {', '.join(WORDS)}")
    return Line(
        kind=Kind(row["kind"]),
        fields=row["fields"],
        whose=row["whose"],
        about=row["about"],
        operation=Operation(row["operation"]),
        cells={name: row[name] for name in READERS},
    )
