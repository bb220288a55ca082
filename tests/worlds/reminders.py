"""What can wait for somebody, for the tests of reminders."""

from datetime import time, timedelta
from uuid import UUID, uuid4

from practice.db import db
from practice.domain.homework.terms import GivenTo
from practice.domain.people import Actor
from practice.domain.reminders.choosing import Cause
from practice.domain.reminders.terms import Problem, ReminderKind, ReminderState
from practice.domain.sessions import SessionFormat, SessionStatus
from practice.domain.visibility import Audience
from practice.models.reminders import Reminder
from practice.services import calendar_feeds, clock, consents, sessions
from practice.services.reminders import choices, planning
from tests import exercises
from tests.builders import Cast


def plan_session(cast: Cast, person: Actor | None, days: int) -> UUID:
    """Plan a session, with one person alone or with all."""
    return sessions.create_session(
        actor=cast.tess,
        couple_id=cast.couple,
        new_id=uuid4(),
        details=sessions.SessionDetails(
            day=clock.today() + timedelta(days=days),
            at=time(9),
            minutes=50,
            person_id=person.person_id if person else None,
            format=SessionFormat.PHONE,
            status=SessionStatus.PLANNED,
        ),
    )


def ask_to_sign(cast: Cast, person: Actor) -> int:
    """Ask somebody to read and sign all texts that are in use."""
    return consents.ask(actor=cast.tess, couple_id=cast.couple, person_id=person.person_id)


def give_alone(cast: Cast, person: Actor, **more: object) -> UUID:
    """Give homework to one person alone, from today on."""
    return exercises.give(
        cast,
        **{
            "given_to": GivenTo.ONE,
            "person_id": person.person_id,
            "audience": Audience.THERAPIST,
            "starts_on": clock.today(),
        }
        | more,
    )


def everything_about_reminders(cast: Cast, person: Actor) -> None:
    """Let ``person`` choose, be sent a mail, not be reached by the next, and have a calendar."""
    calendar_feeds.begin(actor=person, with_alone=True)
    choices.choose(actor=person, wanted={ReminderKind.HOMEWORK})
    causes = frozenset({Cause(cast.couple, ReminderKind.HOMEWORK)})
    for days, state in ((8, ReminderState.SENT), (1, ReminderState.GIVEN_UP)):
        day = clock.today() - timedelta(days=days)
        row_id = planning.write_down(planning.Planned(person.person_id, day, causes))
        row = db.session.get_one(Reminder, row_id)
        row.state, row.finished_at = state, clock.now() - timedelta(days=days)
        row.problem = Problem.TRY_LATER if state is ReminderState.GIVEN_UP else None
    db.session.flush()
