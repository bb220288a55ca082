"""The one rule that turns two findings about a change into its class, whatever the method."""

from enum import StrEnum


class PartnerClass(StrEnum):
    """What one person's change amounts to; every valid pair of scores has exactly one."""

    RECOVERED = "recovered"
    """Reliably better, and from the distressed side of the cut to the other."""

    IMPROVED = "improved"
    """Reliably better without that crossing."""

    UNCHANGED = "unchanged"
    """No reliable change either way."""

    DETERIORATED = "deteriorated"
    """Reliably worse."""


def class_of(
    *, gain_is_reliable: bool, loss_is_reliable: bool, crossed_to_better: bool
) -> PartnerClass:
    """Return the class of one change; every combination but a contradiction has exactly one.

    Formula:
        Recovered: a reliable gain that crossed. Improved: any other reliable gain. Deteriorated: a
        reliable loss. Unchanged: everything else.

    Args:
        gain_is_reliable: The change for the better exceeds the method's critical value.
        loss_is_reliable: The change for the worse does.
        crossed_to_better: Before on the distressed side of the cut-off, after on the other.

    Returns:
        One of the four classes.

    Raises:
        ValueError: if a change is said to be both a gain and a loss.

    Source:
        Jacobson & Truax (1991), J. Consult. Clin. Psychol. 59(1), 12-19.
    """
    if gain_is_reliable and loss_is_reliable:
        raise ValueError("a change cannot be a reliable gain and a reliable loss")
    if gain_is_reliable:
        return PartnerClass.RECOVERED if crossed_to_better else PartnerClass.IMPROVED
    return PartnerClass.DETERIORATED if loss_is_reliable else PartnerClass.UNCHANGED


def crossed_unreliably(
    *, started_distressed: bool | None, ended_distressed: bool | None, reliable: bool
) -> bool:
    """Say whether the cut was crossed, either way, by a step too small to be reliable.

    Formula:
        One of the two sides is the distressed one, the other is not, and the change is not
        reliable. A side that is not known is on neither.

    Args:
        started_distressed: Side of the score before; None where it is not known.
        ended_distressed: Side of the score after; None where it is not known.
        reliable: Whether the change exceeds the method's critical value, either way.

    Returns:
        True where it was; such a change is counted as unchanged.

    Raises:
        Nothing.

    Source:
        "Non-reliable recovery" of open R code, here in both directions.
    """
    return {started_distressed, ended_distressed} == {True, False} and not reliable


def crossed_into_distress(
    *,
    started_distressed: bool | None,
    ended_distressed: bool | None,
    partner_class: PartnerClass,
) -> bool:
    """Say whether a reliable worsening also crossed the cut.

    Formula:
        Not distressed before, distressed after, and deteriorated.

    Args:
        started_distressed: Side of the score before; None where it is not known.
        ended_distressed: Side of the score after; None where it is not known.
        partner_class: The class of the change.

    Returns:
        True where it did; such a change is counted as deteriorated.

    Raises:
        Nothing.

    Source:
        "Harmed" of open R code.
    """
    crossed = started_distressed is False and ended_distressed is True
    return crossed and partner_class is PartnerClass.DETERIORATED
