"""The forms for giving a worksheet to a couple, and for what becomes of it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from practice.domain.homework.smaller import Size
from practice.domain.homework.terms import (
    REASONS_TO_CHOOSE,
    EndReason,
    FollowsHow,
    Frequency,
    GivenTo,
)
from practice.domain.visibility import Audience
from practice.services.homework.following import Offer, size_in_words
from practice.services.homework.giving import INSTRUCTIONS_LIMIT, GivingChoices
from practice.services.homework.running import WORDS_LIMIT
from practice.web.exercise_words import rule_sentence
from practice.web.fields import DateField
from practice.web.once import OnceForm
from practice.web.typed import KeepingMeta


class ChangeForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """The words above a worksheet and its last day: what can change while it runs."""

    class Meta(KeepingMeta):
        """What came too late is shown again."""

    instructions = TextAreaField(
        "Your own words for them",
        description="Stands above the worksheet. Everybody who does it reads it.",
        validators=[Length(max=INSTRUCTIONS_LIMIT)],
    )
    due_on = DateField("Last day", validators=[InputRequired("Choose the last day.")])


class _RunForm(OnceForm, ChangeForm):
    """The same and a first day, for a run that is to begin."""

    starts_on = DateField("First day", validators=[InputRequired("Choose the first day.")])
    due_on = DateField(
        "Last day",
        description="For something done once: the day it is due.",
        validators=[InputRequired("Choose the last day.")],
    )


class AssignForm(_RunForm):
    """Whom a worksheet is for, how often, until when, and who will read it."""

    whom = RadioField("Who does it?", validators=[InputRequired("Choose who does it.")])
    of_whom = SelectMultipleField(
        "Who of them?",
        description="For “each” and “together”. For whoever you leave out, it does not exist.",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    frequency = SelectField(
        "How often", choices=[SelectChoice(one.value, one.label) for one in Frequency]
    )
    times_per_week = SelectField(
        "Times a week",
        description="Counts only for “several times a week”.",
        choices=[SelectChoice(str(n), str(n)) for n in range(1, 8)],
    )
    audience = RadioField(
        "Who reads what they write?",
        description="They see this before they type, and may keep an entry to fewer people, "
        "never more. A partner can be among the readers only where they do it too.",
        validators=[InputRequired("Choose who reads it.")],
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
        self.of_whom.choices = [
            SelectChoice(str(one.person_id), one.first_name) for one in choices.members
        ]
        if len(choices.members) <= 2:
            del self.of_whom  # both, or one alone
        elif not self.is_submitted():
            self.of_whom.data = [str(one.person_id) for one in choices.members]
        self.audience.choices = rule_choices(Audience, len(choices.members))
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
    def person_ids(self) -> frozenset[UUID] | None:
        """Who of several does it; None: all. Only after the form was found valid."""
        if "of_whom" not in self or self.given_to is GivenTo.ONE:
            return None
        return frozenset(UUID(chosen) for chosen in self.of_whom.data)

    @property
    def goal(self) -> UUID | None:
        """The goal it serves; only after the form was found valid."""
        return UUID(self.goal_id.data) if self.goal_id.data else None


def rule_choices(rules: Iterable[Audience], members: int) -> list[SelectChoice]:
    """Return rules with the words for a couple of so many members."""
    return [SelectChoice(one.value, rule_sentence(one, members)) for one in rules]


class NextForm(_RunForm):
    """What comes out of an earlier assignment: a new run of it, or something smaller."""

    size = RadioField("How much smaller?", validators=[InputRequired("Choose how much smaller.")])
    audience = RadioField(
        "Who reads what they write?",
        description="As before, or fewer people. What was written before stays under its own "
        "rule. For more readers, give the worksheet anew.",
        validators=[InputRequired("Choose who reads it.")],
    )

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        preset = {
            "size": "0",
            "starts_on": offer.starts_on,
            "due_on": offer.due_on,
            "audience": offer.rule.value,
            "instructions": offer.instructions,
        }
        super().__init__(*args, data=preset, **kwargs)
        self._sizes = offer.sizes
        self.size.choices = [
            SelectChoice(str(number), _size_words(size, offer.template_key))
            for number, size in enumerate(offer.sizes)
        ]
        if offer.how is FollowsHow.CARRIED_OVER:
            del self.size
        self.audience.choices = rule_choices(offer.rules, len(offer.receivers))

    @property
    def chosen_size(self) -> Size | None:
        """How much smaller; only after the form was found valid."""
        return self._sizes[int(self.size.data)] if "size" in self else None


def _size_words(size: Size, template_key: str) -> str:
    words = size_in_words(size, template_key)
    if size.template_key != template_key:
        return f"Another worksheet: {words}"
    return words[:1].upper() + words[1:]


class EndForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """Why homework is not asked for any more."""

    class Meta(KeepingMeta):
        """What came too late is shown again."""

    reason = RadioField(
        "Why?",
        choices=[SelectChoice(one.value, one.label) for one in REASONS_TO_CHOOSE],
        validators=[InputRequired("Choose a reason.")],
    )
    words = TextAreaField("In your own words", validators=[Length(max=WORDS_LIMIT)])

    @property
    def chosen(self) -> EndReason:
        """Only after the form was found valid."""
        return EndReason(self.reason.data)


class RestForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """From when until when homework rests."""

    class Meta(KeepingMeta):
        """What came too late is shown again."""

    rest_from = DateField("Rest from", validators=[InputRequired("Choose the first day.")])
    rest_until = DateField(
        "Last day of rest",
        description="Leave it open, and it rests until you take it up again.",
        validators=[Optional()],
    )
