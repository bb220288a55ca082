"""Cases: requests for a record with deadline, checks, decision and what was sent."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.people import Actor, Reader
from practice.domain.releases.cases import CHECKS, Outcome, deadline, unchecked
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.couples import Care
from practice.models.people import Person
from practice.models.releases import CaseCheck, ReleaseCase
from practice.services import access, audit, clock, people, record_settings
from practice.services.cleaning import clean_text
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.releases.values import CaseLine, CaseView, CoupleOfCase, DoneCheck, NewCase

LONGEST_TEXT = 4000
LONGEST_REQUESTER = 200


def couple_of_case(*, actor: Actor, couple_id: UUID) -> CoupleOfCase:
    """Return whose record a new case would be about.

    Raises:
        NotFound: if the couple is not the actor's to keep cases of.
    """
    reader = access.require_staff(actor, couple_id)
    access.require_act(reader, case_facts(couple_id, actor.person_id), Operation.WRITE)
    members = people.members_of(couple_id)
    return CoupleOfCase(
        couple_id, people.title_of(members), people.each_once(members), reader.standing.treats
    )


def open_case(*, actor: Actor, couple_id: UUID, new: NewCase) -> UUID:
    """Write down that somebody asked for a record.

    Raises:
        NotFound: if the couple is not the actor's to keep cases of.
        Invalid: naming the field.
    """
    reader = access.require_staff(actor, couple_id)
    access.require_act(reader, case_facts(couple_id, actor.person_id), Operation.WRITE)
    access.hold(couple_id)
    known = db.session.get(ReleaseCase, new.id)
    if known is not None:
        if known.couple_id != couple_id:
            raise NotFound
        return known.id
    _check(new, couple_id)
    return add_case(actor=actor, couple_id=couple_id, new=new)


def add_case(*, actor: Actor, couple_id: UUID, new: NewCase) -> UUID:
    """Store a checked case under the next number. Authorise first."""
    period = record_settings.current().periods[new.kind]
    row = ReleaseCase(
        id=new.id,
        couple_id=couple_id,
        kind=new.kind,
        about_id=new.about_id if new.kind.is_about_one else None,
        requester=clean_text(new.requester, "requester", LONGEST_REQUESTER),
        wanted=clean_text(new.wanted, "wanted", LONGEST_TEXT),
        received_on=new.received_on,
        deadline_on=new.deadline_on or deadline(new.kind, new.received_on, period),
        opened_by=actor.person_id,
        opened_at=clock.now(),
    )
    _number(row)
    audit.note_write(actor, couple_id, "case.opened")
    return row.id


def cases(*, actor: Actor, open_only: bool = True) -> tuple[CaseLine, ...]:
    """Return the cases of the couples in the actor's care, nearest deadline first.

    The owner of the practice gets those of all couples, without anything clinical.
    """
    query = select(ReleaseCase).order_by(ReleaseCase.deadline_on, ReleaseCase.number)
    if open_only:
        query = query.where(ReleaseCase.closed_at.is_(None))
    else:
        query = query.where(ReleaseCase.closed_at.is_not(None))
    if not actor.is_owner:
        query = query.where(
            ReleaseCase.couple_id.in_(
                select(Care.couple_id).where(
                    Care.therapist_id == actor.person_id, Care.until.is_(None)
                )
            )
        )
    readers: dict[UUID, Reader] = {}
    found = []
    for row in db.session.scalars(query):
        reader = readers.setdefault(row.couple_id, access.standing_of(actor, row.couple_id))
        if access.may_see(reader, row.facts):
            found.append(row)
    audit.note_read(actor, None, "case.list")
    return _lines(found, readers)


def cases_of(*, actor: Actor, couple_id: UUID) -> tuple[CaseLine, ...]:
    """Return every case of one couple, newest first.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    rows = db.session.scalars(
        select(ReleaseCase)
        .where(ReleaseCase.couple_id == couple_id)
        .order_by(ReleaseCase.number.desc())
    )
    return _lines(access.visible(reader, rows), {couple_id: reader})


def case_view(*, actor: Actor, case_id: UUID) -> CaseView:
    """Return one case.

    Raises:
        NotFound: if it is none of the actor's.
    """
    row, reader = require_case(actor, case_id)
    (line,) = _lines([row], {row.couple_id: reader})
    clinical = reader.standing.treats
    names = _names([row.decided_by, *(check.done_by for check in row.checks)])
    done = {check.key: check for check in row.checks}
    return CaseView(
        line=line,
        wanted=row.wanted if clinical else "",
        names=row.names if clinical else "",
        checks=tuple(
            DoneCheck(
                check,
                names[done[check.key].done_by] if check.key in done else "",
                done[check.key].done_at if check.key in done else None,
            )
            for check in CHECKS[row.kind]
        ),
        reason=row.reason if clinical else "",
        sent=row.sent if clinical else "",
        decided_by=names.get(row.decided_by, "") if row.decided_by else "",
        decided_at=row.decided_at,
        may_release=may_release(reader, row),
    )


def tick(*, actor: Actor, case_id: UUID, keys: Iterable[str]) -> None:
    """Say which checks are done; those left out are open again.

    Raises:
        NotFound: if the case is none of the actor's.
        Refused: if it is closed.
    """
    row = require_open(actor, case_id)
    wanted = set(keys) & {check.key for check in CHECKS[row.kind]}
    row.checks = [check for check in row.checks if check.key in wanted]
    for key in wanted - {check.key for check in row.checks}:
        row.checks.append(CaseCheck(key=key, done_by=actor.person_id, done_at=clock.now()))
    audit.note_write(actor, row.couple_id, "case.checked")
    db.session.flush()


def move_deadline(*, actor: Actor, case_id: UUID, deadline_on: date) -> None:
    """Set another deadline: the paper names one, or it was extended.

    Raises:
        NotFound: if the case is none of the actor's.
        Refused: if it is closed.
        Invalid: naming ``deadline_on``.
    """
    row = require_open(actor, case_id)
    if deadline_on < row.received_on:
        raise Invalid({"deadline_on": "The request came in after this day."})
    row.deadline_on = deadline_on
    audit.note_write(actor, row.couple_id, "case.deadline_moved")


def decide(*, actor: Actor, case_id: UUID, outcome: Outcome, reason: str, sent: str) -> None:
    """Decide a case and close it.

    Raises:
        NotFound: if the couple is not in the actor's care.
        Refused: if it is closed already.
        Invalid: naming ``outcome`` while checks are open, or ``reason``.
    """
    row = require_open(actor, case_id)
    access.require_treating(actor, row.couple_id)
    text = clean_text(reason, "reason", LONGEST_TEXT)
    if not text:
        raise Invalid({"reason": "Write why you decided so."})
    lets_go = outcome in {Outcome.RELEASED, Outcome.PARTLY}
    left = unchecked(row.kind, done_checks(row))
    if lets_go and left:
        raise Invalid({"outcome": f"Not all checks are done yet. The next one: {left[0].words}"})
    row.outcome, row.decided_by = outcome, actor.person_id
    row.decided_at = row.closed_at = clock.now()
    row.reason = text
    row.sent = clean_text(sent, "sent", LONGEST_TEXT)
    audit.note_write(actor, row.couple_id, "case.closed")
    db.session.flush()


def look_for(*, actor: Actor, case_id: UUID, names: str) -> None:
    """Set the further names to look for in what would leave, one a line.

    Raises:
        NotFound: if the couple is not in the actor's care.
        Refused: if the case is closed.
        Invalid: naming ``names``.
    """
    row = require_open(actor, case_id)
    access.require_treating(actor, row.couple_id)
    row.names = clean_text(names, "names", LONGEST_TEXT)
    audit.note_write(actor, row.couple_id, "case.names_set")


def require_case(actor: Actor, case_id: UUID) -> tuple[ReleaseCase, Reader]:
    """Return a case and how the actor stands to its couple, for services alone."""
    row = db.session.get(ReleaseCase, case_id)
    if row is None:
        raise NotFound
    reader = access.require_staff(actor, row.couple_id)
    access.require_visible(reader, row.facts)
    return row, reader


def require_open(actor: Actor, case_id: UUID) -> ReleaseCase:
    """Return a case that the actor may change, for services alone."""
    row, reader = require_case(actor, case_id)
    access.require_act(reader, row.facts, Operation.WRITE)
    if row.closed_at is not None:
        raise Refused("This case is closed and stays as it is. Open a new one.")
    return row


def require_own_open(actor: Actor, case_id: UUID) -> ReleaseCase:
    """As ``require_open``, for what only those who treat the couple may do."""
    row = require_open(actor, case_id)
    access.require_treating(actor, row.couple_id)
    return row


def may_release(reader: Reader, row: ReleaseCase) -> bool:
    """Whether something may leave by the hand of ``reader``."""
    return access.may_do(reader, bundle_facts(row, reader.person_id), Operation.RELEASE)


def require_release(actor: Actor, case_id: UUID) -> tuple[ReleaseCase, Reader]:
    """Return a case to whoever has the lead, for services alone; NotFound for everybody else."""
    row, reader = require_case(actor, case_id)
    access.require_act(reader, bundle_facts(row, actor.person_id), Operation.RELEASE)
    return row, reader


def case_facts(couple_id: UUID, opener_id: UUID) -> Facts:
    """Facts of a case that is not there yet."""
    return Facts(couple_id, opener_id, Kind.CASE, Audience.THERAPIST)


def bundle_facts(row: ReleaseCase, maker_id: UUID) -> Facts:
    """Facts of what leaves on a case."""
    return Facts(row.couple_id, maker_id, Kind.BUNDLE, Audience.THERAPIST)


def done_checks(row: ReleaseCase) -> frozenset[str]:
    """Return the keys of the checks that are done."""
    return frozenset(check.key for check in row.checks)


def _check(new: NewCase, couple_id: UUID) -> None:
    errors = {}
    if not new.requester.strip():
        errors["requester"] = "Enter who asks."
    if new.received_on > clock.today():
        errors["received_on"] = "Choose today or an earlier day."
    if new.deadline_on is not None and new.deadline_on < new.received_on:
        errors["deadline_on"] = "The request came in after this day."
    members = {member.person_id for member in people.members_of(couple_id)}
    if new.kind.is_about_one and new.about_id not in members:
        errors["about_id"] = "Choose whose own data it is about."
    if errors:
        raise Invalid(errors)


def _number(row: ReleaseCase) -> None:
    """Store a row under the next free number, also when somebody else takes one just now."""
    for tries_left in reversed(range(20)):
        row.number = (db.session.scalar(select(func.max(ReleaseCase.number))) or 0) + 1
        try:
            with db.session.begin_nested():
                db.session.add(row)
        except IntegrityError:
            if not tries_left:
                raise
        else:
            return


def _lines(rows: Iterable[ReleaseCase], readers: dict[UUID, Reader]) -> tuple[CaseLine, ...]:
    rows = list(rows)
    members = people.members_of_all(row.couple_id for row in rows)
    today = clock.today()

    def line(row: ReleaseCase) -> CaseLine:
        of_couple = members[row.couple_id]
        about = next((one.name for one in of_couple if one.person_id == row.about_id), "")
        return CaseLine(
            id=row.id,
            number=row.number,
            kind=row.kind,
            couple_id=row.couple_id,
            couple_title=people.title_of(of_couple),
            about_id=row.about_id,
            about=about,
            requester=row.requester,
            received_on=row.received_on,
            deadline_on=row.deadline_on,
            days_left=(row.deadline_on - today).days,
            outcome=row.outcome,
            closed_at=row.closed_at,
            in_care=readers[row.couple_id].standing.treats,
        )

    return tuple(line(row) for row in rows)


def _names(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    wanted = {one for one in ids if one is not None}
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))
    return {row.id: row.name for row in rows}
