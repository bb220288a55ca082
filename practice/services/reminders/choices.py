"""What somebody wants to be reminded of: their own choice, on their own page, known to nobody else.

Until they have called e-mail safe and named times for it, nothing is sent, whatever is chosen here.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, select

from practice.db import db
from practice.domain.joint_facts import tells
from practice.domain.people import Actor
from practice.domain.reminders.terms import ReminderKind
from practice.models.reminders import ReminderOptOut
from practice.services import access, audit, clock
from practice.services.errors import NotFound
from practice.services.reminders.reaching import reached
from practice.services.reminders.sources import SOURCES


@dataclass(frozen=True, slots=True)
class OwnChoices:
    """Somebody's own choice."""

    kinds: tuple[ReminderKind, ...]
    """What can be chosen."""

    wanted: frozenset[ReminderKind]
    times: str
    """When e-mails may come, in words; empty: none may, by what they said of how to reach them."""

    is_set_up: bool
    """Whether this practice sends e-mails at all."""


@tells()
def own_choices(*, actor: Actor) -> OwnChoices:
    """Return what ``actor``, a partner, is reminded of.

    Raises:
        NotFound: if they are no present member of a couple.
    """
    _require_member(actor)
    who = next(iter(reached([actor.person_id])), None)
    off = set(
        db.session.scalars(
            select(ReminderOptOut.kind).where(ReminderOptOut.person_id == actor.person_id)
        )
    )
    return OwnChoices(
        kinds=tuple(SOURCES),
        wanted=frozenset(SOURCES) - off,
        times=who.times.words if who else "",
        is_set_up=clock.settings().mail is not None,
    )


def choose(*, actor: Actor, wanted: Collection[ReminderKind]) -> None:
    """Keep of which kinds ``actor`` wants reminders; what is not offered stays as it is.

    Raises:
        NotFound: as ``own_choices``.
    """
    _require_member(actor)
    known = set(
        db.session.scalars(
            select(ReminderOptOut.kind).where(ReminderOptOut.person_id == actor.person_id)
        )
    )
    off = set(SOURCES) - set(wanted)
    for kind in sorted(off - known):
        db.session.add(ReminderOptOut(person_id=actor.person_id, kind=kind))
    db.session.execute(
        delete(ReminderOptOut).where(
            ReminderOptOut.person_id == actor.person_id,
            ReminderOptOut.kind.in_((known - off) & set(SOURCES)),
        )
    )
    db.session.flush()
    audit.note_account(actor.person_id, "reminders.chosen")


def _require_member(actor: Actor) -> None:
    if not access.present_couples(actor):
        raise NotFound
