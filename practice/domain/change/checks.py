"""What every method asks of its numbers."""

import math


def require_finite(what: str, *numbers: float) -> None:
    """Refuse what is not an ordinary number.

    Args:
        what: Names the numbers in the message.
        numbers: In whatever unit; infinite ones and NaN are refused.

    Raises:
        ValueError: naming ``what``.
    """
    if not all(map(math.isfinite, numbers)):
        raise ValueError(f"a {what} must be a finite number")


def require_reliability(reliability: float) -> None:
    """Refuse a reliability that no test can have.

    Args:
        reliability: 0 <= r < 1, without unit.

    Raises:
        ValueError: if it is not at least 0 and below 1.
    """
    if not 0 <= reliability < 1:
        raise ValueError("the reliability must be at least 0 and below 1")
