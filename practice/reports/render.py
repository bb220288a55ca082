"""Findings to HTML, and HTML to PDF."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from practice.config.settings import ROOT, Letterhead
from practice.reports.caseload_method import Subject, group_words
from practice.reports.findings import Findings
from practice.reports.registry import Section, sections_of
from practice.reports.renderer import Rendered, RenderFailed, shared_renderer
from practice.reports.words import day

__all__ = ["RenderFailed", "Rendered", "caseload_html", "render", "render_pdf", "report_html"]


def report_html(findings: Findings) -> str:
    """Return the whole report as an HTML document.

    It carries no style of its own: the typesetter keeps the report's style parsed.
    """
    template = environment().get_template("reports/report.html")
    return template.render(findings=findings, sections=sections_of(findings))


def caseload_html(subject: Subject, sections: Sequence[Section], *, letterhead: Letterhead) -> str:
    """Return the outcomes of a caseload as an HTML document; without a style, as the report."""
    template = environment().get_template("reports/caseload.html")
    return template.render(
        subject=subject,
        group=group_words(subject),
        sections=sections,
        letterhead=letterhead,
    )


def render(html: str, *, report_style: bool = False, in_process: bool = False) -> Rendered:
    """Return an HTML document as a tagged PDF with its number of pages.

    Args:
        html: A whole document with ``lang`` and a neutral ``<title>``.
        report_style: Add the report's style sheet, for a document that has none of its own.
        in_process: Typeset here instead of in the warm process, without its limits: for tests.

    Raises:
        RenderFailed: if it takes too long or too much memory, or cannot be typeset.
    """
    if not in_process:
        return shared_renderer().render(html, report_style=report_style)
    from practice.reports.typesetting import typeset

    made = typeset(html, report_style=report_style)
    return Rendered(made.pdf, made.pages, made.warnings)


def render_pdf(html: str, *, in_process: bool = False) -> bytes:
    """Return an HTML document that brings its own style as a tagged PDF; see ``render``."""
    return render(html, in_process=in_process).pdf


_UNWANTED = dict.fromkeys(
    [
        *(code for code in range(32) if chr(code) not in "\n\t"),
        0x7F,
        *range(0x202A, 0x202F),  # overrides of direction would turn the words around them
        *range(0x2066, 0x206A),
        0xFEFF,
    ]
)


def _printable(value: Any) -> Any:
    """Take out of anybody's words what is no text: control signs and overrides of direction."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return value.translate(_UNWANTED)
    return value


@cache
def environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    environment.filters["day"] = day
    return environment
