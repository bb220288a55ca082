"""Finding worksheets in the library: by word, by what they train, and by how long they take."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern

LONGEST_SEARCH = 100
"""Characters of a search; whatever follows is left out."""


class Length(StrEnum):
    """How long one go may take."""

    SHORT = "short"
    MIDDLE = "middle"
    LONG = "long"

    @property
    def label(self) -> str:
        return _LABELS[self]

    def takes(self, minutes: int) -> bool:
        """Whether ``minutes`` fall into this length."""
        low, high = _MINUTES[self]
        return low <= minutes <= high


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; whatever is None or empty narrows nothing."""

    words: str = ""
    skill: Skill | None = None
    pattern: InteractionPattern | None = None
    goal: ProblemGroup | None = None
    length: Length | None = None

    @property
    def is_everything(self) -> bool:
        return self == Wanted()


def found(templates: Iterable[Template], wanted: Wanted) -> tuple[Template, ...]:
    """Return the worksheets that are wanted, in the order given.

    Every word of the search must stand somewhere on the worksheet, in any case of letters and
    also as a part of a longer word.
    """
    return tuple(one for one in templates if _is_wanted(one, wanted))


def _is_wanted(template: Template, wanted: Wanted) -> bool:
    checks = (
        wanted.skill is None or wanted.skill in template.skills,
        wanted.pattern is None or wanted.pattern in template.patterns,
        wanted.goal is None or wanted.goal in template.goals,
        wanted.length is None or wanted.length.takes(template.minutes),
    )
    return all(checks) and _holds(template, wanted.words)


def _holds(template: Template, words: str) -> bool:
    asked = _plain(words[:LONGEST_SEARCH]).split()
    if not asked:
        return True
    texts = [template.title, template.purpose, *template.steps, template.example]
    texts += [template.source or "", *(block.prompt for block in template.blocks)]
    texts += [one.label for one in template.skills]
    texts += [one.label for one in template.patterns]
    texts += [one.label for one in template.goals]
    page = _plain(" ".join(texts))
    return all(word in page for word in asked)


def _plain(text: str) -> str:
    """Return text for comparing: one case, straight quotation marks."""
    return text.casefold().replace("’", "'").replace("“", '"').replace("”", '"')


_MINUTES = {Length.SHORT: (0, 5), Length.MIDDLE: (6, 15), Length.LONG: (16, 10_000)}
_LABELS = {
    Length.SHORT: "up to 5 minutes",
    Length.MIDDLE: "6 to 15 minutes",
    Length.LONG: "more than 15 minutes",
}
