"""Cards: a few lines that a couple wrote for hard moments, on both portals and on paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from practice.domain.homework.blocks import CardBlock
from practice.domain.homework.definition import Template
from practice.domain.joint_facts import JointFact, tells
from practice.domain.people import Actor
from practice.reports.card import card_html
from practice.services import clock
from practice.services.badges import seen_by
from practice.services.errors import NotFound
from practice.services.homework.seen import SeenEntry, seen_by_partner
from practice.services.pdf import pdf_of


@dataclass(frozen=True, slots=True)
class Card:
    """One card as both may read it."""

    entry_id: UUID
    title: str
    lines: tuple[str, ...]
    written_on: date
    badge: str


def cards_among(entries: Iterable[SeenEntry]) -> tuple[Card, ...]:
    """Return the newest card of each kind among a partner's entries, which are newest first."""
    newest: dict[tuple[str, str], Card] = {}
    for seen in entries:
        if seen.facts.is_open:
            for block, card in _cards(seen):
                newest.setdefault((seen.given.row.template_key, block.key), card)
    return tuple(newest.values())


@tells(JointFact.GIVEN_TO_ALL, JointFact.HAS_OPENED)
def card_pdf(*, actor: Actor, entry_id: UUID) -> bytes:
    """Return the cards of an entry that the actor may read as one sheet of paper.

    Raises:
        NotFound: if there is none such.
        Refused: if it cannot be made now.
    """
    entries = seen_by_partner(actor, has_card)
    found = [card for seen in entries if seen.entry.id == entry_id for _, card in _cards(seen)]
    if not found:
        raise NotFound
    return pdf_of(card_html([(card.title, card.lines) for card in found]))


def has_card(template: Template) -> bool:
    """Whether what is written on a worksheet becomes a card."""
    return bool(template.cards)


def _cards(seen: SeenEntry) -> list[tuple[CardBlock, Card]]:
    badge = seen_by(seen.reader, seen.facts)
    written_on = clock.local(seen.entry.submitted_at).date()
    found = []
    for block in seen.template.cards:
        lines = tuple(block.text(seen.entry.content.get(block.key)).split("\n"))
        if any(lines):
            found.append((block, Card(seen.entry.id, block.title, lines, written_on, badge)))
    return found
