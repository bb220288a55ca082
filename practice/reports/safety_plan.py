"""A safety plan as one sheet of paper that gives nothing away unless its owner wants it to."""

from collections.abc import Mapping

from practice.config.settings import Letterhead
from practice.domain.safety.plan import PlanPart
from practice.reports.render import environment


def plan_html(parts: Mapping[PlanPart, str], letterhead: Letterhead | None) -> str:
    """Return the sheet as an HTML document that brings its own style.

    Args:
        parts: Words by part; a part without words is left out.
        letterhead: Of the practice, where the person wants the sheet to say what it is; None for
            neutral headings and no name of a practice.
    """
    rows = [
        (part.label if letterhead else part.plain_label, parts[part])
        for part in PlanPart
        if parts.get(part)
    ]
    template = environment().get_template("reports/safety_plan.html")
    return template.render(
        title="My safety plan" if letterhead else "Notes", parts=rows, letterhead=letterhead
    )
