"""Boards of signs: what each member answered, first and latest, side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from practice.domain.board import Board, Sign, board_of
from practice.domain.measures.definition import Measure
from practice.models.responses import Response
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


@dataclass(frozen=True, slots=True)
class SignLines:
    """The signs of one answer, in words, each beside the answer before."""

    since: date | None
    """Day of the answer before; None where there is none to compare with."""

    signs: tuple[Sign, ...]
    """``first`` is the answer before; without one it is the same as ``latest``."""


def lines_of(rows: Iterable[Response]) -> Mapping[UUID, SignLines]:
    """Return the signs of each answer to a board, beside the same person's answer before.

    Args:
        rows: Responses that stand and that the reader may see, in any order. The answer before is
            one of these, so that no change tells of one that the reader may not see.
    """
    found: dict[UUID, SignLines] = {}
    before: dict[tuple[UUID, UUID, str], tuple[date, dict[str, float]]] = {}
    boards = (row for row in rows if known(row.measure_key).board)
    for row in sorted(boards, key=lambda row: (row.completed_at, row.id)):
        measure = known(row.measure_key)
        whose = (row.couple_id, row.author_id, row.measure_key)
        earlier = [before[whose]] if whose in before else []
        answers = whole(measure, [_answer(row)])
        board = board_of(measure, earlier + answers) if answers else None
        if board is not None:
            found[row.id] = SignLines(board.first_on if earlier else None, board.signs)
            before[whose] = answers[0]
    return found


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
            _answer(row)
            for row in material.responses
            if row.author_id == member.person_id and row.measure_key == measure.key
        ]
        board = board_of(measure, whole(measure, answers))
        if board is not None:
            name = material.names[member.person_id]
            found.append(PersonBoard(name, member.position, board))
    return BoardPanel(measure, tuple(found))


def _answer(row: Response) -> tuple[date, dict[str, float]]:
    return day_of(row), {score.scale_key: score.value for score in row.scores}
