"""The certificate of an erasure: what went and when; whose it was is written in by hand."""

from dataclasses import dataclass
from datetime import date, datetime

from practice.config.settings import Letterhead
from practice.reports.render import environment


@dataclass(frozen=True, slots=True)
class CertificateFindings:
    """All that the certificate says."""

    letterhead: Letterhead
    number: int
    erased_on: datetime
    """Aware, in the practice's time zone."""

    erased_by: str
    gone: tuple[tuple[str, int], ...]
    """What went, in words, and how many."""

    texts: int
    """In how many texts of the practice the name was taken out."""

    person_gone: bool
    rewritten_at: datetime | None
    backups_gone_on: date


def certificate_html(findings: CertificateFindings) -> str:
    """Return the certificate as an HTML document; without a style, as the report."""
    return environment().get_template("reports/certificate.html").render(findings=findings)
