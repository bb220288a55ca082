"""What waits for a partner, of whatever kind, as the first page shows it: one thing first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from flask import url_for

from practice.domain.portal_next import Waiting, Why, in_order
from practice.domain.visibility import Audience
from practice.domain.words import lower_first, weekday_in_words
from practice.services.homework.values import Task
from practice.services.portal_questions import QuestionGroup
from practice.services.portal_todo import ToDo, ToDoKind
from practice.services.screening_answers import OwnQuestions
from practice.web.portal.waiting import entries
from practice.web.words import (
    count_word,
    group_minutes,
    minutes,
    question_group_note,
    question_group_title,
    readers_of,
)

SHOWN = 5
"""So many stand open beside the first; the rest is folded away until there is time."""

REACH = "Which ways suit you, and when. “Not at all between the sessions” is an answer too."
REACH_AGAIN = "It is a while since you said how. Please see whether it still fits."


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits, in words."""

    title: str
    text: str
    do: str
    """What the button says."""

    address: str
    readers: str
    order: Waiting
    entry: str = ""
    """The kind of record that it is, where it is one; ``readers`` is then its badge."""

    about: str = ""
    """What the badge is about, where that could be mistaken."""

    small: str = ""
    more: str = ""
    """Said where it stands first and there is room."""

    names_day: bool = False
    """Its title says already for which day it is."""

    list_address: str = ""
    """Where its parts stand one by one."""


@dataclass(frozen=True, slots=True)
class FirstPage:
    """All that waits, in order."""

    first: Item | None
    why: str
    """Above the first one; empty where nothing needs to be said."""

    others: tuple[Item, ...]
    folded: tuple[Item, ...]
    minutes: int
    """Of all that is not left to choice, together."""

    @property
    def count(self) -> int:
        return len(self.others) + len(self.folded) + (self.first is not None)


@dataclass(frozen=True, slots=True)
class FoundWaiting:
    """What the services found for one partner."""

    today: date
    appointment: date | None
    """The day of their own next appointment."""

    todo: Sequence[ToDo] = ()
    permission_waits: str = ""
    """Badge of a question about their record; empty where none waits."""

    groups: Sequence[QuestionGroup] = ()
    question_sets: Sequence[OwnQuestions] = ()
    tasks: Sequence[Task] = ()


def first_page(found: FoundWaiting) -> FirstPage:
    """Put what waits for a partner in order and into words."""
    items = [
        *(_todo(one) for one in found.todo),
        *_permission(found.permission_waits),
        *(_questions(group, found.today) for group in found.groups),
        *(_question_set(one) for one in found.question_sets),
        *(_homework(task, found.today) for task in found.tasks),
    ]
    order = in_order([one.order for one in items], found.appointment)
    ordered = [items[place] for place in order.places]
    return FirstPage(
        first=ordered[0] if ordered else None,
        why=_why(order.why, found.appointment, ordered),
        others=tuple(ordered[1 : SHOWN + 1]),
        folded=tuple(ordered[SHOWN + 1 :]),
        minutes=sum(one.order.minutes for one in items),
    )


def _why(why: Why | None, appointment: date | None, ordered: Sequence[Item]) -> str:
    if why is Why.BEFORE_APPOINTMENT and appointment is not None and not ordered[0].names_day:
        return f"Next, before {weekday_in_words(appointment)}"
    return "Next, because it is the shortest" if why is Why.SHORTEST else "Next"


def _todo(one: ToDo) -> Item:
    length = minutes(one.minutes)
    order = Waiting(one.minutes)
    match one.kind:
        case ToDoKind.PERMISSION:
            return Item(
                title=f"A question from {one.therapist}",
                text="It is about something you wrote. You may say yes or no, or leave it for now.",
                do=f"Look at it, {length}",
                address=url_for("portal.permission", permission_id=one.id),
                readers=one.badge,
                entry="permission",
                order=order,
            )
        case ToDoKind.AGREEMENTS:
            return Item(
                title="To read and sign",
                text=_texts_to_sign(one),
                do=f"Read, about {length}",
                address=url_for("portal.agreements"),
                readers=one.badge,
                entry="consent",
                order=order,
            )
        case ToDoKind.CONTACT:
            again = one.is_begun
            return Item(
                title="How we may reach you",
                text=REACH_AGAIN if again else REACH,
                do=f"{'Look at it' if again else 'Say how'}, about {length}",
                address=url_for("portal.contact"),
                readers=one.badge,
                entry="safe_contact",
                order=order,
            )
        case ToDoKind.INTAKE:
            return _intake(one)
        case _:
            assert_never(one.kind)


def _texts_to_sign(one: ToDo) -> str:
    several = one.count > 1
    if one.is_new_version:
        what = f"{count_word(one.count)} texts" if several else "A text"
        has, it = ("have", "them") if several else ("has", "it")
        return (
            f"{what} that you signed {has} a new version. Please look at {it} when you are ready."
        )
    what = f"{count_word(one.count)} texts" if several else "One text"
    return f"{what} about how you work together. You read and sign alone."


def _intake(one: ToDo) -> Item:
    if one.is_begun:
        text = f"{count_word(one.count)} short {'part is' if one.count == 1 else 'parts are'} left."
    else:
        text = (
            f"{count_word(one.count)} short parts: what brings you, what you have tried, what you "
            "hope for."
        )
    return Item(
        title="About you",
        text=f"{text} One at a time is enough, and any of them may be left out.",
        do=f"{'Go on' if one.is_begun else 'Begin'}, about {minutes(one.minutes)} in all",
        address=url_for("portal.intake"),
        readers=one.badge,
        entry="intake",
        small="Before each part it says who reads it.",
        order=Waiting(one.minutes),
    )


def _permission(badge: str) -> Iterable[Item]:
    if badge:
        yield Item(
            title="A question about your record",
            text="Your therapist asks whether something may be given to somebody outside. "
            "You decide alone, and you need not hurry.",
            do="Read it, about 2 minutes",
            address=url_for("portal.record"),
            readers=badge,
            entry="authorisation",
            order=Waiting(2),
        )


def _questions(group: QuestionGroup, today: date) -> Item:
    waiting = entries(group)
    first, note = waiting[0], question_group_note(group, today)
    title = question_group_title(group)
    # What may be left out and stands beside other parts is not counted, as it is not asked for.
    order = Waiting(0 if group.is_optional else group.minutes, group.due_on, group.is_optional)
    begun = "You have begun." if group.begun else ""
    if len(waiting) == 1:
        size = f"{first.title}: {lower_first(first.size)}." if group.occasion else f"{first.size}."
        choice = "Only if you like." if first.optional else ""
        return Item(
            title=title,
            text=_joined(size, begun, choice, note),
            do=f"{first.verb}, {minutes(first.minutes)}",
            address=first.address,
            readers=first.readers,
            names_day=group.on is not None,
            order=order,
        )
    text = f"{count_word(len(waiting))} short parts, {group_minutes(group)}."
    alone = lower_first(readers_of(Audience.THERAPIST, first.therapist, []))
    return Item(
        title=title,
        text=_joined(text, begun, note),
        do=f"{'Go on with' if first.begun else 'Begin with'} the first, {minutes(first.minutes)}",
        address=first.address,
        readers=f"Who reads this: {alone}. Before each part it says who else could.",
        names_day=group.on is not None,
        list_address=url_for("portal.question_list"),
        order=order,
    )


def _question_set(one: OwnQuestions) -> Item:
    return Item(
        title="A few private questions",
        text="Four questions, for a moment when you are alone.",
        do="Open, 1 minute",
        address=url_for("portal.question_set", request_id=one.request_id),
        readers=f"Only {one.therapist} sees your answers.",
        order=Waiting(1, can_wait=True),
    )


def _homework(task: Task, today: date) -> Item:
    length = minutes(task.minutes)
    if task.is_once and task.due_on >= today:
        when = f"For {weekday_in_words(task.due_on)}."
    elif task.is_once:
        day = weekday_in_words(task.due_on)
        when = f"It was meant for {day}; it still helps, when you are ready."
    else:
        often = task.how_often[:1].upper() + task.how_often[1:]
        together = ", together" if task.is_together and task.others else ""
        when = f"{often}{together}, until {weekday_in_words(task.due_on)}."
        if task.asked > 1 and task.done:
            when += f" {task.done} of {task.asked} this week."
    widest = lower_first(readers_of(task.audience, task.therapist, list(task.others)))
    return Item(
        title=task.title,
        text=when,
        more=task.purpose,
        do=f"Open, about {length}",
        address=url_for("portal.assignment", assignment_id=task.id),
        readers=task.badge,
        entry="assignment",
        about="This task",
        small=f"You choose who reads what you write: at most {widest}.",
        order=Waiting(task.minutes, task.due_on),
    )


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
