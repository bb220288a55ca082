"""Requests for the first couple's record: one half way, one from the portal."""

from datetime import timedelta
from uuid import UUID, uuid5

from practice.cli.demo.teller import NAMESPACE
from practice.domain.people import Actor, Role
from practice.domain.releases.authorisations import Part, ReleaseKind, ReleaseRule
from practice.domain.releases.cases import RequestKind
from practice.services import clock, people
from practice.services.releases import authorisations, cases, portal, rules
from practice.services.releases.values import Asked, NewCase

SOLICITOR = "Hale and Partners, solicitors"


def tell_releases(therapist: Actor, couple_id: UUID) -> None:
    """Open two cases in a couple of the demo. The caller commits."""
    members = [
        Actor(one.person_id, Role.PARTNER, one.name) for one in people.current_members(couple_id)
    ]
    today = clock.today()
    rules.choose(
        actor=therapist,
        couple_id=couple_id,
        new_id=uuid5(NAMESPACE, "release rule"),
        rule=ReleaseRule.ALL_MEMBERS,
        agreed_on=today,
        reason="As it stands in the agreement that both have signed.",
    )
    case_id = cases.open_case(
        actor=therapist,
        couple_id=couple_id,
        new=NewCase(
            id=uuid5(NAMESPACE, "release case"),
            kind=RequestKind.RELEASE,
            requester=SOLICITOR,
            wanted="A record of sessions held, for the mediation in March.",
            received_on=today - timedelta(days=4),
            deadline_on=None,
        ),
    )
    authorisations.ask(
        actor=therapist,
        case_id=case_id,
        asked=Asked(
            id=uuid5(NAMESPACE, "release asked"),
            part=Part.JOINT,
            kinds=(ReleaseKind.SESSIONS, ReleaseKind.NOTES, ReleaseKind.GOALS),
            first_day=today - timedelta(days=120),
            last_day=today - timedelta(days=1),
            recipient=SOLICITOR,
            purpose="Mediation",
            expires_on=today + timedelta(days=60),
        ),
    )
    (view,) = authorisations.asked_views(actor=therapist, case_id=case_id)
    for answer in view.answers[1:]:
        signer = next(one for one in members if one.person_id == answer.member.person_id)
        portal.sign(actor=signer, authorisation_id=answer.authorisation_id, typed_name=signer.name)
    cases.tick(actor=therapist, case_id=case_id, keys=("identity", "scope", "told"))
    portal.ask_for(
        actor=members[-1],
        kind=RequestKind.SUBJECT_ACCESS,
        new_id=uuid5(NAMESPACE, "release own"),
        words="I should like to read what is kept about me.",
    )
