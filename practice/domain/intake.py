"""What is asked before the work begins: sections that each partner fills in alone.

A section is answered at one sitting and kept by itself. Whom it is for is chosen each time; some
may be kept to oneself until they have been spoken about. A section may be reworded; a question
whose meaning changes gets a new key, so that what was written before stays readable.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from practice.domain.homework.blocks import (
    JSON,
    Block,
    ChoiceBlock,
    Option,
    RatingBlock,
    TextBlock,
)
from practice.domain.homework.definition import InvalidEntry, SummaryLine
from practice.domain.presenting_problems import (
    PROBLEMS,
    Problem,
    ProblemGroup,
    Severity,
    problems_of,
)
from practice.domain.visibility import Audience

LONGEST_ANSWER = 4000
"""Characters in one answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityBlock(RatingBlock):
    """How heavy one presenting problem weighs. Stored as a number, 0 to 3."""

    high: int = max(Severity)
    low_label: str = Severity.NONE.label
    high_label: str = Severity.MUCH.label

    def text(self, value: JSON) -> str:
        known = isinstance(value, int) and value in set(Severity)
        return Severity(int(str(value))).label if known else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the intake."""

    key: str
    title: str
    """As its author reads it."""

    record_title: str
    """As the therapist reads it."""

    lead: str
    minutes: int
    blocks: tuple[Block, ...]
    may_stay_private: bool = False
    """Whether its author may keep it to themselves until it has been spoken about."""

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """Whom it may be written for, narrowest first.

        Showing it to the others is an act of its own, later.
        """
        private = (Audience.PRIVATE,) if self.may_stay_private else ()
        return (*private, Audience.THERAPIST)

    @property
    def severities(self) -> tuple[SeverityBlock, ...]:
        """The questions about presenting problems."""
        return tuple(block for block in self.blocks if isinstance(block, SeverityBlock))

    def clean(self, raw: Mapping[str, object]) -> dict[str, JSON]:
        """Return the answers as they are stored; what was left open is not in them.

        Raises:
            InvalidEntry: by question; naming the first one where nothing was answered at all.
        """
        values: dict[str, JSON] = {}
        errors: dict[str, str] = {}
        for block in self.blocks:
            try:
                value = block.clean(raw.get(block.key))
            except ValueError as error:
                errors[block.key] = str(error)
                continue
            if isinstance(value, str) and len(value) > LONGEST_ANSWER:
                errors[block.key] = (
                    f"Use at most {LONGEST_ANSWER} characters; these are {len(value)}."
                )
            if not block.is_empty(value):
                values[block.key] = value
        if not errors and not values:
            errors[self.blocks[0].key] = "Nothing is answered yet. One answer is enough."
        if errors:
            raise InvalidEntry(errors)
        return values

    def summary(self, value: Mapping[str, JSON]) -> tuple[SummaryLine, ...]:
        """Return stored answers as text, question by question, without the empty ones."""
        lines = (
            SummaryLine(block.prompt, block.text(value.get(block.key))) for block in self.blocks
        )
        return tuple(line for line in lines if line.text)


def _severity(problem: Problem) -> SeverityBlock:
    return SeverityBlock(key=f"pp_{problem.key}", prompt=problem.title)


def severities_in(content: Mapping[str, JSON]) -> dict[str, Severity]:
    """Return how heavy each presenting problem weighs in stored answers, by its key."""
    found = {}
    for problem in PROBLEMS:
        value = content.get(f"pp_{problem.key}")
        if isinstance(value, int) and value in set(Severity):
            found[problem.key] = Severity(value)
    return found


COMMITMENT = "commitment"
"""The question of which each dated answer is one point of the commitment over time."""

SECTIONS: tuple[Section, ...] = (
    Section(
        key="brings",
        title="What brings you",
        record_title="What brings them, in their own words",
        lead="As you see it. The others write their own, and it may be quite another story.",
        minutes=5,
        blocks=(
            TextBlock(key="brings", prompt="What brings you here?", rows=5),
            TextBlock(key="since", prompt="Since when, and why now?", rows=2),
            TextBlock(
                key="different",
                prompt="How would you notice that things are better?",
                hint="Something small and everyday is a good answer.",
            ),
        ),
    ),
    Section(
        key="concerns",
        title="What weighs on you, and how much",
        record_title="Presenting problems",
        lead="Leave out whatever does not speak to you.",
        minutes=3,
        blocks=tuple(
            _severity(problem)
            for problem in problems_of(
                ProblemGroup.TALKING,
                ProblemGroup.CLOSENESS,
                ProblemGroup.TRUST,
                ProblemGroup.PATTERNS,
            )
        ),
        may_stay_private=True,
    ),
    Section(
        key="before",
        title="What you have tried",
        record_title="Previous attempts",
        lead="What did not work is as useful to know as what did.",
        minutes=4,
        blocks=(
            TextBlock(key="alone", prompt="What have you tried by yourselves?"),
            TextBlock(
                key="with_help",
                prompt="Have you had help before, with a therapist, a friend, a book?",
            ),
            TextBlock(key="helped", prompt="What helped, if only a little or for a while?", rows=2),
        ),
    ),
    Section(
        key="other_help",
        title="Other help you have now",
        record_title="Concurrent therapy",
        lead="If you see somebody on your own as well, the two should not pull against each other.",
        minutes=2,
        blocks=(
            ChoiceBlock(
                key="now",
                prompt="Are you seeing a therapist or doctor of your own at the moment?",
                options=(
                    Option("yes", "Yes"),
                    Option("no", "No"),
                    Option("rather_not", "I would rather say it in person"),
                ),
            ),
            TextBlock(key="whom", prompt="With whom, and for what?", rows=2),
            ChoiceBlock(
                key="may_speak",
                prompt="May your therapist here speak with them?",
                hint="Only about what you agree on beforehand. You can change this at any time.",
                options=(
                    Option("yes", "Yes"),
                    Option("ask_first", "Ask me each time"),
                    Option("no", "No"),
                ),
            ),
        ),
        may_stay_private=True,
    ),
    Section(
        key="background",
        title="What lies behind",
        record_title="Health and background",
        lead="Only what you want to put down. Much of it is easier to say than to write.",
        minutes=5,
        blocks=(
            TextBlock(
                key="health",
                prompt="Is there anything about your health that touches how you live together?",
                rows=2,
            ),
            TextBlock(
                key="hurts",
                prompt="Are there old hurts that still play a part?",
                hint="From before you met, or from your time together.",
            ),
            TextBlock(key="needs", prompt="What have you missed for a long time?", rows=2),
            TextBlock(
                key="unsaid",
                prompt="Is there something that you have not been able to say?",
                rows=2,
            ),
        ),
        may_stay_private=True,
    ),
    Section(
        key="story",
        title="Your story together",
        record_title="Relationship history",
        lead="The short version.",
        minutes=4,
        blocks=(
            TextBlock(key="met", prompt="How did you meet, and what drew you?", rows=2),
            TextBlock(key="good", prompt="When was it good?", rows=2),
            TextBlock(key="turns", prompt="What changed things?"),
        ),
    ),
    Section(
        key="household",
        title="Who lives with you",
        record_title="Household and children",
        lead="First names and ages are enough.",
        minutes=2,
        blocks=(
            TextBlock(key="children", prompt="Children, and where they live", rows=2),
            TextBlock(key="others", prompt="Who else lives with you, or needs you?", rows=2),
        ),
    ),
    Section(
        key="stress",
        title="Pressure from outside",
        record_title="External stress",
        lead="What presses on a couple is often not the couple.",
        minutes=2,
        blocks=(
            *(_severity(problem) for problem in problems_of(ProblemGroup.OUTSIDE)),
            TextBlock(key="pressure", prompt="What should we know about it?"),
        ),
    ),
    Section(
        key="hope",
        title="What is good, and what you hope for",
        record_title="Strengths and hopes",
        lead="Whatever comes to mind first.",
        minutes=3,
        blocks=(
            TextBlock(key="strengths", prompt="What do you do well together, even now?"),
            TextBlock(key="like", prompt="What do you like about each other?", rows=2),
            TextBlock(key="hope", prompt="What do you hope for?", rows=2),
        ),
    ),
    Section(
        key="willing",
        title="How deep it goes, and how ready you are",
        record_title="Depth of hurt and willingness",
        lead="There are no right numbers, and they may change from week to week.",
        minutes=2,
        blocks=(
            RatingBlock(
                key="hurt",
                prompt="How deep does the hurt go?",
                low_label="no hurt",
                high_label="as deep as can be",
            ),
            RatingBlock(
                key="willing",
                prompt="How willing are you to try something new?",
                low_label="not at all",
                high_label="very willing",
            ),
            RatingBlock(
                key=COMMITMENT,
                prompt="How committed do you feel to this relationship today?",
                low_label="not at all",
                high_label="entirely",
            ),
            TextBlock(key="words", prompt="Would you like to say something about it?", rows=2),
        ),
        may_stay_private=True,
    ),
)
"""In the order in which they are offered; any of them may be left out."""

BY_KEY = {section.key: section for section in SECTIONS}
