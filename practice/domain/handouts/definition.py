"""What a handout is: a page of plain words that is the same for everybody."""

import re
from dataclasses import dataclass

LONGEST_LINE = 260
"""Characters of one line: two tired people read it standing."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Some lines under one heading."""

    heading: str
    lines: tuple[str, ...]
    in_order: bool = False
    """Whether the lines are steps, one after the other."""

    @property
    def text(self) -> str:
        """The heading and the lines, one below the other, as plain words."""
        marks = (f"{n}." if self.in_order else "–" for n in range(1, len(self.lines) + 1))
        listed = (f"{mark} {line}" for mark, line in zip(marks, self.lines, strict=True))
        return "\n".join([self.heading, *listed])


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """One handout; it fits on one A4 page, which a test looks at."""

    key: str
    """Also the name of its file in ``catalogue``."""

    title: str
    lead: str
    """One or two sentences: what the page is good for."""

    passages: tuple[Passage, ...]
    careful: str
    """When another way is better; stands at the foot of every handout."""

    source: str | None
    """Whose work it follows; None for common practice without an author."""

    worksheets: tuple[str, ...] = ()
    """Keys of worksheets of the library it goes with."""

    @property
    def text(self) -> str:
        """The page as plain words, but for title and lead: to be read on a telephone."""
        parts = [passage.text for passage in self.passages] + [self.careful]
        return "\n\n".join([*parts, self.source] if self.source else parts)

    def __post_init__(self) -> None:
        for problem in self._problems():
            raise ValueError(f"Handout {self.key!r}: {problem}")

    def _problems(self) -> list[str]:
        lines = [line for passage in self.passages for line in passage.lines]
        checks = {
            "the key must be a lower-case Python name": re.fullmatch(r"[a-z][a-z0-9_]*", self.key),
            "it needs passages, each with lines": self.passages
            and all(passage.lines for passage in self.passages),
            f"a line is longer than {LONGEST_LINE} characters": all(
                len(line) <= LONGEST_LINE for line in lines
            ),
            "it needs a word of care": self.careful,
        }
        return [problem for problem, holds in checks.items() if not holds]
