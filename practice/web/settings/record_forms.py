"""The form of the practice's periods for requests and keeping."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, ValidationError
from wtforms.validators import InputRequired

from practice.domain.releases.cases import Period, RequestKind, Unit
from practice.services.record_settings import RecordSettings
from practice.web.settings.forms import WholeNumberField


class RecordSettingsForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """The practice's periods; one count and unit for each kind of request."""

    years = WholeNumberField("Years", validators=[InputRequired("Enter a whole number.")])
    backup_days = WholeNumberField("Days", validators=[InputRequired("Enter a whole number.")])

    def periods(self) -> list[tuple[RequestKind, Any, Any]]:
        """Return the two fields of each kind, in order."""
        return [(kind, self[f"count_{kind}"], self[f"unit_{kind}"]) for kind in RequestKind]

    def settings(self) -> RecordSettings:
        """Return what was entered; only after the form was found valid."""
        return RecordSettings(
            periods={
                kind: Period(count.data, Unit(unit.data)) for kind, count, unit in self.periods()
            },
            years=self.years.data,
            backup_days=self.backup_days.data,
        )


def record_settings_form(now: RecordSettings) -> RecordSettingsForm:
    """Build the form with what holds now."""
    fields: dict[str, Any] = {}
    for kind, period in now.periods.items():
        fields[f"count_{kind}"] = WholeNumberField(
            kind.label,
            default=period.count,
            validators=[InputRequired("Enter a whole number."), _from_1_to_366],
        )
        fields[f"unit_{kind}"] = SelectField(
            f"{kind.label}: days or months",
            choices=[SelectChoice(unit.value, unit.value) for unit in Unit],
            default=period.unit.value,
        )
    built: type[RecordSettingsForm] = type("RecordSettingsForm", (RecordSettingsForm,), fields)
    return built(data={"years": now.years, "backup_days": now.backup_days} | _defaults(now))


def _defaults(now: RecordSettings) -> dict[str, Any]:
    counts = {f"count_{kind}": period.count for kind, period in now.periods.items()}
    return counts | {f"unit_{kind}": period.unit.value for kind, period in now.periods.items()}


def _from_1_to_366(form: FlaskForm, field: Any) -> None:
    if field.data is None or not 1 <= field.data <= 366:
        raise ValidationError("Enter 1 to 366.")
