"""Blank sheets of a measure, to be filled in by hand."""

from practice.reports.blank_form import blank_form_html
from practice.services.errors import NotFound
from practice.services.measure_library import all_measures
from practice.services.pdf import pdf_of


def blank_form(key: str) -> bytes:
    """Return a measure as a PDF with places for marks.

    Raises:
        NotFound: if there is no such measure, or its questions may not be printed here.
        Refused: if it cannot be made now.
    """
    measure = all_measures().get(key)
    if measure is None or measure.totals_only:
        raise NotFound
    return pdf_of(blank_form_html(measure))
