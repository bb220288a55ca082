"""How therapy is going while it goes: rules of thumb over answers in order of time.

For the treating therapist alone: each rule reads one partner's answers, or compares both, and
none of it may reach a partner. The rules are ours, made from published thresholds; none is a
validated prediction, and every signal says so. No rule here judges an outcome: what a change
amounts to in the end is said by ``practice.domain.change``.
"""

from practice.domain.course.alliance import FeedbackLine, split_alliance
from practice.domain.course.lines import RECENT, CourseLine, Reading, line_of
from practice.domain.course.rules import CourseSituation, signals_for
from practice.domain.course.signals import RULE_OF_THUMB, SOURCES, Level, Signal, SignalKind
from practice.domain.course.slide import slow_slide
from practice.domain.course.track import (
    little_gain,
    missed_twice,
    on_track,
    opposite_ways,
    worse_than_at_the_start,
)

__all__ = [
    "RECENT",
    "RULE_OF_THUMB",
    "SOURCES",
    "CourseLine",
    "CourseSituation",
    "FeedbackLine",
    "Level",
    "Reading",
    "Signal",
    "SignalKind",
    "line_of",
    "little_gain",
    "missed_twice",
    "on_track",
    "opposite_ways",
    "signals_for",
    "slow_slide",
    "split_alliance",
    "worse_than_at_the_start",
]
