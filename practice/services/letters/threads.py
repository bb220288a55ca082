"""Finding the letters of a thread, and making what a page shows of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import defer, selectinload, undefer

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.letters import LONGEST_LETTER, MOST_A_DAY
from practice.domain.people import Actor, Reader, first_name
from practice.domain.visibility import Audience, Facts, Kind, decide
from practice.domain.words import listed
from practice.models.letters import Message, MessageParty, MessageReading
from practice.models.people import Person
from practice.services import access, audit, clock, once
from practice.services.badges import seen_by
from practice.services.cleaning import clean_text
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.letters.values import Letter, Letters
from practice.services.paging import paging
from practice.services.people import Member, each_once, labels_of, members_of
from practice.services.secrets_policies import rules_for

PAGE_SIZE = 20

NOTHING_WRITTEN = "Write a few words first."


def thread_id_of(couple_id: UUID, person_id: UUID | None) -> UUID:
    """Return the address of one member's thread in one couple; None: of all of them."""
    return uuid5(couple_id, f"letters {person_id or 'together'}")


def of_thread(couple_id: UUID, person_id: UUID | None) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a letter stands in a thread."""
    whose = Message.person_id.is_(None) if person_id is None else Message.person_id == person_id
    return (Message.couple_id == couple_id, whose)


def rows_of(reader: Reader, person_id: UUID | None) -> list[Message]:
    """Return the letters of a thread that ``reader`` may see, oldest first, without their words.

    What a member has locked away is on no list of theirs.
    """
    found = db.session.scalars(
        select(Message)
        .where(*of_thread(reader.couple_id, person_id))
        .options(
            defer(Message.body_sealed),
            selectinload(Message.parties),
            selectinload(Message.readings),
        )
        .order_by(Message.sent_at, Message.id)
    )
    return access.in_plain_sight(reader, found, lambda row: row.facts)


def is_unread(reader: Reader, row: Message) -> bool:
    """Whether ``reader``, or the practice where they stand for it, has yet to read a letter."""
    if reader.standing.treats:
        return not row.from_practice and not any(one.for_practice for one in row.readings)
    if row.author_id == reader.person_id:
        return False
    return all(one.person_id != reader.person_id for one in row.readings)


@dataclass(frozen=True, slots=True)
class Summary:
    """How much there is of a thread, for a member."""

    total: int
    new_at: datetime | None = None
    """When the newest letter came of which they have not said yet that it is read."""

    @property
    def has_new(self) -> bool:
        return self.new_at is not None


NO_LETTERS = Summary(0)


def summaries_of(
    actor: Actor, readers: Mapping[UUID, Reader]
) -> dict[tuple[UUID, UUID | None], Summary]:
    """Return how much a member finds of their threads in all their couples, with one statement."""
    mine = MessageParty.person_id == actor.person_id
    rows = db.session.execute(
        select(
            Message.couple_id,
            Message.person_id,
            Message.author_id,
            Message.sent_at,
            exists().where(MessageParty.message_id == Message.id, mine).label("is_party"),
            exists()
            .where(
                MessageReading.message_id == Message.id,
                MessageReading.person_id == actor.person_id,
            )
            .label("is_read"),
        ).where(
            Message.couple_id.in_(readers),
            or_(Message.person_id == actor.person_id, Message.person_id.is_(None)),
            Message.locked_at.is_(None),
        )
    )
    found: dict[tuple[UUID, UUID | None], Summary] = {}
    for row in rows:
        # Whom a letter to all concerns beside the reader makes no difference here.
        others = set() if row.person_id else {row.couple_id}
        concerned = others | ({actor.person_id} if row.person_id or row.is_party else set())
        record = new_facts(row.couple_id, row.author_id, concerned, is_open=True)
        if decide(readers[row.couple_id], record).allowed:
            key = (row.couple_id, row.person_id)
            before = found.get(key, NO_LETTERS)
            is_new = row.author_id != actor.person_id and not row.is_read
            moments = [one for one in (before.new_at, row.sent_at if is_new else None) if one]
            found[key] = Summary(before.total + 1, max(moments, default=None))
    return found


def letters_of(reader: Reader, rows: list[Message], page: int) -> Letters:
    """Return one page of ``rows``, which are all of a thread that the reader may see."""
    pages = paging(len(rows), page, PAGE_SIZE)
    end = len(rows) - pages.first
    shown = rows[max(0, end - PAGE_SIZE) : end]
    return Letters(
        shown=tuple(_letters(reader, shown)),
        total=len(rows),
        page=pages.number,
        pages=pages.count,
        newest_id=rows[-1].id if rows else None,
        has_new=any(is_unread(reader, row) for row in rows),
    )


def _letters(reader: Reader, rows: list[Message]) -> Iterable[Letter]:
    if not rows:
        return
    members = {one.person_id: one for one in each_once(members_of(reader.couple_id))}
    names = _names(rows, members)
    treats = reader.standing.treats
    rules = rules_for(reader.couple_id, [row.sent_at for row in rows]) if treats else {}
    bodies = _bodies(rows)
    for row in rows:
        is_own = row.author_id == reader.person_id
        member = None if row.from_practice else members.get(row.author_id)
        read_by, read_at = _read(reader, row, names)
        alone = row.person_id is not None and not row.from_practice
        yield Letter(
            id=row.id,
            author="You" if is_own else names[row.author_id],
            position=member.position if member else None,
            is_own=is_own,
            from_practice=row.from_practice,
            body=bodies[row.id],
            sent_at=row.sent_at,
            is_new=is_unread(reader, row),
            read_by=read_by,
            read_at=read_at,
            badge=seen_by(reader, row.facts),
            rule=rules.get(row.sent_at) if alone else None,
            can_lock=access.may_do(reader, row.facts, Operation.SEAL),
        )


def _bodies(rows: list[Message]) -> dict[UUID, str]:
    found = db.session.scalars(
        select(Message)
        .where(Message.id.in_([row.id for row in rows]))
        .options(undefer(Message.body_sealed))  # fills what was left out, and nothing else
    )
    return {row.id: row.body for row in found}


def _read(reader: Reader, row: Message, names: Mapping[UUID, str]) -> tuple[str, datetime | None]:
    """Say who of the other side has read a letter. Members never learn it of each other."""
    if row.from_practice and not reader.standing.treats:
        return "", None
    other_side = [one for one in row.readings if one.for_practice != row.from_practice]
    if not other_side:
        return "", None
    return listed([names[one.person_id] for one in other_side]), other_side[0].read_at


def _names(rows: Iterable[Message], members: Mapping[UUID, Member]) -> dict[UUID, str]:
    """Return what everybody is called who wrote or read one of these letters."""
    names = labels_of(members.values())
    people = {row.author_id for row in rows} | {
        one.person_id for row in rows for one in row.readings
    }
    unknown = people - names.keys()
    if not unknown:
        return names
    found = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(unknown)))
    return names | {person_id: first_name(name) for person_id, name in found}


def new_facts(
    couple_id: UUID, author_id: UUID, concerned: Iterable[UUID], *, is_open: bool
) -> Facts:
    """Return the facts of a letter that is not written yet."""
    audience = Audience.COUPLE if is_open else Audience.THERAPIST
    return Facts(couple_id, author_id, Kind.MESSAGE, audience, frozenset(concerned))


def store(
    actor: Actor,
    reader: Reader,
    *,
    new_id: UUID,
    person_id: UUID | None,
    parties: Iterable[UUID],
    body: str,
) -> None:
    """Store a new letter. Hold the couple, and see to it that it is no second one, before.

    Args:
        actor: Its author.
        reader: How they stand to the couple.
        new_id: Of the new row.
        person_id: In whose thread; None: to all.
        parties: To all: the members who write together now.
        body: As it was typed.

    Raises:
        NotFound: if the actor may not write it.
        Invalid: naming ``body``.
    """
    words = clean_text(body, "body", LONGEST_LETTER)
    if not words.strip():
        raise Invalid({"body": NOTHING_WRITTEN})
    row = Message(
        id=new_id,
        couple_id=reader.couple_id,
        person_id=person_id,
        author_id=actor.person_id,
        from_practice=reader.standing.treats,
        sent_at=clock.now(),
    )
    row.body = words
    if person_id is None:
        row.parties = [MessageParty(person_id=one) for one in sorted(parties)]
    access.require_act(reader, row.facts, Operation.WRITE)
    db.session.add(row)
    db.session.flush()
    audit.note_write(actor, reader.couple_id, "message.sent")


def free_id(reader: Reader, new_id: UUID, person_id: UUID | None) -> UUID | None:
    """Return the id to store a letter under; None where this very letter was sent before."""
    return once.free_id(
        Message,
        new_id,
        lambda row: (
            (row.couple_id, row.person_id, row.author_id)
            == (reader.couple_id, person_id, reader.person_id)
        ),
    )


def require_room_today(reader: Reader, therapist: str) -> None:
    """See to it that a member has not sent too many letters today.

    Raises:
        Refused: if they have.
    """
    midnight = clock.beginning_of(clock.today())
    sent = db.session.scalar(
        select(func.count(Message.id)).where(
            Message.couple_id == reader.couple_id,
            Message.author_id == reader.person_id,
            Message.sent_at >= midnight,
        )
    )
    if (sent or 0) >= MOST_A_DAY:
        raise Refused(
            f"You have sent {MOST_A_DAY} letters today, and {therapist} will read them. Keep this "
            "one for later; it can go tomorrow."
        )


def mark(reader: Reader, rows: Iterable[Message], until_id: UUID | None) -> int:
    """Put down that ``reader`` has read what is unread among ``rows``; return how many.

    Args:
        reader: Who has read.
        rows: The letters of one thread that they may see, oldest first.
        until_id: The newest that they were shown; what came later stays unread. None: all.

    Raises:
        NotFound: if ``until_id`` is not among them.
    """
    everything = list(rows)
    if until_id is not None:
        places = [place for place, row in enumerate(everything, start=1) if row.id == until_id]
        if not places:
            raise NotFound
        everything = everything[: places[0]]
    unread = [row for row in everything if is_unread(reader, row)]
    for row in unread:
        row.readings.append(
            MessageReading(
                person_id=reader.person_id,
                for_practice=reader.standing.treats,
                read_at=clock.now(),
            )
        )
    db.session.flush()
    return len(unread)
