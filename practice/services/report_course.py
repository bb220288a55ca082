"""Events, signs and rules of thumb as a report may tell of them. Filter first, then compute."""

from collections.abc import Iterable

from practice.domain.board import board_of
from practice.domain.visibility import Audience
from practice.reports.findings import BoardFinding, EventFinding, SignalFinding
from practice.services import couple_course, couple_material, events
from practice.services.measure_library import all_measures
from practice.services.report_measures import Scores
from practice.services.report_scope import Scope
from practice.services.sign_lines import whole


def event_findings(scope: Scope) -> tuple[EventFinding, ...]:
    """Return the events of this edition, oldest first.

    The joint edition holds what is open to the couple and concerns all of them. What the therapist
    marked for nobody else is in no edition: a colleague who takes over reads the clinician's.
    """
    treating = scope.readers[0]
    marks = events.marks_for([treating])[scope.couple_id]
    return tuple(
        EventFinding(mark.on, mark.text, scope.position(mark.about_id) if mark.about_id else None)
        for mark in marks
        if mark.audience is not Audience.PRIVATE and scope.may_hold(mark.facts)
    )


def board_findings(scores: Scores) -> tuple[BoardFinding, ...]:
    """Return the signs of each member, of those answers that every reader may see."""
    return tuple(_boards(scores))


def signal_findings(scope: Scope) -> tuple[SignalFinding, ...]:
    """Return what the rules of thumb say, for the clinician's edition alone."""
    if scope.is_joint:
        return ()
    material = couple_material.gather(scope.readers[0])
    return tuple(
        SignalFinding(
            signal.level, signal.words.rstrip(","), signal.why, signal.basis, signal.since
        )
        for signal in couple_course.signals_of(material)
    )


def _boards(scores: Scores) -> Iterable[BoardFinding]:
    for key, people in scores.boards.items():
        measure = all_measures()[key]
        for position, answers in sorted(people.items()):
            board = board_of(measure, whole(measure, answers))
            if board is not None:
                yield BoardFinding(measure.title, measure.notice, position, board)
