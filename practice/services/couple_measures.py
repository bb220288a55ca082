"""What the therapist sees of a couple's measures: lines, classes, signals, and what is missing.

For the treating therapist alone. A couple's class, a difference between two people or anything
else worked out from both would tell one partner the other's score, so no partner reaches it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from practice.domain.battery import Occasion
from practice.domain.course import RULE_OF_THUMB, SOURCES, Signal
from practice.domain.measures.definition import Measure
from practice.domain.people import Actor
from practice.services import access, people
from practice.services.badges import seen_by
from practice.services.couple_course import signals_of
from practice.services.couple_material import gather, known
from practice.services.scale_panels import ScalePanel, panels_of
from practice.services.sign_boards import BoardPanel, boards_of


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A measure that waits to be answered."""

    request_id: UUID
    person_id: UUID
    name: str
    position: int
    measure: Measure
    given_at: datetime
    due_on: date | None
    occasion: Occasion | None
    """Why the schedule asks; None where it was given by hand."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One response in the list of all."""

    response_id: UUID
    name: str
    position: int
    measure: Measure
    completed_at: datetime
    badge: str
    """Who can see the result, in words to the therapist."""


@dataclass(frozen=True, slots=True)
class CoupleMeasures:
    """A couple's measures as the treating therapist sees them."""

    couple_id: UUID
    title: str
    """What the couple is called."""

    tested: tuple[ScalePanel, ...]
    """What is told as a questionnaire, the longest first; the first is meant by "the score"."""

    ratings: tuple[ScalePanel, ...]
    """All other scales: lines without a class."""

    boards: tuple[BoardPanel, ...]
    """Signs, each by itself."""

    signals: tuple[Signal, ...]
    """What the rules of thumb say; none once care or the relationship has ended."""

    open: tuple[OpenQuestion, ...]
    answered: tuple[Answered, ...]
    """Every response, newest first."""

    @property
    def rule_of_thumb(self) -> str:
        """What must stand beside the signals."""
        return RULE_OF_THUMB

    @property
    def rule_sources(self) -> str:
        """Where the rules come from, and how much they are worth."""
        return SOURCES


def couple_measures(*, actor: Actor, couple_id: UUID) -> CoupleMeasures:
    """Return every scale's lines, classes and open questions, as far as ``actor`` may see them.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    material = gather(reader)
    panels = panels_of(material)
    places = {member.person_id: member.position for member in material.members}
    return CoupleMeasures(
        couple_id=couple_id,
        title=people.title_of(material.members),
        tested=tuple(panel for panel in panels if panel.is_questionnaire),
        ratings=tuple(panel for panel in panels if not panel.is_questionnaire),
        boards=boards_of(material),
        signals=signals_of(material),
        open=tuple(
            OpenQuestion(
                item.request_id,
                item.person_id,
                material.names[item.person_id],
                places[item.person_id],
                item.measure,
                item.given_at,
                item.due_on,
                item.occasion,
            )
            for item in material.asked
            if item.is_open
        ),
        answered=tuple(
            Answered(
                row.id,
                material.names[row.author_id],
                places[row.author_id],
                known(row.measure_key),
                row.completed_at,
                seen_by(reader, row.facts),
            )
            for row in reversed(material.responses)
        ),
    )
