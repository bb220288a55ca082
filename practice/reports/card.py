"""A card as one sheet of paper: its lines, and nothing that says whose they are."""

from collections.abc import Iterable, Sequence

from practice.reports.render import environment


def card_html(cards: Iterable[tuple[str, Sequence[str]]]) -> str:
    """Return the sheet as an HTML document that brings its own style.

    Args:
        cards: Title and lines of each card.
    """
    template = environment().get_template("reports/card.html")
    return template.render(cards=list(cards))
