"""Which worksheets to think of first for one couple, and why, in words.

A rule of thumb for whoever treats the couple, with the reasons beside it: nothing here decides.
The counts are plain and published in ``docs/homework.md``; they are not a score of anybody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from practice.domain.homework.definition import Template
from practice.domain.homework.terms import GivenTo
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.words import listed, lower_first

NOTES = 3
"""How many of the newest joint notes count: what was seen half a year ago may be over."""

REST = 14
"""Days after its end in which a worksheet is not suggested again."""

MOST = 5
"""Suggestions on one page; a longer list is no help."""

WENT_WELL = 6
"""From 0 to 10: the mean of "How was it for you?" from which on a worksheet went well."""

PATTERN, PATTERN_AGAIN, FURTHER, GOAL, WELL_BEFORE, NEW = 3, 1, 1, 2, 2, 1
"""What each reason counts: a pattern of the newest notes, one that was seen in more than one of
them, each further pattern, an open goal, what went well before, and what they never had."""


@dataclass(frozen=True, slots=True)
class OpenGoal:
    """One open goal that says what it is about."""

    title: str
    area: ProblemGroup


@dataclass(frozen=True, slots=True)
class Before:
    """What came of a worksheet that was given before, as far as its reader may see it."""

    is_running: bool
    ended_on: date
    """The last day it was asked for."""

    tries: int
    """Entries that say how far they got."""

    done: int
    """Of those, done or done in part."""

    quality: float | None
    """Mean of "How was it for you?", 0 to 10; None where nobody said."""

    @property
    def went_well(self) -> bool:
        """Whether at least half of the tries came to something and it was good for them."""
        good = self.quality is not None and self.quality >= WENT_WELL
        return good and self.done * 2 >= self.tries > 0

    @property
    def was_hard(self) -> bool:
        """Whether those who tried it found it rather hard going."""
        return self.quality is not None and self.quality <= 10 - WENT_WELL - 1


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a couple, already filtered for whoever reads the suggestions."""

    today: date
    people: int
    """Present members."""

    joint_work_cleared: bool
    patterns: Sequence[frozenset[InteractionPattern]] = ()
    """Patterns of the newest joint notes, one set a note, newest first; at most ``NOTES`` count."""

    goals: tuple[OpenGoal, ...] = ()
    before: Mapping[str, Before] = field(default_factory=dict)
    """By key of the worksheet."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One worksheet with why."""

    key: str
    points: int
    reasons: tuple[str, ...]
    """Sentences without a full stop; they name no person, for a screen may be seen."""


def suggestions(templates: Iterable[Template], situation: Situation) -> tuple[Suggestion, ...]:
    """Return at most ``MOST`` worksheets, the most fitting first, each with its reasons.

    Left out are those that run now or ended within ``REST`` days, those that were hard going,
    those for two where one is there, and, while work together is not cleared, all that need both
    to be safe. To be new is no reason by itself. Of two that fit alike the shorter comes first.
    """
    weighed = [
        (suggestion, template)
        for template in templates
        if not _waits(template, situation)
        and (suggestion := _suggestion(template, situation)) is not None
    ]
    weighed.sort(key=lambda pair: (-pair[0].points, pair[1].minutes, pair[1].title.casefold()))
    return tuple(suggestion for suggestion, _ in weighed[:MOST])


def _waits(template: Template, situation: Situation) -> bool:
    before = situation.before.get(template.key)
    if before is not None:
        rested = (situation.today - before.ended_on).days > REST
        if before.is_running or before.was_hard or not rested:
            return True
    if situation.people < 2 and template.for_whom is not GivenTo.ONE:
        return True
    return template.needs_both_safe and not situation.joint_work_cleared


def _suggestion(template: Template, situation: Situation) -> Suggestion | None:
    seen = {one: _seen(one, situation.patterns) for one in template.patterns}
    seen = {pattern: notes for pattern, notes in seen.items() if notes}
    points, reasons = _points_of(seen), _pattern_words(seen, len(situation.patterns[:NOTES]))
    serves = [goal for goal in situation.goals if goal.area in template.goals]
    if serves:
        points += GOAL * len(serves)
        reasons.append(_goal_words(serves))
    before = situation.before.get(template.key)
    if before is not None and before.went_well:
        points += WELL_BEFORE
        reasons.append("It went well for them before")
    if not reasons:
        return None
    if before is None:
        points += NEW
        reasons.append("They have not had it yet")
    return Suggestion(template.key, points, tuple(reasons))


def _seen(pattern: InteractionPattern, notes: Sequence[frozenset[InteractionPattern]]) -> int:
    return sum(pattern in ticked for ticked in notes[:NOTES])


def _points_of(seen: Mapping[InteractionPattern, int]) -> int:
    """One pattern counts in full, so that a worksheet that names many is not always first."""
    if not seen:
        return 0
    again = PATTERN_AGAIN if max(seen.values()) > 1 else 0
    return PATTERN + again + FURTHER * (len(seen) - 1)


def _pattern_words(seen: Mapping[InteractionPattern, int], notes: int) -> list[str]:
    """Return one sentence for all patterns that were ticked equally often, most often first."""
    sentences = []
    for times in sorted(set(seen.values()), reverse=True):
        names = listed([f"“{one.label}”" for one, count in seen.items() if count == times])
        where = "the newest note" if notes == 1 else f"{times} of the {notes} newest notes"
        sentences.append(f"An answer to {names}, ticked in {where}")
    return sentences


def _goal_words(goals: Sequence[OpenGoal]) -> str:
    titles = listed([f"“{goal.title}”" for goal in goals])
    areas = listed(list(dict.fromkeys(lower_first(goal.area.label) for goal in goals)))
    return f"For {titles} ({areas})"
