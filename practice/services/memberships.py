"""Who belongs to a couple, from when until when: adding, ending, taking an end back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select, update

from practice.db import db
from practice.domain.homework.terms import GivenTo
from practice.domain.people import Actor
from practice.domain.sessions import SessionStatus
from practice.models.accounts import Invitation
from practice.models.agreements import Permission
from practice.models.couples import Membership
from practice.models.goals import Goal
from practice.models.homework import Assignment, AssignmentReceiver
from practice.models.responses import MeasureRequest, Response
from practice.models.sessions import TherapySession
from practice.models.steps import StepRequest
from practice.services import access, audit, calendar_feeds, clock, drafts, screenings
from practice.services.couples import (
    MOST_PEOPLE,
    identity_facts,
    loaded,
    require_writing_names,
)
from practice.services.drafts import DraftKind
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.homework.templates import wording_of
from practice.services.known_people import NewPerson, settle_people
from practice.services.letters import time_requests, together
from practice.services.letters.threads import thread_id_of
from practice.services.measure_requests import takes_answers
from practice.services.people import Member, members_of
from practice.services.schedule import refresh


@dataclass(frozen=True, slots=True)
class MembershipEnding:
    """What ends with a membership, for the page that asks before it happens."""

    member: Member
    staying: tuple[Member, ...]
    own_tasks: tuple[str, ...]
    """Titles of open homework given to this person alone."""

    shared_tasks: tuple[str, ...]
    """Titles of open homework given to this person and others: it ends for all of them."""

    open_requests: int
    """Measures given to this person and not answered."""

    individual_sessions: int
    """Planned sessions with this person alone; they stay in the diary until changed there."""


def add_member(*, actor: Actor, couple_id: UUID, person: NewPerson, joined_on: date) -> UUID:
    """Take a person into a couple; return the person's id.

    Raises:
        NotFound: if the couple is not in the actor's care.
        Invalid: naming ``people-0-name``, ``people-0-known``, ``people-0-problem``, ``joined_on``.
    """
    require_writing_names(access.require_treating(actor, couple_id))
    couple = loaded(couple_id)
    if joined_on > clock.today():
        raise Invalid({"joined_on": "Choose today or an earlier day."})
    if joined_on < couple.episode_started_on:
        raise Invalid({"joined_on": "The episode of care began after this day."})
    members = members_of(couple_id)
    if sum(member.is_current for member in members) >= MOST_PEOPLE:
        raise Invalid({"people-0-name": f"A record holds at most {MOST_PEOPLE} people."})
    ((row, problem),) = settle_people(actor, [person], at_least=1, at_most=1)
    for member in members:
        if member.person_id == row.id:
            raise Invalid({"people-0-known": _already(member)})
    last = db.session.scalar(
        select(func.max(Membership.position)).where(Membership.couple_id == couple_id)
    )
    db.session.add(
        Membership(
            couple_id=couple_id,
            person_id=row.id,
            position=(last or 0) + 1,
            joined_on=joined_on,
            problem=problem,
        )
    )
    together.lapse(couple_id)
    audit.note_write(actor, couple_id, "membership.began")
    refresh(couple_id)
    return row.id


def membership_ending(*, actor: Actor, couple_id: UUID, person_id: UUID) -> MembershipEnding:
    """Say what ends when this person's membership ends.

    Raises:
        NotFound: if the couple is not in the actor's care, or the person is no present member.
        Refused: if nobody would be left.
    """
    access.require_treating(actor, couple_id)
    present = [member for member in members_of(couple_id) if member.is_current]
    leaving = next((member for member in present if member.person_id == person_id), None)
    if leaving is None:
        raise NotFound
    staying = tuple(member for member in present if member.person_id != person_id)
    if not staying:
        raise Refused(
            f"{leaving.first_name} is the last member of this record. End the episode of care "
            "instead; nothing of the record is lost by it."
        )
    tasks = _open_tasks(couple_id, person_id)
    return MembershipEnding(
        member=leaving,
        staying=staying,
        own_tasks=_titles(task for task in tasks if task.given_to is GivenTo.ONE),
        shared_tasks=_titles(task for task in tasks if task.given_to is not GivenTo.ONE),
        open_requests=len(_open_requests(couple_id, person_id)),
        individual_sessions=_planned_alone(couple_id, person_id),
    )


def end_membership(*, actor: Actor, couple_id: UUID, person_id: UUID, left_on: date) -> None:
    """End a membership. The person keeps what they wrote, and sees nothing else from now on.

    Nobody asks for letters to all any more, and time alone is not waited for. Open homework of
    theirs ends; what was given to others as well ends for all, because what
    was to open when everybody had done it must not open by somebody's leaving. Measures not
    answered and an invitation not taken up are withdrawn.

    Raises:
        NotFound: if the couple is not in the actor's care, or the person is no present member.
        Invalid: naming ``left_on``.
        Refused: if nobody would be left.
    """
    access.require_writing(actor, identity_facts(couple_id))
    ending = membership_ending(actor=actor, couple_id=couple_id, person_id=person_id)
    today = clock.today()
    if left_on > today:
        raise Invalid({"left_on": "Choose today or an earlier day."})
    if left_on < ending.member.joined_on:
        raise Invalid({"left_on": f"{ending.member.first_name} joined after this day."})
    row = _membership(couple_id, person_id)
    row.left_on = left_on
    tasks = list(_open_tasks(couple_id, person_id))
    for task in tasks:
        task.retired_on = today
    drafts.drop_about(DraftKind.HOMEWORK, [task.id for task in tasks])
    requests = list(_open_requests(couple_id, person_id))
    _drop_drafts(couple_id, person_id)
    for request in requests:
        # What the schedule asks it takes back itself, and asks again of somebody who comes back.
        if request.occasion is None:
            request.withdrawn_at, request.withdrawn_by = clock.now(), actor.person_id
    screenings.withdraw(couple_id, person_id)
    time_requests.let_go(couple_id, person_id)
    together.lapse(couple_id)
    db.session.execute(
        update(Invitation)
        .where(
            Invitation.couple_id == couple_id,
            Invitation.person_id == person_id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .values(revoked_at=clock.now())
    )
    # An address that the other may know by now leads nowhere after a separation.
    calendar_feeds.end_of(member.person_id for member in members_of(couple_id))
    audit.note_write(actor, couple_id, "membership.ended")
    refresh(couple_id)


def reopen_membership(*, actor: Actor, couple_id: UUID, person_id: UUID) -> None:
    """Take the end of a membership back: the person is a member again, as before.

    What was given by hand and withdrawn when they left stays withdrawn; the schedule asks again
    what can still be answered.

    Raises:
        NotFound: if the couple is not in the actor's care, or the person was never a member.
    """
    access.require_writing(actor, identity_facts(couple_id))
    row = _membership(couple_id, person_id)
    if row.left_on is None:
        return
    row.left_on = None
    together.lapse(couple_id)
    audit.note_write(actor, couple_id, "membership.reopened")
    refresh(couple_id)


def _already(member: Member) -> str:
    if member.is_current:
        return f"{member.first_name} is a member already."
    return (
        f"{member.first_name} was a member before. "
        "Take back the end of that membership on the couple’s page."
    )


def _drop_drafts(couple_id: UUID, person_id: UUID) -> None:
    """Let go of what somebody had begun in a couple that they have left, and of answers to them."""
    over: dict[DraftKind, Select[UUID]] = {
        kind: select(table.id).where(table.couple_id == couple_id)
        for kind, table in (
            (DraftKind.QUESTIONS, MeasureRequest),
            (DraftKind.CORRECTION, Response),
            (DraftKind.HOMEWORK, Assignment),
            (DraftKind.HOMEWORK_VIEW, Assignment),
            (DraftKind.GOAL, Goal),
            (DraftKind.GOAL_STEP, StepRequest),
            (DraftKind.PERMISSION, Permission),
        )
    }
    drafts.drop_all(over, person_id=person_id)
    letters = [thread_id_of(couple_id, person_id), thread_id_of(couple_id, None)]
    asking = [time_requests.time_id_of(couple_id, person_id)]
    drafts.drop_all({DraftKind.LETTER: letters, DraftKind.TIME_ALONE: asking}, person_id=person_id)
    drafts.drop_about(DraftKind.REPLY, letters[:1])


def _membership(couple_id: UUID, person_id: UUID) -> Membership:
    row = db.session.scalar(
        select(Membership)
        .where(Membership.couple_id == couple_id, Membership.person_id == person_id)
        .order_by(Membership.left_on.is_not(None), Membership.position.desc())
    )
    if row is None:
        raise NotFound
    return row


def _open_tasks(couple_id: UUID, person_id: UUID) -> list[Assignment]:
    return list(
        db.session.scalars(
            select(Assignment)
            .join(AssignmentReceiver, AssignmentReceiver.assignment_id == Assignment.id)
            .where(
                Assignment.couple_id == couple_id,
                AssignmentReceiver.person_id == person_id,
                Assignment.retired_on.is_(None),
                Assignment.due_on >= clock.today(),
            )
            .order_by(Assignment.starts_on, Assignment.id)
        )
    )


def _open_requests(couple_id: UUID, person_id: UUID) -> list[MeasureRequest]:
    return list(
        db.session.scalars(
            select(MeasureRequest)
            .outerjoin(Response, Response.request_id == MeasureRequest.id)
            .where(
                MeasureRequest.couple_id == couple_id,
                MeasureRequest.person_id == person_id,
                MeasureRequest.withdrawn_at.is_(None),
                Response.id.is_(None),
                takes_answers(),
            )
        )
    )


def _planned_alone(couple_id: UUID, person_id: UUID) -> int:
    return (
        db.session.scalar(
            select(func.count()).where(
                TherapySession.couple_id == couple_id,
                TherapySession.person_id == person_id,
                TherapySession.status == SessionStatus.PLANNED,
            )
        )
        or 0
    )


def _titles(tasks: Iterable[Assignment]) -> tuple[str, ...]:
    return tuple(wording_of(task).title for task in tasks)
