"""What stands between the members on each one's first page: agreements and cards."""

from dataclasses import dataclass

from practice.domain.homework.definition import Template
from practice.domain.joint_facts import JointFact, tells
from practice.domain.people import Actor
from practice.services.homework.agreements import PortalAgreement, agreements_among
from practice.services.homework.cards import Card, cards_among, has_card
from practice.services.homework.seen import seen_by_partner


@dataclass(frozen=True, slots=True)
class BetweenUs:
    """Agreements that are proposed or hold, and the newest cards."""

    agreements: tuple[PortalAgreement, ...]
    cards: tuple[Card, ...]


@tells(JointFact.GIVEN_TO_ALL, JointFact.HAS_OPENED, JointFact.AGREEMENT_HOLDS)
def between_us(*, actor: Actor) -> BetweenUs:
    """Return what a member agreed with the others and what they hung up together."""
    seen = seen_by_partner(actor, _is_wanted)
    return BetweenUs(agreements_among(seen), cards_among(seen))


def _is_wanted(template: Template) -> bool:
    return template.agreement is not None or has_card(template)
