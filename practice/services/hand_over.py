"""Handing the therapist's device to a partner: what that visit may reach, and nothing else.

The therapist's own session has ended by then. A visit stands on four things that are asked for at
every request: the account that began it is still open under the same key, its owner still treats
the couple, the person is still a present member, and the request is one of that couple.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from practice.db import db
from practice.domain.battery import StepKind
from practice.domain.joint_facts import JointFact, tells
from practice.domain.measures.origin import Origin
from practice.domain.people import Actor, Role, first_name
from practice.domain.visibility import Audience
from practice.models.accounts import Account
from practice.models.couples import Care, Membership
from practice.models.people import Person
from practice.services import (
    access,
    audit,
    drafts,
    goals,
    measure_requests,
    people,
    responses,
    screening_answers,
    screenings,
    step_requests,
)
from practice.services.drafts import Keeping
from practice.services.errors import NotFound, Refused
from practice.services.goals.values import GoalStep
from practice.services.measure_requests import OpenRequest
from practice.services.responses import Questions
from practice.services.screening_answers import OwnQuestions
from practice.services.step_requests import OpenStep

ON_DEVICE = frozenset({StepKind.GOALS})
"""Kinds of steps that are done at the device too."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A partner at the therapist's device."""

    couple_id: UUID
    person: Actor
    therapist: str
    """First name of whoever handed the device over, and gets it back."""

    alone: UUID | None = None
    """The private questions, by their request, where the visit is for them and nothing else."""


def begin(*, actor: Actor, couple_id: UUID, person_id: UUID) -> None:
    """Allow a hand-over and log it; the session layer then ends the therapist's session.

    What an earlier visit left behind when it ran out is not shown in this one.

    Raises:
        NotFound: if the couple is not in the actor's care, or the person is no present member.
        Refused: if nothing waits for the person.
    """
    reader = access.require_treating(actor, couple_id)
    members = {member.person_id: member for member in people.current_members(couple_id)}
    if person_id not in members:
        raise NotFound
    waiting = measure_requests.unanswered_in(reader)
    is_asked = any(asked.is_open and asked.person_id == person_id for asked in waiting)
    if not is_asked and not step_requests.waits_for(reader, person_id, ON_DEVICE):
        raise Refused(
            f"Nothing waits for {members[person_id].first_name} now. Give a measure first."
        )
    member = members[person_id]
    drafts.bring_home(actor=Actor(person_id, Role.PARTNER, member.name))
    audit.note_write(actor, couple_id, "hand_over.begun")


def begin_alone(*, actor: Actor, couple_id: UUID, person_id: UUID) -> UUID:
    """Put the private questions to somebody and allow a hand-over for them; return their id.

    The visit opens these questions and nothing else, and no other visit opens them: an ordinary
    one may take place where the other partner sits.

    Raises:
        NotFound: if the actor does not have the lead, or the person is no present member.
    """
    asked = screenings.ask_on_device(actor=actor, couple_id=couple_id, person_id=person_id)
    audit.note_write(actor, couple_id, "hand_over.begun")
    return asked


def visit(
    *, couple_id: UUID, person_id: UUID, by: UUID, account_key: str, alone: UUID | None = None
) -> Visit | None:
    """Return the visit, if everything it stands on still holds; None ends it.

    Args:
        couple_id: The couple whose questions are asked.
        person_id: Who has the device.
        by: The therapist who handed it over.
        account_key: Key of the therapist's sessions when they did; a new password changes it.
        alone: The private questions that the visit is for; they end it when they are closed.
    """
    partner, therapist = aliased(Person), aliased(Person)
    row = db.session.execute(
        select(partner.name.label("partner"), therapist.name.label("therapist"))
        .select_from(Membership)
        .join(partner, partner.id == Membership.person_id)
        .join(Care, Care.couple_id == Membership.couple_id)
        .join(therapist, therapist.id == Care.therapist_id)
        .join(Account, Account.person_id == Care.therapist_id)
        .where(
            Membership.couple_id == couple_id,
            Membership.person_id == person_id,
            Membership.left_on.is_(None),
            Care.therapist_id == by,
            Care.until.is_(None),
            Account.fs_uniquifier == account_key,
            Account.active,
        )
    ).first()
    if row is None:
        return None
    if alone is not None and not screening_answers.is_open_on_device(couple_id, person_id, alone):
        return None
    person = Actor(person_id, Role.PARTNER, row.partner)
    return Visit(couple_id, person, first_name(row.therapist), alone)


def end(found: Visit) -> None:
    """Log that the partner is done; the session layer ends the visit.

    After the private questions there is no such line: it would say who was asked.
    """
    drafts.bring_home(actor=found.person)
    if found.alone is None:
        audit.note_write(found.person, found.couple_id, "hand_over.ended")


def stop(found: Visit) -> None:
    """End the visit in the middle of it; the private questions are then left, as by their button.

    What was begun of others is kept for the person, as at every end.
    """
    if found.alone is not None:
        leave_private(found)
    end(found)


def private_questions(found: Visit) -> OwnQuestions:
    """Return the private questions that the visit is for.

    Raises:
        NotFound: if it is for something else.
    """
    if found.alone is None:
        raise NotFound
    return screening_answers.questions(actor=found.person, request_id=found.alone, on_device=True)


def submit_private(found: Visit, answers: Mapping[str, bool]) -> None:
    """Keep the answers for the therapist with the lead, as ``screening_answers.submit``.

    Raises:
        NotFound: as ``private_questions``.
        Invalid: naming ``answers``.
    """
    asked = private_questions(found)
    screening_answers.submit(
        actor=found.person, request_id=asked.request_id, answers=answers, on_device=True
    )


def leave_private(found: Visit) -> None:
    """Leave the private questions unanswered.

    Raises:
        NotFound: as ``private_questions``.
    """
    asked = private_questions(found)
    screening_answers.leave_it(actor=found.person, request_id=asked.request_id, on_device=True)


def open_questions(found: Visit) -> tuple[OpenRequest, ...]:
    """Return what waits for the person in this couple; what another couple asks stays away."""
    if found.alone is not None:
        return ()
    return tuple(
        request
        for request in measure_requests.portal_requests(actor=found.person)
        if request.couple_id == found.couple_id
    )


def open_steps(found: Visit) -> tuple[OpenStep, ...]:
    """Return what waits for the person in this couple beside questions."""
    return tuple(
        step
        for step in step_requests.portal_steps(actor=found.person)
        if step.couple_id == found.couple_id and step.kind in ON_DEVICE
    )


@tells(JointFact.JOINT_GOAL)
def goal_step(found: Visit, step_id: UUID) -> GoalStep:
    """Return one step about goals, as ``goals.goal_step``, of this couple alone.

    What the person wrote before does not show here: there are empty places only.

    Raises:
        NotFound: if it is not a step of the person in this couple.
        Refused: if it was taken back.
    """
    step = goals.goal_step(actor=found.person, step_id=step_id)
    if step.couple_id != found.couple_id:
        raise NotFound
    return replace(step, hopes=tuple(one for one in step.hopes if not one.words))


def questions(found: Visit, request_id: UUID) -> Questions:
    """Return one set of questions, as ``responses.questions``, of this couple alone.

    Raises:
        NotFound: if it is not a request to the person in this couple.
        Refused: if it was taken back.
    """
    if found.alone is not None:
        raise NotFound
    asked = responses.questions(actor=found.person, request_id=request_id, origin=Origin.HAND_OVER)
    if asked.couple_id != found.couple_id:
        raise NotFound
    return asked


def keep_for_later(found: Visit, request_id: UUID, fields: Mapping[str, str]) -> Keeping | None:
    """Keep half-finished answers for the person, who finds them in their portal too.

    What they had kept there does not show here: others may be looking at this device.

    Raises:
        NotFound: as ``questions``.
        Refused: as ``questions``.
    """
    questions(found, request_id)
    return responses.keep_for_later(
        actor=found.person, request_id=request_id, fields=fields, origin=Origin.HAND_OVER
    )


def submit(found: Visit, request_id: UUID, answers: Mapping[str, int], audience: Audience) -> UUID:
    """Store the answers, as ``responses.submit``; return the response's id.

    Raises:
        NotFound: as ``questions``.
        Refused: as ``questions``.
        Invalid: as ``responses.submit``.
    """
    questions(found, request_id)
    return responses.submit(
        actor=found.person,
        request_id=request_id,
        answers=answers,
        audience=audience,
        origin=Origin.HAND_OVER,
    )
