"""The questions of a worksheet of the practice's own, as somebody types them.

Their keys follow from their place: an entry is always read with the version it was written under,
so a key need not mean the same in the next one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from practice.domain.homework.blocks import (
    AgreementBlock,
    Block,
    CardBlock,
    ChecklistBlock,
    ChoiceBlock,
    Column,
    ListBlock,
    LogBlock,
    Option,
    PlanBlock,
    RatingBlock,
    TextBlock,
    TrackerBlock,
    two_person_turn,
)
from practice.domain.homework.own_reading import Reading

OPTION_LIMIT = 120
END_LIMIT = 60
"""Characters of one answer to choose, of one end of a scale."""

TITLE_LIMIT = 80
"""Characters of the title of a card."""

MOST_OPTIONS = 20
MOST_COLUMNS = 6
MOST_LINES = 20
WIDEST = 10
"""From the lowest number of a rating to the highest: more do not fit a telephone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One row of the form, every part as it was typed."""

    kind: str = TextBlock.kind
    prompt: str = ""
    hint: str = ""
    required: bool = False
    lines: str = ""
    """For words how many lines are shown, for all others how many may be written."""

    low: str = ""
    high: str = ""
    low_label: str = ""
    high_label: str = ""
    options: str = ""
    """Answers to choose from, one a line; of a log its columns (``_column``)."""

    title: str = ""
    """Of a card."""


def question_of(block: Block) -> Question:
    """Return one question as somebody would have typed it."""
    row = Question(kind=block.kind, prompt=block.prompt, hint=block.hint, required=block.required)
    kind = _KINDS.get(block.kind)
    return replace(row, **kind.typed(block)) if kind else row


def a_turn() -> tuple[Question, ...]:
    """Return the three questions of a turn of two: say, reflect, confirm."""
    blocks = two_person_turn("turn", speaker="Whoever spoke", listener="Whoever listened")
    return tuple(question_of(block) for block in blocks)


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
    kind = _KINDS.get(question.kind)
    if kind is None:
        found.errors[f"{at}kind"] = "Choose one of the kinds of question."
        return None
    made = kind.make(found, at, question, frame)
    return made if len(found.errors) == before else None


def _text(found: Reading, at: str, question: Question, frame: Any) -> Block:
    lines = found.number(
        f"{at}lines", question.lines or "3", range(1, MOST_LINES + 1), "How many lines?"
    )
    return TextBlock(rows=lines, **frame)


def _list(found: Reading, at: str, question: Question, frame: Any) -> Block:
    return ListBlock(most=_most(found, at, question, "5"), **frame)


def _plan(found: Reading, at: str, question: Question, frame: Any) -> Block:
    return PlanBlock(**frame)


def _agreement(found: Reading, at: str, question: Question, frame: Any) -> Block:
    return AgreementBlock(**frame | {"required": True})


def _tracker(found: Reading, at: str, question: Question, frame: Any) -> Block:
    return TrackerBlock(most=_most(found, at, question, "6"), **frame)


def _card(found: Reading, at: str, question: Question, frame: Any) -> Block | None:
    title = found.line(f"{at}title", question.title, "Give the card a title.", TITLE_LIMIT)
    most = _most(found, at, question, "6")
    return CardBlock(title=title, most=most, **frame) if title else None


def _log(found: Reading, at: str, question: Question, frame: Any) -> Block | None:
    name = f"{at}options"
    lines = found.lines(name, question.options, MOST_COLUMNS, OPTION_LIMIT * MOST_COLUMNS)
    if not lines:
        found.errors.setdefault(name, "Say what is written down in each row, one thing a line.")
    columns = [_column(found, name, place, line) for place, line in enumerate(lines, 1)]
    made = tuple(column for column in columns if column is not None)
    most = _most(found, at, question, "7")
    return LogBlock(columns=made, most=most, **frame) if made else None


def _column(found: Reading, name: str, place: int, line: str) -> Column | None:
    """Return one column of a log as it is typed: ``Who asked *: I did / You did``.

    What stands after the colon are the answers to choose from; a star means that a row needs it.
    """
    head, _, rest = line.partition(":")
    head = head.strip()
    labels = [one.strip() for one in rest.split(" / ") if one.strip()]
    label = head.removesuffix("*").strip()
    if not label or len(labels) == 1 or len({one.casefold() for one in labels}) < len(labels):
        wrong = f"Line {place}: a name, and where there are answers at least two that differ."
        found.errors.setdefault(name, wrong)
        return None
    options = tuple(Option(f"answer_{n}", one) for n, one in enumerate(labels, 1))
    return Column(key=f"column_{place}", label=label, options=options, required=head.endswith("*"))


def _column_typed(column: Column) -> str:
    name = f"{column.label} *" if column.required else column.label
    labels = " / ".join(option.label for option in column.options)
    return f"{name}: {labels}" if labels else name


def _most(found: Reading, at: str, question: Question, preset: str) -> int:
    offered = range(1, MOST_LINES + 1)
    return found.number(f"{at}lines", question.lines or preset, offered, "How many lines at most?")


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


def _ends(block: Any) -> dict[str, Any]:
    low, high = str(block.low), str(block.high)
    return {"low": low, "high": high, "low_label": block.low_label, "high_label": block.high_label}


def _labels(block: Any) -> dict[str, Any]:
    return {"options": "\n".join(option.label for option in block.options)}


def _columns(block: Any) -> dict[str, Any]:
    columns = "\n".join(_column_typed(column) for column in block.columns)
    return {"lines": str(block.most), "options": columns}


def _lines(block: Any) -> dict[str, Any]:
    return {"lines": str(block.most)}


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of question as it is offered, read and typed out again."""

    words: str
    make: Callable[[Reading, str, Question, Any], Block | None]
    typed: Callable[[Any], dict[str, Any]] = lambda _: {}
    """The parts of a question that only its kind has."""


_KINDS: Mapping[str, _Kind] = {
    TextBlock.kind: _Kind(
        "Words: a few lines to write in", _text, lambda block: {"lines": str(block.rows)}
    ),
    RatingBlock.kind: _Kind("A number between two ends", _rating, _ends),
    ChoiceBlock.kind: _Kind("One of several answers", _choice, _labels),
    ChecklistBlock.kind: _Kind("Any of several answers, to tick", _checklist, _labels),
    ListBlock.kind: _Kind("A list, one short line each", _list, _lines),
    PlanBlock.kind: _Kind("A plan: what, which day, time and place", _plan),
    LogBlock.kind: _Kind("A log: the same few things, row by row", _log, _columns),
    TrackerBlock.kind: _Kind("Promises: what, by when, and later how it went", _tracker, _lines),
    AgreementBlock.kind: _Kind("Makes the page an agreement that all of them sign", _agreement),
    CardBlock.kind: _Kind(
        "A card: a few short lines for the first page of all of them",
        _card,
        lambda block: _lines(block) | {"title": block.title},
    ),
}
EDITABLE: Mapping[str, str] = {kind: one.words for kind, one in _KINDS.items()}
"""The kinds of question that can be written here, with their words."""
