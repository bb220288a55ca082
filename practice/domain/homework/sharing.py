"""Who may be offered to read an entry, and when entries that wait for each other open.

A rule is agreed when a worksheet is given, and said before anything is typed. Its author may
keep an entry to fewer readers than the rule, never show it to more.

An entry under "opens when all have done it" is kept back until everybody who was asked has
written one for the same occasion that may open too. What somebody kept to themselves, or to the
therapist, never counts here: if it did, the others would learn of it when theirs opened. Nor does
"not this time": nobody reads what another wrote by sending a page with nothing on it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.visibility import Audience

_DAYS_IN_A_WEEK = 7
_OPENING = frozenset({Audience.WHEN_ALL_DONE, Audience.COUPLE})
_RULES = {
    GivenTo.ONE: (Audience.PRIVATE, Audience.THERAPIST),
    GivenTo.EACH: tuple(Audience),
    GivenTo.TOGETHER: (
        Audience.PRIVATE,
        Audience.THERAPIST,
        Audience.IN_SESSION,
        Audience.COUPLE,
    ),
}


def rules_for(given_to: GivenTo) -> tuple[Audience, ...]:
    """Return the rules a worksheet can be given under, narrowest first.

    What one member does alone does not exist for the others, so it cannot be shared with them;
    one entry between all members has nobody to wait for.
    """
    return _RULES[given_to]


def choices_for(given_to: GivenTo, rule: Audience) -> tuple[Audience, ...]:
    """Return what the author of an entry may choose, narrowest first; ``rule`` is the widest.

    The first is preset: whoever else reads an entry, the therapist too, is an act of one's own.
    """
    offered = (one for one in rules_for(given_to) if is_no_wider(one, rule))
    # To be read together is agreed between all of them, so it is offered where it is the rule.
    return tuple(one for one in offered if one is not Audience.IN_SESSION or one is rule)


def is_no_wider(audience: Audience, rule: Audience) -> bool:
    """Whether ``audience`` is ``rule`` itself, or has fewer readers or later ones."""
    order = list(Audience)
    return order.index(audience) <= order.index(rule)


@dataclass(frozen=True, slots=True)
class Written:
    """What opening needs to know of one entry; nothing of its content."""

    author_id: UUID
    occasion: int
    """Number from ``occasion_number``."""

    audience: Audience
    on: date
    """The day it was submitted, in the practice's zone."""

    is_done: bool = True
    """Something was done, wholly or in part; False: "not this time"."""


def occasion_number(frequency: Frequency, start: date, day: date) -> int:
    """Return which occasion of a task an entry for ``day`` belongs to, from 0.

    A task done once has one occasion, a daily one an occasion each day, all others one for each
    week of seven days from the start: the spans of ``practice.domain.adherence``.
    """
    days = (day - start).days
    if frequency is Frequency.ONCE:
        return 0
    return days if frequency is Frequency.DAILY else days // _DAYS_IN_A_WEEK


def has_opened(
    entry: Written, entries: Iterable[Written], receivers: Mapping[UUID, date | None]
) -> bool:
    """Whether everybody asked has written for the occasion of ``entry``.

    Args:
        entry: One that may open (``Audience.WHEN_ALL_DONE``).
        entries: All entries of the same assignment, in any order.
        receivers: Whom the task was given to, with the day they left the couple; None for
            present members.

    Returns:
        True when every present receiver has done it and may let it open for that occasion. Entries
        of somebody who left open only by what was written until that day: nobody reads them by
        writing afterwards, when their author could not read along any more.
    """
    left_on = receivers.get(entry.author_id)
    done = {
        other.author_id
        for other in entries
        if other.occasion == entry.occasion
        and other.audience in _OPENING
        and other.is_done
        and (left_on is None or other.on <= left_on)
    }
    return _asked(receivers, left_on) <= done


def _asked(receivers: Mapping[UUID, date | None], until: date | None) -> set[UUID]:
    """Return whom the opening waited for: the present members, or those present ``until``."""
    if until is None:
        return {person for person, left in receivers.items() if left is None}
    return {person for person, left in receivers.items() if left is None or left >= until}
