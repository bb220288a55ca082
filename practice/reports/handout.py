"""A handout as one sheet of paper."""

from practice.domain.handouts.definition import Handout
from practice.reports.render import environment


def handout_html(handout: Handout) -> str:
    """Return the sheet as an HTML document that brings its own style. It names nobody."""
    return environment().get_template("reports/handout.html").render(handout=handout)
