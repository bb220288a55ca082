"""The questions of a worksheet of the practice's own, as somebody types them.

Their keys follow from their place: an entry is always read with the version it was written under,
so a key need not mean the same in the next one.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from practice.domain.homework.blocks import (
    Block,
    ChecklistBlock,
    ChoiceBlock,
    ListBlock,
    Option,
    PlanBlock,
    RatingBlock,
    TextBlock,
)
from practice.domain.homework.blocks.stored import block_from_json, block_to_json
from practice.domain.homework.own_reading import Reading

OPTION_LIMIT = 120
END_LIMIT = 60
"""Characters of one answer to choose, of one end of a scale."""

MOST_OPTIONS = 20
MOST_LINES = 20
WIDEST = 10
"""From the lowest number of a rating to the highest: more do not fit a telephone."""

EDITABLE: Mapping[str, str] = {
    TextBlock.kind: "Words: a few lines to write in",
    RatingBlock.kind: "A number between two ends",
    ChoiceBlock.kind: "One of several answers",
    ChecklistBlock.kind: "Any of several answers, to tick",
    ListBlock.kind: "A list, one short line each",
    PlanBlock.kind: "A plan: what, which day, time and place",
}
"""The kinds of question that can be written here, with their words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One row of the form, every part as it was typed."""

    kind: str = TextBlock.kind
    prompt: str = ""
    hint: str = ""
    required: bool = False
    lines: str = ""
    """For words how many lines are shown, for a list how many may be written."""

    low: str = ""
    high: str = ""
    low_label: str = ""
    high_label: str = ""
    options: str = ""
    """Answers to choose from, one a line."""

    as_it_is: str = ""
    """A question of a kind that is not written here, taken over from the library: its values."""


def question_of(block: Block) -> Question:
    """Return one question as somebody would have typed it."""
    row = Question(kind=block.kind, prompt=block.prompt, hint=block.hint, required=block.required)
    if isinstance(block, TextBlock):
        return replace(row, lines=str(block.rows))
    if isinstance(block, ListBlock):
        return replace(row, lines=str(block.most))
    if isinstance(block, RatingBlock):
        return replace(
            row,
            low=str(block.low),
            high=str(block.high),
            low_label=block.low_label,
            high_label=block.high_label,
        )
    if isinstance(block, ChoiceBlock | ChecklistBlock):
        return replace(row, options="\n".join(option.label for option in block.options))
    if isinstance(block, PlanBlock):
        return row
    return replace(row, as_it_is=json.dumps(block_to_json(block)))


def block_from(found: Reading, place: int, question: Question) -> Block | None:
    """Return one question as it is asked; None where ``found`` has something against it."""
    at = f"questions-{place}-"
    before = len(found.errors)
    frame: dict[str, Any] = {
        "key": f"question_{place + 1}",
        "prompt": found.line(f"{at}prompt", question.prompt, "Write the question."),
        "hint": found.line(f"{at}hint", question.hint),
        "required": question.required,
    }
    if question.as_it_is:
        block = _as_it_is(found, at, question)
        made = block and replace(block, **frame)
    elif question.kind in _MAKERS:
        made = _MAKERS[question.kind](found, at, question, frame)
    else:
        made = None
        found.errors[f"{at}kind"] = "Choose one of the kinds of question."
    return made if len(found.errors) == before else None


def _as_it_is(found: Reading, at: str, question: Question) -> Block | None:
    try:
        if len(question.as_it_is) > _LONGEST_BLOCK:
            raise ValueError
        return block_from_json(json.loads(question.as_it_is))
    except (ValueError, RecursionError):
        found.errors[f"{at}kind"] = "This question could not be read; remove it and take it again."
        return None


def _text(found: Reading, at: str, question: Question, frame: Any) -> Block:
    lines = found.number(
        f"{at}lines", question.lines or "3", range(1, MOST_LINES + 1), "How many lines?"
    )
    return TextBlock(rows=lines, **frame)


def _list(found: Reading, at: str, question: Question, frame: Any) -> Block:
    lines = found.number(
        f"{at}lines", question.lines or "5", range(1, MOST_LINES + 1), "How many lines at most?"
    )
    return ListBlock(most=lines, **frame)


def _plan(found: Reading, at: str, question: Question, frame: Any) -> Block:
    return PlanBlock(**frame)


def _rating(found: Reading, at: str, question: Question, frame: Any) -> Block | None:
    low = found.number(f"{at}low", question.low or "0", range(-20, 20), "The lowest number?")
    high = found.number(f"{at}high", question.high or "10", range(-19, 21), "The highest number?")
    missing = "Say in a word or two what this end means."
    ends: dict[str, Any] = {
        "low_label": found.line(f"{at}low_label", question.low_label, missing, END_LIMIT),
        "high_label": found.line(f"{at}high_label", question.high_label, missing, END_LIMIT),
    }
    if f"{at}low" in found.errors or f"{at}high" in found.errors:
        return None
    if not low < high <= low + WIDEST:
        found.errors[f"{at}high"] = f"It lies above the lowest number, by {WIDEST} at most."
        return None
    return RatingBlock(low=low, high=high, **ends, **frame)


def _choice(found: Reading, at: str, question: Question, frame: Any) -> Block | None:
    options = _options(found, at, question)
    return ChoiceBlock(options=options, **frame) if options else None


def _checklist(found: Reading, at: str, question: Question, frame: Any) -> Block | None:
    options = _options(found, at, question)
    return ChecklistBlock(options=options, **frame) if options else None


def _options(found: Reading, at: str, question: Question) -> tuple[Option, ...]:
    name = f"{at}options"
    labels = found.lines(name, question.options, MOST_OPTIONS, OPTION_LIMIT)
    if len(labels) < 2:
        found.errors.setdefault(name, "Write at least two answers, one a line.")
    elif len({label.casefold() for label in labels}) < len(labels):
        found.errors.setdefault(name, "Two of these answers are the same.")
    if name in found.errors:
        return ()
    return tuple(Option(f"answer_{place}", label) for place, label in enumerate(labels, 1))


_MAKERS: Mapping[str, Callable[[Reading, str, Question, Any], Block | None]] = {
    TextBlock.kind: _text,
    RatingBlock.kind: _rating,
    ChoiceBlock.kind: _choice,
    ChecklistBlock.kind: _checklist,
    ListBlock.kind: _list,
    PlanBlock.kind: _plan,
}
_LONGEST_BLOCK = 8000
