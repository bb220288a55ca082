"""The release desk's part of the world: a case, what was asked, what leaves; words in each."""

from datetime import timedelta
from uuid import UUID, uuid4

from practice.domain.releases.authorisations import Part, ReleaseKind, ReleaseRule
from practice.domain.releases.cases import RequestKind
from practice.services import clock, retention
from practice.services.releases import authorisations, cases, portal, rules
from tests.builders import Cast

TESS = frozenset({"tess"})


def open_case(cast: Cast, kind: RequestKind = RequestKind.RELEASE, **overrides) -> UUID:
    """Open a case in Ada and Ben's couple."""
    about = overrides.pop("about", None)
    new = cases.NewCase(
        **{
            "id": uuid4(),
            "kind": kind,
            "requester": "Marsh and Co",
            "wanted": "The whole record.",
            "received_on": clock.today(),
            "deadline_on": None,
            "about_id": about.person_id if about else None,
        }
        | overrides
    )
    return cases.open_case(actor=cast.tess, couple_id=cast.couple, new=new)


def ask(cast: Cast, case_id: UUID, **overrides) -> UUID:
    """Ask for what belongs to Ada and Ben: after Finn had left, before anybody else came."""
    new_id = uuid4()
    asked = authorisations.Asked(
        **{
            "id": new_id,
            "part": Part.JOINT,
            "kinds": tuple(kind for kind in ReleaseKind if kind is not ReleaseKind.REPORTS),
            "first_day": clock.today() - timedelta(days=100),
            "last_day": clock.today() - timedelta(days=1),
            "recipient": "Marsh and Co",
            "purpose": "A report to the court",
            "expires_on": clock.today() + timedelta(days=60),
        }
        | overrides
    )
    authorisations.ask(actor=cast.tess, case_id=case_id, asked=asked)
    return new_id


def answers_of(cast: Cast, case_id: UUID) -> dict[str, UUID]:
    """Return the authorisations of a case by first name, of the newest request."""
    *_, view = authorisations.asked_views(actor=cast.tess, case_id=case_id)
    return {one.member.first_name.lower(): one.authorisation_id for one in view.answers}


def sign(cast: Cast, case_id: UUID, *people) -> None:
    """Let members sign the newest request, each in their own name."""
    own = answers_of(cast, case_id)
    for person in people:
        portal.sign(
            actor=person,
            authorisation_id=own[person.first_name.lower()],
            typed_name=person.name,
        )


def tick_all(cast: Cast, case_id: UUID) -> None:
    """Do every check of a case."""
    view = cases.case_view(actor=cast.tess, case_id=case_id)
    keys = [one.check.key for one in view.checks]
    cases.tick(actor=cast.tess, case_id=case_id, keys=keys)


def add_releases(world) -> None:
    """Fill the world: an open case, asked of both, with a word in each sealed field."""
    cast = world.cast
    both = frozenset({"tess", "ada", "ben"})
    case = open_case(
        cast,
        requester=world.mark("requester", TESS),
        wanted=world.mark("wanted", TESS),
    )
    world.ids["case"] = case
    world.ids["asked"] = ask(
        cast, case, recipient=world.mark("recipient", both), purpose=world.mark("purpose", both)
    )
    own = answers_of(cast, case)
    world.ids["authorisation_ada"], world.ids["authorisation_ben"] = own["ada"], own["ben"]
    world.ids["asked_ben"] = ask(
        cast,
        case,
        part=Part.OWN,
        person_id=cast.ben.person_id,
        recipient=world.mark("recipientben", frozenset({"tess", "ben"})),
    )
    cases.look_for(actor=cast.tess, case_id=case, names=world.mark("lookfor", TESS))
    rules.choose(
        actor=cast.tess,
        couple_id=cast.couple,
        new_id=uuid4(),
        rule=ReleaseRule.ALL_MEMBERS,
        agreed_on=clock.today(),
        reason=world.mark("rulereason", TESS),
    )
    retention.set_hold(
        actor=cast.tess, couple_id=cast.couple, reason=world.mark("holdreason", TESS)
    )
    portal.ask_for(
        actor=cast.ben,
        kind=RequestKind.ERASURE,
        new_id=uuid4(),
        words=world.mark("askederasure", TESS | {"ben"}, TESS),
    )
    world.ids["case_erasure"] = next(
        line.id
        for line in cases.cases_of(actor=cast.tess, couple_id=cast.couple)
        if line.kind is RequestKind.ERASURE
    )
