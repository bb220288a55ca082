"""From a case to the document that would leave: gathered, read for passages, redacted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.people import Reader
from practice.domain.releases.authorisations import Part, ReleaseKind
from practice.domain.releases.passages import (
    PASSAGE_REMOVED,
    Passage,
    PassageFate,
    key_of,
    mentions,
    paragraphs,
    parts_of_names,
    redacted,
)
from practice.models.records import IssuedReport
from practice.models.releases import AuthorisationRequest, PassageDecision, ReleaseCase
from practice.reports.blocks import Block, Facts, Heading, Note, Paragraph
from practice.reports.registry import Section
from practice.services.releases.authorisations import granted, requests_of
from practice.services.releases.items import COLLECTORS, issued_reports
from practice.services.releases.scope import Gathered, Item, ReleaseScope, Text, scope_of


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that speaks of somebody else, with what was decided about it."""

    passage: Passage
    place: str
    """Where it stands, in words."""

    fate: PassageFate | None
    """None while nobody has decided."""

    reason: str


@dataclass(frozen=True, slots=True)
class Material:
    """All that would leave on a case as things are now."""

    sections: tuple[Section, ...]
    passages: tuple[FoundPassage, ...]
    left_out: Mapping[str, int]
    """How many items of the period stay, by title; for the therapist alone."""

    reports: tuple[IssuedReport, ...]
    """Issued joint reports that lie beside it; rows, for the maker of the file alone."""

    rests_on: tuple[AuthorisationRequest, ...]

    @property
    def undecided(self) -> tuple[FoundPassage, ...]:
        return tuple(found for found in self.passages if found.fate is None)


def gather(case: ReleaseCase, lead: Reader, request_ids: Iterable[UUID] | None = None) -> Material:
    """Gather what the requests that hold now let go. Authorise first.

    Args:
        case: Whose case.
        lead: Whoever has the lead, by whose hand it leaves.
        request_ids: Only of these; None: of all that hold.
    """
    wanted = None if request_ids is None else set(request_ids)
    resting = [
        one
        for one in requests_of(case.id)
        if one.part is not Part.PROCESS_NOTES
        and (wanted is None or one.id in wanted)
        and granted(case, one)
    ]
    desk = _Desk(case)
    sections: list[Section] = []
    reports: list[IssuedReport] = []
    for number, request in enumerate(resting, start=1):
        scope = scope_of(case, request, lead)
        for kind in scope.kinds:
            gathered = COLLECTORS[kind](scope)
            sections.append(desk.section(scope, gathered, f"part-{number}-{kind}"))
            if kind is ReleaseKind.REPORTS:
                reports += issued_reports(scope)
    return Material(
        tuple(sections), tuple(desk.found), desk.left_out, tuple(reports), tuple(resting)
    )


class _Desk:
    """Reads every paragraph once: finds who is spoken of, applies what was decided."""

    def __init__(self, case: ReleaseCase) -> None:
        self.extra = parts_of_names(case.names.splitlines())
        self.decisions = {
            row.passage: row
            for row in db.session.scalars(
                select(PassageDecision).where(PassageDecision.case_id == case.id)
            )
        }
        self.found: list[FoundPassage] = []
        self.left_out: dict[str, int] = {}

    def section(self, scope: ReleaseScope, gathered: Gathered, key: str) -> Section:
        whose = f": {scope.named(scope.person_id)}" if scope.person_id else ""
        title = f"{gathered.title}{whose}"
        if gathered.left_out:
            self.left_out[title] = self.left_out.get(title, 0) + gathered.left_out
        blocks: list[Block] = []
        for item in gathered.items:
            blocks += self._item(scope, item, title)
        return Section(key, title, tuple(blocks) or (Paragraph("Nothing in this period."),))

    def _item(self, scope: ReleaseScope, item: Item, title: str) -> list[Block]:
        blocks: list[Block] = [Heading(item.heading)]
        if item.facts:
            blocks.append(Facts(item.facts))
        for text in item.texts:
            if text.label:
                blocks.append(Note(f"{text.label}:"))
            blocks += self._paragraphs(scope, text, f"{title}, {item.heading}")
        return blocks

    def _paragraphs(self, scope: ReleaseScope, text: Text, where: str) -> list[Paragraph]:
        names = (*parts_of_names(scope.others), *self.extra)
        blocks = []
        for words in paragraphs(text.body):
            spoken_of = mentions(words, names, relations=True)
            if not spoken_of:
                blocks.append(Paragraph(words))
                continue
            passage = Passage(key_of(text.place, words), words, spoken_of)
            decision = self.decisions.get(passage.key)
            if all(known.passage.key != passage.key for known in self.found):
                self.found.append(_found(passage, where, decision))
            blocks.append(Paragraph(_as_decided(passage, names, decision)))
        return blocks


def _found(passage: Passage, where: str, decision: PassageDecision | None) -> FoundPassage:
    if decision is None:
        return FoundPassage(passage, where, None, "")
    return FoundPassage(passage, where, decision.fate, decision.reason)


def _as_decided(passage: Passage, names: Iterable[str], decision: PassageDecision | None) -> str:
    # Nobody has decided yet: it is out until somebody does.
    if decision is None:
        return PASSAGE_REMOVED
    return redacted(passage.text, names, decision.fate)
