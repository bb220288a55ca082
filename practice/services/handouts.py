"""One-page handouts, the same for everybody, as texts and as PDF. They hold nothing of a couple."""

from collections.abc import Mapping

from practice.domain.handouts import registry
from practice.domain.handouts.definition import Handout
from practice.domain.joint_facts import tells
from practice.reports.handout import handout_html, text_html
from practice.services.errors import NotFound
from practice.services.pdf import pdf_of


@tells()
def all_handouts() -> Mapping[str, Handout]:
    """Return every handout by key, in the order of their titles."""
    return registry.all_handouts()


@tells()
def handout_pdf(key: str) -> bytes:
    """Return a handout as a PDF of one page.

    Raises:
        NotFound: if there is no such handout.
        Refused: if it cannot be made now.
    """
    handout = all_handouts().get(key)
    if handout is None:
        raise NotFound
    return pdf_of(handout_html(handout))


@tells()
def text_pdf(title: str, note: str, words: str) -> bytes:
    """Return a text that people are given as a PDF; a handout in its present words looks like one.

    Raises:
        Refused: if it cannot be made now.
    """
    for one in all_handouts().values():
        if (one.title, one.lead, one.text) == (title, note, words):
            return pdf_of(handout_html(one))
    return pdf_of(text_html(title, note, words))
