"""The form of a battery, built from what can be asked: a row for each thing and occasion."""

from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, SubmitField
from wtforms.validators import InputRequired

from practice.domain.battery import Battery, Occasion, Step, StepKind, has_caseness
from practice.domain.measures.definition import Measure
from practice.domain.steps import KINDS
from practice.services.schedule import BatteryPage
from practice.services.schedule.batteries import field_of
from practice.web.fields import IntegerField

WHEN = {
    Occasion.INTAKE: "From the day somebody joins, until the first review.",
    Occasion.BEFORE_SESSION: "From three days before a session until the end of its day.",
    Occasion.AFTER_SESSION: "For three days from the end of a session, of those who were there.",
    Occasion.REVIEW: "Before some of the sessions, as numbered above; a longer measure then stands "
    "for a shorter one whose questions it contains.",
    Occasion.DISCHARGE: "For four weeks from the day on which care ended.",
    Occasion.FOLLOW_UP_3: "For four weeks, three months after care ended.",
    Occasion.FOLLOW_UP_12: "For four weeks, twelve months after care ended.",
}


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure at one occasion, with its boxes."""

    measure: Measure
    asked: Field
    optional: Field
    elevated: Field | None
    """None where nobody can be elevated, or it is not known yet."""

    @property
    def is_chosen(self) -> bool:
        """Whether anything of the row is ticked or needs to be mended."""
        return bool(self.asked.data or self.optional.data or self.asked.errors)


@dataclass(frozen=True, slots=True)
class OtherRow:
    """Something other than a measure at one occasion, with its boxes."""

    kind: StepKind
    what: str
    """What is asked there, in a few words."""

    asked: Field
    optional: Field


class BatteryForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """What is asked when; built by ``battery_form``."""

    active = BooleanField("Ask by this schedule")
    review_first = IntegerField(
        "First review before session number",
        validators=[InputRequired("Enter a number of sessions.")],
    )
    review_every = IntegerField(
        "And then every … sessions", validators=[InputRequired("Enter a number of sessions.")]
    )
    save = SubmitField("Save this battery")
    back = SubmitField("Back to it")

    measures: tuple[Measure, ...]

    def rows(self, occasion: Occasion) -> list[MeasureRow]:
        """Return the boxes of one occasion, the longest measure first."""
        return [
            MeasureRow(
                measure,
                self[field_of(Step(occasion, measure.key))],
                self[_optional(occasion, measure)],
                self[_elevated(occasion, measure)] if _may_be_elevated(occasion, measure) else None,
            )
            for measure in self.measures
        ]

    def others(self, occasion: Occasion) -> list[OtherRow]:
        """Return the boxes of one occasion for what is no measure."""
        return [
            OtherRow(
                kind,
                rules.occasions[occasion],
                self[field_of(Step(occasion, kind=kind))],
                self[f"{field_of(Step(occasion, kind=kind))}__optional"],
            )
            for kind, rules in KINDS.items()
            if occasion in rules.occasions
        ]

    def battery(self) -> Battery:
        """Return what was chosen; only after the form was found valid."""
        measures = [
            Step(
                occasion,
                row.measure.key,
                if_elevated=bool(row.elevated is not None and row.elevated.data),
                optional=bool(row.optional.data),
            )
            for occasion in Occasion
            for row in self.rows(occasion)
            if row.asked.data
        ]
        others = [
            Step(occasion, optional=bool(row.optional.data), kind=row.kind)
            for occasion in Occasion
            for row in self.others(occasion)
            if row.asked.data
        ]
        return Battery(
            (*measures, *others),
            review_first=self.review_first.data,
            review_every=self.review_every.data,
            active=bool(self.active.data),
        )


def battery_form(page: BatteryPage) -> BatteryForm:
    """Build the form for what can be asked, filled with what is in force."""
    fields: dict[str, Any] = {}
    for occasion in Occasion:
        for measure in page.measures:
            name = f"{measure.title}, {occasion.label.lower()}"
            fields[field_of(Step(occasion, measure.key))] = BooleanField(f"{name}: asked")
            fields[_optional(occasion, measure)] = BooleanField(f"{name}: may be left out")
            if _may_be_elevated(occasion, measure):
                fields[_elevated(occasion, measure)] = BooleanField(f"{name}: only if elevated")
        for kind, rules in KINDS.items():
            if occasion in rules.occasions:
                field = field_of(Step(occasion, kind=kind))
                name = f"{rules.label}, {occasion.label.lower()}"
                fields[field] = BooleanField(f"{name}: asked")
                fields[f"{field}__optional"] = BooleanField(f"{name}: may be left out")
    built: type[BatteryForm] = type(
        "BuiltBatteryForm", (BatteryForm,), {**fields, "measures": page.measures}
    )
    return built(data=_data(page.battery))


def _data(battery: Battery) -> dict[str, Any]:
    data: dict[str, Any] = {
        "active": battery.active,
        "review_first": battery.review_first,
        "review_every": battery.review_every,
    }
    for step in battery.steps:
        field = field_of(step)
        data[field] = True
        data[f"{field}__optional"] = step.optional
        data[f"{field}__elevated"] = step.if_elevated
    return data


def _may_be_elevated(occasion: Occasion, measure: Measure) -> bool:
    return occasion is not Occasion.INTAKE and has_caseness(measure)


def _optional(occasion: Occasion, measure: Measure) -> str:
    return f"{field_of(Step(occasion, measure.key))}__optional"


def _elevated(occasion: Occasion, measure: Measure) -> str:
    return f"{field_of(Step(occasion, measure.key))}__elevated"
