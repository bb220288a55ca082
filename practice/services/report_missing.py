"""What a report says is missing: counts, and only of things of which every reader may know."""

from collections.abc import Iterator, Sequence

from practice.models.sessions import TherapySession
from practice.reports.findings import (
    AttendanceFinding,
    GoalFinding,
    PersonFinding,
    ScaleFinding,
)
from practice.reports.words import capital, count, listed
from practice.services.report_measures import Scores
from practice.services.report_scope import Scope
from practice.services.report_work import not_written_up, without_signed_note


def missing_findings(
    scope: Scope,
    sessions: Sequence[TherapySession],
    attendance: Sequence[AttendanceFinding],
    goals: Sequence[GoalFinding],
    scores: Scores,
    scales: Sequence[ScaleFinding],
    people: Sequence[PersonFinding],
) -> Iterator[str]:
    """Give one whole sentence for each thing that is not there.

    Everything is counted from records that all readers may see. What was only asked of one
    member, and what a therapist has not signed, is for the clinician's edition.
    """
    labels = {person.position: person.label for person in people}
    yield from _sessions(scope, sessions, attendance, labels)
    yield from _goals(goals)
    yield from _scores(scales, labels)
    if scores.unknown:
        yield (
            f"There {_is(scores.unknown)} {count(scores.unknown, 'score')} of a questionnaire "
            "that this version of Dyad does not have."
        )
    if not scope.is_joint:
        yield from _for_the_therapist(scope, sessions, scores, labels)


def _sessions(
    scope: Scope,
    sessions: Sequence[TherapySession],
    attendance: Sequence[AttendanceFinding],
    labels: dict[int, str],
) -> Iterator[str]:
    if past := not_written_up(scope, sessions):
        yield f"{capital(count(past, 'session'))} in the past {_is(past)} not written up yet."
    for person in attendance:
        if person.not_recorded:
            yield (
                f"For {labels[person.position]}, attendance was not written down for "
                f"{count(person.not_recorded, 'held session')}."
            )


def _goals(goals: Sequence[GoalFinding]) -> Iterator[str]:
    unrated = sum(not goal.ratings for goal in goals)
    if unrated:
        yield f"{capital(count(unrated, 'goal'))} {_has(unrated)} no rating in this edition."


def _scores(scales: Sequence[ScaleFinding], labels: dict[int, str]) -> Iterator[str]:
    for scale in scales:
        none = [labels[person.position] for person in scale.people if not person.given]
        one = [labels[person.position] for person in scale.people if len(person.given) == 1]
        if none:
            yield f"{scale.short_title}: no score of {listed(none)} is in this edition."
        if one:
            yield (
                f"{scale.short_title}: only one score of {listed(one)} is in this edition, so no "
                "change can be told."
            )


def _for_the_therapist(
    scope: Scope, sessions: Sequence[TherapySession], scores: Scores, labels: dict[int, str]
) -> Iterator[str]:
    for position, amount in sorted(scores.open_requests.items()):
        yield (
            f"{capital(count(amount, 'questionnaire'))} given to {labels[position]} "
            f"{_is(amount)} not answered yet."
        )
    for position, amount in sorted(scores.missed.items()):
        yield (
            f"{capital(count(amount, 'questionnaire'))} asked of {labels[position]} at a fixed "
            f"time {_was(amount)} not answered then."
        )
    if unsigned := without_signed_note(scope, sessions):
        yield f"{capital(count(unsigned, 'held session'))} {_has(unsigned)} no signed joint note."


def _is(amount: int) -> str:
    return "is" if amount == 1 else "are"


def _was(amount: int) -> str:
    return "was" if amount == 1 else "were"


def _has(amount: int) -> str:
    return "has" if amount == 1 else "have"
