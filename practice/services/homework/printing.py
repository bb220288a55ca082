"""Worksheets on paper: blank for any therapist, filled for whoever may read what stands there."""

from collections.abc import Sequence
from uuid import UUID

from practice.domain.joint_facts import JointFact, tells
from practice.domain.people import Actor
from practice.domain.words import capital, weekday_in_words
from practice.reports.worksheet import Filled, blank_worksheet_html, filled_worksheet_html
from practice.services import audit
from practice.services.errors import NotFound
from practice.services.homework.overview import assignment_page
from practice.services.homework.portal import portal_entry
from practice.services.homework.templates import all_given
from practice.services.homework.values import EntryView
from practice.services.pdf import pdf_of

OWN_WORDS = "What you wrote. Whoever finds this sheet can read it."


def blank_worksheet(key: str) -> bytes:
    """Return a worksheet as a PDF with room to write. It names nobody.

    Raises:
        NotFound: if there is no such worksheet.
        Refused: if it cannot be made now.
    """
    template = all_given().get(key)
    if template is None:
        raise NotFound
    return pdf_of(blank_worksheet_html(template))


@tells(JointFact.GIVEN_TO_ALL, JointFact.HAS_OPENED)
def own_entry_pdf(*, actor: Actor, entry_id: UUID) -> bytes:
    """Return one entry that ``actor``, a partner, wrote, or that was written for all of them.

    Raises:
        NotFound: if it is none of those, or it is not there for the actor to read.
        Refused: if it cannot be made now.
    """
    task, entry = portal_entry(actor=actor, entry_id=entry_id)
    if not (entry.line.is_own or task.is_together):
        raise NotFound
    heading = weekday_in_words(entry.line.for_day, year=True)
    return pdf_of(
        filled_worksheet_html(task.title, OWN_WORDS, [Filled(capital(heading), entry.answers)])
    )


def entries_pdf(*, actor: Actor, assignment_id: UUID, page: int = 1) -> bytes:
    """Return what was written for an assignment and may be read by whoever treats the couple.

    As the page of the assignment, newest first; ``page`` is one of its pages.

    Raises:
        NotFound: if there is no such assignment in the actor's care.
        Refused: if it cannot be made now.
    """
    found = assignment_page(actor=actor, assignment_id=assignment_id, page=page)
    count = found.page.count
    lead = f"{found.card.how_often.capitalize()}, from {weekday_in_words(found.card.starts_on)}."
    if count > 1:
        lead += f" Part {found.page.number} of {count}."
    audit.note_read(actor, found.couple_id, "assignment.printed")
    return pdf_of(filled_worksheet_html(found.card.title, lead, _filled(found.page.entries)))


def _filled(entries: Sequence[EntryView]) -> list[Filled]:
    return [
        Filled(f"{one.line.author}, {weekday_in_words(one.line.for_day, year=True)}", one.answers)
        for one in entries
    ]
