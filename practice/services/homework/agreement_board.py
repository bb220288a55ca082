"""Agreements between members as whoever treats them sees them: who signed when, who ended it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from practice.domain.homework.signing import AgreementState
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.between import EntryEnding, EntrySignature
from practice.services import access
from practice.services.badges import seen_by
from practice.services.homework.agreement_facts import (
    asked_of,
    has_come,
    is_agreement,
    put_to_all,
    review_day,
    state_now,
    written_on,
)
from practice.services.homework.seen import SeenEntry


@dataclass(frozen=True, slots=True)
class Signer:
    """One person whose signature an agreement needs, as the therapist sees it."""

    first_name: str
    position: int
    signed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementBetween:
    """One agreement between members, for whoever treats them."""

    entry_id: UUID
    assignment_id: UUID
    title: str
    state: AgreementState
    written_by: str
    written_on: date
    review_on: date
    review_has_come: bool
    signers: tuple[Signer, ...]
    ended_by: str
    """First name; empty while it has not ended, or where it ended by somebody's leaving."""

    ended_at: datetime | None
    badge: str
    """Who sees the signatures."""


def agreements_of_couple(seen: Iterable[SeenEntry]) -> tuple[AgreementBetween, ...]:
    """Return the agreements among entries that the therapist may see, newest first."""
    found = (
        _between(*one) for one in put_to_all(one for one in seen if is_agreement(one.template))
    )
    return tuple(one for one in found if one is not None)


def _between(
    seen: SeenEntry, rows: list[EntrySignature], ending: EntryEnding | None
) -> AgreementBetween | None:
    rows = [row for row in rows if access.may_see(seen.reader, row.facts)]
    state, review_on = state_now(seen, rows, ending), review_day(seen)
    if state is None or review_on is None:
        return None
    signed = {row.person_id: row.signed_at for row in rows if row.stands}
    shown = ending is not None and access.may_see(seen.reader, ending.facts)
    return AgreementBetween(
        entry_id=seen.entry.id,
        assignment_id=seen.given.row.id,
        title=seen.template.title,
        state=state,
        written_by=seen.first_name(seen.entry.author_id),
        written_on=written_on(seen),
        review_on=review_on,
        review_has_come=has_come(state, review_on),
        signers=tuple(
            Signer(member.first_name, member.position, signed.get(member.person_id))
            for member in seen.members
            if member.person_id in asked_of(seen) and member.was_member_on(written_on(seen))
        ),
        ended_by=seen.first_name(ending.person_id) if ending and shown else "",
        ended_at=ending.ended_at if ending and shown else None,
        badge=seen_by(seen.reader, _signed_by_any(seen)),
    )


def _signed_by_any(seen: SeenEntry) -> Facts:
    """Of signatures in general: the couple itself stands where a single signer would."""
    couple_id = seen.entry.couple_id
    return Facts(couple_id, couple_id, Kind.SIGNATURE, Audience.THERAPIST)
