"""Who will read what a form collects, said before its first field: asked of the policy.

For records that are not there yet, so nobody is named but whom the page names anyway. What is there
already says who can see it by ``practice.services.badges``.
"""

from uuid import UUID

from flask import Flask

from practice.domain.acts import SIGNED_BY_THERAPISTS
from practice.domain.onlookers import Onlooker, badge
from practice.domain.people import Reader, Standing
from practice.domain.visibility import Audience, Facts, Kind

_COUPLE, _YOU, _CARER, _SUPERVISOR, _DESK, _OWNER, _MEMBERS = (UUID(int=n) for n in range(1, 8))

THERAPISTS = "every therapist of the practice, in its settings. No client sees this page."
"""For what the practice sets for itself."""


def who_reads_new(kind: str, audience: str = "therapist") -> str:
    """Say to a therapist who will read a record that they are about to write.

    Args:
        kind: The value of its ``Kind``.
        audience: The value of its ``Audience``.
    """
    record = Facts(_COUPLE, _YOU, Kind(kind), Audience(audience))
    return badge(record, _people(record), _YOU) + "."


def _people(record: Facts) -> list[Onlooker]:
    signed = ", once it is signed" if record.kind in SIGNED_BY_THERAPISTS else ""
    return [
        _one(_YOU, Standing.TREATING, ""),
        _one(_CARER, Standing.CO_TREATING, "whoever treats them with you"),
        _one(_MEMBERS, Standing.MEMBER, "every member of the couple"),
        _one(_SUPERVISOR, Standing.SUPERVISING, f"a supervisor{signed}"),
        _one(_DESK, Standing.RECEPTION, "the front desk"),
        _one(_OWNER, Standing.OWNER, "whoever runs the practice"),
    ]


def _one(person_id: UUID, standing: Standing, name: str) -> Onlooker:
    return Onlooker(Reader(person_id, _COUPLE, standing), name)


def init_app(app: Flask) -> None:
    """Make the words known to the templates of ``app``."""
    app.jinja_env.globals.update({"who_reads_new": who_reads_new, "READ_BY_THERAPISTS": THERAPISTS})
