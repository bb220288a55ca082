"""Agreements between members: proposed by an entry, signed by everybody, ended by anybody.

A signature is seen by whoever gave it and by the therapist. What the others may know is one joint
fact: that it holds, or that it has ended. Nothing on anybody's pages changes by a signature that is
not the last one, or by taking one back before that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.homework.definition import SummaryLine, Template
from practice.domain.homework.signing import (
    AgreementState,
)
from practice.domain.joint_facts import JointFact, tells
from practice.domain.people import Actor
from practice.models.between import EntryEnding, EntrySignature, signature_facts
from practice.models.homework import HomeworkEntry
from practice.services import access, audit, clock
from practice.services.badges import carers_in_words, seen_by
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.homework.agreement_facts import (
    asked_of,
    digest_now,
    endings_of,
    has_come,
    is_agreement,
    lines_of,
    put_to_all,
    review_day,
    signatures_of,
    state_now,
)
from practice.services.homework.seen import SeenEntry, seen_by_partner, seen_entry
from practice.services.own_agreements import TICK_IF_YOU_AGREE, own_name

SHOWN_ENDED = timedelta(days=14)
"""How long a first page says that an agreement has ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalAgreement:
    """One agreement as a member reads it. Of the others' signatures it holds nothing."""

    entry_id: UUID
    title: str
    state: AgreementState
    review_on: date
    review_has_come: bool
    """It holds, and the day on which to look at it again is here."""

    ended_lately: bool
    """Somebody ended it within ``SHOWN_ENDED``."""

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
    """Return what was proposed, holds or lately ended between the actor and the others.

    Newest first. What ended earlier is read where it was written, and in one's own copy.
    """
    return agreements_among(seen_by_partner(actor, is_agreement))


def agreements_among(seen: Iterable[SeenEntry]) -> tuple[PortalAgreement, ...]:
    """Return the agreements among entries of a partner's, but for those that ended a while ago."""
    found = _portal(one for one in seen if is_agreement(one.template))
    return tuple(one for one in found if one.state is not AgreementState.ENDED or one.ended_lately)


@tells(JointFact.GIVEN_TO_ALL, JointFact.AGREEMENT_HOLDS)
def portal_agreement(*, actor: Actor, entry_id: UUID) -> PortalAgreement | None:
    """Return the agreement that an entry is; None where it is none, or none of the actor's."""
    seen = seen_entry(actor, is_agreement, entry_id)
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
    for row in signatures_of([entry_id]).get(entry_id, []):
        if row.person_id == actor.person_id:
            row.taken_back_at = clock.now()
    db.session.flush()
    audit.note_write(actor, couple_id, "signature.taken_back")


def end_with_entry(entry: HomeworkEntry, template: Template) -> None:
    """End the agreement that ``entry`` was when its author takes it back from the others.

    Also where nobody has signed yet: whether somebody had would otherwise show when it is shown
    again. Whoever signed keeps their copy.
    """
    if template.agreement is not None and entry.id not in endings_of([entry.id]):
        own = EntryEnding(entry_id=entry.id, couple_id=entry.couple_id, person_id=entry.author_id)
        db.session.add(own)


def _portal(seen: Iterable[SeenEntry]) -> list[PortalAgreement]:
    found = (_as_read(*one) for one in put_to_all(seen))
    return [one for one in found if one is not None]


def _as_read(
    seen: SeenEntry, rows: list[EntrySignature], ending: EntryEnding | None
) -> PortalAgreement | None:
    state, review_on = state_now(seen, rows, ending), review_day(seen)
    person_id = seen.reader.person_id
    if state is None or review_on is None or person_id not in asked_of(seen):
        return None
    own = next((row for row in rows if row.stands and row.person_id == person_id), None)
    facts = signature_facts(seen.entry.couple_id, person_id)
    ended = state is AgreementState.ENDED
    others = asked_of(seen) - {person_id}
    return PortalAgreement(
        entry_id=seen.entry.id,
        title=seen.template.title,
        state=state,
        review_on=review_on,
        review_has_come=has_come(state, review_on),
        ended_lately=ending is not None and ending.ended_at > clock.now() - SHOWN_ENDED,
        signed_on=clock.local(own.signed_at).date() if own else None,
        may_sign=own is None and not ended,
        may_end=own is not None and not ended,
        lines=lines_of(seen),
        digest=digest_now(seen),
        others=tuple(one.first_name for one in seen.members if one.person_id in others),
        carers=carers_in_words(seen.entry.couple_id),
        badge=seen_by(seen.reader, facts),
        entry_badge=seen_by(seen.reader, seen.facts),
    )


def _require(
    actor: Actor, entry_id: UUID, *, to_change: bool = False
) -> tuple[SeenEntry, PortalAgreement]:
    seen = seen_entry(actor, is_agreement, entry_id)
    if seen is not None and to_change:
        access.hold(seen.entry.couple_id)
        # Two last signatures at the same moment must see each other, and the text as it is now.
        db.session.expire_all()
        seen = seen_entry(actor, is_agreement, entry_id)
    found = next(iter(_portal([seen] if seen else [])), None)
    if seen is None or found is None:
        raise NotFound
    return seen, found
