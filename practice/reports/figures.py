"""Numbers as a reader meets them: the same in text, on a page and in a PDF."""

from practice.domain.words import true_minus

NONE = "–"


def decimal(number: float | None, places: int = 2) -> str:
    """Return a figure with a fixed number of decimals; a dash where there is none."""
    return NONE if number is None else true_minus(f"{number:.{places}f}")


def percent(number: float | None) -> str:
    """Return a percentage without decimals ("33 %"); a dash where there is none."""
    return NONE if number is None else f"{number:.0f} %"


def range_percent(low: float, high: float) -> str:
    """Return two shares from 0 to 1 as a range in per cent: "19 to 51 %"."""
    return f"{100 * low:.0f} to {100 * high:.0f} %"


def short(text: str, longest: int = 30) -> str:
    """Return ``text`` cut to ``longest`` characters, so that a name cannot push figures away."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
