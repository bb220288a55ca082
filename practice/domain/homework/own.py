"""A worksheet of the practice's own, as somebody types it, and the template it becomes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from practice.domain.homework.blocks import AgreementBlock, Block, CardBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.own_questions import Question, block_from, question_of
from practice.domain.homework.own_reading import Reading, SheetProblems
from practice.domain.homework.registry import all_templates
from practice.domain.homework.sharing import rules_for
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TITLE_LIMIT = 100
STEP_LIMIT = 300
"""Characters of the title, of one step."""

MOST_STEPS = 15
MOST_QUESTIONS = 30
MOST_MINUTES = 240


def own_key(family: UUID) -> str:
    """Return the key of a worksheet of the practice's own."""
    return f"own_{family.hex}"


def family_of(key: str) -> UUID | None:
    """Return which of the practice's own worksheets a key names; None for the library's."""
    found = re.fullmatch(r"own_([0-9a-f]{32})", key)
    return UUID(found[1]) if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A worksheet, every part as it was typed."""

    title: str = ""
    purpose: str = ""
    minutes: str = ""
    steps: str = ""
    """One a line."""

    example: str = ""
    not_when: str = ""
    source: str = ""
    for_whom: str = GivenTo.EACH.value
    frequency: str = Frequency.WEEKLY.value
    times_per_week: str = "3"
    default_audience: str = Audience.PRIVATE.value
    skills: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    needs_both_safe: bool = True
    smaller: str = ""
    """Key of a worksheet of the library; empty: none."""

    questions: tuple[Question, ...] = (Question(),)


def sheet_of(template: Template) -> Sheet:
    """Return a template as somebody would have typed it, to be changed or copied."""
    return Sheet(
        title=template.title,
        purpose=template.purpose,
        minutes=str(template.minutes),
        steps="\n".join(template.steps),
        example=template.example,
        not_when=template.not_when,
        source=template.source or "",
        for_whom=template.for_whom.value,
        frequency=template.frequency.value,
        times_per_week=str(template.times_per_week),
        default_audience=template.default_audience.value,
        skills=tuple(one.value for one in template.skills),
        patterns=tuple(one.value for one in template.patterns),
        goals=tuple(one.value for one in template.goals),
        needs_both_safe=template.needs_both_safe,
        smaller=template.smaller or "",
        questions=tuple(question_of(block) for block in template.blocks),
    )


def template_from(sheet: Sheet, *, key: str, version: int) -> Template:
    """Return the template that was typed.

    Args:
        sheet: As it was typed.
        key: From ``own_key``.
        version: From 1.

    Raises:
        SheetProblems: with all messages at once.
    """
    found = Reading()
    blocks = tuple(
        block
        for place, question in enumerate(sheet.questions[: MOST_QUESTIONS + 1])
        if (block := block_from(found, place, question)) is not None
    )
    if not sheet.questions:
        found.errors["questions"] = "Ask at least one question."
    if len(sheet.questions) > MOST_QUESTIONS:
        found.errors["questions"] = f"There is room for {MOST_QUESTIONS} questions."
    parts = {
        "title": found.line("title", sheet.title, "Give it a title.", TITLE_LIMIT),
        "purpose": found.line("purpose", sheet.purpose, "Say in a line what it is good for."),
        "minutes": found.number(
            "minutes", sheet.minutes, range(1, MOST_MINUTES + 1), "About how many minutes?"
        ),
        "steps": found.lines("steps", sheet.steps, MOST_STEPS, STEP_LIMIT),
        "example": found.text("example", sheet.example),
        "not_when": found.text(
            "not_when", sheet.not_when, "Say when another way is better; it is read first."
        ),
        "source": found.line("source", sheet.source) or None,
        "for_whom": found.one("for_whom", sheet.for_whom, GivenTo, GivenTo.EACH),
        "frequency": found.one("frequency", sheet.frequency, Frequency, Frequency.ONCE),
        "default_audience": found.one(
            "default_audience", sheet.default_audience, Audience, Audience.PRIVATE
        ),
        "skills": found.several("skills", sheet.skills, Skill),
        "patterns": found.several("patterns", sheet.patterns, InteractionPattern),
        "goals": found.several("goals", sheet.goals, ProblemGroup),
        "needs_both_safe": sheet.needs_both_safe,
        "smaller": sheet.smaller or None,
    }
    parts["times_per_week"] = found.number(
        "times_per_week", sheet.times_per_week or "1", range(1, 8), "Choose 1 to 7 times a week."
    )
    if parts["for_whom"] is GivenTo.TOGETHER and not sheet.needs_both_safe:
        found.errors["needs_both_safe"] = "What is done together needs both to be safe."
    if not parts["steps"]:
        found.errors.setdefault("steps", "Write at least one step.")
    if parts["default_audience"] not in rules_for(parts["for_whom"]):
        found.errors.setdefault("default_audience", _NOT_OFFERED[parts["for_whom"]])
    _require_fitting(found, blocks, parts)
    _require_smaller(found, parts)
    if found.errors:
        raise SheetProblems(found.errors)
    return Template(key=key, version=version, blocks=blocks, **parts)


def _require_fitting(found: Reading, blocks: Sequence[Block], parts: Mapping[str, Any]) -> None:
    """Say what an agreement and a card ask of whoever is given the worksheet."""
    agreements = [block for block in blocks if isinstance(block, AgreementBlock)]
    if len(agreements) > 1:
        found.errors.setdefault("questions", "A worksheet holds at most one agreement.")
    if agreements and parts["for_whom"] is not GivenTo.TOGETHER:
        found.errors.setdefault("for_whom", "An agreement is made together: choose that.")
    if agreements and parts["default_audience"] is not Audience.COUPLE:
        found.errors.setdefault(
            "default_audience", "What all of them sign, all of them read: choose that."
        )
    if parts["for_whom"] is GivenTo.ONE and any(isinstance(one, CardBlock) for one in blocks):
        found.errors.setdefault("for_whom", "A card is for more than one of them.")


def smaller_ones() -> tuple[Template, ...]:
    """Return what a worksheet of the practice's own can become where it is too much.

    Not what is signed: nobody gets an agreement in place of something else.
    """
    return tuple(one for one in all_templates().values() if not one.agreement)


def _require_smaller(found: Reading, parts: Mapping[str, Any]) -> None:
    key = parts["smaller"]
    if key is None or "minutes" in found.errors:
        return
    other = next((one for one in smaller_ones() if one.key == key), None)
    if other is None:
        found.errors.setdefault("smaller", "Choose a worksheet of the list, or none.")
    elif parts["minutes"] is not None and other.minutes >= parts["minutes"]:
        found.errors.setdefault("smaller", "That one takes as long as this: choose a shorter one.")
    elif other.needs_both_safe and not parts["needs_both_safe"]:
        found.errors.setdefault(
            "smaller", "That one needs both to be safe, this one does not: choose another."
        )
    elif other.for_whom is GivenTo.TOGETHER and parts["for_whom"] is not GivenTo.TOGETHER:
        found.errors.setdefault("smaller", "That one is done together, this one is not.")


_NOT_OFFERED = {
    GivenTo.ONE: "What one partner does alone is not there for the other: choose its author, or "
    "the author and the therapist.",
    GivenTo.EACH: "Choose one of the rules.",
    GivenTo.TOGETHER: "There is one entry between them, so nobody waits for anybody. Choose "
    "another rule.",
}
