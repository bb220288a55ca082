"""What somebody agreed to, allowed and asked for."""

from sqlalchemy import select

from practice.db import db
from practice.models.agreements import (
    AgreementText,
    ConsentEvent,
    JointPassage,
    Permission,
    SecretsPolicy,
    SecretsPolicyTold,
)
from practice.models.releases import Authorisation, ReleaseCase
from practice.services import clock
from practice.services.own_export.rows import each
from practice.services.own_export.subject import Record, Subject, day, moment
from practice.services.releases.authorisations import kinds_in_words


def authorisations(subject: Subject) -> list[Record]:
    rows = select(Authorisation).where(Authorisation.person_id == subject.person_id)
    found = []
    for reader, row in each(subject, rows.order_by(Authorisation.id), Authorisation):
        if not subject.may_hold(reader, row.facts):
            continue
        request = row.request
        found.append(
            {
                "what": list(kinds_in_words(request)),
                "part": request.part.value,
                "from": day(request.first_day),
                "to": day(request.last_day),
                "recipient": request.recipient,
                "purpose": request.purpose,
                "holds_until": day(request.expires_on),
                "asked_at": moment(request.asked_at),
                "own_answer": row.signature.standing(clock.today()).value,
                "signed_at": moment(row.signed_at),
                "signed_as": row.signed_name or None,
                "on_paper": row.recorded_by is not None,
                "revoked_at": moment(row.revoked_at),
            }
        )
    return sorted(found, key=lambda one: str(one["asked_at"]))


def consents(subject: Subject) -> list[Record]:
    rows = select(ConsentEvent).where(ConsentEvent.person_id == subject.person_id)
    texts = {row.id: row for row in db.session.scalars(select(AgreementText))}
    return [
        {
            "what": row.act.value,
            "text": texts[row.text_id].title if row.text_id else row.text_key,
            "version": texts[row.text_id].version if row.text_id else None,
            "wording": texts[row.text_id].body if row.text_id else None,
            "on": day(row.on_day),
            "how": row.way.value,
            "signed_as": row.name or None,
            "words": row.words or None,
        }
        for reader, row in each(subject, rows.order_by(ConsentEvent.at), ConsentEvent)
        if subject.may_hold(reader, row.facts)
    ]


def permissions(subject: Subject) -> list[Record]:
    rows = select(Permission).where(Permission.person_id == subject.person_id)
    found: list[Record] = []
    for reader, row in each(subject, rows.order_by(Permission.asked_at), Permission):
        if not subject.may_hold(reader, row.facts):
            continue
        moved = db.session.scalars(
            select(JointPassage)
            .where(JointPassage.permission_id == row.id, JointPassage.removed_at.is_(None))
            .order_by(JointPassage.added_at, JointPassage.id)
        )
        found.append(
            {
                "purpose": subject.without_others(reader, row.purpose),
                "asked_at": moment(row.asked_at),
                "answer": row.answer.value if row.answer else None,
                "answered_on": day(row.answered_on),
                "words": row.words or None,
                "withdrawn_at": moment(row.withdrawn_at),
                "moved_into_the_joint_record": [one.text for one in moved],
            }
        )
    return found


def rules_on_secrets(subject: Subject) -> list[Record]:
    rows = (
        select(SecretsPolicy)
        .join(SecretsPolicyTold, SecretsPolicyTold.policy_id == SecretsPolicy.id)
        .where(SecretsPolicyTold.person_id == subject.person_id)
        .order_by(SecretsPolicy.holds_from, SecretsPolicy.id)
    )
    return [
        {"rule": row.regime.label, "agreed_on": day(row.chosen_on)}
        for reader, row in each(subject, rows, SecretsPolicy)
        if subject.may_hold(reader, row.facts)
    ]


def own_requests(subject: Subject) -> list[Record]:
    rows = (
        select(ReleaseCase)
        .where(ReleaseCase.opened_by == subject.person_id)
        .order_by(ReleaseCase.received_on, ReleaseCase.id)
    )
    return [
        {"kind": row.kind.value, "asked_on": day(row.received_on), "words": row.wanted}
        for _, row in each(subject, rows, ReleaseCase)
    ]
