"""The desk where an erasure is asked for, looked at, confirmed by name, and certified."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from practice import db as database
from practice.db import db
from practice.domain.people import Actor
from practice.domain.releases.cases import Outcome, RequestKind, unchecked
from practice.domain.words import day_in_words, listed
from practice.models.people import Person
from practice.models.releases import ReleaseCase
from practice.models.retention import Erasure
from practice.reports.certificate import CertificateFindings, certificate_html
from practice.reports.render import RenderFailed, render
from practice.services import access, audit, clock, people, record_settings, retention
from practice.services.erasure.carrying_out import carry_out
from practice.services.erasure.planning import person_of, plan
from practice.services.erasure.rules import undecided_columns
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.releases.cases import done_checks, require_release
from practice.services.schedule import refresh

__all__ = ["RenderFailed"]

TEXTS = "_texts"
"""Under this key stands in how many texts the name was taken out."""


@dataclass(frozen=True, slots=True)
class WhatGoes:
    """What an erasure would do, before it is confirmed."""

    case_id: UUID
    name: str
    first_name: str
    others: tuple[str, ...]
    """First names of those whose record stays."""

    counts: tuple[tuple[str, int], ...]
    """What goes, in words, and how many."""

    wholly: bool
    """Their own entry and sign-in go, too."""

    is_present: bool
    """They are a member now; their membership ends with it."""

    obstacles: tuple[str, ...]
    """Why it cannot be done now, in words; empty where it can."""

    backups_gone_on: date


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was erased; it names nobody."""

    id: UUID
    number: int
    couple_id: UUID
    erased_at: datetime
    erased_by: str
    gone: Mapping[str, int]
    """How many, by what it is called."""

    texts: int
    person_gone: bool
    backups_gone_on: date
    rewritten_at: datetime | None


def what_goes(*, actor: Actor, case_id: UUID) -> WhatGoes:
    """Return what an erasure would do, and what stands in its way.

    Raises:
        NotFound: if the actor does not have the lead, or the case is about no erasure.
    """
    case = _case(actor, case_id)
    assert case.about_id is not None  # noqa: S101  # a CHECK of the table
    made = plan(case.couple_id, case.about_id)
    members = people.each_once(people.members_of(case.couple_id))
    person = next(one for one in members if one.person_id == case.about_id)
    audit.note_read(actor, case.couple_id, "erasure.preview")
    return WhatGoes(
        case_id=case.id,
        name=person.name,
        first_name=person.first_name,
        others=tuple(one.first_name for one in members if one.person_id != case.about_id),
        counts=tuple(made.counts().items()),
        wholly=made.wholly,
        is_present=person.is_current,
        obstacles=_obstacles(case),
        backups_gone_on=clock.today() + record_settings.current().backup_life,
    )


def erase(*, actor: Actor, case_id: UUID, typed_name: str) -> UUID:
    """Erase one person's part of a couple's record; return the certificate. It cannot be undone.

    The caller commits, then calls ``write_anew``.

    Raises:
        NotFound: as ``what_goes``.
        Refused: if something stands in its way.
        Invalid: naming ``typed_name``, if it is not the person's name.
    """
    case = _case(actor, case_id)
    assert case.about_id is not None  # noqa: S101  # a CHECK of the table
    access.hold(case.couple_id)
    obstacles = _obstacles(case)
    if obstacles:
        raise Refused(obstacles[0])
    person_id, couple_id = case.about_id, case.couple_id
    name = person_of(person_id).name
    if " ".join(typed_name.split()).casefold() != name.casefold():
        raise Invalid({"typed_name": f"Type the name as it stands here: {name}."})
    made = plan(couple_id, person_id)
    texts, person_gone = carry_out(made)
    row = Erasure(
        number=(db.session.scalar(select(func.max(Erasure.number))) or 0) + 1,
        couple_id=couple_id,
        case_id=case_id,
        erased_by=actor.person_id,
        erased_at=clock.now(),
        gone={**made.counts(), TEXTS: texts},
        person_gone=person_gone,
        backups_gone_on=clock.today() + record_settings.current().backup_life,
    )
    db.session.add(row)
    _close(actor, case_id, row.number)
    refresh(couple_id)
    audit.note_write(actor, couple_id, "person.erased")
    db.session.flush()
    return row.id


def write_anew(*, actor: Actor, erasure_id: UUID) -> bool:
    """Write the database anew after an erasure was committed; say whether that was possible.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    row = _erasure(actor, erasure_id)
    couple_id = row.couple_id
    audit.finish(write_succeeded=True)  # VACUUM runs outside of every transaction
    if not database.rewrite(db.engine):
        return False
    row = _erasure(actor, erasure_id)
    row.rewritten_at = clock.now()
    audit.note_write(actor, couple_id, "database.rewritten")
    return True


def certificates_of(*, actor: Actor, couple_id: UUID) -> tuple[Certificate, ...]:
    """Return the certificates of a couple, newest first.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    access.require_treating(actor, couple_id)
    rows = db.session.scalars(
        select(Erasure).where(Erasure.couple_id == couple_id).order_by(Erasure.number.desc())
    )
    return tuple(_view(row) for row in rows)


def certificate(*, actor: Actor, erasure_id: UUID) -> Certificate:
    """Return one certificate.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    return _view(_erasure(actor, erasure_id))


def certificate_pdf(*, actor: Actor, erasure_id: UUID) -> bytes:
    """Return a certificate as PDF; the name is added by hand, since nobody keeps it here.

    Raises:
        NotFound: as ``certificate``.
        RenderFailed: if no PDF could be made.
    """
    found = certificate(actor=actor, erasure_id=erasure_id)
    findings = CertificateFindings(
        letterhead=clock.settings().letterhead,
        number=found.number,
        erased_on=clock.local(found.erased_at),
        erased_by=found.erased_by,
        gone=tuple(found.gone.items()),
        texts=found.texts,
        person_gone=found.person_gone,
        rewritten_at=clock.local(found.rewritten_at) if found.rewritten_at else None,
        backups_gone_on=found.backups_gone_on,
    )
    audit.note_read(actor, found.couple_id, "erasure.certificate")
    return render(certificate_html(findings), report_style=True).pdf


def _case(actor: Actor, case_id: UUID) -> ReleaseCase:
    case, _ = require_release(actor, case_id)
    if case.kind is not RequestKind.ERASURE:
        raise NotFound
    return case


def _obstacles(case: ReleaseCase) -> tuple[str, ...]:
    found = []
    if case.closed_at is not None:
        found.append("This case is closed and stays as it is. Open a new one.")
    if retention.is_held(case.couple_id):
        found.append(
            "There is a legal hold on this record. Nothing of it is erased until it is lifted."
        )
    left = unchecked(case.kind, done_checks(case))
    if left:
        found.append(f"Not all checks of this case are done yet. The next one: {left[0].words}")
    unknown = undecided_columns()
    if unknown:
        found.append(
            "This version of Dyad holds something of which nobody has said what becomes of it: "
            f"{listed(unknown)}. Nothing is erased; tell whoever maintains the program."
        )
    if _is_busy_with_a_bundle(case):
        found.append("Another case of this record is open. Decide that one first.")
    return tuple(found)


def _is_busy_with_a_bundle(case: ReleaseCase) -> bool:
    other = select(ReleaseCase.id).where(
        ReleaseCase.couple_id == case.couple_id,
        ReleaseCase.kind.in_([RequestKind.SUBPOENA, RequestKind.COURT_ORDER]),
        ReleaseCase.closed_at.is_(None),
    )
    return db.session.scalar(other.limit(1)) is not None


def _close(actor: Actor, case_id: UUID, number: int) -> None:
    case = db.session.get_one(ReleaseCase, case_id)
    case.outcome, case.decided_by = Outcome.RELEASED, actor.person_id
    case.decided_at = case.closed_at = clock.now()
    case.reason = f"Erased as asked. Certificate {number}, {day_in_words(clock.today())}."


def _erasure(actor: Actor, erasure_id: UUID) -> Erasure:
    row = db.session.get(Erasure, erasure_id)
    if row is None:
        raise NotFound
    access.require_treating(actor, row.couple_id)
    return row


def _view(row: Erasure) -> Certificate:
    gone = {title: count for title, count in row.gone.items() if title != TEXTS}
    return Certificate(
        id=row.id,
        number=row.number,
        couple_id=row.couple_id,
        erased_at=row.erased_at,
        erased_by=db.session.get_one(Person, row.erased_by).name,
        gone=gone,
        texts=int(row.gone.get(TEXTS, 0)),
        person_gone=row.person_gone,
        backups_gone_on=row.backups_gone_on,
        rewritten_at=row.rewritten_at,
    )
