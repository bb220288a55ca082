"""What one request for authorisation covers: whose record, which days, who is named in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from practice.domain.acts import Operation
from practice.domain.people import Reader, Standing
from practice.domain.releases.authorisations import Part, ReleaseKind, ReleaseRule, Span
from practice.domain.releases.cases import RequestKind
from practice.domain.visibility import Facts, seen_by_all
from practice.domain.words import day_in_words
from practice.models.releases import AuthorisationRequest, ReleaseCase
from practice.services import access, clock, people
from practice.services.people import Member
from practice.services.releases.authorisations import needed, signers, span_of

SOMEBODY_ELSE = "another person"


@dataclass(frozen=True, slots=True)
class Text:
    """A text of somebody's that would leave."""

    place: str
    """Where it comes from, by id: decisions about its passages are kept under it."""

    label: str
    body: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that would leave."""

    heading: str
    facts: tuple[tuple[str, str], ...] = ()
    texts: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything of one kind that a request covers."""

    title: str
    items: tuple[Item, ...]
    left_out: int = 0
    """How many of the period were left out; for the therapist, never in the bundle."""


@dataclass(frozen=True, slots=True)
class ReleaseScope:
    """One request, as the collectors need it."""

    case_id: UUID
    request_id: UUID
    couple_id: UUID
    lead: Reader
    """Whoever has the lead: by their hand it leaves, so they must be able to see it."""

    part: Part
    kinds: tuple[ReleaseKind, ...]
    span: Span
    person_id: UUID | None
    """Whose own part; None for what belongs to all."""

    members: tuple[Member, ...]
    """Everybody who is or was a member."""

    covered: frozenset[UUID]
    """Whose words and names may leave: those who agreed, or whose right it is."""

    is_own_right: bool = False
    """A member gets their own data: of what belongs to all, only their own entries."""

    names: Mapping[UUID, str] = field(default_factory=dict)

    def named(self, person_id: UUID) -> str:
        """Return a member's name where it may stand."""
        known = self.names.get(person_id, SOMEBODY_ELSE)
        return known if person_id in self.covered else SOMEBODY_ELSE

    def is_theirs(self, author_id: UUID) -> bool:
        """Whether words of this author belong to what was asked."""
        if self.part is Part.OWN:
            return author_id == self.person_id
        return author_id in self.covered or not self.is_own_right

    def covers_day(self, moment: datetime | date) -> bool:
        """Whether something that happened then belongs to the period."""
        day = clock.local(moment).date() if isinstance(moment, datetime) else moment
        return self.span.holds(day)

    def may_leave(self, record: Facts) -> bool:
        """Whether the lead may let a record go at all."""
        return access.may_do(self.lead, record, Operation.RELEASE)

    def left_out(self, record: Facts) -> int:
        """Count a record that does not leave: 1, or 0 for what the lead may not know of."""
        return int(access.may_do(self.lead, record, Operation.READ))

    def shown_to_all(self, record: Facts) -> bool:
        """Whether every member whose record it is can see it."""
        readers = [
            Reader(member.person_id, self.couple_id, Standing.MEMBER)
            for member in self.members
            if self.span.meets(member.joined_on, member.left_on)
        ]
        return bool(readers) and seen_by_all(readers, record)

    @property
    def others(self) -> tuple[str, ...]:
        """Names of members whose names may not stand in it."""
        return tuple(member.name for member in self.members if member.person_id not in self.covered)


def scope_of(case: ReleaseCase, request: AuthorisationRequest, lead: Reader) -> ReleaseScope:
    """Return what a request covers. Authorise first."""
    members = people.each_once(people.members_of(case.couple_id))
    own_right = case.kind is RequestKind.SUBJECT_ACCESS
    return ReleaseScope(
        case_id=case.id,
        request_id=request.id,
        couple_id=case.couple_id,
        lead=lead,
        part=request.part,
        kinds=tuple(ReleaseKind(kind) for kind in request.kinds),
        span=span_of(request),
        person_id=request.person_id,
        members=members,
        covered=_covered(case, request),
        is_own_right=own_right,
        names={member.person_id: member.name for member in members},
    )


def day_of(moment: datetime) -> str:
    """Return the day of a moment, in words."""
    return day_in_words(clock.local(moment).date())


def moment_of(moment: datetime) -> str:
    """Return day and time of a moment, in words."""
    return f"{day_of(moment)}, {clock.local(moment):%H:%M}"


def _covered(case: ReleaseCase, request: AuthorisationRequest) -> frozenset[UUID]:
    if request.person_id is not None:
        return frozenset({request.person_id})
    if case.kind is RequestKind.SUBJECT_ACCESS:
        return frozenset({case.about_id} if case.about_id else ())
    if request.by_law or request.rule is ReleaseRule.ALL_MEMBERS:
        return frozenset(needed(request))
    return signers(request) & frozenset(needed(request))
