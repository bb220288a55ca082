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
