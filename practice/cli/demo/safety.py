"""What happens around safety in the demo: asked alone, decided, how to reach somebody, a plan."""

from datetime import time, timedelta
from functools import partial

from practice.cli.demo.teller import Teller
from practice.domain.people import Actor
from practice.domain.safety.contact import Channel, SafeContact, Voicemail
from practice.domain.safety.joint_work import JointWork
from practice.domain.safety.mail_times import MailTimes
from practice.domain.safety.plan import PlanPart
from practice.services import (
    clearances,
    clock,
    safe_contacts,
    safeguarding,
    safety_plans,
    screening_answers,
    screenings,
)

NOBODY_ASKED_YET = frozenset({"June", "Lucy"})
"""Whose record has only begun: what is still to do shows there."""

NO = dict.fromkeys("hark", False)
AFRAID = NO | {"h": True, "a": True}

CLEARED = "Asked each alone, in writing and aloud. Neither is afraid of the other."
PAUSED = "New since the last talk alone. Each is seen alone until that is clearer."

REMINDED = MailTimes(tuple(range(7)), time(6), time(23), link=True)
"""Whenever somebody looks at the demo, the mail catcher has something to show."""

PLAN = {
    PlanPart.SIGNS: "Short answers all evening. The car keys are gone.",
    PlanPart.COPING: "Go upstairs, ring Joan, say I am fetching milk.",
    PlanPart.PEOPLE: "Joan next door, any hour. My brother at weekends.",
    PlanPart.NUMBERS: "999. Joan 01632 960 417.",
}


def plan_safety(teller: Teller) -> None:
    """Add what concerns safety to the acts of one story."""
    first = teller.members[0].first_name
    if first in NOBODY_ASKED_YET:
        return
    began = teller.days[0]
    for place, member in enumerate(teller.members):
        at = teller._at(began - timedelta(days=1), time(16, 5 * place))
        teller._act(at, partial(_ask_aloud, teller, member, place))
        reached = partial(_reach, teller, member, place)
        teller._act(teller._at(began - timedelta(days=1), time(17, place)), reached)
    teller._act(teller._at(began, time(8)), partial(_decide, teller, JointWork.CLEARED, CLEARED))
    if first == "Marta":
        last = teller._at(teller.today - timedelta(days=1), time(11))
        teller._act(last, partial(_answer, teller, teller.members[0]))
        later = partial(_decide, teller, JointWork.PAUSED, PAUSED)
        teller._act(last + timedelta(minutes=20), later)
        teller._act(last + timedelta(minutes=40), partial(_write_plan, teller, teller.members[0]))
        teller._act(last + timedelta(minutes=50), partial(_write_log, teller))


def _ask_aloud(teller: Teller, member: Actor, place: int) -> None:
    screenings.record_talk(
        actor=teller.therapist,
        couple_id=teller.couple_id,
        person_id=member.person_id,
        new_id=teller._id(f"asked aloud {place}"),
        day=clock.today(),
        answers=NO,
    )


def _reach(teller: Teller, member: Actor, place: int) -> None:
    number = f"07700 900 {100 + 10 * (teller.number % 20) + place}"
    ways = {Channel.TEXT: number, Channel.CALL: number}
    if not place:
        ways[Channel.EMAIL] = f"{member.first_name.lower()}@post.example"
    safe_contacts.save(
        actor=teller.therapist,
        couple_id=teller.couple_id,
        person_id=member.person_id,
        new_id=teller._id(f"contact {place}"),
        contact=SafeContact(
            ways=ways,
            mail=None if place else REMINDED,
            hours="Weekdays before six",
            voicemail=Voicemail.NEUTRAL if place else Voicemail.YES,
            sender="Tess" if place else "",
            code_word="lantern" if place else "",
            never="The number of the house." if place else "",
        ),
        asked_on=clock.today(),
    )


def _decide(teller: Teller, decision: JointWork, reason: str) -> None:
    clearances.decide(
        actor=teller.therapist,
        couple_id=teller.couple_id,
        new_id=teller._id(f"joint work {decision}"),
        decision=decision,
        on=clock.today(),
        reason=reason,
    )


def _answer(teller: Teller, member: Actor) -> None:
    about = {"couple_id": teller.couple_id, "person_id": member.person_id}
    request_id = screenings.ask_on_device(actor=teller.therapist, **about)
    screening_answers.submit(actor=member, request_id=request_id, answers=AFRAID, on_device=True)


def _write_plan(teller: Teller, member: Actor) -> None:
    safety_plans.save(
        actor=teller.therapist,
        couple_id=teller.couple_id,
        person_id=member.person_id,
        new_id=teller._id("safety plan"),
        plan=safety_plans.Plan(PLAN, says_what_it_is=False, in_portal=False),
    )


def _write_log(teller: Teller) -> None:
    safeguarding.add(
        actor=teller.therapist,
        couple_id=teller.couple_id,
        new_id=teller._id("safeguarding"),
        new=safeguarding.NewEntry(
            happened_on=clock.today(),
            known_facts="Told alone, in her words: he follows her to work and has taken the keys.",
            consulted="My supervisor, the same day: see each alone, make a plan, ask again.",
            decision="Joint sessions paused. A plan made with her today. Next talk in three days.",
            reason="She does not want the police now; no child lives with them; nothing immediate.",
        ),
    )
