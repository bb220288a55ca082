"""Who will read what a form collects, and who sees what a page is about: asked of the policy.

``who_reads_new`` is for records that are not there yet, so nobody is named but whom the page names
anyway; ``who_sees`` names the people around one couple. An entry by itself says who can see it by
``practice.services.badges.seen_by``.
"""

from uuid import UUID

from flask import Flask

from practice.domain.acts import SIGNED_BY_THERAPISTS
from practice.domain.onlookers import Onlooker, badge
from practice.domain.people import Reader, Standing
from practice.domain.visibility import Audience, Facts, Kind
from practice.services.badges import such_seen_by
from practice.web.session import current_actor

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


def seen_by_such(kind: str) -> str:
    """Say who can see records of a kind of whichever couple, where a page lists several.

    Args:
        kind: The value of its ``Kind``.
    """
    record = Facts(_COUPLE, _COUPLE, Kind(kind), Audience.COUPLE)
    people = [
        _one(_CARER, Standing.TREATING, "whoever treats the couple"),
        _one(_MEMBERS, Standing.MEMBER, "whoever it is with"),
        _one(_SUPERVISOR, Standing.SUPERVISING, "a supervisor"),
        _one(_DESK, Standing.RECEPTION, "the front desk"),
        _one(_OWNER, Standing.OWNER, "whoever runs the practice"),
    ]
    return badge(record, people)


def who_sees(
    couple_id: UUID,
    kind: str,
    *,
    whose: UUID | None = None,
    about: UUID | None = None,
    audience: str = "therapist",
) -> str:
    """Say to whoever is signed in who can see records of a couple, by name.

    Args:
        couple_id: Of which couple; the view has authorised for it.
        kind: The value of their ``Kind``.
        whose: Whose words they are, where they are a member's.
        about: The only member they concern.
        audience: The value of their ``Audience``.
    """
    return such_seen_by(
        actor=current_actor(),
        couple_id=couple_id,
        kind=Kind(kind),
        whose=whose,
        about=about,
        audience=Audience(audience),
    )


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
    app.jinja_env.globals.update(
        {
            "who_reads_new": who_reads_new,
            "who_sees": who_sees,
            "seen_by_such": seen_by_such,
            "READ_BY_THERAPISTS": THERAPISTS,
            "FOR_THERAPIST": Audience.THERAPIST,
        }
    )
