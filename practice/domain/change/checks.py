"""What every method asks of its numbers."""

import math


def require_finite(what: str, *numbers: float) -> None:
    """Refuse what is not an ordinary number.

    Raises:
        ValueError: naming ``what``.
    """
    if not all(map(math.isfinite, numbers)):
        raise ValueError(f"a {what} must be a finite number")


def require_reliability(reliability: float) -> None:
    """Refuse a reliability that no test can have.

    Raises:
        ValueError: if it is not at least 0 and below 1.
    """
    if not 0 <= reliability < 1:
        raise ValueError("the reliability must be at least 0 and below 1")
