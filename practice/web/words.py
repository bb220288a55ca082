"""Words that several pages share: who can read something, and a greeting by the clock."""

from datetime import date, datetime
from uuid import UUID

from practice.domain.battery import Occasion
from practice.domain.measures.definition import Measure
from practice.domain.measures.relations import shown_scales
from practice.domain.onlookers import Onlooker, badge
from practice.domain.people import Reader, Standing
from practice.domain.visibility import Audience, Facts, Kind
from practice.domain.words import listed, weekday_in_words
from practice.services.measure_requests import Audiences
from practice.services.portal_questions import QuestionGroup


def readers_of(audience: Audience, therapist: str, others: list[str]) -> str:
    """Say who will read what is written for ``audience``, speaking to its author.

    For what is not written yet; the policy is asked as it will be asked then. What is written
    already says who can see it by ``practice.services.badges``.

    Args:
        audience: Whom it is for.
        therapist: First name of the treating therapist.
        others: First names of the other members, in the couple's order.
    """
    you, couple, carer = (UUID(int=number) for number in (1, 2, 3))
    people = [
        Onlooker(Reader(you, couple, Standing.MEMBER), ""),
        Onlooker(Reader(carer, couple, Standing.TREATING), therapist),
        *(
            Onlooker(Reader(UUID(int=number), couple, Standing.MEMBER), name)
            for number, name in enumerate(others, start=4)
        ),
    ]
    return badge(Facts(couple, you, Kind.HOMEWORK_ENTRY, audience), people, you)


def greeting(local: datetime) -> str:
    """Return the greeting for the hour of ``local``, a moment in the practice's zone."""
    if 5 <= local.hour < 12:
        return "Good morning"
    return "Good afternoon" if 12 <= local.hour < 18 else "Good evening"


def minutes(count: int) -> str:
    """``1 minute``, ``4 minutes``."""
    return "1 minute" if count == 1 else f"{count} minutes"


def question_count(measure: Measure) -> str:
    """``1 question``, ``16 questions``."""
    count = len(measure.items)
    return "1 question" if count == 1 else f"{count} questions"


_COUNTS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def count_word(count: int) -> str:
    """``Two``, ``Three``; figures from 10 on."""
    return _COUNTS[count] if 0 <= count < len(_COUNTS) else str(count)


def readers_line(readers: Audiences, measure: Measure) -> str:
    """Say before the first question who will read the answers."""
    if not readers.others or not measure.shareable:
        return f"Only you and {readers.therapist} see your answers."
    return (
        f"Only you and {readers.therapist} see your answers. At the end you choose whether "
        f"{listed(readers.others)} may see the result."
    )


def question_group_title(group: QuestionGroup) -> str:
    """Say what questions of the portal are for: ``Before you meet on Tuesday 24 November``."""
    if group.occasion is None:
        return group.requests[0].measure.purpose.rstrip(".")
    if group.on is not None:
        after = group.occasion is Occasion.AFTER_SESSION
        words = "After you met on" if after else "Before you meet on"
        return f"{words} {weekday_in_words(group.on)}"
    return _GROUP_TITLES.get(group.occasion, group.occasion.label)


def question_group_note(group: QuestionGroup, today: date) -> str:
    """Say until when they are meant to be answered, without a reproach."""
    closes_on = max((r.closes_on for r in group.requests if r.closes_on), default=None)
    if group.on is not None:
        return _session_note(group, closes_on, today)
    if closes_on is not None and group.occasion is not Occasion.INTAKE:
        return f"They stay here until {weekday_in_words(closes_on)}."
    if group.due_on is None:
        return ""
    if group.due_on >= today:
        return f"It would help to have them by {weekday_in_words(group.due_on)}."
    meant = f"They were meant for {weekday_in_words(group.due_on)}"
    return f"{meant}; they still help, when you are ready."


def _session_note(group: QuestionGroup, closes_on: date | None, today: date) -> str:
    if group.occasion is Occasion.AFTER_SESSION:
        return f"They stay here until {weekday_in_words(closes_on)}." if closes_on else ""
    if group.occasion is Occasion.REVIEW:
        return "Every few sessions there are a few more questions than usual, to look back."
    return "That is today." if group.on == today else ""


_GROUP_TITLES = {
    Occasion.INTAKE: "To begin with",
    Occasion.DISCHARGE: "At the end of your sessions",
    Occasion.FOLLOW_UP_3: "Three months on",
    Occasion.FOLLOW_UP_12: "A year on",
}


def group_minutes(group: QuestionGroup) -> str:
    """``about 5 minutes``; says what more there is that may be left out."""
    if group.is_optional:
        return f"about {minutes(group.minutes)}, only if you like"
    more = group.optional_minutes
    beside = f", and {minutes(more)} more if you like" if more else ""
    return f"about {minutes(group.minutes)}{beside}"


def result_words(measure: Measure) -> str:
    """Say what of the answers a result gives away."""
    if all(len(scale.item_keys) == 1 for scale in shown_scales(measure)):
        return "Your result is the numbers you chose."
    return "Your result is the number your answers add up to; it does not show the answers."
