"""A couple's safety on one page, and what of it stands on the couple's own page."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from practice.domain.people import Actor, Reader
from practice.domain.safety.joint_work import JointWork, warning
from practice.domain.safety.screening import ScreeningState
from practice.domain.visibility import Audience, Facts, Kind
from practice.services import access, audit, clearances, clock, people, safeguarding
from practice.services.clearances import Clearance
from practice.services.people import Member
from practice.services.safeguarding import Entry
from practice.services.safety_facts import PersonSafety, facts_of


@dataclass(frozen=True, slots=True)
class MemberSafety:
    """One present member and what is known of them."""

    member: Member
    safety: PersonSafety
    contact_is_due: bool
    """Whether it is time to ask anew how they may be reached."""


@dataclass(frozen=True, slots=True)
class CoupleSafety:
    """What whoever treats a couple must not overlook."""

    couple_id: UUID
    joint_work: JointWork | None
    decided_on: date | None
    members: tuple[MemberSafety, ...]
    knows_screening: bool
    """Whether the reader may know of the private questions."""

    @property
    def warning(self) -> str:
        """What to say before a session with the couple; empty once it is cleared."""
        return warning(self.joint_work)

    def in_state(self, *states: ScreeningState) -> tuple[Member, ...]:
        """Return the members who are in one of these states."""
        return tuple(one.member for one in self.members if one.safety.state in states)

    @property
    def not_asked(self) -> tuple[Member, ...]:
        return self.in_state(ScreeningState.NOT_ASKED)

    @property
    def unanswered(self) -> tuple[Member, ...]:
        return self.in_state(ScreeningState.ASKED)

    @property
    def due(self) -> tuple[Member, ...]:
        return self.in_state(ScreeningState.DUE)

    @property
    def to_read(self) -> tuple[Member, ...]:
        """Of whom an answer waits."""
        return tuple(one.member for one in self.members if one.safety.waits_since)

    @property
    def without_contact(self) -> tuple[Member, ...]:
        """Who was never asked how they may be reached."""
        return tuple(one.member for one in self.members if one.safety.contact_on is None)

    @property
    def contact_due(self) -> tuple[Member, ...]:
        return tuple(one.member for one in self.members if one.contact_is_due)

    @property
    def without_mail(self) -> tuple[Member, ...]:
        """To whom no e-mail could be sent."""
        return tuple(one.member for one in self.members if one.safety.mail_stuck_on)


@dataclass(frozen=True, slots=True)
class SafetyDecisions:
    """The decision on joint work and the safeguarding log, for those who may read them."""

    couple_id: UUID
    title: str
    treats: bool
    """Whether the reader may add to it; else they only read."""

    clearances: tuple[Clearance, ...]
    entries: tuple[Entry, ...]


def couple_safety(*, actor: Actor, couple_id: UUID) -> CoupleSafety:
    """Return what is known of the safety of a couple; one statement beside the members.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    access.require_treating(actor, couple_id)
    facts = facts_of(actor=actor, couples=[couple_id])[couple_id]
    today = clock.today()
    members = []
    for member in people.current_members(couple_id):
        known = facts.of(member.person_id)
        due_on = known.contact_due_on
        members.append(MemberSafety(member, known, due_on is not None and due_on <= today))
    audit.note_read(actor, couple_id, "safety")
    return CoupleSafety(
        couple_id=couple_id,
        joint_work=facts.joint_work,
        decided_on=facts.decided_on,
        members=tuple(members),
        knows_screening=facts.knows_screening,
    )


def decisions(*, actor: Actor, couple_id: UUID) -> SafetyDecisions:
    """Return decisions and log of a couple, to whoever treats it or supervises them.

    Raises:
        NotFound: to anybody else.
    """
    reader = require_reader(actor, couple_id)
    members = people.members_of(couple_id)
    return SafetyDecisions(
        couple_id=couple_id,
        title=people.title_of(members),
        treats=reader.standing.treats,
        clearances=clearances.history(reader),
        entries=safeguarding.entries(reader),
    )


def require_reader(actor: Actor, couple_id: UUID) -> Reader:
    """Return how somebody stands to a couple who may read the decisions on its safety.

    Raises:
        NotFound: if they may not.
    """
    reader = access.require_staff(actor, couple_id)
    for kind in (Kind.CLEARANCE, Kind.SAFEGUARDING):
        access.require_visible(reader, Facts(couple_id, couple_id, kind, Audience.THERAPIST))
    return reader
