"""How a stored request follows its plan, whatever it asks for."""

from datetime import date

from practice.domain.battery import Occasion
from practice.domain.schedule import CourseFacts, PersonFacts, Planned, PlannedStep, counts_for
from practice.models.responses import MeasureRequest
from practice.models.steps import StepRequest
from practice.services import clock

Request = MeasureRequest | StepRequest


def follow(request: Request, planned: Planned | PlannedStep, today: date) -> None:
    """Give a request the times of the plan, and bring it back if it was taken back."""
    if planned.closes_on is not None and is_over(planned.closes_on, today):
        since = max(request.given_at, request.opens_at or request.given_at)
        had_a_chance = clock.local(since).date() <= planned.closes_on
        if request.withdrawn_at is not None or not had_a_chance:
            # Moved into the past: what nobody could answer is not missed.
            request.withdrawn_at = request.withdrawn_at or clock.now()
            return
    request.withdrawn_at = None
    request.session_id = planned.session_id
    request.opens_at = planned.opens_at
    request.due_on = planned.due_on
    request.closes_on = planned.closes_on
    request.optional = planned.optional


def stays_missed(request: Request, course: CourseFacts, person: PersonFacts, today: date) -> bool:
    """Whether an unanswered request that is no longer planned is history all the same."""
    if not is_over(request.closes_on, today):
        return False
    if request.session_id is None:
        return True
    session = next((s for s in course.sessions if s.id == request.session_id), None)
    if session is None or not counts_for(session, course, person):
        return False
    return request.occasion is not Occasion.AFTER_SESSION or person.person_id in session.there


def is_over(closes_on: date | None, today: date) -> bool:
    """Whether the last day has passed."""
    return closes_on is not None and closes_on < today
