"""What a practice may say of a measure of its own, field by field."""

import math
from collections.abc import Iterator

from practice.domain.measures.own import OwnDefinition, range_of
from practice.domain.measures.scales import steps_lead

LONGEST = {
    "title": 120,
    "short_title": 24,
    "purpose": 200,
    "instruction": 1000,
    "licence": 400,
    "source": 400,
}
LONGEST_ITEM = 300
LONGEST_ANSWER = 80
MOST_ITEMS = 60
MOST_ANSWERS = 11
LARGEST_VALUE = 100
LARGEST_TOTAL = 10_000
MOST_MINUTES = 60

_EMPTY = {
    "title": "Give it a title.",
    "short_title": "Give it a short name for charts.",
    "purpose": "Say in a line, to the person who answers, what it is about.",
    "licence": "Say by what right you use the words, for example “written by us”.",
}

Problems = Iterator[tuple[str, str]]


def own_problems(definition: OwnDefinition) -> dict[str, str]:
    """Return what is wrong with a definition, by field; empty if it can be used.

    Questions and answers are named by their place: the first is line 1.
    """
    found = dict(_texts(definition))
    if not 1 <= definition.minutes <= MOST_MINUTES:
        found["minutes"] = f"Enter minutes from 1 to {MOST_MINUTES}."
    if definition.validated and not definition.source.strip():
        found["source"] = "A validated measure needs its source: author, year, where published."
    parts = _total(definition) if definition.totals_only else _questions(definition)
    for field, message in parts:
        found.setdefault(field, message)
    return found


def _texts(definition: OwnDefinition) -> Problems:
    for field, longest in LONGEST.items():
        text: str = getattr(definition, field)
        if field in _EMPTY and not text.strip():
            yield field, _EMPTY[field]
        elif len(text) > longest:
            yield field, f"Use at most {longest} characters; these are {len(text)}."
        elif field != "instruction" and "\n" in text:
            yield field, "Keep this to one line."


def _questions(definition: OwnDefinition) -> Problems:
    if len(definition.items) > MOST_ITEMS:
        yield (
            "items",
            f"There is room for {MOST_ITEMS} questions; these are {len(definition.items)}.",
        )
    seen: dict[str, int] = {}
    for line, item in enumerate(definition.items, start=1):
        if not item.text.strip():
            yield "items", f"Question {line} has no words."
        if len(item.text) > LONGEST_ITEM:
            yield "items", f"Question {line} is longer than {LONGEST_ITEM} characters."
        if item.text in seen:
            yield "items", f"Question {line} is the same as question {seen[item.text]}."
        seen.setdefault(item.text, line)
    found = list(_answers(definition))
    yield from found
    if not found and range_of(definition.items, definition.answers) != (
        definition.low,
        definition.high,
    ):
        yield "items", "The range is not the one that questions and answers give."
    if definition.step != 1:
        yield "step", "Totals of questions go in steps of 1."


def _answers(definition: OwnDefinition) -> Problems:
    answers = definition.answers
    if not 2 <= len(answers) <= MOST_ANSWERS:
        yield "answers", f"Give 2 to {MOST_ANSWERS} answers, one a line, such as “0 Not at all”."
    values: dict[int, int] = {}
    labels: dict[str, int] = {}
    for line, choice in enumerate(answers, start=1):
        if not 0 <= choice.value <= LARGEST_VALUE:
            yield "answers", f"Answer {line}: use a whole number from 0 to {LARGEST_VALUE}."
        if not choice.label.strip() or len(choice.label) > LONGEST_ANSWER:
            yield "answers", f"Answer {line}: use 1 to {LONGEST_ANSWER} characters of words."
        if choice.value in values:
            yield "answers", f"Answer {line} scores the same as answer {values[choice.value]}."
        if choice.label in labels:
            yield "answers", f"Answer {line} says the same as answer {labels[choice.label]}."
        values.setdefault(choice.value, line)
        labels.setdefault(choice.label, line)


def _total(definition: OwnDefinition) -> Problems:
    low, high, step = definition.low, definition.high, definition.step
    if definition.answers:
        yield "items", "There are answers, but no question to put them to."
    if not (-LARGEST_TOTAL <= low < high <= LARGEST_TOTAL):
        yield "high", f"The highest total must be above the lowest, and at most {LARGEST_TOTAL}."
    elif not (math.isfinite(step) and step > 0):
        yield "step", "The step must be a number above 0, such as 1 or 0.1."
    elif not steps_lead(low, high, step):
        yield "step", "The highest total cannot be reached from the lowest in such steps."
