"""When each thing is asked of one member: the battery laid over the course of therapy.

A plan follows from what that one person can know of: their membership, their own and the conjoint
sessions, their own answers, and the two endings. What another member does alone is no part of
it, so that no request, no date and no gap can tell of it.

The rules, and why:

* Intake opens on joining, is due by the first session, and stays open until the day before the
  first review opens (or the care ends): a first score that comes late is better than none.
* Before a session: opens three days before it and closes with its day. A review is asked before
  the sessions that are this person's 4th, 10th, 16th …
* After a session: opens at its end and closes three days later, or the day before the next one:
  later, nobody remembers which session is meant. Not of somebody who was not there.
* Discharge opens on the day the care ended; 3 and 12 months after it the follow-ups. Each is due
  after a week and closes after four.
* Nothing is asked twice at a time: of two whose times overlap, the longer measure stands for the
  shorter one within it, and the more telling occasion for the other.
* What was answered anyway within the time (on paper, by hand) is not asked.
* After the relationship has ended nobody is asked how happy it is.
* Goals: at intake what somebody hopes for; before a session progress, at discharge attainment, of
  the goals this person knows of. Nobody is asked about goals they do not have.
* What is missed is missed; it is never asked again on its own, so nothing piles up.

``facts`` is what goes in, ``windows`` when each occasion is open, ``occasions`` which measures
could be asked then, ``planning`` what is left of them, ``steps`` what is asked beside measures,
and ``status`` how it then stands with each.
"""

from practice.domain.schedule.facts import (
    Answer,
    CourseFacts,
    GoalFact,
    GoalSaid,
    PersonFacts,
    SessionFact,
    Waiting,
    counts_for,
)
from practice.domain.schedule.goal_tasks import MOST_HOPES, TASKS, GoalTask, minutes_of
from practice.domain.schedule.occasions import Planned, is_elevated
from practice.domain.schedule.planning import plan
from practice.domain.schedule.status import GRACE, RequestStatus, status_of
from practice.domain.schedule.steps import PlannedStep, plan_steps
from practice.domain.schedule.windows import counts_from, months_later

__all__ = [
    "GRACE",
    "MOST_HOPES",
    "TASKS",
    "Answer",
    "CourseFacts",
    "GoalFact",
    "GoalSaid",
    "GoalTask",
    "PersonFacts",
    "Planned",
    "PlannedStep",
    "RequestStatus",
    "SessionFact",
    "Waiting",
    "counts_for",
    "counts_from",
    "is_elevated",
    "minutes_of",
    "months_later",
    "plan",
    "plan_steps",
    "status_of",
]
