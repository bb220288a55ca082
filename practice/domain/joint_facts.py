"""What members may know about each other's doing without somebody sharing an entry: one short list.

A service that a partner's page is made from says with ``tells`` which of these it shows, none
included. A test asks every service that the portal calls, so that nothing else becomes a joint
fact by accident; the list is published in ``docs/privacy.md`` and on a page of the portal.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

Service = TypeVar("Service", bound=Callable[..., Any])


class JointFact(StrEnum):
    """The key of a joint fact; ``sentence`` is how it is published."""

    PLANNED_SESSION = "planned_session"
    ATTENDANCE = "attendance"
    GIVEN_TO_ALL = "given_to_all"
    HAS_OPENED = "has_opened"
    JOINT_GOAL = "joint_goal"
    AGREEMENT_HOLDS = "agreement_holds"
    TOGETHER = "together"

    @property
    def sentence(self) -> str:
        """The fact as it is published: to therapists, and to the members themselves."""
        return _SENTENCES[self]


_SENTENCES = {
    JointFact.PLANNED_SESSION: "The couple has a joint session planned, and when it is.",
    JointFact.ATTENDANCE: "Who came to a joint session, who was late, cancelled or did not come.",
    JointFact.GIVEN_TO_ALL: "That a task or something to read was given to every member, or to "
    "several: it and what it says, among those it was given to.",
    JointFact.HAS_OPENED: "That a task has opened, where it opens when all have written or in a "
    "session.",
    JointFact.JOINT_GOAL: "The wording of a joint goal and its five levels.",
    JointFact.AGREEMENT_HOLDS: "That an agreement shown to all holds, which takes everybody's "
    "signature, or has ended; never who has not signed yet, or who ended it. Of two people, one "
    "who has signed can tell by themselves.",
    JointFact.TOGETHER: "Whether you can write letters together: you can while each asks for it.",
}


def tells(*facts: JointFact) -> Callable[[Service], Service]:
    """Mark a service of a partner's page, or of a joint report, with the joint facts it shows.

    ``@tells()`` says: none; one's own, and what somebody has shared.
    """

    def mark(service: Service) -> Service:
        service.tells = frozenset(facts)  # type: ignore[attr-defined]
        return service

    return mark


def told_by(service: object) -> frozenset[JointFact] | None:
    """Return which joint facts a service shows; None where it does not say."""
    found: frozenset[JointFact] | None = getattr(service, "tells", None)
    return found
