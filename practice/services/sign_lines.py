"""The signs one person ticked, each beside their own answer before; of nobody else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from practice.domain.board import Sign, board_of
from practice.domain.measures.definition import Measure
from practice.models.responses import Response
from practice.services import clock
from practice.services.measure_library import all_measures


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
    measures = all_measures()
    boards = (row for row in rows if measures[row.measure_key].board)
    for row in sorted(boards, key=lambda row: (row.completed_at, row.id)):
        measure = measures[row.measure_key]
        whose = (row.couple_id, row.author_id, row.measure_key)
        earlier = [before[whose]] if whose in before else []
        answers = whole(measure, [answer_of(row)])
        board = board_of(measure, earlier + answers) if answers else None
        if board is not None:
            found[row.id] = SignLines(board.first_on if earlier else None, board.signs)
            before[whose] = answers[0]
    return found


def whole(
    measure: Measure, answers: Sequence[tuple[date, dict[str, float]]]
) -> list[tuple[date, dict[str, float]]]:
    """Leave out what holds some of the signs only; totals from a file may."""
    keys = {scale.key for scale in measure.scales}
    return [(on, scores) for on, scores in answers if keys <= scores.keys()]


def answer_of(row: Response) -> tuple[date, dict[str, float]]:
    """Return the day of an answer in the practice's zone, and its scores by scale."""
    return clock.local(row.completed_at).date(), {
        score.scale_key: score.value for score in row.scores
    }
