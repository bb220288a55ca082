"""What the measures have in common whose questions are not in Dyad, only their totals."""

from practice.domain.measures.definition import Example

INSTRUCTION = "Enter the total of a form that was filled in elsewhere."
WORDING_VERSION = "none: the total is entered, from the form that the practice holds"
MISSING_RULE = "The total is taken as it is entered; the form’s own rule says what is missing."
ON_THE_RANGE = "lowest and highest total of the range"
AT_THE_CUT = "totals right below and right above the cut score"


def accepted(scale_key: str, source: str, *totals: float) -> tuple[Example, ...]:
    """Return one example for each total that must be accepted.

    Args:
        scale_key: Whose totals they are.
        source: Why these.
        totals: In scale points.
    """
    return tuple(Example({}, {scale_key: total}, source) for total in totals)
