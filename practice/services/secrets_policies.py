"""The rule about secrets that a couple chose, and the sentence that goes with a private item.

A couple has none, or one at a time. A change is a new row with its reason, and holds for what is
written afterwards: each private item keeps the rule under which it was written.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from practice.db import db, remembered
from practice.domain.agreements import NO_RULE, Regime, SecretsRule
from practice.domain.joint_facts import tells
from practice.domain.people import Actor, Reader, Standing
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.agreements import AgreementText, SecretsPolicy, SecretsPolicyTold
from practice.models.people import Person
from practice.services import access, agreement_texts, audit, clock
from practice.services.badges import seen_by
from practice.services.cleaning import clean_text
from practice.services.couples import FIRST_YEAR
from practice.services.errors import Invalid, NotFound
from practice.services.people import Member, current_members, each_once, members_of
from practice.services.practice_settings import later_than


@dataclass(frozen=True, slots=True)
class ChosenPolicy:
    """The rule as it was chosen, with its text."""

    rule: SecretsRule
    title: str
    body: str
    version: int
    holds_from: datetime
    chosen_by: str
    told: tuple[str, ...]
    """First names of those to whom it was explained; empty for a partner who reads it."""

    reason: str
    """Why it changed; empty for a partner who reads it."""

    badge: str
    """Who can see the rule and its text, in words to the reader."""


@dataclass(frozen=True, slots=True)
class CouplePolicies:
    """A couple's rule about secrets, for whoever treats it."""

    current: ChosenPolicy | None
    earlier: tuple[ChosenPolicy, ...]
    """Newest first."""

    members: tuple[Member, ...]
    """The present members: whom it can be explained to."""

    offered: tuple[tuple[Regime, str], ...]
    """Every regime with the practice's text about it."""


def rule_for(couple_id: UUID, at: datetime) -> SecretsRule:
    """Return the rule that held when something private was written. Authorise first.

    Args:
        couple_id: Of which couple.
        at: When it was written; now, for what is about to be.
    """
    return next(
        (rule for holds_from, rule in _rules(couple_id) if holds_from <= at),
        NO_RULE,
    )


def rules_for(couple_id: UUID, moments: Iterable[datetime]) -> dict[datetime, SecretsRule]:
    """As ``rule_for``, for many items with one statement."""
    rules = _rules(couple_id)
    return {
        at: next((rule for holds_from, rule in rules if holds_from <= at), NO_RULE)
        for at in moments
    }


@tells()
def current_rule(couple_id: UUID) -> SecretsRule:
    """Return the rule under which something private is written now. Authorise first."""
    return rule_for(couple_id, clock.now())


def couple_policies(*, actor: Actor, couple_id: UUID) -> CouplePolicies:
    """Return the rule that holds, those before it, and what can be chosen.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    rows = access.visible(reader, _rows([couple_id]))
    members = members_of(couple_id)
    found = tuple(
        _chosen(reader, row, members, with_reason=access.may_see(reader, row.reason_facts))
        for row in rows
    )
    texts, today = agreement_texts.all_texts(), clock.today()
    offered = (
        (regime, version.body)
        for regime in Regime
        if (version := texts[regime.text_key].current(today)) is not None
    )
    return CouplePolicies(
        current=found[0] if found else None,
        earlier=found[1:],
        members=tuple(member for member in members if member.is_current),
        offered=tuple(offered),
    )


def choose(
    *,
    actor: Actor,
    couple_id: UUID,
    new_id: UUID,
    regime: Regime,
    chosen_on: date,
    told: Iterable[UUID],
    reason: str = "",
) -> None:
    """Put down which rule about secrets was agreed; it holds for what is written from now on.

    Args:
        actor: Who treats the couple.
        couple_id: Of which couple.
        new_id: Id of the new row; a second call with the same id changes nothing.
        regime: What was agreed.
        chosen_on: The day on which it was; today or earlier.
        told: Present members to whom it was explained, at least one.
        reason: Why it changes; needed from the second time on.

    Raises:
        NotFound: if the couple is not in the actor's care.
        Invalid: naming ``regime``, ``chosen_on``, ``told`` or ``reason``.
    """
    record = Facts(couple_id, couple_id, Kind.SECRETS_POLICY, Audience.COUPLE)
    reader = access.require_writing(actor, record)
    access.hold(couple_id)
    known = db.session.get(SecretsPolicy, new_id)
    if known is not None:
        if known.couple_id != couple_id:
            raise NotFound
        return
    latest = next(iter(access.visible(reader, _rows([couple_id]))), None)
    explained = frozenset(told)
    _check(couple_id, latest, regime, chosen_on, explained, reason)
    version = agreement_texts.all_texts()[regime.text_key].current(clock.today())
    if version is None:
        raise Invalid({"regime": "The practice's text about it does not hold yet."})
    row = SecretsPolicy(
        id=new_id,
        couple_id=couple_id,
        regime=regime,
        text_id=agreement_texts.store(version),
        chosen_on=chosen_on,
        chosen_by=actor.person_id,
        holds_from=later_than(latest.holds_from if latest else None),
        reason=clean_text(reason, "reason"),
    )
    row.told = [SecretsPolicyTold(person_id=person_id) for person_id in sorted(explained)]
    db.session.add(row)
    db.session.flush()
    audit.note_write(actor, couple_id, "secrets_policy.chosen")


@tells()
def portal_policies(*, actor: Actor) -> tuple[ChosenPolicy, ...]:
    """Return the rule of each couple that ``actor`` is a member of, and what held before."""
    readers = {
        couple_id: reader
        for couple_id, reader in access.own_couples(actor).items()
        if reader.standing is Standing.MEMBER
    }
    rows = _rows(readers) if readers else []
    return tuple(
        _chosen(readers[row.couple_id], row, (), with_reason=False)
        for row in rows
        if access.may_see(readers[row.couple_id], row.facts)
    )


def _check(
    couple_id: UUID,
    latest: SecretsPolicy | None,
    regime: Regime,
    chosen_on: date,
    told: frozenset[UUID],
    reason: str,
) -> None:
    errors = {}
    if chosen_on > clock.today():
        errors["chosen_on"] = "Choose today or an earlier day."
    elif chosen_on.year < FIRST_YEAR:
        errors["chosen_on"] = "Check the year."
    elif latest is not None and chosen_on < latest.chosen_on:
        errors["chosen_on"] = "The rule that holds now was agreed later."
    present = {member.person_id for member in current_members(couple_id)}
    if not told or not told <= present:
        errors["told"] = "Say to whom you explained it, of the present members."
    if latest is not None and latest.regime is regime and not reason.strip():
        errors["regime"] = "This rule holds already. To put it down anew, give a reason."
    elif latest is not None and not reason.strip():
        errors["reason"] = "Say why the rule changes."
    if errors:
        raise Invalid(errors)


def _rules(couple_id: UUID) -> list[tuple[datetime, SecretsRule]]:
    """Return every rule of a couple with the moment from which it holds, newest first."""
    query = (
        select(SecretsPolicy.holds_from, SecretsPolicy.regime, SecretsPolicy.chosen_on)
        .where(SecretsPolicy.couple_id == couple_id)
        .order_by(SecretsPolicy.holds_from.desc(), SecretsPolicy.id)
    )
    return remembered(
        ("secrets rules", couple_id),
        lambda: [
            (holds_from, SecretsRule(regime, chosen_on))
            for holds_from, regime, chosen_on in db.session.execute(query)
        ],
    )


def _rows(couple_ids: Iterable[UUID]) -> list[SecretsPolicy]:
    return list(
        db.session.scalars(
            select(SecretsPolicy)
            .where(SecretsPolicy.couple_id.in_(list(couple_ids)))
            .options(selectinload(SecretsPolicy.told))
            .order_by(SecretsPolicy.holds_from.desc(), SecretsPolicy.id)
        )
    )


def _chosen(
    reader: Reader, row: SecretsPolicy, members: tuple[Member, ...], *, with_reason: bool
) -> ChosenPolicy:
    text = db.session.get_one(AgreementText, row.text_id)
    explained = {one.person_id for one in row.told} if with_reason else set()
    return ChosenPolicy(
        rule=SecretsRule(row.regime, row.chosen_on),
        title=text.title,
        body=text.body,
        version=text.version,
        holds_from=row.holds_from,
        chosen_by=_name_of(row.chosen_by) if with_reason else "",
        told=tuple(m.first_name for m in each_once(members) if m.person_id in explained),
        reason=row.reason if with_reason else "",
        badge=seen_by(reader, row.facts),
    )


def _name_of(person_id: UUID) -> str:
    return db.session.scalar(select(Person.name).where(Person.id == person_id)) or ""
