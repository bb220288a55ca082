"""Everybody of the invented practice beside those who treat couples: one person for each role."""

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from practice.cli.demo.build import PASSWORD, sign_in_name
from practice.domain.people import Actor, Role
from practice.services import accounts, care, caseload, clock, staff, supervisors

OWNER = "Marit Stein"
CO_THERAPIST = "Toni Abara"
SUPERVISOR = "Hester Lindgren"
FRONT_DESK = "Rita Moss"

MONTHS_SUPERVISED = 6


def add_practice(tess: Actor, others: list[Actor]) -> None:
    """Add owner, co-therapist, supervisor and front desk.

    Args:
        tess: Leads the couple that the co-therapist joins.
        others: The other therapists; supervised like her.
    """
    marit = _therapist(OWNER)
    accounts.make_owner(accounts.get(marit.person_id))
    owner = Actor(marit.person_id, Role.THERAPIST, OWNER, is_owner=True)
    staff.unmake_owner(actor=owner, person_id=tess.person_id)  # who was the first, and so was one
    toni, hester = _therapist(CO_THERAPIST), _therapist(SUPERVISOR)
    accounts.create_staff(
        name=FRONT_DESK,
        role=Role.RECEPTION,
        sign_in_name=sign_in_name(FRONT_DESK),
        password=PASSWORD,
    )
    since = clock.today() - timedelta(days=30 * MONTHS_SUPERVISED)
    for therapist in (tess, *others):
        supervisors.begin_supervision(
            actor=owner,
            new_id=uuid5(NAMESPACE_URL, f"supervision {therapist.name}"),
            supervisor_id=hester.person_id,
            therapist_id=therapist.person_id,
            since=since,
        )
    first = caseload.caseload(actor=tess).couples[0]
    care.take_in_co_therapist(
        actor=tess,
        couple_id=first.id,
        new_id=uuid5(NAMESPACE_URL, f"co-therapist {first.id}"),
        therapist_id=toni.person_id,
        since=max(first.since, clock.today() - timedelta(days=14)),
        reason="They asked for two therapists, one for each to speak with.",
    )


def _therapist(name: str) -> Actor:
    person_id = accounts.create_therapist(
        name=name, sign_in_name=sign_in_name(name), password=PASSWORD
    )
    return Actor(person_id, Role.THERAPIST, name)
