"""Boards of signs: what each member answered, first and latest, side by side."""

from dataclasses import dataclass

from practice.domain.board import Board, Sign, board_of
from practice.domain.measures.definition import Measure
from practice.services.couple_material import Material, known
from practice.services.sign_lines import answer_of, whole


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


def _panel(material: Material, measure: Measure) -> BoardPanel:
    found = []
    for member in material.members:
        answers = [
            answer_of(row)
            for row in material.responses
            if row.author_id == member.person_id and row.measure_key == measure.key
        ]
        board = board_of(measure, whole(measure, answers))
        if board is not None:
            name = material.names[member.person_id]
            found.append(PersonBoard(name, member.position, board))
    return BoardPanel(measure, tuple(found))
