"""The form for giving a worksheet to a couple."""

from typing import Any
from uuid import UUID

from wtforms import RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.visibility import Audience
from practice.services.homework.giving import GivingChoices
from practice.web.fields import DateField
from practice.web.once import OnceForm

_RULES = {
    Audience.PRIVATE: "Private: only its author, not even you",
    Audience.THERAPIST: "For its author and you",
    Audience.WHEN_ALL_DONE: "You at once; the partner when both have done it",
    Audience.COUPLE: "You and both of them, at once",
}
_RULES_OF_MORE = _RULES | {
    Audience.WHEN_ALL_DONE: "You at once; the others when all of them have done it",
    Audience.COUPLE: "You and all of them, at once",
}
"""The same for three members and more."""


class AssignForm(OnceForm):
    """Whom a worksheet is for, how often, until when, and who will read it."""

    whom = RadioField("Who does it?", validators=[InputRequired("Choose who does it.")])
    frequency = SelectField(
        "How often", choices=[SelectChoice(one.value, one.label) for one in Frequency]
    )
    times_per_week = SelectField(
        "Times a week",
        description="Counts only for “several times a week”.",
        choices=[SelectChoice(str(n), str(n)) for n in range(1, 8)],
    )
    starts_on = DateField("First day", validators=[InputRequired("Choose the first day.")])
    due_on = DateField(
        "Last day",
        description="For something done once: the day it is due.",
        validators=[InputRequired("Choose the last day.")],
    )
    audience = RadioField(
        "Who reads what they write?",
        description="They see this before they type, and may keep an entry to fewer people, "
        "never more. A partner can be among the readers only where all of them do it.",
        validators=[InputRequired("Choose who reads it.")],
    )
    instructions = TextAreaField(
        "Your own words for them",
        description="Stands above the worksheet. Everybody who does it reads it.",
        validators=[Length(max=4000)],
    )
    goal_id = SelectField("Serves the goal", validate_choice=True)

    def __init__(self, *args: Any, choices: GivingChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whom.choices = [
            SelectChoice(GivenTo.EACH.value, "Each of them, with an entry of their own"),
            SelectChoice(GivenTo.TOGETHER.value, "Together, with one entry between them"),
            *(
                SelectChoice(str(one.person_id), f"Only {one.first_name}")
                for one in choices.members
            ),
        ]
        rules = _RULES_OF_MORE if len(choices.members) > 2 else _RULES
        self.audience.choices = [SelectChoice(one.value, words) for one, words in rules.items()]
        self.goal_id.choices = [
            SelectChoice("", "No goal in particular"),
            *(SelectChoice(str(goal_id), title) for goal_id, title in choices.goals),
        ]

    @property
    def given_to(self) -> GivenTo:
        """To whom; only after the form was found valid."""
        for_all = (GivenTo.EACH.value, GivenTo.TOGETHER.value)
        return GivenTo(self.whom.data) if self.whom.data in for_all else GivenTo.ONE

    @property
    def person_id(self) -> UUID | None:
        """The one member who does it; only after the form was found valid."""
        return UUID(self.whom.data) if self.given_to is GivenTo.ONE else None

    @property
    def goal(self) -> UUID | None:
        """The goal it serves; only after the form was found valid."""
        return UUID(self.goal_id.data) if self.goal_id.data else None
