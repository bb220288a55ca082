"""Boards of signs: what each member answered, first and latest, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from practice.domain.board import Board, Sign, board_of
from practice.domain.measures.definition import Measure
from practice.services.couple_material import Material, day_of, known


@dataclass(frozen=True, slots=True)
class PersonBoard:
    """One member's signs."""

    name: str
    position: int
    board: Board


@dataclass(frozen=True, slots=True)
class BoardPanel:
    """The signs of everybody who answered; each beside the others, never compared."""

    measure: Measure
    people: tuple[PersonBoard, ...]

    @property
    def rows(self) -> tuple[tuple[Sign, ...], ...]:
        """For each sign the answers of each person, in the order of ``people``."""
        return tuple(zip(*(person.board.signs for person in self.people), strict=True))


def boards_of(material: Material) -> tuple[BoardPanel, ...]:
    """Return a panel for each board of signs that anybody answered."""
    keys = dict.fromkeys(row.measure_key for row in material.responses)
    panels = (_panel(material, known(key)) for key in keys if known(key).board)
    return tuple(panel for panel in panels if panel.people)


def whole(
    measure: Measure, answers: Sequence[tuple[date, dict[str, float]]]
) -> list[tuple[date, dict[str, float]]]:
    """Leave out what holds some of the signs only; totals from a file may."""
    keys = {scale.key for scale in measure.scales}
    return [(on, scores) for on, scores in answers if keys <= scores.keys()]


def _panel(material: Material, measure: Measure) -> BoardPanel:
    found = []
    for member in material.members:
        answers = [
            (day_of(row), {score.scale_key: score.value for score in row.scores})
            for row in material.responses
            if row.author_id == member.person_id and row.measure_key == measure.key
        ]
        board = board_of(measure, whole(measure, answers))
        if board is not None:
            name = material.names[member.person_id]
            found.append(PersonBoard(name, member.position, board))
    return BoardPanel(measure, tuple(found))
