"""Agreements between members: proposed by an entry, signed by everybody, ended by anybody.

A signature is seen by whoever gave it and by the therapist. What the others may know is one joint
fact: that it holds, or that it has ended. Nothing on anybody's pages changes by a signature that is
not the last one, or by taking one back before that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.homework.blocks import JSON
from practice.domain.homework.definition import HOW_IT_WENT, SummaryLine, Template
from practice.domain.homework.signing import (
    AgreementState,
    Span,
    asked_to_sign,
    digest_of,
    state_of,
)
from practice.domain.homework.terms import Outcome
from practice.domain.joint_facts import JointFact, tells
from practice.domain.people import Actor
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.between import EntryEnding, EntrySignature, signature_facts
from practice.models.homework import HomeworkEntry
from practice.services import access, audit, clock
from practice.services.badges import carers_in_words, seen_by
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.homework.seen import SeenEntry, seen_by_partner
from practice.services.own_agreements import TICK_IF_YOU_AGREE, own_name


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalAgreement:
    """One agreement as a member reads it. Of the others' signatures it holds nothing."""

    entry_id: UUID
    title: str
    state: AgreementState
    review_on: date
    review_has_come: bool
    """It holds, and the day on which to look at it again is here."""

    signed_on: date | None
    """When the reader signed, if their signature stands."""

    may_sign: bool
    may_end: bool
    """Take back the own signature while it is a proposal, or end what holds."""

    lines: tuple[SummaryLine, ...]
    digest: str
    """Of what is agreed, as the page showed it."""

    others: tuple[str, ...]
    """First names of whom else it was put to."""

    carers: str
    badge: str
    """Who sees the reader's signature, in words to them."""

    entry_badge: str
    """Who sees the text."""


@tells(JointFact.GIVEN_TO_ALL, JointFact.AGREEMENT_HOLDS)
def portal_agreements(*, actor: Actor) -> tuple[PortalAgreement, ...]:
    """Return what was proposed or holds between the actor and the others, newest first.

    What has ended is read where it was written.
    """
    return agreements_among(seen_by_partner(actor, _is_agreement))


def agreements_among(seen: Iterable[SeenEntry]) -> tuple[PortalAgreement, ...]:
    """Return the agreements among entries of a partner's, but for those that have ended."""
    found = _portal(one for one in seen if _is_agreement(one.template))
    return tuple(one for one in found if one.state is not AgreementState.ENDED)


@tells(JointFact.GIVEN_TO_ALL, JointFact.AGREEMENT_HOLDS)
def portal_agreement(*, actor: Actor, entry_id: UUID) -> PortalAgreement | None:
    """Return the agreement that an entry is; None where it is none, or none of the actor's."""
    seen = _find(actor, entry_id)
    return next(iter(_portal([seen] if seen else [])), None)


def sign(*, actor: Actor, entry_id: UUID, digest: str, name: str, agreed: bool) -> None:
    """Sign an agreement for oneself; a second time changes nothing.

    Args:
        actor: Who signs.
        entry_id: The entry that is the agreement.
        digest: Of what the page showed.
        name: Their full name, typed in.
        agreed: Whether the box was ticked.

    Raises:
        NotFound: if there is no such agreement for the actor.
        Refused: if it has ended meanwhile, or is not what was read.
        Invalid: naming ``name`` or ``agreed``.
    """
    _, found = _require(actor, entry_id, to_change=True)
    if found.signed_on is not None:
        return
    if not found.may_sign:
        raise Refused("This has ended, so there is nothing to sign. A new one can be written.")
    if digest != found.digest:
        raise Refused("This is not what you were reading. Please look at it again.")
    typed = own_name(actor, name)
    if not agreed:
        raise Invalid({"agreed": TICK_IF_YOU_AGREE})
    seen, _ = _require(actor, entry_id)
    row = EntrySignature(
        entry_id=entry_id, couple_id=seen.entry.couple_id, person_id=actor.person_id
    )
    access.require_act(seen.reader, row.facts, Operation.SIGN)
    row.signed = {
        "name": typed,
        "title": found.title,
        "lines": [[line.label, line.text] for line in found.lines],
        "digest": found.digest,
    }
    db.session.add(row)
    db.session.flush()
    audit.note_write(actor, row.couple_id, "signature.signed")


def end(*, actor: Actor, entry_id: UUID) -> None:
    """Take back one's signature; what everybody has signed ends for all. Twice changes nothing.

    Raises:
        NotFound: if there is no such agreement for the actor.
    """
    seen, found = _require(actor, entry_id, to_change=True)
    if not found.may_end:
        return
    couple_id = seen.entry.couple_id
    own = EntryEnding(entry_id=entry_id, couple_id=couple_id, person_id=actor.person_id)
    access.require_act(seen.reader, own.facts, Operation.SIGN)
    if found.state is AgreementState.HOLDS:
        db.session.add(own)
        db.session.flush()
        audit.note_write(actor, couple_id, "agreement.ended")
        return
    for row in _signatures([entry_id]).get(entry_id, []):
        if row.person_id == actor.person_id:
            row.taken_back_at = clock.now()
    db.session.flush()
    audit.note_write(actor, couple_id, "signature.taken_back")


def end_with_entry(entry: HomeworkEntry, template: Template) -> None:
    """End the agreement that ``entry`` was when its author takes it back from the others.

    Also where nobody has signed yet: whether somebody had would otherwise show when it is shown
    again. Whoever signed keeps their copy.
    """
    if template.agreement is not None and entry.id not in _endings([entry.id]):
        own = EntryEnding(entry_id=entry.id, couple_id=entry.couple_id, person_id=entry.author_id)
        db.session.add(own)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedCopy:
    """What somebody signed, word for word; theirs for good."""

    id: UUID
    title: str
    lines: tuple[SummaryLine, ...]
    name: str
    signed_at: datetime
    taken_back_at: datetime | None
    badge: str


@tells()
def signed_copies(*, actor: Actor) -> tuple[SignedCopy, ...]:
    """Return everything the actor signed with the others, newest first, former couples included."""
    readers = access.own_couples(actor)
    rows = db.session.scalars(
        select(EntrySignature)
        .where(
            EntrySignature.person_id == actor.person_id,
            EntrySignature.couple_id.in_(list(readers)),
        )
        .order_by(EntrySignature.signed_at.desc(), EntrySignature.id)
    ).all()
    return tuple(
        _copy(row, seen_by(readers[row.couple_id], row.facts))
        for row in rows
        if access.may_see(readers[row.couple_id], row.facts)
    )


@tells()
def signed_copy(*, actor: Actor, signature_id: UUID) -> SignedCopy:
    """Return one of the actor's own signed copies.

    Raises:
        NotFound: if there is none such; somebody else's looks the same.
    """
    found = next((one for one in signed_copies(actor=actor) if one.id == signature_id), None)
    if found is None:
        raise NotFound
    return found


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
        _between(*one) for one in _put_to_all(one for one in seen if _is_agreement(one.template))
    )
    return tuple(one for one in found if one is not None)


def _between(
    seen: SeenEntry, rows: list[EntrySignature], ending: EntryEnding | None
) -> AgreementBetween | None:
    rows = [row for row in rows if access.may_see(seen.reader, row.facts)]
    state, review_on = _state(seen, rows, ending), _review_on(seen)
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
        written_on=_written_on(seen),
        review_on=review_on,
        review_has_come=_has_come(state, review_on),
        signers=tuple(
            Signer(member.first_name, member.position, signed.get(member.person_id))
            for member in seen.members
            if member.person_id in _asked(seen) and member.was_member_on(_written_on(seen))
        ),
        ended_by=seen.first_name(ending.person_id) if ending and shown else "",
        ended_at=ending.ended_at if ending and shown else None,
        badge=seen_by(seen.reader, _signed_by_any(seen)),
    )


def _portal(seen: Iterable[SeenEntry]) -> list[PortalAgreement]:
    found = (_as_read(*one) for one in _put_to_all(seen))
    return [one for one in found if one is not None]


def _as_read(
    seen: SeenEntry, rows: list[EntrySignature], ending: EntryEnding | None
) -> PortalAgreement | None:
    state, review_on = _state(seen, rows, ending), _review_on(seen)
    person_id = seen.reader.person_id
    if state is None or review_on is None or person_id not in _asked(seen):
        return None
    own = next((row for row in rows if row.stands and row.person_id == person_id), None)
    facts = signature_facts(seen.entry.couple_id, person_id)
    ended = state is AgreementState.ENDED
    others = _asked(seen) - {person_id}
    return PortalAgreement(
        entry_id=seen.entry.id,
        title=seen.template.title,
        state=state,
        review_on=review_on,
        review_has_come=_has_come(state, review_on),
        signed_on=clock.local(own.signed_at).date() if own else None,
        may_sign=own is None and not ended,
        may_end=own is not None and not ended,
        lines=_lines(seen),
        digest=_digest(seen),
        others=tuple(one.first_name for one in seen.members if one.person_id in others),
        carers=carers_in_words(seen.entry.couple_id),
        badge=seen_by(seen.reader, facts),
        entry_badge=seen_by(seen.reader, seen.facts),
    )


def _signed_by_any(seen: SeenEntry) -> Facts:
    """Of signatures in general: the couple itself stands where a single signer would."""
    couple_id = seen.entry.couple_id
    return Facts(couple_id, couple_id, Kind.SIGNATURE, Audience.THERAPIST)


def _require(
    actor: Actor, entry_id: UUID, *, to_change: bool = False
) -> tuple[SeenEntry, PortalAgreement]:
    seen = _find(actor, entry_id)
    if seen is not None and to_change:
        access.hold(seen.entry.couple_id)
        # Two last signatures at the same moment must see each other, and the text as it is now.
        db.session.expire_all()
        seen = _find(actor, entry_id)
    found = next(iter(_portal([seen] if seen else [])), None)
    if seen is None or found is None:
        raise NotFound
    return seen, found


def _find(actor: Actor, entry_id: UUID) -> SeenEntry | None:
    assignment_id = db.session.scalar(
        select(HomeworkEntry.assignment_id).where(HomeworkEntry.id == entry_id)
    )
    if assignment_id is None:
        return None
    seen = seen_by_partner(actor, _is_agreement, assignment_id=assignment_id)
    return next((one for one in seen if one.entry.id == entry_id), None)


def _is_agreement(template: Template) -> bool:
    return template.agreement is not None


def _put_to_all(
    seen: Iterable[SeenEntry],
) -> list[tuple[SeenEntry, list[EntrySignature], EntryEnding | None]]:
    """Return the entries that were ever put to the others, with who signed and who ended them.

    What is kept back is a draft of its author's.
    """
    entries = [one for one in seen if one.entry.outcome is Outcome.DONE]
    endings = _endings(one.entry.id for one in entries)
    put = [
        one for one in entries if one.entry.audience is Audience.COUPLE or one.entry.id in endings
    ]
    signatures = _signatures(one.entry.id for one in put)
    return [(one, signatures.get(one.entry.id, []), endings.get(one.entry.id)) for one in put]


def _state(
    seen: SeenEntry, rows: Iterable[EntrySignature], ending: EntryEnding | None
) -> AgreementState | None:
    digest = _digest(seen)
    return state_of(
        receivers=seen.given.receiver_ids,
        spans=_spans(seen),
        written_on=_written_on(seen),
        signed={row.person_id for row in rows if row.stands and row.signed["digest"] == digest},
        is_ended=ending is not None,
    )


def _asked(seen: SeenEntry) -> frozenset[UUID]:
    return asked_to_sign(seen.given.receiver_ids, _spans(seen), _written_on(seen))


def _spans(seen: SeenEntry) -> list[Span]:
    return [Span(one.person_id, one.joined_on, one.left_on) for one in seen.members]


def _written_on(seen: SeenEntry) -> date:
    return clock.local(seen.entry.submitted_at).date()


def _review_on(seen: SeenEntry) -> date | None:
    block = seen.template.agreement
    return block.review_on(seen.entry.content.get(block.key)) if block else None


def _has_come(state: AgreementState, review_on: date) -> bool:
    return state is AgreementState.HOLDS and review_on <= clock.today()


def _lines(seen: SeenEntry) -> tuple[SummaryLine, ...]:
    """Return what is agreed; how its author found the writing of it is no part of that."""
    content = seen.entry.content
    lines = (
        SummaryLine(block.prompt, block.text(content.get(block.key)))
        for block in seen.template.blocks
    )
    return tuple(line for line in lines if line.text)


def _digest(seen: SeenEntry) -> str:
    """Return the digest of what is agreed, without what every worksheet asks at its end."""
    content: Mapping[str, JSON] = seen.entry.content
    closing = {block.key for block in HOW_IT_WENT}
    agreed = {key: value for key, value in content.items() if key not in closing}
    return digest_of(seen.given.row.template_key, agreed)


def _signatures(entry_ids: Iterable[UUID]) -> dict[UUID, list[EntrySignature]]:
    found: dict[UUID, list[EntrySignature]] = {}
    ids = list(entry_ids)
    if not ids:
        return found
    rows = db.session.scalars(
        select(EntrySignature)
        .where(EntrySignature.entry_id.in_(ids), EntrySignature.taken_back_at.is_(None))
        .order_by(EntrySignature.signed_at, EntrySignature.id)
    )
    for row in rows:
        found.setdefault(row.entry_id, []).append(row)
    return found


def _endings(entry_ids: Iterable[UUID]) -> dict[UUID, EntryEnding]:
    ids = list(entry_ids)
    if not ids:
        return {}
    rows = db.session.scalars(select(EntryEnding).where(EntryEnding.entry_id.in_(ids)))
    return {row.entry_id: row for row in rows}


def _copy(row: EntrySignature, badge: str) -> SignedCopy:
    signed = row.signed
    return SignedCopy(
        id=row.id,
        title=signed["title"],
        lines=tuple(SummaryLine(label, text) for label, text in signed["lines"]),
        name=signed["name"],
        signed_at=row.signed_at,
        taken_back_at=row.taken_back_at,
        badge=badge,
    )
