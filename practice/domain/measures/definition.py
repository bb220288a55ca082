"""What a questionnaire is, and how answers become scores.

Its parts stand in ``items`` and ``scales``; all of them can be reached from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from practice.domain.measures.checks import KEY_PATTERN, refuse, require, require_key, unique
from practice.domain.measures.items import Choice, Item, Poles
from practice.domain.measures.scales import Band, Cut, Norms, PublishedChange, Scale

__all__ = [
    "KEY_PATTERN",
    "Band",
    "Choice",
    "Cut",
    "Example",
    "Item",
    "Measure",
    "Norms",
    "Poles",
    "PublishedChange",
    "Scale",
]


@dataclass(frozen=True, slots=True)
class Example:
    """Answers with the scores that they must give: a test that travels with the measure."""

    answers: Mapping[str, int] = field(hash=False)
    """Empty where only totals are kept: then the scores are totals that must be accepted."""

    scores: Mapping[str, float] = field(hash=False)
    source: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One questionnaire as one person fills it in on one day."""

    key: str
    """Also the name of its file in ``catalogue``."""

    title: str
    short_title: str
    purpose: str
    """One line for the person who is asked to answer."""

    minutes: int
    """How long it takes, rounded up."""

    instruction: str
    items: tuple[Item, ...]
    """Empty where the questions may not be shipped: see ``totals_only``."""

    scales: tuple[Scale, ...]
    """The first is the one that is meant when only one is shown. Empty where the answers are kept
    and never counted."""

    validated: bool
    notice: str
    """What must be said where scores are shown; empty only for a validated measure."""

    citation: str
    licence: str
    """Shown wherever the items are shown."""

    wording_version: str
    missing_rule: str
    examples: tuple[Example, ...]
    shareable: bool = True
    """Whether its author may open the result to the other members of the couple in the portal.

    What speaks of the relationship may be opened. What speaks of one person's health or safety,
    or of what they think of the sessions, may not: whoever is under pressure would be asked to.
    """

    about_relationship: bool = False
    """Whether it asks how the relationship is: the schedule asks it of nobody once it has ended."""

    board: bool = False
    """Shown as a board of signs, each with its own change: no chart for each, and no total."""

    totals_reason: str = ""
    """Why only totals are kept, where that is so."""

    risk_in_total: str = ""
    """Said where a total stands without its answers, because one of them is about risk."""

    note: str = ""
    """What the sources disagree on, or leave open, for whoever reads the figures."""

    family: str = ""
    """Set where a practice's own measure has several versions; shipped measures have none."""

    version: int = 1
    """Which version of its family it is, from 1."""

    def __post_init__(self) -> None:
        require_key(self.key, "measure")
        if self.family:
            require_key(self.family, "measure family")
        something = bool(self.items or self.scales)
        require(something, f"measure {self.key}: neither questions nor scales")
        require(unique(i.key for i in self.items), f"measure {self.key}: an item key twice")
        require(unique(s.key for s in self.scales), f"measure {self.key}: a scale key twice")
        require(bool(self.licence.strip()), f"measure {self.key}: no licence line")
        require(self.minutes >= 1, f"measure {self.key}: minutes below 1")
        require(self.version >= 1, f"measure {self.key}: the version is below 1")
        needs_notice = not self.validated and not self.notice.strip()
        require(not needs_notice, f"measure {self.key}: not validated and no notice")
        for scale in self.scales:
            self._check_scale(scale)

    def _check_scale(self, scale: Scale) -> None:
        if self.totals_only:
            counts = scale.item_keys
            require(not counts, f"measure {self.key}: no items, but scale {scale.key} counts some")
            return
        require(bool(scale.item_keys), f"scale {scale.key}: no items")
        items = {item.key: item for item in self.items}
        unknown = [key for key in scale.item_keys if key not in items]
        require(not unknown, f"scale {scale.key}: unknown item {', '.join(unknown)}")
        unsure = [key for key in scale.item_keys if items[key].optional]
        require(not unsure, f"scale {scale.key}: optional item {', '.join(unsure)}")
        low = scale.factor * sum(items[key].low for key in scale.item_keys)
        high = scale.factor * sum(items[key].high for key in scale.item_keys)
        require(
            (low, high) == (scale.low, scale.high),
            f"scale {scale.key}: says {scale.low} to {scale.high}, items give {low} to {high}",
        )

    @property
    def totals_only(self) -> bool:
        """Whether nothing is asked here: the therapist enters totals collected elsewhere."""
        return not self.items

    @property
    def family_key(self) -> str:
        """The key that all versions of the measure have in common."""
        return self.family or self.key

    def item(self, key: str) -> Item:
        """Return one item.

        Raises:
            KeyError: if the measure has no such item.
        """
        for item in self.items:
            if item.key == key:
                return item
        raise KeyError(key)

    def scale(self, key: str) -> Scale:
        """Return one scale.

        Raises:
            KeyError: if the measure has no such scale.
        """
        for scale in self.scales:
            if scale.key == key:
                return scale
        raise KeyError(key)

    def score(self, answers: Mapping[str, int]) -> dict[str, float]:
        """Turn one person's answers into raw scores.

        Args:
            answers: Value of the chosen answer by item key, one for every item that is not
                optional.

        Returns:
            The raw score by scale key, in the order of ``scales``. No estimate is made for a
            missing answer: see ``missing_rule``.

        Raises:
            ValueError: if an answer is missing, is none of the item's choices, or belongs to no
                item, or if the measure has only totals; the message names the items and never
                the answers.
        """
        if self.totals_only:
            raise ValueError(f"{self.key}: there are no questions here; enter the total instead")
        known = {item.key for item in self.items}
        refuse(self.key, "unknown item", (key for key in answers if key not in known))
        needed = (item.key for item in self.items if not item.optional)
        refuse(self.key, "no answer to item", (key for key in needed if key not in answers))
        given = (item for item in self.items if item.key in answers)
        wrong = (item.key for item in given if not item.is_choice(answers[item.key]))
        refuse(self.key, "not one of the choices of item", wrong)
        return {
            scale.key: float(scale.factor * sum(answers[key] for key in scale.item_keys))
            for scale in self.scales
        }

    def totals(self, values: Mapping[str, float]) -> dict[str, float]:
        """Check totals that were collected elsewhere; also for a measure with questions.

        Args:
            values: Total by scale key, in scale points; one or more of the measure's scales.

        Returns:
            The totals in the order of ``scales``, each exactly on the step of its scale.

        Raises:
            ValueError: if there is none, or one belongs to no scale, is not a number, or is
                outside the range or off the step of its scale. The message names the scale, never
                the total.
        """
        known = {scale.key for scale in self.scales}
        refuse(self.key, "unknown scale", (key for key in values if key not in known))
        require(
            bool(values), f"{self.key}: no total for scale {', '.join(s.key for s in self.scales)}"
        )
        return {
            scale.key: scale.checked(values[scale.key])
            for scale in self.scales
            if scale.key in values
        }

    def risks(self, answers: Mapping[str, int]) -> tuple[str, ...]:
        """Return the keys of the items whose answer the therapist must see at once, in order.

        Args:
            answers: Value of the chosen answer by item key; may be incomplete.
        """
        return tuple(
            item.key
            for item in self.items
            if item.risk_from is not None
            and item.is_choice(answers.get(item.key))
            and answers[item.key] >= item.risk_from
        )
