"""Safety in the full record: private questions, joint work, contact, plans, the safeguarding log.

Ada and Ben each were asked and answered, and are asked once more in their portal. Ada has her plan
on her own pages, Ben has not; both said how they may be reached.
"""

from datetime import time
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from practice.db import db
from practice.domain.people import Actor
from practice.domain.safety.contact import Channel, SafeContact, Voicemail
from practice.domain.safety.joint_work import JointWork
from practice.domain.safety.mail_times import MailTimes
from practice.domain.safety.plan import PlanPart
from practice.models.safety import Screening, ScreeningRequest
from practice.services import (
    clearances,
    clock,
    safe_contacts,
    safeguarding,
    safety_plans,
    screening_answers,
    screenings,
)
from practice.services.safe_contacts import KnownContact

if TYPE_CHECKING:
    from tests.world import World

TESS = frozenset({"tess"})
RITA = frozenset({"rita"})
ALL_YES = dict.fromkeys("hark", True)
ALL_NO = dict.fromkeys("hark", False)


def make_safety(world: "World") -> None:
    """Fill in what concerns safety, for both of them."""
    cast = world.cast
    for name, person in (("ada", cast.ada), ("ben", cast.ben)):
        world.ids[f"screening_{name}"] = screen(cast.tess, cast.couple, person, ALL_YES)
        screenings.deal_with(
            actor=cast.tess,
            screening_id=world.ids[f"screening_{name}"],
            note=world.mark(f"screened{name}", TESS),
        )
        world.ids[f"request_set_{name}"] = open_in_portal(cast.tess, cast.couple, person)
        _reach(world, name, person)
        own = frozenset({name}) if person == cast.ada else frozenset()
        safety_plans.save(
            actor=cast.tess,
            couple_id=cast.couple,
            person_id=person.person_id,
            new_id=uuid4(),
            plan=a_plan(world.mark(f"plan{name}", TESS | own), in_portal=bool(own)),
        )
    clearances.decide(
        actor=cast.tess,
        couple_id=cast.couple,
        new_id=uuid4(),
        decision=JointWork.NOT_CLEARED,
        on=clock.today(),
        reason=world.mark("clearance", TESS),
    )
    world.ids["safeguarding"] = safeguarding.add(
        actor=cast.tess,
        couple_id=cast.couple,
        new_id=uuid4(),
        new=safeguarding.NewEntry(
            happened_on=clock.today(),
            known_facts=world.mark("guardfacts", TESS),
            consulted=world.mark("guardadvice", TESS),
            decision=world.mark("guarddecision", TESS),
            reason=world.mark("guardreason", TESS),
        ),
    )


def _reach(world: "World", name: str, person: Actor) -> None:
    own = TESS | RITA | {name}
    safe_contacts.save_own(
        actor=person,
        new_id=uuid4(),
        contact=SafeContact(
            ways={
                Channel.LETTER: world.mark(f"address{name}", own),
                Channel.EMAIL: f"{world.mark(f'mail{name}', own)}@post.example",
            },
            mail=MailTimes(tuple(range(7)), time(7 if name == "ada" else 8), time(20)),
            hours=world.mark(f"hours{name}", own),
            voicemail=Voicemail.NEUTRAL,
            sender=world.mark(f"sender{name}", own),
            code_word=world.mark(f"codeword{name}", own, TESS | RITA),
            never=world.mark(f"never{name}", own),
        ),
    )


def screen(tess: Actor, couple_id: UUID, person: Actor, answers: dict[str, bool]) -> UUID:
    """Let somebody answer in their own portal; return the id of the answers."""
    request = open_in_portal(tess, couple_id, person)
    screening_answers.submit(actor=person, request_id=request, answers=answers)
    found = db.session.query(Screening.id).filter_by(request_id=request).scalar()
    assert isinstance(found, UUID)
    return found


def open_in_portal(tess: Actor, couple_id: UUID, person: Actor) -> UUID:
    """Put the private questions into somebody's portal; return the request's id."""
    screenings.open_in_portal(actor=tess, couple_id=couple_id, person_id=person.person_id)
    found = (
        db.session.query(ScreeningRequest.id)
        .filter_by(person_id=person.person_id, withdrawn_at=None, closed_at=None)
        .scalar()
    )
    assert isinstance(found, UUID)
    return found


def a_plan(words: str = "I go for a walk.", *, in_portal: bool = False) -> safety_plans.Plan:
    """Return a plan with the same words in every part."""
    return safety_plans.Plan(dict.fromkeys(PlanPart, words), False, in_portal)


def a_contact(number: str = "07700 900461", **more: object) -> SafeContact:
    """Return a contact by text message."""
    return SafeContact(ways={Channel.TEXT: number}, **more)  # type: ignore[arg-type]


def everything_about_safety(world: "World", person: Actor) -> None:
    """Let ``person`` do, and have done about them, all that the others must not notice."""
    cast = world.cast
    about = {"actor": cast.tess, "couple_id": cast.couple, "person_id": person.person_id}
    for answers in (ALL_NO, ALL_YES):
        screening = screen(cast.tess, cast.couple, person, answers)
    screenings.deal_with(actor=cast.tess, screening_id=screening, note="We spoke alone.")
    left = open_in_portal(cast.tess, cast.couple, person)
    screening_answers.leave_it(actor=person, request_id=left)
    screenings.record_talk(**about, new_id=uuid4(), day=clock.today(), answers={"a": True})
    screenings.set_rescreen(**about, on=clock.today())
    screenings.ask_on_device(**about)
    screenings.open_in_portal(**about)
    screenings.take_back(**about)
    screenings.open_in_portal(**about)
    for decision in JointWork:
        clearances.decide(
            actor=cast.tess,
            couple_id=cast.couple,
            new_id=uuid4(),
            decision=decision,
            on=clock.today(),
            reason=f"{person.first_name} said so.",
        )
    safe_contacts.save_own(actor=person, new_id=uuid4(), contact=a_contact())
    safe_contacts.save(**about, new_id=uuid4(), contact=SafeContact(), asked_on=clock.today())
    for in_portal in (True, False, True):
        safety_plans.save(**about, new_id=uuid4(), plan=a_plan(in_portal=in_portal))
    assert safety_plans.own_plan(actor=person)
    safety_plans.put_away(actor=person)
    for corrects in (None, world.ids["safeguarding"]):
        safeguarding.add(
            actor=cast.tess,
            couple_id=cast.couple,
            new_id=uuid4(),
            new=safeguarding.NewEntry(
                clock.today(), f"On {person.name}.", "", "Wait.", "Not now.", corrects
            ),
        )


def known(reader, person: Actor) -> KnownContact | None:
    """Return what ``reader`` knows of how to reach somebody."""
    return safe_contacts.current(reader).get(person.person_id)
