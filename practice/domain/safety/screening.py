"""The private questions: what an answer amounts to, and when it is time to ask again."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from practice.domain.events import EventKind
from practice.domain.safety.hark_items import HARK_ITEMS
from practice.domain.schedule import months_later

KEYS = tuple(key for key, _ in HARK_ITEMS)

RESCREEN_MONTHS = 6
"""Our own interval, no published one; the therapist may set another day for each person."""

PORTAL_DAYS = 14
"""How long the questions stay in somebody's portal, unanswered; then they are gone from it."""

ASK_AFTER = frozenset({EventKind.DISCLOSURE, EventKind.MOVED_OUT, EventKind.SETBACK})
"""Events after which it is time to ask again: danger is greatest around a parting."""

WHAT_IT_IS = (
    "Among 232 women in London general practice, one yes or more found 81 of 100 who met "
    "violence, and 95 of 100 who did not answered no throughout. It was tested with women only: "
    "for anybody else it opens a conversation and measures nothing. A negative screen is not "
    "safety."
)
"""What the therapist reads beside every result. Source: ``hark_items``."""


class ScreeningWay(StrEnum):
    """How the questions were put."""

    PORTAL = "portal"
    HAND_OVER = "hand_over"
    """On the therapist's device, in that person's hands."""

    TALK = "talk"
    """Aloud, with that person alone."""

    @property
    def label(self) -> str:
        return _WAYS[self]


_WAYS = {
    ScreeningWay.PORTAL: "in their own portal",
    ScreeningWay.HAND_OVER: "on your device",
    ScreeningWay.TALK: "in a talk alone",
}


class ScreeningState(StrEnum):
    """Where one person is with the private questions; what a step of the intake asks for."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    """Asked and without an answer; nobody can tell whether it was opened or left."""

    DONE = "done"
    DUE = "due"
    """Answered before, and it is time to ask again."""


def yes_count(answers: Mapping[str, bool]) -> int:
    """Return how many questions were answered with yes, 0 to 4. What was left open is no yes."""
    return sum(answers.get(key, False) for key in KEYS)


def is_positive(answers: Mapping[str, bool]) -> bool:
    """Whether somebody should be spoken with: one yes or more.

    Source:
        Sohal, Eldridge & Feder (2007), BMC Family Practice 8:49: cut at 1 or more.
    """
    return yes_count(answers) >= 1


def checked_answers(answers: Mapping[str, bool]) -> dict[str, bool]:
    """Return the answers to known questions.

    Raises:
        ValueError: if nothing was answered, or to a question that is none of the four.
    """
    if not answers or not set(answers) <= set(KEYS):
        raise ValueError("answers to one or more of the four questions")
    return {key: answers[key] for key in KEYS if key in answers}


def default_rescreen(on: date) -> date:
    """Return the day on which it is time again after an answer on ``on``."""
    return months_later(on, RESCREEN_MONTHS)


def due_on(planned: date, set_on: date, events: Iterable[date] = ()) -> date:
    """Return the day on which it is time to ask somebody again.

    Args:
        planned: The day that stands for it, by default or set by the therapist.
        set_on: When it was set; by default the day of the answers.
        events: Days of events in ``ASK_AFTER`` that concern the person; later ones count.
    """
    return min([planned, *(day for day in events if day > set_on)])


def state_of(*, due: date | None, is_asked: bool, today: date) -> ScreeningState:
    """Return where somebody is.

    Args:
        due: From ``due_on``; None while there is no answer.
        is_asked: Whether the questions were put since the latest answers.
        today: The day of looking.
    """
    if is_asked:
        return ScreeningState.ASKED
    if due is None:
        return ScreeningState.NOT_ASKED
    return ScreeningState.DUE if due <= today else ScreeningState.DONE
