"""A page of paper, or the words why there is none now."""

from practice.reports.render import RenderFailed, render
from practice.services.errors import Refused


def pdf_of(html: str) -> bytes:
    """Return a document, which brings its own style, as a PDF.

    Raises:
        Refused: if it cannot be made now.
    """
    try:
        return render(html).pdf
    except RenderFailed as failed:
        raise Refused(str(failed)) from failed
