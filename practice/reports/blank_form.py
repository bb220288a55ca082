"""A measure as a sheet of paper: every question with places for a mark."""

from dataclasses import dataclass

from practice.domain.measures.definition import Item, Measure
from practice.reports.render import environment

COLUMNS = 7
"""Answers that fit side by side on A4 beside their question; more stand below each other."""

LONGEST_HEAD = 30
"""Characters that an answer may have to head a column of a few words."""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that are answered in the same way, under one heading."""

    kind: str
    """``grid``: the answers are columns. ``list``: one below the other. ``digits``: numbers between
    two ends. ``places``: blank places between two words."""

    instruction: str
    answers: tuple[str, ...]
    """Words of the answers, in the order in which they are printed."""

    items: tuple[tuple[int, Item], ...]
    """Each with its number, from 1."""


def blank_form_html(measure: Measure) -> str:
    """Return the sheet as an HTML document that brings its own style. It shows no points."""
    template = environment().get_template("reports/blank_form.html")
    return template.render(measure=measure, groups=groups_of(measure))


def groups_of(measure: Measure) -> tuple[Group, ...]:
    """Part the items where an instruction begins or the way of answering changes."""
    groups: list[Group] = []
    for number, item in enumerate(measure.items, start=1):
        kind, answers = _kind(item), tuple(choice.label for choice in item.choices)
        numbered = (number, item)
        last = groups[-1] if groups else None
        if last and not item.instruction and _same(last, kind, answers):
            groups[-1] = Group(kind, last.instruction, last.answers, (*last.items, numbered))
        else:
            groups.append(Group(kind, item.instruction or "", answers, (numbered,)))
    return tuple(groups)


def _same(group: Group, kind: str, answers: tuple[str, ...]) -> bool:
    """Whether an item is answered as a group is; between two ends each has words of its own."""
    return group.kind == kind and (kind in ("digits", "places") or group.answers == answers)


def _kind(item: Item) -> str:
    if item.poles is not None:
        return "digits" if item.poles.digits_shown else "places"
    fits = all(len(choice.label) <= LONGEST_HEAD for choice in item.choices)
    return "grid" if fits and len(item.choices) <= COLUMNS else "list"
