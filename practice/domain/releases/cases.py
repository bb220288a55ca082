"""A request for a record: its kinds, by when it wants an answer, what is checked first.

The periods and checks are what practices commonly use. They are input for the therapist, not
legal advice; the practice sets its own periods.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class RequestKind(StrEnum):
    """What was asked for, by whom it may be decided."""

    RELEASE = "release"
    """Somebody whom the members chose is to get the record, or a part of it."""

    SUBJECT_ACCESS = "subject_access"
    """A member asks for what is kept about themselves."""

    SUBPOENA = "subpoena"
    COURT_ORDER = "court_order"
    ERASURE = "erasure"
    """A member asks for their part of the record to be erased."""

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_about_one(self) -> bool:
        """Whether it concerns one member's own data, who must then be named."""
        return self in {RequestKind.SUBJECT_ACCESS, RequestKind.ERASURE}


_LABELS = {
    RequestKind.RELEASE: "Release",
    RequestKind.SUBJECT_ACCESS: "Subject access",
    RequestKind.SUBPOENA: "Subpoena or lawyer’s letter",
    RequestKind.COURT_ORDER: "Court order",
    RequestKind.ERASURE: "Erasure",
}


class Outcome(StrEnum):
    """How a case was decided."""

    RELEASED = "released"
    PARTLY = "partly"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            Outcome.RELEASED: "Done as asked",
            Outcome.PARTLY: "Done in part",
            Outcome.REFUSED: "Refused",
            Outcome.WITHDRAWN: "Withdrawn by whoever asked",
        }[self]


class Unit(StrEnum):
    """What a period is counted in."""

    DAYS = "days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time from the day after something came in."""

    count: int
    """1 to 366."""

    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.count <= 366:
            raise ValueError("a period is 1 to 366 days or months")

    def __str__(self) -> str:
        unit = self.unit.value if self.count != 1 else self.unit.value.removesuffix("s")
        return f"{self.count} {unit}"

    def after(self, day: date) -> date:
        """Return the last day of the period. A month ends on the same day of the month.

        Where that month has no such day, its last day counts.
        """
        if self.unit is Unit.DAYS:
            return day + timedelta(days=self.count)
        years, month = divmod(day.month - 1 + self.count, 12)
        year = day.year + years
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


PERIODS: dict[RequestKind, Period] = {
    RequestKind.RELEASE: Period(30, Unit.DAYS),
    RequestKind.SUBJECT_ACCESS: Period(1, Unit.MONTHS),
    RequestKind.SUBPOENA: Period(14, Unit.DAYS),
    RequestKind.COURT_ORDER: Period(7, Unit.DAYS),
    RequestKind.ERASURE: Period(1, Unit.MONTHS),
}
"""What is proposed as deadline where the practice has set nothing and the paper names no day."""


@dataclass(frozen=True, slots=True)
class Check:
    """Something to be sure of before anything leaves."""

    key: str
    words: str


_IDENTITY = Check("identity", "I have confirmed who asks, by a way I knew before.")
_SCOPE = Check("scope", "What exactly is asked for, and for which time, is named in writing.")
_ADVICE = Check("advice", "I have taken legal advice, or noted why none was needed.")
_TOLD = Check("told", "Every member has been told of the request, each by their own safe contact.")
_HARM = Check("harm", "I have considered whether what leaves could put somebody in danger.")
_SMALLEST = Check("smallest", "No more leaves than what was asked for needs.")

CHECKS: dict[RequestKind, tuple[Check, ...]] = {
    RequestKind.RELEASE: (_IDENTITY, _SCOPE, _TOLD, _HARM, _SMALLEST),
    RequestKind.SUBJECT_ACCESS: (
        _IDENTITY,
        _SCOPE,
        Check("others", "I have gone through what it says of other people, passage by passage."),
        _HARM,
    ),
    RequestKind.SUBPOENA: (
        _IDENTITY,
        Check("not_an_order", "A subpoena is not a court order: nothing leaves on its strength."),
        _ADVICE,
        _TOLD,
        Check("objected", "I have objected, or noted why not, until all members agree."),
        _HARM,
        _SMALLEST,
    ),
    RequestKind.COURT_ORDER: (
        Check("genuine", "I have seen the order itself and had the court confirm it."),
        _SCOPE,
        _ADVICE,
        _TOLD,
        _HARM,
        _SMALLEST,
    ),
    RequestKind.ERASURE: (
        _IDENTITY,
        Check("duty", "No law, insurer or complaint obliges me to keep this record longer."),
        Check("offered", "I have offered a copy of their own data before it goes."),
        Check("stays", "I have told them what stays, since it is another person’s record too."),
    ),
}
"""By kind of request; the order is that of the work."""


def deadline(kind: RequestKind, received_on: date, period: Period | None = None) -> date:
    """Return by when a request wants an answer, by the practice's period or the usual one."""
    return (period or PERIODS[kind]).after(received_on)


def unchecked(kind: RequestKind, done: frozenset[str]) -> tuple[Check, ...]:
    """Return the checks that are still open, in their order."""
    return tuple(check for check in CHECKS[kind] if check.key not in done)
