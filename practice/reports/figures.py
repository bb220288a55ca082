"""Numbers as a reader meets them: the same in text, on a page and in a PDF."""


def score(number: float) -> str:
    """Return a score or a difference with at most two decimals: "97", "90.5", "-0.25"."""
    shown = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if shown in ("-0", "") else shown


def decimal(number: float | None, places: int = 2) -> str:
    """Return a figure with a fixed number of decimals; a dash where there is none."""
    if number is None:
        return "–"
    shown = f"{number:.{places}f}"
    return shown.removeprefix("-") if float(shown) == 0 else shown


def percent(number: float | None) -> str:
    """Return a percentage without decimals ("33 %"); a dash where there is none."""
    return "–" if number is None else f"{number:.0f} %"


def range_percent(low: float, high: float) -> str:
    """Return two shares from 0 to 1 as a range in per cent: "19 to 51 %"."""
    return f"{100 * low:.0f} to {100 * high:.0f} %"
