"""How agreements between members stand: asked once here, for every reader."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select

from practice.db import db
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
from practice.models.between import EntryEnding, EntrySignature
from practice.services import clock
from practice.services.homework.seen import SeenEntry


def is_agreement(template: Template) -> bool:
    """Whether what is written on a worksheet can be signed."""
    return template.agreement is not None


def put_to_all(
    seen: Iterable[SeenEntry],
) -> list[tuple[SeenEntry, list[EntrySignature], EntryEnding | None]]:
    """Return the entries that were ever put to the others, with who signed and who ended them.

    What is kept back is a draft of its author's.
    """
    entries = [one for one in seen if one.entry.outcome is Outcome.DONE]
    endings = endings_of(one.entry.id for one in entries)
    put = [one for one in entries if one.facts.is_open or one.entry.id in endings]
    signatures = signatures_of(one.entry.id for one in put)
    return [(one, signatures.get(one.entry.id, []), endings.get(one.entry.id)) for one in put]


def state_now(
    seen: SeenEntry, rows: Iterable[EntrySignature], ending: EntryEnding | None
) -> AgreementState | None:
    """Return how an agreement stands now; None where there were not two to agree."""
    digest = digest_now(seen)
    return state_of(
        receivers=seen.given.receiver_ids,
        spans=_spans(seen),
        written_on=written_on(seen),
        signed={row.person_id for row in rows if row.stands and row.signed["digest"] == digest},
        is_ended=ending is not None,
    )


def asked_of(seen: SeenEntry) -> frozenset[UUID]:
    """Return whose signatures an entry needs."""
    return asked_to_sign(seen.given.receiver_ids, _spans(seen), written_on(seen))


def _spans(seen: SeenEntry) -> list[Span]:
    return [Span(one.person_id, one.joined_on, one.left_on) for one in seen.members]


def written_on(seen: SeenEntry) -> date:
    """Return the day on which an entry was handed in, in the practice's zone."""
    return clock.local(seen.entry.submitted_at).date()


def review_day(seen: SeenEntry) -> date | None:
    """Return the day on which to look at it again; None where the entry has none."""
    block = seen.template.agreement
    return block.review_on(seen.entry.content.get(block.key)) if block else None


def has_come(state: AgreementState, review_on: date) -> bool:
    """Whether it holds and the day on which to look at it again is here."""
    return state is AgreementState.HOLDS and review_on <= clock.today()


def lines_of(seen: SeenEntry) -> tuple[SummaryLine, ...]:
    """Return what is agreed; how its author found the writing of it is no part of that."""
    content = seen.entry.content
    lines = (
        SummaryLine(block.prompt, block.text(content.get(block.key)))
        for block in seen.template.blocks
    )
    return tuple(line for line in lines if line.text)


def digest_now(seen: SeenEntry) -> str:
    """Return the digest of what is agreed, without what every worksheet asks at its end."""
    content: Mapping[str, JSON] = seen.entry.content
    closing = {block.key for block in HOW_IT_WENT}
    agreed = {key: value for key, value in content.items() if key not in closing}
    return digest_of(seen.given.row.template_key, agreed)


def signatures_of(entry_ids: Iterable[UUID]) -> dict[UUID, list[EntrySignature]]:
    """Return the signatures that stand, by entry; filter before any use."""
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


def endings_of(entry_ids: Iterable[UUID]) -> dict[UUID, EntryEnding]:
    """Return what has been ended, by entry."""
    ids = list(entry_ids)
    if not ids:
        return {}
    rows = db.session.scalars(select(EntryEnding).where(EntryEnding.entry_id.in_(ids)))
    return {row.entry_id: row for row in rows}
