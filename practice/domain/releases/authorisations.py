"""Who must agree before a joint record leaves, and whether they do at this moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class ReleaseRule(StrEnum):
    """Whose agreement a joint record of one couple takes; contracted with that couple."""

    ALL_MEMBERS = "all_members"
    ANY_MEMBER = "any_member"

    @property
    def label(self) -> str:
        return {
            ReleaseRule.ALL_MEMBERS: "Only if every member agrees",
            ReleaseRule.ANY_MEMBER: "If any one member agrees",
        }[self]

    @property
    def words(self) -> str:
        """For the members themselves."""
        return {
            ReleaseRule.ALL_MEMBERS: (
                "Your joint record is given to somebody outside only if each of you agrees in "
                "writing."
            ),
            ReleaseRule.ANY_MEMBER: (
                "Your joint record can be given to somebody outside if any one of you agrees in "
                "writing."
            ),
        }[self]


class Part(StrEnum):
    """What an authorisation is about. Each is asked for, signed and revoked by itself."""

    JOINT = "joint"
    """What belongs to all members together."""

    OWN = "own"
    """What one member wrote or answered; theirs alone to let go."""

    PROCESS_NOTES = "process_notes"
    """The therapist's own notes, kept apart; never part of a bundle, and never with the rest."""


class ReleaseKind(StrEnum):
    """What a bundle can hold."""

    SESSIONS = "sessions"
    NOTES = "notes"
    GOALS = "goals"
    ENTRIES = "entries"
    RESULTS = "results"
    REPORTS = "reports"

    @property
    def label(self) -> str:
        """For the joint part."""
        return {
            ReleaseKind.SESSIONS: "Sessions: when, where and who came",
            ReleaseKind.NOTES: "Signed joint notes",
            ReleaseKind.GOALS: "Joint goals and ratings that were shown to all",
            ReleaseKind.ENTRIES: "Homework that was shown to all",
            ReleaseKind.RESULTS: "Results of questionnaires that were shown to all",
            ReleaseKind.REPORTS: "Joint outcome reports as they were issued",
        }[self]

    @property
    def own_label(self) -> str:
        """For one member's own part."""
        return {
            ReleaseKind.SESSIONS: "Individual sessions: when and where",
            ReleaseKind.NOTES: "Signed notes of individual sessions",
            ReleaseKind.GOALS: "Own goals and ratings",
            ReleaseKind.ENTRIES: "Own homework, without what was kept private",
            ReleaseKind.RESULTS: "Results of questionnaires",
            ReleaseKind.REPORTS: "",
        }[self]


KINDS_OF = {
    Part.JOINT: tuple(ReleaseKind),
    Part.OWN: tuple(kind for kind in ReleaseKind if kind is not ReleaseKind.REPORTS),
    Part.PROCESS_NOTES: (),
}

NEVER = (
    "process notes",
    "answers to safety questions, and whether they were asked",
    "alerts raised by an answer, safety plans and safeguarding decisions",
    "what a member wrote for themselves alone",
    "drafts that were not signed",
)
"""What no bundle holds. Said in every bundle alike, whether or not there is any."""


class Standing(StrEnum):
    """How one authorisation stands at a moment."""

    WAITING = "waiting"
    SIGNED = "signed"
    REFUSED = "refused"
    REVOKED = "revoked"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    """The therapist does not ask any more."""

    @property
    def label(self) -> str:
        return {
            Standing.WAITING: "not decided yet",
            Standing.SIGNED: "signed",
            Standing.REFUSED: "does not agree",
            Standing.REVOKED: "revoked",
            Standing.EXPIRED: "run out",
            Standing.WITHDRAWN: "not asked any more",
        }[self]


@dataclass(frozen=True, slots=True)
class Signature:
    """One person's authorisation as far as the rules need it."""

    person_id: UUID
    expires_on: date
    """The last day on which it holds."""

    signed_at: datetime | None = None
    refused_at: datetime | None = None
    revoked_at: datetime | None = None
    withdrawn_at: datetime | None = None

    def standing(self, today: date) -> Standing:
        """Say how it stands on ``today``, in the practice's zone."""
        facts = (
            (self.revoked_at is not None, Standing.REVOKED),
            (self.withdrawn_at is not None, Standing.WITHDRAWN),
            (self.refused_at is not None, Standing.REFUSED),
            (today > self.expires_on, Standing.EXPIRED),
            (self.signed_at is not None, Standing.SIGNED),
        )
        return next((standing for holds, standing in facts if holds), Standing.WAITING)


def holds(
    rule: ReleaseRule, needed: Iterable[UUID], signatures: Iterable[Signature], today: date
) -> bool:
    """Whether the agreement that a release takes is there now.

    Args:
        rule: The couple's.
        needed: Everybody who was a member in the period concerned. Nobody: nothing leaves.
        signatures: What there is, of whomever.
        today: In the practice's zone.
    """
    wanted = set(needed)
    given = {one.person_id for one in signatures if one.standing(today) is Standing.SIGNED}
    if rule is ReleaseRule.ANY_MEMBER:
        return bool(wanted & given)
    return bool(wanted) and wanted <= given


@dataclass(frozen=True, slots=True)
class Span:
    """A period of days, first and last included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("the last day comes before the first")

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def meets(self, joined_on: date, left_on: date | None) -> bool:
        """Whether somebody who joined and left on these days was a member in the period."""
        return joined_on <= self.last and (left_on is None or left_on >= self.first)
