"""HTML to PDF by WeasyPrint, which only this module imports: loading it takes half a second.

Nothing is fetched. The one kind of address that is answered is ``dyad:fonts/<file>``, from a
dictionary of the typeface that the program carries; everything else is refused.
"""

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from practice.config.settings import ROOT

FONTS = ROOT / "practice" / "static" / "fonts"
STYLE = ROOT / "templates" / "reports" / "report.css"
FONT_ADDRESS = "dyad:fonts/"
NOWHERE = "dyad://nowhere/"


@dataclass(frozen=True, slots=True)
class Typeset:
    """A finished PDF."""

    pdf: bytes
    pages: int
    warnings: tuple[str, ...]
    """What WeasyPrint had to say at level warning or above; empty for a sound document."""


class Refused(ValueError):
    """A document asked for something from outside itself."""


class ClosedFetcher(URLFetcher):  # type: ignore[misc]  # the library is untyped
    """Answers our own fonts and refuses every other address, whatever its scheme."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return a font of the program.

        Raises:
            Refused: for any other address. It is not repeated: it may be somebody's words.
        """
        font = _fonts().get(url)
        if font is None:
            raise Refused("a report may not fetch anything")
        return URLFetcherResponse(url, BytesIO(font), {"Content-Type": "font/woff2"})


def typeset(html: str, *, report_style: bool) -> Typeset:
    """Return ``html`` as a tagged PDF (PDF/UA-1).

    Args:
        html: A whole document with ``lang`` and a neutral ``<title>``.
        report_style: Add ``templates/reports/report.css``, parsed once for all reports; False
            where the document brings its own style.
    """
    with _warnings() as warnings, _collector_off():
        styles, fonts = _prepared()
        # A relative address must have something to be relative to, or it is a fault, not a refusal.
        source = HTML(string=html, base_url=NOWHERE, url_fetcher=ClosedFetcher())
        document = source.render(
            font_config=fonts,
            stylesheets=[styles] if report_style else [],
            pdf_variant="pdf/ua-1",
            pdf_tags=True,
        )
        # What WeasyPrint would take over from <meta> and <link> is never wanted in the file.
        metadata = document.metadata
        metadata.authors, metadata.keywords, metadata.attachments = [], [], []
        metadata.description = metadata.generator = None
        pdf = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    return Typeset(pdf, len(document.pages), tuple(warnings))


@cache
def _fonts() -> dict[str, bytes]:
    return {f"{FONT_ADDRESS}{path.name}": path.read_bytes() for path in FONTS.glob("*.woff2")}


@cache
def _prepared() -> tuple[CSS, FontConfiguration]:
    """Return the parsed style and the fonts it names, reused for every document."""
    fonts = FontConfiguration()
    style = STYLE.read_text(encoding="utf-8")
    return CSS(string=style, font_config=fonts, url_fetcher=ClosedFetcher()), fonts


class _Gathering(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(f"{record.levelname}: {record.getMessage()}")


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Gather what WeasyPrint logs; it goes nowhere else, for it may quote the document."""
    logger = logging.getLogger("weasyprint")
    handler, propagate = _Gathering(), logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield handler.messages
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


@contextmanager
def _collector_off() -> Iterator[None]:
    """Keep the garbage collector off while rendering: a sixth of the time, and no memory kept."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
