"""Making the file that leaves, issuing it byte for byte as it was looked at, handing it out.

A preview is the file itself, stored. Issuing changes no byte of it; it is refused where the record,
the decisions or the authorisations have changed since. Every time it is handed out the
authorisations are asked again.
"""

import hashlib
import hmac
import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from flask import has_request_context
from sqlalchemy import delete, func, select

from practice.db import db
from practice.domain.note_reading import mark_labels
from practice.domain.people import Actor, Reader
from practice.domain.releases.authorisations import NEVER, Part, ReleaseKind, ReleaseRule
from practice.domain.releases.cases import RequestKind, unchecked
from practice.domain.words import day_in_words
from practice.models.people import Person
from practice.models.releases import AuthorisationRequest, ReleaseBundle, ReleaseCase
from practice.models.sealing import SealError
from practice.reports.blocks import Paragraph
from practice.reports.bundle import BundleFindings, bundle_html
from practice.reports.registry import Section
from practice.reports.render import RenderFailed, render
from practice.services import access, audit, clock
from practice.services.cleaning import clean_text
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.practice_texts import note_words
from practice.services.releases.authorisations import LONGEST_LINE, granted
from practice.services.releases.cases import done_checks, require_case, require_release
from practice.services.releases.gathering import Material, gather
from practice.services.releases.values import BundleLine, FileOut, Preview

__all__ = ["NoLongerHolds", "RenderFailed"]


class NoLongerHolds(Exception):
    """What a bundle rests on was revoked or has run out: it is not handed out any more."""


def make_preview(*, actor: Actor, case_id: UUID, new_id: UUID, recipient: str) -> UUID:
    """Make the file that would leave, and keep it to be looked at; earlier previews go.

    Raises:
        NotFound: if the actor does not have the lead.
        Refused: if the case is closed, nothing holds, or passages wait for a decision.
        Invalid: naming ``recipient``.
        RenderFailed: if no PDF could be made; then nothing is stored.
    """
    case, lead = require_release(actor, case_id)
    if db.session.get(ReleaseBundle, new_id) is not None:
        return new_id
    words = " ".join(clean_text(recipient, "recipient", LONGEST_LINE).split())
    if not words:
        raise Invalid({"recipient": "Enter who gets this copy; it stands on every page."})
    material = _ready(case, lead)
    copy, made_at = _next_copy(case_id), clock.now()
    html = _html(actor, case, material, words, copy, made_at)
    basis, reports = _basis(html, material), _reports(material)
    left_out = dict(material.left_out)
    rests_on = [str(request.id) for request in material.rests_on]
    _let_others_write()
    made = render(html, report_style=True)
    content = _file(made.pdf, reports)
    case, _ = require_release(actor, case_id)
    access.hold(case.couple_id)
    if db.session.get(ReleaseBundle, new_id) is not None:  # sent twice at the same moment
        return new_id
    db.session.execute(
        delete(ReleaseBundle).where(
            ReleaseBundle.case_id == case_id, ReleaseBundle.issued_at.is_(None)
        )
    )
    row = ReleaseBundle(
        id=new_id,
        case_id=case_id,
        couple_id=case.couple_id,
        copy=copy,
        recipient=words,
        rests_on=rests_on,
        made_by=actor.person_id,
        made_at=made_at,
        basis=basis,
        pages=made.pages,
        sha256=hashlib.sha256(content).hexdigest(),
        file_type="zip" if reports else "pdf",
        content=content,
        withheld=left_out,
    )
    db.session.add(row)
    db.session.flush()
    audit.note_write(actor, case.couple_id, "bundle.previewed")
    return row.id


def preview(*, actor: Actor, bundle_id: UUID) -> Preview:
    """Return what a copy that is not issued yet says, to be read as a court would.

    Raises:
        NotFound: if the actor does not have the lead.
        Refused: if it is not what would leave now.
    """
    row, case, lead = _bundle(actor, bundle_id)
    if row.issued_at is not None:
        raise NotFound
    material = _unchanged(row, case, lead)
    audit.note_read(actor, row.couple_id, "bundle.preview")
    return Preview(
        line=_line(row, case),
        sections=material.sections,
        left_out=row.withheld,
        rests_on=tuple(_ground(case, request) for request in material.rests_on),
        couple_id=case.couple_id,
        case_id=case.id,
        case_number=case.number,
        judging=_judging(material.sections),
    )


def issue(*, actor: Actor, bundle_id: UUID) -> UUID:
    """Issue a copy as it was looked at; return its case. It can be handed out while it holds.

    Raises:
        NotFound: if the actor does not have the lead.
        Refused: if checks are open, or the record, the decisions or the agreement have changed.
    """
    row, case, lead = _bundle(actor, bundle_id)
    if row.issued_at is not None:
        return case.id
    if case.closed_at is not None:
        raise Refused("This case is closed and stays as it is. Open a new one.")
    left = unchecked(case.kind, done_checks(case))
    if left:
        raise Refused(f"Not all checks of this case are done yet. The next one: {left[0].words}")
    _unchanged(row, case, lead)
    row.issued_at, row.issued_by = clock.now(), actor.person_id
    audit.note_write(actor, row.couple_id, f"bundle.issued.{row.sha256[:40]}")
    db.session.flush()
    return case.id


def file_of(*, actor: Actor, bundle_id: UUID) -> FileOut:
    """Return a copy's bytes: of a preview to look at, of an issued one to hand out.

    Raises:
        NotFound: if the actor does not have the lead, or the copy is not kept any more.
        NoLongerHolds: if what it rests on was revoked or has run out.
        Refused: if the stored bytes are not those that were made.
    """
    row, case, _ = _bundle(actor, bundle_id)
    if not _holds(row, case):
        audit.note_withheld(actor, row.couple_id, "bundle", "no_longer_authorised")
        raise NoLongerHolds
    if row.destroyed_at is not None:
        raise NotFound
    content = _checked(row)
    how = "downloaded" if row.issued_at else "looked_at"
    audit.note_read(actor, row.couple_id, f"bundle.{how}.{row.sha256[:40]}")
    return FileOut(
        content,
        f"record-{case.number}-{row.copy}.{row.file_type}",
        "application/zip" if row.file_type == "zip" else "application/pdf",
    )


def bundles_of(*, actor: Actor, case_id: UUID) -> tuple[BundleLine, ...]:
    """Return the copies of a case, newest first.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    case, reader = require_case(actor, case_id)
    access.require_treating(actor, case.couple_id)
    rows = db.session.scalars(
        select(ReleaseBundle)
        .where(ReleaseBundle.case_id == case_id)
        .order_by(ReleaseBundle.copy.desc())
    )
    return tuple(_line(row, case) for row in access.visible(reader, rows))


def readiness(*, actor: Actor, case_id: UUID) -> str:
    """Return why nothing can leave at this moment; empty when something can.

    Raises:
        NotFound: if the actor does not have the lead.
    """
    case, lead = require_release(actor, case_id)
    try:
        _ready(case, lead)
    except Refused as refused:
        return str(refused)
    return ""


def _ready(case: ReleaseCase, lead: Reader) -> Material:
    if case.closed_at is not None:
        raise Refused("This case is closed and stays as it is. Open a new one.")
    material = gather(case, lead)
    if not material.rests_on:
        raise Refused(_NOTHING_HOLDS)
    if material.undecided:
        raise Refused(
            "Some passages speak of somebody else and wait for your decision: "
            f"{len(material.undecided)} of {len(material.passages)}."
        )
    return material


def _unchanged(row: ReleaseBundle, case: ReleaseCase, lead: Reader) -> Material:
    material = gather(case, lead, (UUID(one) for one in row.rests_on))
    html = _html(_maker(row), case, material, row.recipient, row.copy, row.made_at)
    if not _holds(row, case) or _basis(html, material) != row.basis:
        raise Refused(
            "Since this preview was made, the record, a decision about a passage or an "
            "authorisation has changed. Make a new preview and look at that one."
        )
    return material


def _holds(row: ReleaseBundle, case: ReleaseCase) -> bool:
    requests = (db.session.get(AuthorisationRequest, UUID(one)) for one in row.rests_on)
    return bool(row.rests_on) and all(one is not None and granted(case, one) for one in requests)


def _html(
    maker: Actor | Person,
    case: ReleaseCase,
    material: Material,
    recipient: str,
    copy: int,
    made_at: datetime,
) -> str:
    joint = {
        kind
        for request in material.rests_on
        if request.part is Part.JOINT
        for kind in request.kinds
    }
    findings = BundleFindings(
        letterhead=clock.settings().letterhead,
        case_number=case.number,
        copy=copy,
        recipient=recipient,
        purpose=tuple(
            f"{request.purpose.rstrip('.')}. From {day_in_words(request.first_day)} to "
            f"{day_in_words(request.last_day)}."
            for request in material.rests_on
        ),
        grounds=tuple(dict.fromkeys(_ground(case, request) for request in material.rests_on)),
        made_on=clock.local(made_at).date(),
        therapist=maker.name,
        withheld=tuple(kind.label for kind in ReleaseKind if kind.value not in joint),
        never=NEVER,
    )
    return bundle_html(findings, material.sections)


def _ground(case: ReleaseCase, request: AuthorisationRequest) -> str:
    """Say on what a part rests, without a word on who answered how."""
    if request.by_law:
        if case.kind is RequestKind.COURT_ORDER:
            return "It leaves because a court ordered it."
        return "It is given to the person it is about, who asked for it."
    if request.part is Part.OWN:
        return "The person it is about has authorised this in writing."
    if request.rule is ReleaseRule.ALL_MEMBERS:
        return "Every member of the couple in this time has authorised this in writing."
    return "It was authorised in writing by the rule agreed with the couple."


def _judging(sections: Iterable[Section]) -> tuple[str, ...]:
    words = note_words()
    texts = (
        block.text
        for section in sections
        for block in section.blocks
        if isinstance(block, Paragraph)
    )
    found = (one.text.lower() for text in texts for one in mark_labels(text, words) if one.is_label)
    return tuple(dict.fromkeys(found))


def _basis(html: str, material: Material) -> str:
    whole = [html, *(report.sha256 for report in material.reports)]
    return hashlib.sha256("\n".join(whole).encode()).hexdigest()


def _reports(material: Material) -> list[bytes]:
    found = []
    for report in material.reports:
        pdf: bytes = report.pdf
        if not hmac.compare_digest(hashlib.sha256(pdf).hexdigest(), report.sha256):
            raise Refused("An issued report is damaged. Leave the reports out, or restore it.")
        found.append(pdf)
    return found


def _file(pdf: bytes, reports: list[bytes]) -> bytes:
    """Return the PDF, or with reports a zip that always has the same bytes for the same files."""
    if not reports:
        return pdf
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        names = ["record.pdf", *(f"appendix-{n}.pdf" for n in range(1, len(reports) + 1))]
        for name, content in zip(names, (pdf, *reports), strict=True):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return target.getvalue()


def _next_copy(case_id: UUID) -> int:
    last = db.session.scalar(
        select(func.max(ReleaseBundle.copy)).where(
            ReleaseBundle.case_id == case_id, ReleaseBundle.issued_at.is_not(None)
        )
    )
    return (last or 0) + 1


def _let_others_write() -> None:
    # As for reports: typesetting must not hold the database's write lock.
    if has_request_context():
        db.session.rollback()


def _bundle(actor: Actor, bundle_id: UUID) -> tuple[ReleaseBundle, ReleaseCase, Reader]:
    row = db.session.get(ReleaseBundle, bundle_id)
    if row is None:
        raise NotFound
    case, lead = require_release(actor, row.case_id)
    return row, case, lead


def _maker(row: ReleaseBundle) -> Person:
    return db.session.get_one(Person, row.made_by)


def _line(row: ReleaseBundle, case: ReleaseCase) -> BundleLine:
    issuer = db.session.get(Person, row.issued_by) if row.issued_by else None
    return BundleLine(
        id=row.id,
        copy=row.copy,
        recipient=row.recipient,
        made_at=row.made_at,
        pages=row.pages,
        sha256=row.sha256,
        issued_at=row.issued_at,
        issued_by=issuer.name if issuer else "",
        holds=_holds(row, case),
        is_kept=row.destroyed_at is None,
    )


def _checked(row: ReleaseBundle) -> bytes:
    try:
        content: bytes = row.content
    except SealError as error:
        raise Refused(_DAMAGED) from error
    if not hmac.compare_digest(hashlib.sha256(content).hexdigest(), row.sha256):
        raise Refused(_DAMAGED)
    return content


_NOTHING_HOLDS = (
    "Nothing can leave yet: no authorisation holds at this moment. A joint record takes the "
    "agreement of every member, or the rule agreed with this couple."
)
_DAMAGED = (
    "The stored file is not the one that was made: its check sum differs. It was left as it is. "
    "Restore it from a backup, or make a new copy."
)
