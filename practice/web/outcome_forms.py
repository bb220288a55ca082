"""The forms that choose whose outcomes are shown, sent as part of the address: they name nobody."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, SelectChoice, SelectField, ValidationError
from wtforms.validators import Optional

from practice.services.caseload_outcomes import PRIMARY, Choice, scales
from practice.services.couples import FIRST_YEAR
from practice.web.fields import DateField


class _Unsigned(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """A form that changes nothing."""

    class Meta:
        """It asks for no token: a token in an address would be kept in histories."""

        csrf = False

    scale = SelectField("Measure", default=PRIMARY, validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scale.choices = [SelectChoice(key, title) for key, title in scales().items()]

    def scale_key(self) -> str:
        """Return the scale that is chosen; an unknown one counts as none chosen."""
        key = str(self.scale.data or PRIMARY)
        return key if key in scales() else PRIMARY


class PracticeForm(_Unsigned):
    """The measure alone: the practice's figures cannot be narrowed."""

    @classmethod
    def of(cls, arguments: MultiDict[str, str]) -> "PracticeForm":
        """Return the form as the address fills it."""
        return cls(formdata=arguments)


class ChoiceForm(_Unsigned):
    """Measure, time and whether care has ended."""

    begun_from = DateField("Care began on or after", validators=[Optional()])
    begun_to = DateField("Care began on or before", validators=[Optional()])
    ended = BooleanField("Only couples whose care has ended")

    def validate_begun_from(self, field: Field) -> None:
        """Refuse a year that is a slip of the keys."""
        _check_year(field.data)

    def validate_begun_to(self, field: Field) -> None:
        """Refuse an end before the beginning."""
        _check_year(field.data)
        begin = self.begun_from.data
        if field.data and begin and field.data < begin:
            raise ValidationError("This day is before the other one.")

    def choice(self) -> Choice:
        """Return what was chosen; only after the form was found valid."""
        return Choice(
            scale_key=self.scale_key(),
            begun_from=self.begun_from.data,
            begun_to=self.begun_to.data,
            ended_only=self.ended.data,
        )

    def arguments(self) -> dict[str, str]:
        """Return what was chosen as parts of an address, for the files."""
        chosen = self.choice()
        days = {"begun_from": chosen.begun_from, "begun_to": chosen.begun_to}
        return {
            "scale": chosen.scale_key,
            **{name: day.isoformat() for name, day in days.items() if day},
            **({"ended": "y"} if chosen.ended_only else {}),
        }


def choice_form(arguments: MultiDict[str, str]) -> ChoiceForm:
    """Return the form as the address fills it; an empty address has everything preset."""
    return ChoiceForm(formdata=arguments)


def _check_year(day: date | None) -> None:
    if day is not None and day.year < FIRST_YEAR:
        raise ValidationError("Check the year.")
