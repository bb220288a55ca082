"""What a partner's first page says of themselves and of what they came to work on."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.joint_facts import tells
from practice.domain.people import Actor, Reader, Standing
from practice.domain.words import listed
from practice.models.couples import Couple
from practice.services import access
from practice.services.badges import seen_by
from practice.services.couples import agreed_problem_facts
from practice.services.people import members_of_all, therapists_of_all
from practice.services.portal_questions import QuestionGroup, portal_questions


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a couple agreed to work on."""

    text: str
    badge: str
    """Who can see it, in words to the partner."""


@dataclass(frozen=True, slots=True)
class PortalHome:
    """A partner's first page, but for homework, goals and sessions."""

    first_name: str
    standing: Standing
    """``MEMBER``, or ``FORMER`` of every couple, or ``NONE`` without any."""

    problems: tuple["Agreed", ...]
    """What the couple agreed to work on; one for each couple with such words."""

    questions: tuple[QuestionGroup, ...]
    """What waits to be answered, by what it is for."""

    has_others: bool
    """Somebody else belongs to a present couple of theirs; whether they use the portal or not."""

    therapist: str
    """First names of those with the lead of their present couples; empty without any."""


@tells()
def portal_home(*, actor: Actor) -> PortalHome:
    """Return the first page of ``actor``, a partner. Nothing in it depends on what others do."""
    members = access.present_couples(actor)
    former = Standing.FORMER if access.own_couples(actor) else Standing.NONE
    return PortalHome(
        first_name=actor.first_name,
        standing=Standing.MEMBER if members else former,
        problems=_problems(members),
        questions=portal_questions(actor=actor),
        has_others=_has_others(actor, members),
        therapist=listed(tuple(dict.fromkeys(therapists_of_all(members).values()))),
    )


def _has_others(actor: Actor, couples: Mapping[UUID, Reader]) -> bool:
    return any(
        member.is_current and member.person_id != actor.person_id
        for members in members_of_all(couples).values()
        for member in members
    )


def _problems(members: Mapping[UUID, Reader]) -> tuple[Agreed, ...]:
    if not members:
        return ()
    rows = db.session.scalars(
        select(Couple).where(Couple.id.in_(members)).order_by(Couple.created_at, Couple.id)
    )
    members_of_all(members)  # of all couples at once, for the badges
    visible = (row for row in rows if access.may_see(members[row.id], agreed_problem_facts(row.id)))
    return tuple(
        Agreed(row.agreed_problem, seen_by(members[row.id], agreed_problem_facts(row.id)))
        for row in visible
        if row.agreed_problem.strip()
    )
