"""Something to read as a sheet of paper: a handout, or a text of the practice's own."""

from practice.domain.handouts.definition import Handout
from practice.reports.render import environment


def handout_html(handout: Handout) -> str:
    """Return the sheet as an HTML document that brings its own style. It names nobody."""
    return environment().get_template("reports/handout.html").render(handout=handout)


def text_html(title: str, note: str, words: str) -> str:
    """Return a text of the practice's own as such a sheet.

    Args:
        title: Of the text.
        note: What it is and for whom; may be empty.
        words: The text; its paragraphs stand apart by an empty line.
    """
    paragraphs = [part.strip() for part in words.split("\n\n") if part.strip()]
    return (
        environment()
        .get_template("reports/text.html")
        .render(title=title, note=note, paragraphs=paragraphs)
    )
