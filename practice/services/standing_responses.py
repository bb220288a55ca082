"""Which responses count: those that stand."""

from sqlalchemy import ColumnElement

from practice.models.responses import Response


def current() -> ColumnElement[bool]:
    """Whether a response stands: one that another was written to replace counts nowhere.

    Every query of responses asks for it. The exceptions: whether a *request* was answered (it was,
    whatever became of the answer), the check of every stored score, and its author's and the
    therapist's look at what stood before.
    """
    return Response.superseded_at.is_(None)
