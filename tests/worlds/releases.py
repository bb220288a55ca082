"""The release desk's part of the world: a case, what was asked, what leaves; words in each."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from practice.db import db
from practice.domain.people import Actor
from practice.domain.releases.authorisations import Part, ReleaseKind, ReleaseRule
from practice.domain.releases.cases import Outcome, RequestKind
from practice.domain.releases.passages import PassageFate
from practice.models.retention import Erasure
from practice.services import clock, retention
from practice.services.own_export import export
from practice.services.releases import (
    authorisations,
    bundles,
    cases,
    passages,
    portal,
    rules,
)
from practice.services.releases.values import Asked, NewCase
from tests.builders import PASSWORD, Cast

if TYPE_CHECKING:
    from tests.world import World

TESS = frozenset({"tess"})


def open_case(cast: Cast, kind: RequestKind = RequestKind.RELEASE, **overrides: Any) -> UUID:
    """Open a case in Ada and Ben's couple."""
    about = overrides.pop("about", None)
    new = NewCase(
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


def ask(cast: Cast, case_id: UUID, **overrides: Any) -> UUID:
    """Ask for what belongs to Ada and Ben: after Finn had left, before anybody else came."""
    new_id = uuid4()
    asked = Asked(
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


def answers_of(cast: Cast, case_id: UUID, asked: UUID | None = None) -> dict[str, UUID]:
    """Return the authorisations of a request by first name; of the newest unless it is named."""
    views = authorisations.asked_views(actor=cast.tess, case_id=case_id)
    view = next(one for one in reversed(views) if asked in (None, one.id))
    return {one.member.first_name.lower(): one.authorisation_id for one in view.answers}


def sign(cast: Cast, case_id: UUID, *people: Actor) -> None:
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


def add_releases(world: "World", *, with_files: bool = True) -> None:
    """Fill the world: an open case, asked of both, with a word in each sealed field.

    Args:
        world: To be filled.
        with_files: Make bundles as well, which takes a moment.
    """
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
    own = answers_of(cast, case, world.ids["asked"])
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
    if with_files:
        _add_bundles(world)
    row = Erasure(
        number=1,
        couple_id=cast.couple,
        erased_by=cast.tess.person_id,
        gone={"homework entries": 1},
        person_gone=False,
        backups_gone_on=clock.today(),
    )
    db.session.add(row)
    db.session.flush()
    world.ids["erasure"] = row.id


def _add_bundles(world: "World") -> None:
    cast = world.cast
    case = open_case(cast)
    ask(cast, case)
    sign(cast, case, cast.ada, cast.ben)
    tick_all(cast, case)
    decided = {
        one.passage.key: passages.Decided(PassageFate.REMOVE, "")
        for one in passages.passages(actor=cast.tess, case_id=case)
    }
    passages.decide(actor=cast.tess, case_id=case, decided=decided)
    for label, issued in (("bundle_issued", True), ("bundle", False)):
        bundle = bundles.make_preview(
            actor=cast.tess,
            case_id=case,
            new_id=uuid4(),
            recipient=world.mark(label.replace("_", ""), TESS),
        )
        world.ids[label] = bundle
        if issued:
            bundles.issue(actor=cast.tess, bundle_id=bundle)


def everything_about_release(world: "World", person: Actor) -> None:
    """All that ``person`` and the therapist do about a release that the others must not notice."""
    cast = world.cast
    own = world.ids[f"authorisation_{person.first_name.lower()}"]
    portal.refuse(actor=person, authorisation_id=own)
    portal.sign(actor=person, authorisation_id=own, typed_name=person.name)
    portal.revoke(actor=person, authorisation_id=own)
    for name in ("refuse", "sign", "paper"):
        case = world.ids["case"]
        asked = ask(cast, case, part=Part.OWN, person_id=person.person_id)
        answer = answers_of(cast, case, asked)[person.first_name.lower()]
        if name == "refuse":
            portal.refuse(actor=person, authorisation_id=answer)
        elif name == "sign":
            portal.sign(actor=person, authorisation_id=answer, typed_name=person.name)
        else:
            authorisations.record_on_paper(
                actor=cast.tess,
                authorisation_id=answer,
                signed_name=person.name,
                signed_on=clock.today(),
            )
            authorisations.record_revocation(actor=cast.tess, authorisation_id=answer)
    tick_all(cast, world.ids["case"])
    retention.lift_hold(actor=cast.tess, couple_id=cast.couple, reason="Settled.")
    leave_with_record(world, person)


def leave_with_record(world: "World", person: Actor) -> None:
    """Let ``person`` ask for what is kept of them, fetch it, and be told no by the therapist."""
    cast = world.cast
    for kind in (RequestKind.SUBJECT_ACCESS, RequestKind.ERASURE):
        portal.ask_for(actor=person, kind=kind, new_id=uuid4(), words="For me alone.")
    export.export_own(actor=person, password=PASSWORD)
    case = open_case(cast, RequestKind.SUBJECT_ACCESS, about=person)
    cases.decide(actor=cast.tess, case_id=case, outcome=Outcome.REFUSED, reason="No.", sent="")
