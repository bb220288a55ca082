"""Agreements in short, for the couple's page."""

from dataclasses import dataclass
from uuid import UUID

from practice.domain.agreements import SecretsRule
from practice.domain.people import Actor
from practice.services import access
from practice.services.consents import ConsentState, couple_consents
from practice.services.joint_passages import PassageLine, couple_passages
from practice.services.people import Member
from practice.services.secrets_policies import current_rule


@dataclass(frozen=True, slots=True)
class SignedCount:
    """How one member stands to the texts."""

    member: Member
    texts: int
    signed: int
    """Of these how many they signed, in whichever version."""

    outdated: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class CoupleAgreements:
    """The card."""

    rule: SecretsRule
    people: tuple[SignedCount, ...]
    passages: tuple[PassageLine, ...]


def couple_agreements(*, actor: Actor, couple_id: UUID) -> CoupleAgreements:
    """Return how a couple's agreements stand.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    access.require_treating(actor, couple_id)
    people = []
    for one in couple_consents(actor=actor, couple_id=couple_id):
        states = [consent.state for consent in one.consents]
        outdated = states.count(ConsentState.OUTDATED)
        people.append(
            SignedCount(
                member=one.member,
                texts=len(states),
                signed=states.count(ConsentState.SIGNED) + outdated,
                outdated=outdated,
                withdrawn=states.count(ConsentState.WITHDRAWN),
            )
        )
    return CoupleAgreements(
        rule=current_rule(couple_id),
        people=tuple(people),
        passages=couple_passages(actor=actor, couple_id=couple_id),
    )
