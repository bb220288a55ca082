"""What one person gave, for that person to read."""

from dataclasses import dataclass

from practice.config.settings import Letterhead
from practice.reports.render import environment


@dataclass(frozen=True, slots=True)
class OwnDataPart:
    """One kind of thing, record by record."""

    title: str
    records: tuple[tuple[tuple[str, str], ...], ...]
    """Labels and words of each."""


@dataclass(frozen=True, slots=True)
class OwnDataFindings:
    """All that the document says."""

    letterhead: Letterhead
    name: str
    made_on: str
    parts: tuple[OwnDataPart, ...]
    at_desk: bool
    with_private: bool
    """Whether answers to safety questions were asked for; not whether there are any."""


def own_data_html(findings: OwnDataFindings) -> str:
    """Return the document as HTML; without a style, as the report."""
    return environment().get_template("reports/own_data.html").render(findings=findings)


def as_text(findings: OwnDataFindings) -> str:
    """Return the same as plain text, for when there is too much of it to be typeset."""
    lines = [findings.letterhead.name, f"Own data: {findings.name}", findings.made_on]
    for part in findings.parts:
        lines += ["", part.title.upper()]
        for record in part.records:
            lines += ["", *(f"{label}: {words}" for label, words in record)]
        if not part.records:
            lines.append("Nothing.")
    return "\n".join(lines) + "\n"
