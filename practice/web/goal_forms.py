"""Forms about goals: the wording with its five levels, and a rating."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from practice.domain.goals import AttainmentLevel
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.visibility import Audience
from practice.services.goals.setting import LEVEL_FIELDS, LEVEL_LIMIT, TITLE_LIMIT
from practice.web.exercise_words import level_words
from practice.web.fields import DateField, IntegerField
from practice.web.once import OnceForm

JOINT = "joint"
"""Whose goal it is where it is nobody's own."""

_HINTS = (
    "For instance: a quarrel stays for a week or longer, and neither of us comes back to it.",
    "For instance: we come back to it after three or four days.",
    "For instance: we come back to it within two days, at least every other time.",
    "For instance: we come back to it within a day, at least every other time.",
    "For instance: we come back to it the same evening, nearly always.",
)


def _area_field() -> SelectField:
    return SelectField(
        "What it is about",
        description="Worksheets are suggested by it.",
        choices=[
            SelectChoice("", "Not said"),
            *(SelectChoice(one.value, one.label) for one in ProblemGroup),
        ],
        default="",
    )


def area_of(field: SelectField) -> ProblemGroup | None:
    """Return what was chosen; only after the form was found valid."""
    return ProblemGroup(field.data) if field.data else None


class AreaForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """What a goal is about, of one whose wording stays."""

    area = _area_field()


class GoalForm(OnceForm):
    """A goal with its five levels."""

    title = StringField(
        "The goal, in a line",
        description="In their words. For instance: we return to a quarrel within the day.",
        validators=[InputRequired("Say the goal in a line."), Length(max=TITLE_LIMIT)],
    )
    whose = RadioField(
        "Whose goal is it?",
        choices=[SelectChoice(JOINT, "A joint goal")],
        validators=[InputRequired("Choose whose goal it is: that says who reads it.")],
    )
    weight = IntegerField(
        "Weight",
        description="0 to 9. How much it counts in the T-score; 0 leaves it out. Use 1 for all "
        "unless one matters clearly more.",
        default=1,
        validators=[
            InputRequired("Choose a weight from 0 to 9."),
            NumberRange(0, 9, "Choose a weight from 0 to 9."),
        ],
    )
    target_on = DateField(
        "By when",
        description="When the expected level should be reached, if you settled that.",
        validators=[Optional()],
    )
    area = _area_field()
    measure_key = SelectField(
        "A measure that may show it",
        description="For your own page alone: their newest scores then stand beside the homework "
        "that serves this goal.",
        default="",
    )
    much_less = TextAreaField()
    less = TextAreaField()
    expected = TextAreaField()
    more = TextAreaField()
    much_more = TextAreaField()

    def __init__(
        self,
        *args: Any,
        people: Iterable[tuple[UUID, str]] = (),
        measures: Iterable[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.measure_key.choices = measure_choices(measures)
        own = [SelectChoice(str(one), f"{name}’s own goal") for one, name in people]
        self.whose.choices = [*own, SelectChoice(JOINT, "A joint goal, read by all of them")]
        for level, field, hint in zip(AttainmentLevel, self.level_fields, _HINTS, strict=True):
            field.label.text = level_words(int(level))
            field.description = hint
            field.validators = [
                InputRequired("Describe this level too: what would be seen or heard?"),
                Length(max=LEVEL_LIMIT),
            ]

    @property
    def level_fields(self) -> list[Any]:
        """The five descriptions, from -2 to +2."""
        return [self[name] for name in LEVEL_FIELDS]

    @property
    def level_texts(self) -> list[str]:
        """What was entered for the five levels."""
        return [field.data or "" for field in self.level_fields]

    @property
    def chosen_area(self) -> ProblemGroup | None:
        """What it is about; only after the form was found valid."""
        return area_of(self.area)

    @property
    def person_id(self) -> UUID | None:
        """Whose own goal it is; only after the form was found valid."""
        return UUID(self.whose.data) if self.whose.data != JOINT else None


def measure_choices(measures: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Return what a goal can name, none first."""
    return [SelectChoice("", "None"), *(SelectChoice(key, title) for key, title in measures)]


class GoalMeasureForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """Which measure may show the way to a goal."""

    measure_key = SelectField("A measure that may show it", default="")

    def __init__(self, *args: Any, measures: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure_key.choices = measure_choices(measures)


class RatingForm(OnceForm):
    """How somebody sees one goal today; built by ``rating_form``."""

    level = RadioField(
        "Where are you with it now?", validators=[InputRequired("Choose one of the five levels.")]
    )
    comment = TextAreaField("What makes you say so?", validators=[Length(max=2000)])
    audience = RadioField("Who may see this?", validators=[InputRequired("Choose who may see it.")])

    def rating(self) -> dict[str, Any]:
        """Return what ``goals.rate`` takes; only after the form was found valid."""
        return {
            "new_id": self.row_id,
            "level": int(self.level.data),
            "comment": self.comment.data or "",
            "audience": Audience(self.audience.data),
        }


def rating_form(levels: Sequence[str], audiences: Mapping[Audience, str]) -> RatingForm:
    """Return the form for rating one goal.

    Args:
        levels: The five descriptions, from -2 to +2; empty where nothing can be rated.
        audiences: Whom the rating can be for, with the words for each; the first is preset.
    """
    form = RatingForm(audience=next(iter(audiences)).value)
    form.level.choices = [
        SelectChoice(str(int(level)), text)
        for level, text in zip(AttainmentLevel, levels, strict=False)
    ]
    form.audience.choices = [
        SelectChoice(audience.value, words) for audience, words in audiences.items()
    ]
    return form
