"""Words on rules, levels and minutes for the pages about homework and goals."""

from collections.abc import Sequence

from practice.domain.goals import AttainmentLevel
from practice.domain.visibility import Audience
from practice.domain.words import lower_first, signed
from practice.services.goals.values import Progress, Rating

_RULES = {
    Audience.PRIVATE: "for its author alone",
    Audience.THERAPIST: "its author and you",
    Audience.IN_SESSION: "read together in a session",
    Audience.WHEN_ALL_DONE: "opens when all have done it",
    Audience.COUPLE: "shared at once",
}

_SENTENCES = {
    Audience.PRIVATE: "Private: only its author, not even you",
    Audience.THERAPIST: "For its author and you",
    Audience.IN_SESSION: "You at once; the partner once you open it with both, in a session",
    Audience.WHEN_ALL_DONE: "You at once; the partner when both have done it",
    Audience.COUPLE: "You and both of them, at once",
}
_SENTENCES_OF_MORE = _SENTENCES | {
    Audience.IN_SESSION: "You at once; the others once you open it with all of them, in a session",
    Audience.WHEN_ALL_DONE: "You at once; the others when all of them have done it",
    Audience.COUPLE: "You and all of them, at once",
}
"""The same for three members and more."""

_NUMBERS = ("the same level", "one level apart", "two levels apart", "three levels apart")


def rule_words(audience: Audience) -> str:
    """Return the rule of an assignment, or the choice of an author, for the therapist."""
    return _RULES[audience]


def rule_sentence(audience: Audience, members: int) -> str:
    """Say who reads under a rule, and when, to the therapist of so many members."""
    return (_SENTENCES_OF_MORE if members > 2 else _SENTENCES)[audience]


def level_words(level: int) -> str:
    """``+1, somewhat more than expected``."""
    label = AttainmentLevel(level).label
    return f"{signed(level)}, {lower_first(label)}"


def apart_words(views: Sequence[tuple[str, int]]) -> str:
    """Say how far several views of one goal lie apart: ``Ada +1, Ben −1: two levels apart``.

    Args:
        views: Name and level (-2 to 2) of each rater; at least two.
    """
    levels = [level for _, level in views]
    distance = max(levels) - min(levels)
    named = ", ".join(f"{name} {signed(level)}" for name, level in views)
    return f"{named}: {_NUMBERS[distance] if distance < 4 else 'four levels apart'}"


def views_apart(ratings: Sequence[Rating]) -> str:
    """``apart_words`` for the newest rating of each rater."""
    return apart_words([(rating.rater, rating.level) for rating in ratings])


def numbers_apart(progress: Sequence[Progress]) -> str:
    """Say how far the newest progress of several people lies apart: ``Ada 6, Ben 3: 3 apart``."""
    values = [one.value for one in progress]
    named = ", ".join(f"{one.rater} {one.value}" for one in progress)
    distance = max(values) - min(values)
    return f"{named}: {f'{distance} apart' if distance else 'the same number'}"
