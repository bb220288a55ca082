"""Promises over time: what was due, what was kept, and what the other side confirmed.

Counted over what the reader may see and over nothing else; what is missing is said with it. For
whoever treats the couple: a partner is never shown a count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from practice.domain.homework.promises import PromiseWord
from practice.domain.words import day_in_words


@dataclass(frozen=True, slots=True)
class PromiseMade:
    """One line with the newest word of its maker and of the others, as far as it may be seen."""

    maker_id: UUID
    due_on: date
    """The day named in the line; without one the day on which it was made."""

    has_day: bool
    own_word: PromiseWord | None
    confirmed_by: frozenset[UUID]
    """Others who said that it was kept."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """The promises of one person that fell due in one month. Counts, no percentages."""

    month: date
    """Its first day."""

    due: int
    kept: int
    partly: int
    not_yet: int
    confirmed: int
    """Of those kept: where somebody else says so, too."""

    @property
    def title(self) -> str:
        """The month in words: ``"March 2026"``."""
        return day_in_words(self.month).split(" ", 1)[1]

    @property
    def missing(self) -> int:
        """Due, and nothing said that may be seen."""
        return self.due - self.kept - self.partly - self.not_yet


def reliability(
    promises: Iterable[PromiseMade], maker_id: UUID, today: date
) -> tuple[Reliability, ...]:
    """Return one person's promises month by month, oldest first; months without any are left out.

    Args:
        promises: Those of everybody, as far as the reader may see them.
        maker_id: Whose to count.
        today: Only lines with a day that has come count as due, and those without a day once
            their maker has said how they went.
    """
    months: dict[date, list[PromiseMade]] = {}
    for promise in promises:
        if promise.maker_id == maker_id and _is_due(promise, today):
            months.setdefault(promise.due_on.replace(day=1), []).append(promise)
    return tuple(_month(month, months[month]) for month in sorted(months))


def _is_due(promise: PromiseMade, today: date) -> bool:
    if promise.has_day:
        return promise.due_on <= today
    return promise.own_word is not None


def _month(month: date, promises: list[PromiseMade]) -> Reliability:
    def said(word: PromiseWord) -> list[PromiseMade]:
        return [promise for promise in promises if promise.own_word is word]

    return Reliability(
        month=month,
        due=len(promises),
        kept=len(said(PromiseWord.KEPT)),
        partly=len(said(PromiseWord.PARTLY)),
        not_yet=len(said(PromiseWord.NOT_YET)),
        confirmed=sum(bool(one.confirmed_by) for one in said(PromiseWord.KEPT)),
    )
