"""How each person may be reached without putting them at risk.

The person says it, in their own portal or to the therapist. Whoever treats the couple and the front
desk read it; the other members never, nor that anything was said. A new statement stands before the
earlier ones, which are kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.joint_facts import tells
from practice.domain.people import Actor, Reader, Standing
from practice.domain.reminders.words import is_address
from practice.domain.safety.contact import Channel, SafeContact, ask_again_on, from_json
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.people import Person
from practice.models.safety import SafeContactRecord
from practice.services import access, audit, clock, people
from practice.services.badges import names_who_see
from practice.services.cleaning import clean_text
from practice.services.couples import FIRST_YEAR
from practice.services.errors import Invalid, NotFound
from practice.services.numbering import next_number
from practice.services.once import free_id
from practice.services.people import Member

LONGEST_PLACE = 300
LONGEST_LINE = 200
LONGEST_TEXT = 1000


@dataclass(frozen=True, slots=True)
class KnownContact:
    """How somebody may be reached, and since when that is known."""

    person_id: UUID
    contact: SafeContact
    asked_on: date
    told_by: str
    """Name of who wrote it down: the person, or the therapist whom they told."""

    written_at: datetime

    @property
    def ask_again_on(self) -> date:
        """From when on it should be asked anew."""
        return ask_again_on(self.asked_on)


@dataclass(frozen=True, slots=True)
class ContactPage:
    """One member's contact for whoever treats the couple."""

    couple_id: UUID
    title: str
    member: Member
    history: tuple[KnownContact, ...]
    """Newest first; the first one holds."""


@dataclass(frozen=True, slots=True)
class OwnContact:
    """Somebody's contact on their own page."""

    contact: SafeContact | None
    """As it was said last, but for the code word, which no page of theirs shows."""

    asked_on: date | None
    readers: str
    """Who reads it, in words to its person."""


def current(reader: Reader) -> dict[UUID, KnownContact]:
    """Return how each person of a couple may be reached, by person, as far as ``reader`` may know.

    For whoever treats the couple and for reception; to a member their own alone, to anybody else
    nothing. Of members who have left too: an address outlives a membership. Authorise first.
    """
    found: dict[UUID, KnownContact] = {}
    for one in _known(reader, None):
        found.setdefault(one.person_id, one)
    return found


def contact_page(*, actor: Actor, couple_id: UUID, person_id: UUID) -> ContactPage:
    """Return one member's contact with its history.

    Raises:
        NotFound: if the couple is not in the actor's care, or the person never was a member.
    """
    reader = access.require_treating(actor, couple_id)
    member = people.member_of(couple_id, person_id)
    return ContactPage(
        couple_id,
        people.title_of(people.members_of(couple_id)),
        member,
        tuple(_known(reader, person_id)),
    )


def save(
    *,
    actor: Actor,
    couple_id: UUID,
    person_id: UUID,
    new_id: UUID,
    contact: SafeContact,
    asked_on: date,
) -> UUID:
    """Write down what a member told the therapist; return the id of the statement.

    Args:
        actor: Whoever treats the couple.
        couple_id: Of which couple.
        person_id: Who said it; a present member.
        new_id: Id of the statement; a second call with the same id changes nothing.
        contact: What they said.
        asked_on: The day on which they said it; today or earlier.

    Raises:
        NotFound: if the couple is not in the actor's care, or the person is no present member.
        Invalid: naming the field.
    """
    reader = access.require_treating(actor, couple_id)
    if person_id not in {member.person_id for member in people.current_members(couple_id)}:
        raise NotFound
    if asked_on > clock.today() or asked_on.year < FIRST_YEAR:
        raise Invalid({"asked_on": "Choose today or an earlier day."})
    return _write(actor, reader, person_id, new_id, checked(contact), asked_on)


@tells()
def own_contact(*, actor: Actor) -> OwnContact:
    """Return what ``actor``, a partner, said last.

    Raises:
        NotFound: if they are no present member of a couple.
    """
    own = access.present_couples(actor)
    if not own:
        raise NotFound
    latest = _own_latest(own, actor)
    return OwnContact(
        contact=replace(latest.contact, code_word="") if latest else None,
        asked_on=latest.asked_on if latest else None,
        readers=_readers(actor, own),
    )


def readers_of_own(*, actor: Actor) -> str:
    """Say who reads what ``actor``, a present member, says: ``you, Tess and the front desk``."""
    return _readers(actor, access.present_couples(actor))


class Due(StrEnum):
    """Why somebody is asked how they may be reached."""

    FIRST = "first"
    """They have not said it yet, nor did the therapist write it down."""

    AGAIN = "again"
    """What they said is older than the interval."""


def own_is_due(*, actor: Actor) -> Due | None:
    """Say whether ``actor``, a partner, is to be asked now; None where what they said still holds.

    Only their own statements are looked at. Who is no present member is not asked.
    """
    own = access.present_couples(actor)
    if not own:
        return None
    asked_on = db.session.scalar(
        select(SafeContactRecord.asked_on)
        .where(SafeContactRecord.couple_id.in_(own), SafeContactRecord.person_id == actor.person_id)
        .order_by(SafeContactRecord.written_at.desc(), SafeContactRecord.number.desc())
        .limit(1)
    )
    if asked_on is None:
        return Due.FIRST
    return Due.AGAIN if ask_again_on(asked_on) <= clock.today() else None


def save_own(*, actor: Actor, new_id: UUID, contact: SafeContact) -> None:
    """Keep what ``actor`` says of themselves, in every couple that they are a member of now.

    An empty code word leaves the one that is known.

    Raises:
        NotFound: as ``own_contact``.
        Invalid: naming the field.
    """
    own = access.present_couples(actor)
    if not own:
        raise NotFound
    clean = checked(contact)
    latest = _own_latest(own, actor)
    if not clean.code_word and latest is not None:
        clean = replace(clean, code_word=latest.contact.code_word)
    first_id = free_id(SafeContactRecord, new_id, lambda row: row.person_id == actor.person_id)
    if first_id is None:
        return
    for number, reader in enumerate(own.values()):
        row_id = first_id if number == 0 else uuid4()
        _write(actor, reader, actor.person_id, row_id, clean, clock.today())


def checked(contact: SafeContact) -> SafeContact:
    """Return a contact as it is stored: plain lines, and a number or address for each way.

    Raises:
        Invalid: naming ``place_CHANNEL`` or the field.
    """
    problems = {}
    ways = {}
    for channel, place in contact.ways.items():
        ways[channel] = clean_text(place, f"place_{channel}", LONGEST_PLACE)
        if not ways[channel]:
            problems[f"place_{channel}"] = _MISSING[channel]
    if contact.mail and Channel.EMAIL not in ways:
        problems["mail_days"] = "Times are for e-mails: choose e-mail above, or leave them out."
    elif contact.mail and "place_email" not in problems and not is_address(ways[Channel.EMAIL]):
        problems["place_email"] = "Enter one e-mail address, like name@example.org."
    if problems:
        raise Invalid(problems)
    return SafeContact(
        ways=ways,
        mail=contact.mail,
        hours=clean_text(contact.hours, "hours", LONGEST_LINE),
        voicemail=contact.voicemail,
        sender=clean_text(contact.sender, "sender", LONGEST_LINE),
        code_word=clean_text(contact.code_word, "code_word", LONGEST_LINE),
        never=clean_text(contact.never, "never", LONGEST_TEXT),
    )


_MISSING: Mapping[Channel, str] = {
    Channel.TEXT: "Enter the number for text messages.",
    Channel.CALL: "Enter the number to call.",
    Channel.EMAIL: "Enter the e-mail address.",
    Channel.LETTER: "Enter the address for letters.",
}


def _write(
    actor: Actor,
    reader: Reader,
    person_id: UUID,
    new_id: UUID,
    contact: SafeContact,
    asked_on: date,
) -> UUID:
    couple_id = reader.couple_id
    access.require_act(reader, _facts(couple_id, person_id), Operation.WRITE)
    access.hold(couple_id)
    known = db.session.get(SafeContactRecord, new_id)
    if known is not None:
        if (known.couple_id, known.person_id) != (couple_id, person_id):
            raise NotFound
        return known.id
    row = SafeContactRecord(
        id=new_id,
        couple_id=couple_id,
        number=next_number(
            SafeContactRecord,
            SafeContactRecord.couple_id == couple_id,
            SafeContactRecord.person_id == person_id,
        ),
        person_id=person_id,
        asked_on=asked_on,
        details=contact.as_json(),
        written_by=actor.person_id,
        written_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    audit.note_write(actor, couple_id, "safe_contact.written")
    return row.id


def _facts(couple_id: UUID, person_id: UUID) -> Facts:
    return Facts(
        couple_id, person_id, Kind.SAFE_CONTACT, Audience.THERAPIST, frozenset({person_id})
    )


def _readers(actor: Actor, own: Mapping[UUID, Reader]) -> str:
    return names_who_see((one, _facts(one.couple_id, actor.person_id)) for one in own.values())


def _own_latest(own: Mapping[UUID, Reader], actor: Actor) -> KnownContact | None:
    known = [one for reader in own.values() for one in _known(reader, actor.person_id)]
    return max(known, key=lambda one: one.written_at, default=None)


def _known(reader: Reader, person_id: UUID | None) -> Iterable[KnownContact]:
    """Return statements that ``reader`` may read, newest first; of one person, or of all."""
    wanted = (
        select(SafeContactRecord, Person.name)
        .join(Person, Person.id == SafeContactRecord.written_by)
        .where(SafeContactRecord.couple_id == reader.couple_id)
        .order_by(SafeContactRecord.number.desc())
    )
    if reader.standing in {Standing.MEMBER, Standing.FORMER}:
        # What is another member's is not even read: it must not cost time either.
        wanted = wanted.where(SafeContactRecord.person_id == reader.person_id)
    if person_id is not None:
        wanted = wanted.where(SafeContactRecord.person_id == person_id)
    return [
        KnownContact(row.person_id, from_json(row.details), row.asked_on, name, row.written_at)
        for row, name in db.session.execute(wanted)
        if access.may_see(reader, row.facts)
    ]
