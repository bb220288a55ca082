"""The words homework is described with: to whom, how often, how it went, what it trains."""

from enum import StrEnum


class GivenTo(StrEnum):
    """Who of the couple is asked to do it."""

    ONE = "one"
    """One member; the others need not know of it."""

    EACH = "each"
    """Every member, each with an entry of their own."""

    TOGETHER = "together"
    """The members side by side, with one entry between them."""

    @property
    def label(self) -> str:
        return _GIVEN_TO_LABELS[self]


class Frequency(StrEnum):
    """How often it is asked for. How many times a week is a number beside it."""

    ONCE = "once"
    DAILY = "daily"
    SEVERAL_TIMES_A_WEEK = "several_times_a_week"
    WEEKLY = "weekly"

    @property
    def label(self) -> str:
        return _FREQUENCY_LABELS[self]


class Outcome(StrEnum):
    """How one try at a piece of homework went, in the words of whoever did it."""

    DONE = "done"
    PARTLY = "partly"
    NOT_THIS_TIME = "not_this_time"

    @property
    def label(self) -> str:
        return _OUTCOME_LABELS[self]

    @property
    def counts_as_done(self) -> bool:
        """Whether the day of this try counts in adherence. A part of it does: small acts count."""
        return self is not Outcome.NOT_THIS_TIME


class EndReason(StrEnum):
    """Why homework is not asked for any more. For those who treat the couple alone."""

    DONE_ENOUGH = "done_enough"
    TOO_BIG = "too_big"
    DID_NOT_FIT = "did_not_fit"
    REPLACED = "replaced"
    NO_LONGER_SAFE = "no_longer_safe"
    OTHER = "other"
    SMALLER = "smaller"
    """A smaller one took its place (``FollowsHow.SMALLER``)."""

    CARRIED_OVER = "carried_over"
    """A new run took its place (``FollowsHow.CARRIED_OVER``)."""

    @property
    def label(self) -> str:
        return _END_LABELS[self]


REASONS_TO_CHOOSE = tuple(
    one for one in EndReason if one not in {EndReason.SMALLER, EndReason.CARRIED_OVER}
)
"""What somebody can say who ends homework; the others are said by what took its place."""


class FollowsHow(StrEnum):
    """How homework came out of an earlier one."""

    CARRIED_OVER = "carried_over"
    """The same again, for a new run."""

    SMALLER = "smaller"

    @property
    def reason(self) -> EndReason:
        """Why the earlier one ended by it."""
        return EndReason(self.value)


class Skill(StrEnum):
    """The areas of skill a worksheet trains."""

    COMMUNICATION = "communication"
    EMOTIONAL_AVAILABILITY = "emotional_availability"
    CONFLICT_HANDLING = "conflict_handling"

    @property
    def label(self) -> str:
        return _SKILL_LABELS[self]


def frequency_label(frequency: Frequency, times_per_week: int = 1) -> str:
    """Return how often in words, for instance ``"3 times a week"``.

    Args:
        frequency: How often it is asked for.
        times_per_week: 1 to 7; read only for ``SEVERAL_TIMES_A_WEEK``.
    """
    if frequency is not Frequency.SEVERAL_TIMES_A_WEEK:
        return frequency.label
    words = {1: "once a week", 2: "twice a week"}
    return words.get(times_per_week, f"{times_per_week} times a week")


_GIVEN_TO_LABELS = {
    GivenTo.ONE: "for one partner",
    GivenTo.EACH: "for each partner",
    GivenTo.TOGETHER: "to do together",
}
_FREQUENCY_LABELS = {
    Frequency.ONCE: "once",
    Frequency.DAILY: "every day",
    Frequency.SEVERAL_TIMES_A_WEEK: "several times a week",
    Frequency.WEEKLY: "once a week",
}
_OUTCOME_LABELS = {
    Outcome.DONE: "Done",
    Outcome.PARTLY: "Partly",
    Outcome.NOT_THIS_TIME: "Not this time",
}
_END_LABELS = {
    EndReason.DONE_ENOUGH: "Done enough",
    EndReason.TOO_BIG: "Too big for now",
    EndReason.DID_NOT_FIT: "Did not fit",
    EndReason.REPLACED: "Something else instead",
    EndReason.NO_LONGER_SAFE: "No longer safe",
    EndReason.OTHER: "Another reason",
    EndReason.SMALLER: "Made smaller",
    EndReason.CARRIED_OVER: "Carried over to a new run",
}
_SKILL_LABELS = {
    Skill.COMMUNICATION: "communication",
    Skill.EMOTIONAL_AVAILABILITY: "emotional availability",
    Skill.CONFLICT_HANDLING: "handling conflict",
}
