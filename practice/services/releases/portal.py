"""What one member reads and signs about their record leaving. Nothing here depends on the others.

A page of this module is made of the request, which is the same for everybody it was put to, and
of the reader's own answer. Whether somebody else has signed, refused or revoked is nowhere in it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.joint_facts import tells
from practice.domain.people import Actor, Reader
from practice.domain.releases.authorisations import Part, ReleaseRule, Standing
from practice.domain.releases.cases import RequestKind
from practice.domain.visibility import Audience, Facts, Kind
from practice.domain.words import listed
from practice.models.people import Person
from practice.models.releases import Authorisation, AuthorisationRequest, ReleaseCase
from practice.services import access, audit, clock, people
from practice.services.badges import carers_in_words, names_who_see, seen_by
from practice.services.cleaning import clean_name, clean_text
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.releases.authorisations import kinds_in_words
from practice.services.releases.cases import LONGEST_TEXT, add_case
from practice.services.releases.rules import rule_of
from practice.services.releases.values import NewCase

OWN_REQUESTS = frozenset({RequestKind.SUBJECT_ACCESS, RequestKind.ERASURE})


@dataclass(frozen=True, slots=True)
class OwnAuthorisation:
    """A request as the member finds it, with their own answer and nobody else's."""

    id: UUID
    part: Part
    whose: tuple[str, ...]
    """Full names of those who belong to the couple now; empty where it is one's own part."""

    kinds: tuple[str, ...]
    first_day: date
    last_day: date
    recipient: str
    purpose: str
    expires_on: date
    rule: ReleaseRule
    therapist: str
    """First name of whoever asked."""

    carers: str
    """Everybody who treats them now and so reads it, by first name."""

    badge: str
    """Who can see it and how it is answered, in words to the member."""

    asked_at: datetime
    standing: Standing
    signed_at: datetime | None
    signed_name: str
    on_paper: bool

    @property
    def can_sign(self) -> bool:
        return self.standing in {Standing.WAITING, Standing.REFUSED}

    @property
    def can_revoke(self) -> bool:
        return self.standing is Standing.SIGNED


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """Something the member asked for themselves."""

    kind: RequestKind
    asked_on: date
    is_open: bool


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """A member's page about their record: the rule, what they are asked, what they asked for."""

    therapist: str
    carers: str
    """Everybody who treats them now and so reads it, by first name."""

    rules: tuple[ReleaseRule, ...]
    """Of each couple they belong to now."""

    waiting: tuple[OwnAuthorisation, ...]
    earlier: tuple[OwnAuthorisation, ...]
    requests: tuple[OwnRequest, ...]
    request_readers: str
    """Who knows what the member asks for, in words to them."""

    can_ask: bool
    """Whether there is anybody to ask."""


@tells()
def own_record(*, actor: Actor) -> OwnRecord:
    """Return a member's page about their record."""
    couples = access.own_couples(actor)
    found = _own_authorisations(actor, couples)
    present = access.present_couples(actor)
    therapists = people.therapists_of_all(couples)
    return OwnRecord(
        therapist=next(iter(therapists.values()), people.SOMEBODY),
        carers=listed(tuple(dict.fromkeys(map(carers_in_words, couples)))) or people.SOMEBODY,
        rules=tuple(rule_of(couple_id) for couple_id in present),
        waiting=tuple(one for one in found if one.standing is Standing.WAITING),
        earlier=tuple(one for one in found if one.standing is not Standing.WAITING),
        requests=_own_requests(actor),
        request_readers=names_who_see(
            (reader, _request_facts(couple_id, actor)) for couple_id, reader in couples.items()
        ),
        can_ask=bool(couples),
    )


def permission_waits(*, actor: Actor) -> str:
    """Say who can see what the actor is asked to let go; empty if they have answered everything."""
    couples = access.own_couples(actor)
    today = clock.today()
    rows = db.session.scalars(
        select(Authorisation)
        .where(
            Authorisation.person_id == actor.person_id,
            Authorisation.signed_at.is_(None),
            Authorisation.refused_at.is_(None),
        )
        .options(joinedload(Authorisation.request))
    )
    found = (
        seen_by(couples[row.couple_id], row.facts)
        for row in rows
        if row.signature.standing(today) is Standing.WAITING
        and row.couple_id in couples
        and access.may_see(couples[row.couple_id], row.facts)
    )
    return next(found, "")


@tells()
def own_authorisation(*, actor: Actor, authorisation_id: UUID) -> OwnAuthorisation:
    """Return one request that was put to the actor.

    Raises:
        NotFound: if it was put to somebody else, or to nobody.
    """
    row, _ = _own(actor, authorisation_id)
    return _view(actor, row)


def sign(*, actor: Actor, authorisation_id: UUID, typed_name: str) -> None:
    """Sign in one's own name.

    Raises:
        NotFound: as ``own_authorisation``.
        Refused: if it cannot be signed any more.
        Invalid: naming ``typed_name``, if it is not the actor's own.
    """
    row = _to_answer(actor, authorisation_id)
    typed = clean_name(typed_name, "typed_name")
    if typed.casefold() != actor.name.casefold():
        raise Invalid({"typed_name": f"Type your name as it stands here: {actor.name}."})
    if row.signed_at is not None:
        return  # sent twice
    row.signed_name = typed
    row.signed_at, row.refused_at = clock.now(), None
    audit.note_write(actor, row.couple_id, "authorisation.signed")


def refuse(*, actor: Actor, authorisation_id: UUID) -> None:
    """Say that one does not agree. It can be signed later, while it is asked.

    Raises:
        NotFound: as ``own_authorisation``.
        Refused: if it was signed, or is not asked any more.
    """
    row = _to_answer(actor, authorisation_id)
    if row.signed_at is not None:
        raise Refused("You have signed this. You can take your signature back.")
    if row.refused_at is None:
        row.refused_at = clock.now()
        audit.note_write(actor, row.couple_id, "authorisation.refused")


def revoke(*, actor: Actor, authorisation_id: UUID) -> None:
    """Take one's signature back. From this moment nothing is handed out on its strength.

    Raises:
        NotFound: as ``own_authorisation``.
        Refused: if it was not signed.
    """
    row, _ = _own(actor, authorisation_id)
    if row.signed_at is None:
        raise Refused("You have not signed this, so there is nothing to take back.")
    if row.revoked_at is None:
        row.revoked_at = clock.now()
        audit.note_write(actor, row.couple_id, "authorisation.revoked")


def ask_for(*, actor: Actor, kind: RequestKind, new_id: UUID, words: str) -> None:
    """Ask the therapist for one's own data, or for its erasure. Nothing happens by itself.

    In more than one couple, each therapist is asked for what is kept there.

    Raises:
        NotFound: if there is nobody to ask, or ``kind`` is nothing a member asks for here.
        Invalid: naming ``words``.
    """
    couples = access.own_couples(actor)
    if kind not in OWN_REQUESTS or not couples:
        raise NotFound
    text = clean_text(words, "words", LONGEST_TEXT)
    for couple_id in couples:
        access.hold(couple_id)
        if _has_open(actor, couple_id, kind):
            continue
        taken = db.session.get(ReleaseCase, new_id) is not None
        new = NewCase(
            id=uuid4() if taken else new_id,
            kind=kind,
            requester=actor.name,
            wanted=text or "Asked for in the portal.",
            received_on=clock.today(),
            deadline_on=None,
            about_id=actor.person_id,
        )
        add_case(actor=actor, couple_id=couple_id, new=new)


def _request_facts(couple_id: UUID, actor: Actor) -> Facts:
    """What a case will be that the actor opens for themselves."""
    return Facts(
        couple_id, actor.person_id, Kind.CASE, Audience.THERAPIST, frozenset({actor.person_id})
    )


def _has_open(actor: Actor, couple_id: UUID, kind: RequestKind) -> bool:
    found = db.session.scalar(
        select(ReleaseCase.id).where(
            ReleaseCase.couple_id == couple_id,
            ReleaseCase.kind == kind,
            ReleaseCase.opened_by == actor.person_id,
            ReleaseCase.closed_at.is_(None),
        )
    )
    return found is not None


def _own_authorisations(actor: Actor, couples: dict[UUID, Reader]) -> list[OwnAuthorisation]:
    rows = db.session.scalars(
        select(Authorisation)
        .join(AuthorisationRequest, AuthorisationRequest.id == Authorisation.request_id)
        .where(Authorisation.person_id == actor.person_id)
        .order_by(AuthorisationRequest.asked_at.desc(), AuthorisationRequest.id)
    )
    return [
        _view(actor, row)
        for row in rows
        if row.couple_id in couples and access.may_see(couples[row.couple_id], row.facts)
    ]


def _own_requests(actor: Actor) -> tuple[OwnRequest, ...]:
    rows = db.session.scalars(
        select(ReleaseCase)
        .where(ReleaseCase.opened_by == actor.person_id, ReleaseCase.about_id == actor.person_id)
        .order_by(ReleaseCase.number.desc())
    )
    return tuple(OwnRequest(row.kind, row.received_on, row.closed_at is None) for row in rows)


def _own(actor: Actor, authorisation_id: UUID) -> tuple[Authorisation, Reader]:
    row = db.session.get(Authorisation, authorisation_id)
    if row is None or row.person_id != actor.person_id:
        raise NotFound
    reader = access.require_couple(actor, row.couple_id)
    access.require_visible(reader, row.facts)
    return row, reader


def _to_answer(actor: Actor, authorisation_id: UUID) -> Authorisation:
    row, reader = _own(actor, authorisation_id)
    access.require_act(reader, row.facts, Operation.SIGN)
    access.hold(row.couple_id)
    db.session.refresh(row)
    standing = row.signature.standing(clock.today())
    if standing in {Standing.REVOKED, Standing.EXPIRED, Standing.WITHDRAWN}:
        raise Refused("This is not asked of you any more.")
    return row


def _view(actor: Actor, row: Authorisation) -> OwnAuthorisation:
    asked = row.request
    therapist = db.session.get_one(Person, asked.asked_by)
    is_own = asked.part is Part.OWN
    return OwnAuthorisation(
        id=row.id,
        part=asked.part,
        whose=() if is_own else _whose(actor, asked),
        kinds=kinds_in_words(asked),
        first_day=asked.first_day,
        last_day=asked.last_day,
        recipient=asked.recipient,
        purpose=asked.purpose,
        expires_on=asked.expires_on,
        rule=asked.rule,
        therapist=therapist.first_name,
        carers=carers_in_words(row.couple_id),
        badge=seen_by(access.standing_of(actor, row.couple_id), row.facts),
        asked_at=asked.asked_at,
        standing=row.signature.standing(clock.today()),
        signed_at=row.signed_at,
        signed_name=row.signed_name,
        on_paper=row.recorded_by is not None,
    )


def _whose(actor: Actor, asked: AuthorisationRequest) -> tuple[str, ...]:
    """Name the present members; who has left reads of nobody who came or went."""
    if asked.couple_id not in access.present_couples(actor):
        return ()
    return tuple(member.name for member in people.current_members(asked.couple_id))


def whose_words(view: OwnAuthorisation) -> str:
    """Return whose record it is, for the page: ``Ada Lind and Ben Morrow``."""
    return listed(view.whose) or people.PRESENT_MEMBERS
