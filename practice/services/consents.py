"""What each person agreed to, alone: asked for, signed, taken back, with its whole history.

The history is a list of events that only grows. Each is its person's and the therapist's to read;
no page of another partner reads this table. The therapist's side is ``consents``, the partner's
``own_agreements``.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.agreements import ConsentAct, Way
from practice.domain.people import Actor, Reader
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.agreements import ConsentEvent
from practice.models.people import Person
from practice.services import access, agreement_texts, audit, clock
from practice.services.agreement_texts import AgreementTexts, TextVersion
from practice.services.cleaning import clean_name, clean_text
from practice.services.couples import FIRST_YEAR
from practice.services.errors import Invalid, NotFound
from practice.services.people import Member, current_members, members_of
from practice.services.practice_settings import later_than


class ConsentState(StrEnum):
    """How one person stands to one text."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    SIGNED = "signed"
    OUTDATED = "outdated"
    """An earlier version was signed; the present one waits."""

    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event, as its person and the therapist read it."""

    act: ConsentAct
    version: TextVersion | None
    """The version that was signed or taken back."""

    on_day: date
    at: datetime
    way: Way
    name: str
    words: str
    recorded_by: str
    """Name of whoever asked or wrote it down; empty where the person did it themselves."""


@dataclass(frozen=True, slots=True)
class Consent:
    """One person and one text."""

    key: str
    title: str
    current: TextVersion | None
    """The version that holds today; None where the first holds later."""

    state: ConsentState
    signed: HistoryLine | None
    """The latest signature that was not taken back."""

    history: tuple[HistoryLine, ...]
    """Newest first."""

    @property
    def is_open(self) -> bool:
        """Whether it waits for a signature."""
        return self.state in {ConsentState.ASKED, ConsentState.OUTDATED}


@dataclass(frozen=True, slots=True)
class MemberConsents:
    """One member with every text."""

    member: Member
    consents: tuple[Consent, ...]


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What the therapist writes down for somebody."""

    act: ConsentAct
    """Signed or withdrawn."""

    way: Way
    on_day: date
    name: str
    words: str = ""


def couple_consents(*, actor: Actor, couple_id: UUID) -> tuple[MemberConsents, ...]:
    """Return every present member with every text, in the order of entry.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    found = _by_person(access.visible(reader, events_of([couple_id])))
    return tuple(
        MemberConsents(member, consents_from(found[member.person_id]))
        for member in current_members(couple_id)
    )


def member_consent(
    *, actor: Actor, couple_id: UUID, person_id: UUID, key: str
) -> tuple[Member, Consent]:
    """Return one member, who may have left, and one text with its history.

    Raises:
        NotFound: if the couple is not in the actor's care, or there is no such member or text.
    """
    reader = access.require_treating(actor, couple_id)
    member = _member(couple_id, person_id)
    rows = access.visible(reader, events_of([couple_id]))
    own = consents_from([row for row in rows if row.person_id == person_id])
    consent = next((one for one in own if one.key == key), None)
    if consent is None:
        raise NotFound
    return member, consent


def ask(
    *, actor: Actor, couple_id: UUID, person_id: UUID, keys: Iterable[str] | None = None
) -> int:
    """Ask a present member to read and sign; return how many texts they are now asked for.

    Args:
        actor: Who treats the couple.
        couple_id: Of which couple.
        person_id: Who is asked.
        keys: Which texts; None: all that are in use. What is signed or asked for is left alone.

    Raises:
        NotFound: if the couple is not in the actor's care, or there is no such member or text.
    """
    reader = access.require_writing(actor, _facts(couple_id, person_id))
    access.hold(couple_id)
    if person_id not in {member.person_id for member in current_members(couple_id)}:
        raise NotFound
    rows = access.visible(reader, events_of([couple_id]))
    own = {
        one.key: one for one in consents_from([row for row in rows if row.person_id == person_id])
    }
    wanted = list(own) if keys is None else list(keys)
    if not set(wanted) <= set(own):
        raise NotFound
    asked = [own[key] for key in wanted if _may_be_asked(own[key])]
    for consent in asked:
        asking = NewEvent(ConsentAct.ASKED, Way.PORTAL, clock.today())
        append(actor, couple_id, person_id, consent.key, asking)
    if asked:
        audit.note_write(actor, couple_id, "consent.asked")
    return len(asked)


def record(*, actor: Actor, couple_id: UUID, person_id: UUID, key: str, new: OnPaper) -> None:
    """Write down what somebody signed or took back on paper, or said.

    Raises:
        NotFound: as ``member_consent``.
        Invalid: naming ``act``, ``on_day``, ``name`` or ``words``.
    """
    access.require_writing(actor, _facts(couple_id, person_id))
    access.hold(couple_id)
    _, consent = member_consent(actor=actor, couple_id=couple_id, person_id=person_id, key=key)
    _check_day(new.on_day)
    version = version_for(consent, new.act, new.on_day)
    event = NewEvent(
        act=new.act,
        way=new.way,
        on_day=new.on_day,
        text_id=agreement_texts.store(version),
        name=clean_name(new.name, "name") if new.act is ConsentAct.SIGNED else "",
        words=clean_text(new.words, "words"),
    )
    append(actor, couple_id, person_id, key, event)
    audit.note_write(actor, couple_id, f"consent.{new.act}_recorded")


def version_for(consent: Consent, act: ConsentAct, on: date) -> TextVersion:
    """Return the version that a signature or a withdrawal is about.

    Raises:
        Invalid: naming ``act`` or ``on_day``, where there is none.
    """
    if act is ConsentAct.WITHDRAWN:
        if consent.signed is None or consent.signed.version is None:
            raise Invalid({"act": "Nothing is signed that could be taken back."})
        return consent.signed.version
    found = agreement_texts.consent_texts()[consent.key].current(on)
    if found is None:
        raise Invalid({"on_day": "No version of this text held on that day."})
    if consent.signed is not None and consent.signed.version == found:
        raise Invalid({"act": "This version is signed already."})
    return found


def events_of(couple_ids: Iterable[UUID], person_id: UUID | None = None) -> list[ConsentEvent]:
    """Return events, oldest first, for services alone; filter before any use."""
    query = (
        select(ConsentEvent)
        .where(ConsentEvent.couple_id.in_(list(couple_ids)))
        .order_by(ConsentEvent.at, ConsentEvent.id)
    )
    if person_id is not None:
        query = query.where(ConsentEvent.person_id == person_id)
    return list(db.session.scalars(query))


def facts_of(reader: Reader) -> Facts:
    """Return the facts of what a member is about to sign for themselves."""
    return _facts(reader.couple_id, reader.person_id)


def _facts(couple_id: UUID, person_id: UUID) -> Facts:
    return Facts(couple_id, person_id, Kind.CONSENT, Audience.THERAPIST)


def consents_from(rows: list[ConsentEvent]) -> tuple[Consent, ...]:
    """Return how one person stands to each text, from their own events, oldest first."""
    by_key: defaultdict[str, list[ConsentEvent]] = defaultdict(list)
    for row in rows:
        by_key[row.text_key].append(row)
    names = _names({row.recorded_by for row in rows if row.recorded_by})
    today = clock.today()
    return tuple(
        _consent(texts, by_key[key], names, today)
        for key, texts in agreement_texts.consent_texts().items()
        if by_key[key] or not texts.is_retired
    )


def _consent(
    texts: AgreementTexts, rows: list[ConsentEvent], names: dict[UUID, str], today: date
) -> Consent:
    history = [_line(texts, row, names) for row in rows]
    current = texts.current(today)
    signed = _standing(history)
    return Consent(
        key=texts.key,
        title=(current or texts.newest).title,
        current=current,
        state=_state(texts, history, signed, current),
        signed=signed,
        history=tuple(reversed(history)),
    )


def _standing(history: list[HistoryLine]) -> HistoryLine | None:
    """Return the latest signature that was not taken back; ``history`` is oldest first."""
    said = [line for line in history if line.act is not ConsentAct.ASKED]
    return said[-1] if said and said[-1].act is ConsentAct.SIGNED else None


def _state(
    texts: AgreementTexts,
    history: list[HistoryLine],
    signed: HistoryLine | None,
    current: TextVersion | None,
) -> ConsentState:
    if signed is not None:
        old = signed.version is not None and current is not None
        old = old and _number(signed.version) < _number(current)
        return ConsentState.OUTDATED if old and not texts.is_retired else ConsentState.SIGNED
    if not history:
        return ConsentState.NOT_ASKED
    if history[-1].act is ConsentAct.WITHDRAWN:
        return ConsentState.WITHDRAWN
    can_sign = current is not None and not texts.is_retired
    return ConsentState.ASKED if can_sign else ConsentState.NOT_ASKED


def _number(version: TextVersion | None) -> int:
    return version.version if version else 0


def _may_be_asked(consent: Consent) -> bool:
    return consent.current is not None and consent.state in {
        ConsentState.NOT_ASKED,
        ConsentState.WITHDRAWN,
    }


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What is added to somebody's history with one text."""

    act: ConsentAct
    way: Way
    on_day: date
    text_id: UUID | None = None
    name: str = ""
    words: str = ""


def append(actor: Actor, couple_id: UUID, person_id: UUID, key: str, new: NewEvent) -> None:
    """Add an event, for services alone; the caller authorised and holds the couple."""
    newest = max((row.at for row in events_of([couple_id], person_id)), default=None)
    db.session.add(
        ConsentEvent(
            couple_id=couple_id,
            person_id=person_id,
            text_key=key,
            text_id=new.text_id,
            act=new.act,
            way=new.way,
            on_day=new.on_day,
            at=later_than(newest),
            recorded_by=None if actor.person_id == person_id else actor.person_id,
            name=new.name,
            words=new.words,
        )
    )
    db.session.flush()


def _line(texts: AgreementTexts, row: ConsentEvent, names: dict[UUID, str]) -> HistoryLine:
    return HistoryLine(
        act=row.act,
        version=texts.by_id(row.text_id) if row.text_id else None,
        on_day=row.on_day,
        at=row.at,
        way=row.way,
        name=row.name,
        words=row.words,
        recorded_by=names.get(row.recorded_by, "") if row.recorded_by else "",
    )


def _check_day(day: date) -> None:
    if day > clock.today():
        raise Invalid({"on_day": "Choose today or an earlier day."})
    if day.year < FIRST_YEAR:
        raise Invalid({"on_day": "Check the year."})


def _member(couple_id: UUID, person_id: UUID) -> Member:
    for member in reversed(members_of(couple_id)):
        if member.person_id == person_id:
            return member
    raise NotFound


def _by_person(rows: Iterable[ConsentEvent]) -> defaultdict[UUID, list[ConsentEvent]]:
    found: defaultdict[UUID, list[ConsentEvent]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


def _names(person_ids: set[UUID]) -> dict[UUID, str]:
    if not person_ids:
        return {}
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(person_ids)))
    return {person_id: name for person_id, name in rows}
