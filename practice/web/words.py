"""Words that several pages share: who can read something, and a greeting by the clock."""

from datetime import date, datetime
from uuid import UUID

from practice.domain.battery import Occasion
from practice.domain.measures.definition import Measure
from practice.domain.measures.relations import shown_scales
from practice.domain.onlookers import Onlooker, badge
from practice.domain.people import Reader, Standing
from practice.domain.schedule import GoalTask
from practice.domain.steps import KINDS
from practice.domain.visibility import Audience, Facts, Kind
from practice.domain.words import listed, names_in, weekday_in_words, with_you
from practice.services.measure_requests import Audiences, OpenRequest
from practice.services.portal_questions import QuestionGroup
from practice.services.step_requests import OpenStep


def readers_of(audience: Audience, therapist: str, others: list[str]) -> str:
    """Say who will read what is written for ``audience``, speaking to its author.

    For what is not written yet; the policy is asked as it will be asked then. What is written
    already says who can see it by ``practice.services.badges``.

    Args:
        audience: Whom it is for.
        therapist: First names of those who treat the couple, as ``listed`` says them.
        others: First names of the other members, in the couple's order.
    """
    you, couple = UUID(int=1), UUID(int=2)
    people = [
        Onlooker(Reader(you, couple, Standing.MEMBER), ""),
        *(
            Onlooker(Reader(UUID(int=100 + number), couple, Standing.TREATING), name)
            for number, name in enumerate(names_in(therapist), start=1)
        ),
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
        return f"Only {with_you(readers.therapist)} see your answers."
    return (
        f"Only {with_you(readers.therapist)} see your answers. At the end you choose whether "
        f"{listed(readers.others)} may see the result."
    )


def question_group_title(group: QuestionGroup) -> str:
    """Say what questions of the portal are for: ``Before you meet on Tuesday 24 November``."""
    if group.occasion is None:
        return item_title(group.items[0])
    if group.on is not None:
        after = group.occasion is Occasion.AFTER_SESSION
        words = "After you met on" if after else "Before you meet on"
        return f"{words} {weekday_in_words(group.on)}"
    return _GROUP_TITLES.get(group.occasion, group.occasion.label)


def question_group_note(group: QuestionGroup, today: date) -> str:
    """Say until when they are meant to be answered, without a reproach."""
    closes_on = group.closes_on
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


_GOAL_TITLES = {
    GoalTask.WRITE: "What you hope for",
    GoalTask.PROGRESS: "How far your goals have come",
    GoalTask.ATTAINMENT: "What became of your goals",
}


def item_title(item: OpenRequest | OpenStep) -> str:
    """Say what one of the things that wait is about."""
    if isinstance(item, OpenRequest):
        return item.measure.purpose.rstrip(".")
    return _GOAL_TITLES[item.task] if item.task is not None else KINDS[item.kind].label


def item_size(item: OpenRequest | OpenStep) -> str:
    """``16 questions``; ``3 goals, a number for each``; ``in your own words``."""
    if isinstance(item, OpenRequest):
        return question_count(item.measure)
    if item.task is None:
        return minutes(item.minutes)
    if item.task is GoalTask.WRITE:
        return "One to three things, in your own words"
    count = "1 goal" if item.goals == 1 else f"{item.goals} goals"
    return f"{count}, {'a number' if item.task is GoalTask.PROGRESS else 'a level'} for each"


def item_readers(item: OpenRequest | OpenStep) -> str:
    """Say before anything is entered who will read it."""
    if isinstance(item, OpenRequest):
        return readers_line(item.readers, item.measure)
    return step_readers(item.readers, may_show=item.has_joint)


def step_readers(readers: Audiences, *, may_show: bool) -> str:
    """Say who will read what is entered in a step; ``may_show``: whether others may be let in."""
    alone = f"Only {with_you(readers.therapist)} see what you say."
    if not readers.others or not may_show:
        return alone
    return (
        f"{alone} You choose whether {listed(readers.others)} may see where you are with the goals "
        "you share."
    )


def result_words(measure: Measure) -> str:
    """Say what of the answers a result gives away."""
    if all(len(scale.item_keys) == 1 for scale in shown_scales(measure)):
        return "Your result is the numbers you chose."
    return "Your result is the number your answers add up to; it does not show the answers."
