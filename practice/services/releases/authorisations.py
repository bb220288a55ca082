"""Asking members to let a record go, and how their answers stand: the therapist's side.

Each request is put to every member whose record it is, in the same words. Whether it holds is
worked out whenever it matters, from the signatures as they are at that moment.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.people import Actor
from practice.domain.releases.authorisations import (
    KINDS_OF,
    Part,
    ReleaseKind,
    Span,
    Standing,
    holds,
)
from practice.domain.releases.cases import RequestKind, unchecked
from practice.domain.visibility import Audience, Facts, Kind
from practice.domain.words import day_in_words
from practice.models.couples import Couple
from practice.models.releases import Authorisation, AuthorisationRequest, ReleaseCase
from practice.services import access, audit, clock, people
from practice.services.cleaning import clean_name, clean_text
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.people import Member
from practice.services.releases.cases import done_checks, require_open
from practice.services.releases.rules import rule_of
from practice.services.releases.values import Answer, Asked, AskedView, PaperPage

LONGEST_LIFE = timedelta(days=366)
USUAL_LIFE = timedelta(days=90)
LONGEST_LINE = 300

BY_LAW = frozenset({RequestKind.COURT_ORDER, RequestKind.SUBJECT_ACCESS})
"""Cases in which something may leave without a signature, once every check is done."""


def paper_page(*, actor: Actor, authorisation_id: UUID) -> PaperPage:
    """Return what a member is to sign on paper.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    row = _authorisation(actor, authorisation_id)
    asked = row.request
    members = people.members_of(row.couple_id)
    return PaperPage(
        case_id=asked.case_id,
        name=next(one.name for one in members if one.person_id == row.person_id),
        kinds=kinds_in_words(asked),
        first_day=asked.first_day,
        last_day=asked.last_day,
        recipient=asked.recipient,
        purpose=asked.purpose,
        expires_on=asked.expires_on,
    )


def ask(*, actor: Actor, case_id: UUID, asked: Asked) -> None:
    """Put a request to every member whose record it is.

    Raises:
        NotFound: if the couple is not in the actor's care.
        Refused: if the case is closed, or of a kind that lets nothing leave.
        Invalid: naming the field.
    """
    case = require_open(actor, case_id)
    access.require_writing(actor, _facts(case.couple_id, actor.person_id, asked.person_id))
    access.hold(case.couple_id)
    known = db.session.get(AuthorisationRequest, asked.id)
    if known is not None:
        if known.case_id != case_id:
            raise NotFound
        return
    _check(case, asked)
    row = AuthorisationRequest(
        id=asked.id,
        case_id=case.id,
        couple_id=case.couple_id,
        part=asked.part,
        person_id=asked.person_id if asked.part is Part.OWN else None,
        kinds=[kind.value for kind in KINDS_OF[asked.part] if kind in asked.kinds],
        first_day=asked.first_day,
        last_day=asked.last_day,
        recipient=_line(asked.recipient, "recipient"),
        purpose=_line(asked.purpose, "purpose"),
        expires_on=asked.expires_on,
        rule=rule_of(case.couple_id),
        by_law=asked.by_law,
        asked_by=actor.person_id,
        asked_at=clock.now(),
    )
    db.session.add(row)
    for person_id in () if asked.by_law else needed(row):
        row.authorisations.append(Authorisation(couple_id=case.couple_id, person_id=person_id))
    audit.note_write(actor, case.couple_id, f"authorisation.asked.{asked.part}")
    db.session.flush()


def withdraw(*, actor: Actor, request_id: UUID) -> UUID:
    """Ask no longer; what was signed lets nothing leave any more. Return the case.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    row = _request(actor, request_id)
    if row.withdrawn_at is None:
        row.withdrawn_at = clock.now()
        audit.note_write(actor, row.couple_id, "authorisation.withdrawn")
    return row.case_id


def record_on_paper(
    *, actor: Actor, authorisation_id: UUID, signed_name: str, signed_on: date
) -> None:
    """Write down that a member signed the same words on paper, which the practice holds.

    Raises:
        NotFound: if the couple is not in the actor's care.
        Refused: if it cannot be signed any more, or was signed already.
        Invalid: naming ``signed_name`` or ``signed_on``.
    """
    row = _authorisation(actor, authorisation_id)
    access.require_writing(actor, row.facts)
    access.hold(row.couple_id)
    db.session.refresh(row)
    if row.signature.standing(clock.today()) not in {Standing.WAITING, Standing.REFUSED}:
        raise Refused("This authorisation cannot be signed any more. Ask for a new one.")
    if signed_on > clock.today():
        raise Invalid({"signed_on": "Choose today or an earlier day."})
    row.signed_name = clean_name(signed_name, "signed_name")
    row.signed_at, row.refused_at = clock.now(), None
    row.recorded_by, row.paper_signed_on = actor.person_id, signed_on
    audit.note_write(actor, row.couple_id, "authorisation.paper_recorded")


def record_revocation(*, actor: Actor, authorisation_id: UUID) -> UUID:
    """Write down that a member took their signature back, by word or by letter; return the case.

    Raises:
        NotFound: if the couple is not in the actor's care.
        Refused: if there is no signature to take back.
    """
    row = _authorisation(actor, authorisation_id)
    access.require_writing(actor, row.facts)
    if row.signed_at is None:
        raise Refused("This authorisation was not signed, so there is nothing to revoke.")
    if row.revoked_at is None:
        row.revoked_at = clock.now()
        audit.note_write(actor, row.couple_id, "authorisation.revocation_recorded")
    return row.request.case_id


def asked_views(*, actor: Actor, case_id: UUID) -> tuple[AskedView, ...]:
    """Return what was asked in a case, in the order in which it was.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    case = db.session.get(ReleaseCase, case_id)
    if case is None:
        raise NotFound
    reader = access.require_treating(actor, case.couple_id)
    members = people.each_once(people.members_of(case.couple_id))
    found = []
    for row in requests_of(case_id):
        answers = access.visible(reader, row.authorisations)
        found.append(_view(row, case, members, answers))
    return tuple(found)


def requests_of(case_id: UUID) -> list[AuthorisationRequest]:
    """Return the requests of a case, oldest first. Authorise first."""
    return list(
        db.session.scalars(
            select(AuthorisationRequest)
            .where(AuthorisationRequest.case_id == case_id)
            .order_by(AuthorisationRequest.asked_at, AuthorisationRequest.id)
        )
    )


def granted(case: ReleaseCase, request: AuthorisationRequest) -> bool:
    """Whether something may leave on the strength of a request at this very moment."""
    today = clock.today()
    if request.withdrawn_at is not None or today > request.expires_on:
        return False
    if request.by_law:
        return case.kind in BY_LAW and not unchecked(case.kind, done_checks(case))
    signatures = [row.signature for row in request.authorisations]
    return holds(request.rule, needed(request), signatures, today)


def signers(request: AuthorisationRequest) -> frozenset[UUID]:
    """Return whose signature holds now."""
    today = clock.today()
    return frozenset(
        row.person_id
        for row in request.authorisations
        if row.signature.standing(today) is Standing.SIGNED
    )


def needed(request: AuthorisationRequest) -> tuple[UUID, ...]:
    """Return whose record it is: everybody who was a member in the period, or the one person."""
    if request.person_id is not None:
        return (request.person_id,)
    span = span_of(request)
    found = {
        member.person_id: None
        for member in people.members_of(request.couple_id)
        if span.meets(member.joined_on, member.left_on)
    }
    return tuple(found)


def span_of(request: AuthorisationRequest) -> Span:
    """Return the period that a request is about."""
    return Span(request.first_day, request.last_day)


def kinds_in_words(request: AuthorisationRequest) -> tuple[str, ...]:
    """Return what would leave, in the words that members read."""
    kinds = [ReleaseKind(kind) for kind in request.kinds]
    if request.part is Part.PROCESS_NOTES:
        return ("The therapist’s own notes, which are kept apart from the record",)
    return tuple(kind.own_label if request.part is Part.OWN else kind.label for kind in kinds)


def _check(case: ReleaseCase, asked: Asked) -> None:
    if case.kind is RequestKind.ERASURE:
        raise Refused("Nothing leaves on a request for erasure. Open a case of another kind.")
    errors = _wrong_period(asked) | _wrong_ground(case, asked)
    if asked.part is not Part.PROCESS_NOTES and not set(asked.kinds) & set(KINDS_OF[asked.part]):
        errors["kinds"] = "Choose at least one."
    if asked.part is Part.OWN and asked.person_id not in _members(case.couple_id):
        errors["person_id"] = "Choose whose own part it is."
    if ReleaseKind.REPORTS in asked.kinds and asked.part is Part.JOINT:
        began = db.session.get_one(Couple, case.couple_id).episode_started_on
        if asked.first_day > began:
            errors["first_day"] = (
                "An outcome report looks back to the first day of care, "
                f"{day_in_words(began)}. Begin there, or leave the reports out."
            )
    if errors:
        raise Invalid(errors)
    _check_somebody_was_there(case, asked)


def _wrong_period(asked: Asked) -> dict[str, str]:
    errors = {}
    today = clock.today()
    if asked.last_day < asked.first_day:
        errors["last_day"] = "This day comes before the first."
    elif asked.last_day > today:
        errors["last_day"] = "Choose today or an earlier day: nobody can let go what is not there."
    if asked.expires_on <= today:
        errors["expires_on"] = "Choose a later day."
    elif asked.expires_on > today + LONGEST_LIFE:
        errors["expires_on"] = "Choose a day within a year. After that, ask again."
    return errors


def _wrong_ground(case: ReleaseCase, asked: Asked) -> dict[str, str]:
    if not asked.by_law:
        return {}
    if case.kind not in BY_LAW or asked.part is Part.PROCESS_NOTES:
        return {"by_law": "In a case of this kind nothing leaves without a signature."}
    if case.kind is RequestKind.SUBJECT_ACCESS and asked.part is Part.OWN:
        return {} if asked.person_id == case.about_id else {"person_id": "It is not their request."}
    return {}


def _check_somebody_was_there(case: ReleaseCase, asked: Asked) -> None:
    span = Span(asked.first_day, asked.last_day)
    members = people.members_of(case.couple_id)
    if not any(span.meets(member.joined_on, member.left_on) for member in members):
        raise Invalid({"first_day": "Nobody was a member of this couple in that time."})


def _line(text: str, field: str) -> str:
    cleaned = " ".join(clean_text(text, field, LONGEST_LINE).split())
    if not cleaned:
        raise Invalid({field: "Enter this: it is what members read before they sign."})
    return cleaned


def _members(couple_id: UUID) -> set[UUID]:
    return {member.person_id for member in people.members_of(couple_id)}


def _request(actor: Actor, request_id: UUID) -> AuthorisationRequest:
    row = db.session.get(AuthorisationRequest, request_id)
    if row is None:
        raise NotFound
    access.require_writing(actor, _facts(row.couple_id, row.asked_by, row.person_id))
    return row


def _facts(couple_id: UUID, asker_id: UUID, person_id: UUID | None) -> Facts:
    """Facts of what is asked of members, of all or of one about their own part."""
    concerns = frozenset({person_id} if person_id else ())
    return Facts(couple_id, asker_id, Kind.AUTHORISATION, Audience.THERAPIST, concerns)


def _authorisation(actor: Actor, authorisation_id: UUID) -> Authorisation:
    row = db.session.get(Authorisation, authorisation_id)
    if row is None:
        raise NotFound
    reader = access.require_treating(actor, row.couple_id)
    access.require_visible(reader, row.facts)
    return row


def _view(
    row: AuthorisationRequest,
    case: ReleaseCase,
    members: Iterable[Member],
    answers: Iterable[Authorisation],
) -> AskedView:
    by_id = {member.person_id: member for member in members}
    today = clock.today()
    return AskedView(
        id=row.id,
        part=row.part,
        kinds=kinds_in_words(row),
        first_day=row.first_day,
        last_day=row.last_day,
        recipient=row.recipient,
        purpose=row.purpose,
        expires_on=row.expires_on,
        rule=row.rule,
        by_law=row.by_law,
        whose=by_id[row.person_id].name if row.person_id else "",
        withdrawn=row.withdrawn_at is not None,
        answers=tuple(
            sorted(
                (
                    Answer(
                        one.id,
                        by_id[one.person_id],
                        one.signature.standing(today),
                        one.signed_at,
                        one.recorded_by is not None,
                    )
                    for one in answers
                ),
                key=lambda answer: answer.member.position,
            )
        ),
        holds=granted(case, row),
    )
