"""Who somebody is to the practice: names, membership, sessions, how to reach them."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload, undefer

from practice.db import db
from practice.domain.safety.mail_times import times_from_json
from practice.models.accounts import Account
from practice.models.couples import Couple, Membership
from practice.models.people import Person
from practice.models.reminders import ReminderOptOut
from practice.models.safety import SafeContactRecord
from practice.models.sessions import TherapySession
from practice.services.couples import agreed_problem_facts
from practice.services.own_export.rows import each
from practice.services.own_export.subject import Record, Subject, day, moment
from practice.services.reminders.history import mails_of


def person(subject: Subject) -> list[Record]:
    row = db.session.get_one(Person, subject.person_id, options=[undefer(Person.born_on_sealed)])
    account = db.session.scalar(select(Account).where(Account.person_id == row.id))
    return [
        {
            "name": row.name,
            "born_on": row.born_on or None,
            "known_since": moment(row.created_at),
            "sign_in_name": account.sign_in_name if account else None,
        }
    ]


def memberships(subject: Subject) -> list[Record]:
    couples = [reader.couple_id for reader in subject.readers]
    rows = db.session.scalars(
        select(Membership)
        .where(Membership.person_id == subject.person_id, Membership.couple_id.in_(couples))
        .order_by(Membership.joined_on, Membership.id)
    )
    return [{"joined_on": day(row.joined_on), "left_on": day(row.left_on)} for row in rows]


def agreed(subject: Subject) -> list[Record]:
    found = []
    for reader in subject.readers:
        text = db.session.get_one(Couple, reader.couple_id).agreed_problem
        if text and subject.may_hold(reader, agreed_problem_facts(reader.couple_id)):
            found.append({"words": subject.without_others(reader, text)})
    return found


def sessions(subject: Subject) -> list[Record]:
    found = []
    for reader in subject.readers:
        rows = db.session.scalars(
            select(TherapySession)
            .where(TherapySession.couple_id == reader.couple_id)
            .options(selectinload(TherapySession.attendance))
            .order_by(TherapySession.starts_at, TherapySession.id)
        )
        for row in rows:
            own = next((one for one in row.attendance if one.person_id == subject.person_id), None)
            seen = subject.may_hold(reader, row.facts)
            if not seen and not (own and subject.at_desk):
                continue
            found.append(
                {
                    "starts_at": moment(row.starts_at),
                    "minutes": row.minutes,
                    "kind": row.kind.value,
                    "format": row.format.value,
                    "status": row.status.value,
                    "own_attendance": own.attendance.value if own else None,
                    "agreed_for_next_time": (
                        subject.without_others(reader, row.next_steps) or None if seen else None
                    ),
                }
            )
    return found


def contact(subject: Subject) -> list[Record]:
    """How to reach them, as they said it. The code word stays out: a file can be found."""
    rows = select(SafeContactRecord).where(SafeContactRecord.person_id == subject.person_id)
    return [
        {"asked_on": day(row.asked_on)}
        | {key: value for key, value in row.details.items() if key not in ("code_word", "mail")}
        | {"reminders_by_e_mail": _times_in_words(row.details.get("mail"))}
        for reader, row in each(subject, rows.order_by(SafeContactRecord.number), SafeContactRecord)
        if subject.may_hold(reader, row.facts)
    ]


def _times_in_words(stored: dict[str, Any] | None) -> str | None:
    times = times_from_json(stored)
    if times is None:
        return None
    return f"{times.words}, {'with' if times.link else 'without'} the address for signing in"


def reminders(subject: Subject) -> list[Record]:
    """When they were sent an e-mail. What for is not said: it was always the same words."""
    return [
        {"at": moment(one.at), "state": one.state.words}
        for one in reversed(mails_of(subject.readers, subject.person_id))
    ]


def reminder_choices(subject: Subject) -> list[Record]:
    """Of what they want no reminder: their own choice, which the therapist does not learn of."""
    if subject.at_desk:
        return []
    rows = db.session.scalars(
        select(ReminderOptOut)
        .where(ReminderOptOut.person_id == subject.person_id)
        .order_by(ReminderOptOut.kind)
    )
    return [{"not_wanted": row.kind.label, "since": moment(row.since)} for row in rows]
