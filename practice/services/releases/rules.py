"""Whose agreement a couple's joint record takes: contracted with that couple, with its history."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.people import Actor
from practice.domain.releases.authorisations import ReleaseRule
from practice.models.people import Person
from practice.models.releases import AgreedReleaseRule
from practice.services import access, audit, clock
from practice.services.cleaning import clean_text
from practice.services.errors import Invalid

LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One rule as it was agreed."""

    rule: ReleaseRule
    agreed_on: date
    reason: str
    set_by: str
    set_at: datetime


def rule_of(couple_id: UUID) -> ReleaseRule:
    """Return the rule that holds for a couple: every member, if none was agreed."""
    found = db.session.scalar(
        select(AgreedReleaseRule.rule)
        .where(AgreedReleaseRule.couple_id == couple_id)
        .order_by(AgreedReleaseRule.set_at.desc(), AgreedReleaseRule.id)
        .limit(1)
    )
    return found or ReleaseRule.ALL_MEMBERS


def history(*, actor: Actor, couple_id: UUID) -> tuple[RuleEntry, ...]:
    """Return every rule agreed with a couple, newest first.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    access.require_treating(actor, couple_id)
    rows = db.session.execute(
        select(AgreedReleaseRule, Person.name)
        .join(Person, Person.id == AgreedReleaseRule.set_by)
        .where(AgreedReleaseRule.couple_id == couple_id)
        .order_by(AgreedReleaseRule.set_at.desc(), AgreedReleaseRule.id)
    )
    return tuple(
        RuleEntry(row.rule, row.agreed_on, row.reason, name, row.set_at) for row, name in rows
    )


def choose(
    *, actor: Actor, couple_id: UUID, new_id: UUID, rule: ReleaseRule, agreed_on: date, reason: str
) -> None:
    """Write down which rule was agreed with a couple. What was asked before keeps its own.

    Raises:
        NotFound: if the couple is not in the actor's care.
        Invalid: naming ``agreed_on`` or ``reason``.
    """
    access.require_treating(actor, couple_id)
    access.hold(couple_id)
    if db.session.get(AgreedReleaseRule, new_id) is not None:
        return
    text = clean_text(reason, "reason", LONGEST_REASON)
    errors = {}
    if not text:
        errors["reason"] = "Write where and why this was agreed."
    if agreed_on > clock.today():
        errors["agreed_on"] = "Choose today or an earlier day."
    if errors:
        raise Invalid(errors)
    db.session.add(
        AgreedReleaseRule(
            id=new_id,
            couple_id=couple_id,
            rule=rule,
            agreed_on=agreed_on,
            reason=text,
            set_by=actor.person_id,
            set_at=clock.now(),
        )
    )
    audit.note_write(actor, couple_id, "release_rule.agreed")
    db.session.flush()
