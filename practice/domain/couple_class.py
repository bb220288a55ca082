"""The class of a couple, from its members' classes and never from their average."""

from collections.abc import Sequence
from enum import StrEnum

from practice.domain.change import PartnerClass


class CoupleClass(StrEnum):
    """What the members' changes amount to together; every combination has exactly one."""

    RECOVERED = "recovered"
    IMPROVED = "improved"
    PARTIAL = "partial"
    DIVERGING = "diverging"
    UNCHANGED = "unchanged"
    DETERIORATED = "deteriorated"
    INCOMPLETE = "incomplete"
    ENDED = "ended"


_GAINS = frozenset({PartnerClass.RECOVERED, PartnerClass.IMPROVED})


def couple_class(classes: Sequence[PartnerClass | None], ended: bool = False) -> CoupleClass:
    """Put the members' classes together; the first line that fits gives the class.

    1. The relationship has ended: ended. It is never coded as failure.
    2. A member has no pair of scores: incomplete.
    3. All recovered: recovered.
    4. All recovered or improved: improved.
    5. Some gained and some deteriorated: diverging.
    6. Some gained and the rest are unchanged: partial.
    7. Some deteriorated and nobody gained: deteriorated.
    8. Else: unchanged.

    No line counts heads, so the rule is the same for three members as for two: one member who
    gains beside two who do not is "partial", and one who worsens is never outvoted.

    Args:
        classes: One entry for each member, in any order; None where a pair of scores is missing.
        ended: The relationship has ended.

    Raises:
        ValueError: if there are fewer than two members.

    Source:
        Our own table, after the practice of classifying both partners: Jacobson et al. (1984)
        found change confined to one spouse in about 40 % of the improved couples.
    """
    if len(classes) < 2:
        raise ValueError("a couple has at least two members")
    if ended:
        return CoupleClass.ENDED
    measured = [partner_class for partner_class in classes if partner_class is not None]
    if len(measured) < len(classes):
        return CoupleClass.INCOMPLETE
    return _of_complete(measured)


def _of_complete(classes: Sequence[PartnerClass]) -> CoupleClass:
    if all(partner_class is PartnerClass.RECOVERED for partner_class in classes):
        return CoupleClass.RECOVERED
    if all(partner_class in _GAINS for partner_class in classes):
        return CoupleClass.IMPROVED
    gained = any(partner_class in _GAINS for partner_class in classes)
    worsened = PartnerClass.DETERIORATED in classes
    if gained:
        return CoupleClass.DIVERGING if worsened else CoupleClass.PARTIAL
    return CoupleClass.DETERIORATED if worsened else CoupleClass.UNCHANGED
