"""What a homework template is, and how an entry on it is checked and shown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from practice.domain.homework.blocks import (
    JSON,
    AgreementBlock,
    Block,
    CardBlock,
    ChoiceBlock,
    Option,
    RatingBlock,
    TextBlock,
    TrackerBlock,
)
from practice.domain.homework.terms import Frequency, GivenTo, Outcome, Skill, frequency_label
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

HOW_IT_WENT: tuple[Block, ...] = (
    ChoiceBlock(
        key="outcome",
        prompt="How far did you get?",
        hint="A part counts. So does saying that this was not the week for it.",
        required=True,
        options=tuple(Option(outcome.value, outcome.label) for outcome in Outcome),
    ),
    RatingBlock(
        key="quality",
        prompt="How was it for you?",
        low_label="hard going",
        high_label="it was good",
    ),
    TextBlock(
        key="obstacle",
        prompt="Did anything get in the way?",
        hint="Tiredness, work, the children, not feeling like it. Saying so helps to find a better "
        "size.",
    ),
)
"""The closing questions of every entry, the same for all templates."""


class InvalidEntry(ValueError):
    """An entry that cannot be saved yet. Holds no word of what was typed.

    Attributes:
        errors: A plain message for each block that needs another look, by block key, in the
            order of the page.
    """

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__("; ".join(f"{key}: {message}" for key, message in self.errors.items()))


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One answered question, as read-only text. ``text`` may hold line breaks."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One worksheet of the library.

    ``version`` rises with every change of wording after first use. Blocks may be reworded and
    added; a block whose *meaning* changes gets a new key, and a worksheet that asks for
    something else is a new template, so that old entries stay readable.
    """

    key: str
    version: int
    title: str
    purpose: str
    """One line: what it is good for."""

    minutes: int
    """How long one go takes, talk included."""

    steps: tuple[str, ...]
    """What to do, in order; each a line that two tired people can follow."""

    example: str
    not_when: str
    """When another way is better; read by the therapist and by the couple."""

    source: str | None
    """Whose method it follows; None for common practice without an author."""

    blocks: tuple[Block, ...]
    for_whom: GivenTo
    frequency: Frequency
    times_per_week: int = 1
    """1 to 7; read only for ``Frequency.SEVERAL_TIMES_A_WEEK``."""

    default_audience: Audience
    skills: tuple[Skill, ...]
    patterns: tuple[InteractionPattern, ...] = ()
    """The patterns it is an answer to."""

    former_blocks: tuple[Block, ...] = ()
    """Asked by earlier versions; entries written then still show them."""
    goals: tuple[ProblemGroup, ...] = ()
    """What a goal that it serves is about."""

    needs_both_safe: bool = True
    """Whether the two do it with or towards each other, so that work together must be cleared
    first. False only for what one does for oneself."""
    smaller: str | None = None
    """Key of a worksheet that asks for less of the same; what this can be made smaller to."""

    def __post_init__(self) -> None:
        for problem in self._problems():
            raise ValueError(f"Homework template {self.key!r}: {problem}")

    def _problems(self) -> list[str]:
        keys = [block.key for block in (*self.all_blocks, *self.former_blocks)]
        checks = {
            "the key must be a lower-case Python name": re.fullmatch(r"[a-z][a-z0-9_]*", self.key),
            "version and minutes must be at least 1": self.version >= 1 and self.minutes >= 1,
            "times_per_week must be 1 to 7": 1 <= self.times_per_week <= 7,
            "it needs steps and blocks": self.steps and self.blocks,
            "what is done together needs both to be safe": (
                self.needs_both_safe or self.for_whom is not GivenTo.TOGETHER
            ),
            "block keys must differ from each other and from HOW_IT_WENT": (
                len(set(keys)) == len(keys)
            ),
            "it holds at most one agreement": (
                sum(isinstance(block, AgreementBlock) for block in self.blocks) <= 1
            ),
            "an agreement is between all of them, and shared with the couple": (
                self.agreement is None
                or (self.for_whom is GivenTo.TOGETHER and self.default_audience is Audience.COUPLE)
            ),
            "a card is for more than one": self.for_whom is not GivenTo.ONE or not self.cards,
        }
        return [problem for problem, holds in checks.items() if not holds]

    @property
    def all_blocks(self) -> tuple[Block, ...]:
        """The template's own questions and the closing ones, in the order of the page."""
        return self.blocks + HOW_IT_WENT

    @property
    def agreement(self) -> AgreementBlock | None:
        """The block that makes an entry an agreement to be signed, if there is one."""
        return next((block for block in self.blocks if isinstance(block, AgreementBlock)), None)

    @property
    def cards(self) -> tuple[CardBlock, ...]:
        """The blocks that become a card on the portals."""
        return tuple(block for block in self.blocks if isinstance(block, CardBlock))

    @property
    def trackers(self) -> tuple[TrackerBlock, ...]:
        """The blocks whose lines can be marked later on."""
        return tuple(block for block in self.blocks if isinstance(block, TrackerBlock))

    @property
    def frequency_label(self) -> str:
        return frequency_label(self.frequency, self.times_per_week)

    def clean(self, raw: Mapping[str, object], *, today: date | None = None) -> dict[str, JSON]:
        """Return an entry as it is stored: every block's key with its value, empty or not.

        A finished entry (outcome "done") needs every required answer. Where it went partly or
        not this time, only the outcome is needed: nobody should have to fill in a worksheet
        in order to say that there was no time for it.

        Args:
            raw: Answers by block key, as a form or an import hands them over. Other keys
                (the form's token, say) are left alone.
            today: The day on which it is handed in, in the practice's zone; None: days are not
                held against the calendar, for an entry that was handed in before.

        Raises:
            InvalidEntry: with all messages at once.
        """
        values: dict[str, JSON] = {}
        errors: dict[str, str] = {}
        for block in self.all_blocks:
            try:
                values[block.key] = block.clean(raw.get(block.key))
            except ValueError as error:
                errors[block.key] = str(error)
                continue
            problem = block.check(values[block.key], today) if today else ""
            if problem:
                errors[block.key] = problem
        errors |= self._missing(values)
        if errors:
            raise InvalidEntry(
                {block.key: errors[block.key] for block in self.all_blocks if block.key in errors}
            )
        return values

    def _missing(self, values: Mapping[str, JSON]) -> dict[str, str]:
        done = values.get("outcome") in (None, Outcome.DONE.value)
        return {
            block.key: block.missing
            for block in (self.all_blocks if done else HOW_IT_WENT)
            if block.required and block.key in values and block.is_empty(values[block.key])
        }

    def summary(self, value: Mapping[str, JSON]) -> tuple[SummaryLine, ...]:
        """Return a stored entry as text, question by question, without the empty ones.

        Args:
            value: What ``clean`` returned, perhaps under an older version of this template:
                a key that is missing counts as empty, an option no longer offered is shown
                by its key.
        """
        lines = (
            SummaryLine(block.prompt, block.text(value.get(block.key)))
            for block in (*self.former_blocks, *self.all_blocks)
        )
        return tuple(line for line in lines if line.text)


def outcome_of(value: Mapping[str, JSON]) -> Outcome:
    """Return how a stored entry says it went.

    Raises:
        ValueError: if it does not say so, which ``Template.clean`` never lets through.
    """
    return Outcome(str(value.get("outcome")))
