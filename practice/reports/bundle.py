"""A bundle that leaves the practice, as a document: stamped on every page, nothing under black."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from practice.config.settings import Letterhead
from practice.reports.registry import Section
from practice.reports.render import environment


@dataclass(frozen=True, slots=True)
class BundleFindings:
    """All that the document says besides its sections."""

    letterhead: Letterhead
    case_number: int
    copy: int
    recipient: str
    purpose: tuple[str, ...]
    """Purpose and period of each part, in words."""

    grounds: tuple[str, ...]
    """On whose agreement, or by which right, each part leaves."""

    made_on: date
    therapist: str
    withheld: tuple[str, ...]
    """Kinds of the joint record that nobody authorised for this, whether or not there is any."""

    never: tuple[str, ...]
    """What no bundle holds, said whether or not there is any."""


def bundle_html(findings: BundleFindings, sections: Sequence[Section]) -> str:
    """Return the bundle as an HTML document; without a style, as the report."""
    template = environment().get_template("reports/bundle.html")
    return template.render(findings=findings, sections=sections)
