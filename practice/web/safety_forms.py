"""Forms of the therapist's decisions on safety, and of a safety plan."""

from typing import Any
from uuid import UUID

from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length

from practice.domain.safety.joint_work import JointWork
from practice.domain.safety.plan import PlanPart
from practice.services.clearances import LONGEST_REASON
from practice.services.safeguarding import LONGEST, NewEntry
from practice.services.safety_plans import Plan
from practice.web.fields import DateField
from practice.web.once import OnceForm


def _text(label: str, longest: int, missing: str = "") -> TextAreaField:
    limits: list[Any] = [InputRequired(missing)] if missing else []
    message = f"Use at most {longest} characters."
    return TextAreaField(label, validators=[*limits, Length(max=longest, message=message)])


class JointWorkForm(OnceForm):
    """A decision on joint work."""

    decision = RadioField(
        "What did you decide?",
        choices=[
            SelectChoice(JointWork.CLEARED.value, "Cleared: they can be seen together"),
            SelectChoice(JointWork.NOT_CLEARED.value, "Not cleared: each is seen alone"),
            SelectChoice(JointWork.PAUSED.value, "Paused: each is seen alone for now"),
        ],
        validators=[InputRequired("Choose what you decided.")],
    )
    decided_on = DateField("When?", validators=[InputRequired("Choose the day.")])
    reason = _text("Why?", LONGEST_REASON, "Say in a few words why.")


class EntryForm(OnceForm):
    """One entry of the safeguarding log."""

    corrects = HiddenField(default="")
    happened_on = DateField("Which day is it about?", validators=[InputRequired("Choose the day.")])
    known_facts = _text("What was seen or said?", LONGEST, "Write what was seen or said.")
    consulted = _text("With whom did you talk it over, and what did they advise?", LONGEST)
    decision = _text(
        "What did you decide?",
        LONGEST,
        "Write what you decided, also if it was to do nothing for now.",
    )
    reason = _text("Why?", LONGEST, "Write why.")

    def entry(self) -> NewEntry:
        """Return what was entered; only after the form was found valid."""
        return NewEntry(
            happened_on=self.happened_on.data,
            known_facts=self.known_facts.data,
            consulted=self.consulted.data or "",
            decision=self.decision.data,
            reason=self.reason.data,
            corrects_id=_id_of(self.corrects.data),
        )


def _id_of(text: str | None) -> UUID | None:
    """Return the id that a hidden field holds; one that was tampered with names no entry."""
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


class PlanForm(OnceForm):
    """A safety plan: a text for each part, and two wishes of the person.

    The service says what is too long for one page; here only what no page could be.
    """

    signs = _text(PlanPart.SIGNS.label, LONGEST)
    coping = _text(PlanPart.COPING.label, LONGEST)
    people = _text(PlanPart.PEOPLE.label, LONGEST)
    professionals = _text(PlanPart.PROFESSIONALS.label, LONGEST)
    place = _text(PlanPart.PLACE.label, LONGEST)
    numbers = _text(PlanPart.NUMBERS.label, LONGEST)
    says_what_it_is = BooleanField("The sheet may say what it is, and name the practice")
    in_portal = BooleanField("They asked to have it on their own pages too")

    def parts(self) -> list[tuple[PlanPart, Any]]:
        """Return every part with its field."""
        return [(part, self[part.value]) for part in PlanPart]

    def plan(self) -> Plan:
        """Return what was entered; only after the form was found valid."""
        return Plan(
            parts={part: field.data or "" for part, field in self.parts()},
            says_what_it_is=self.says_what_it_is.data,
            in_portal=self.in_portal.data,
        )


def plan_data(plan: Plan | None) -> dict[str, Any]:
    """Return what the form shows of a stored plan."""
    if plan is None:
        return {}
    return {
        **{part.value: text for part, text in plan.parts.items()},
        "says_what_it_is": plan.says_what_it_is,
        "in_portal": plan.in_portal,
    }
