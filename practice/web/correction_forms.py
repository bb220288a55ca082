"""Forms of answers that are corrected, or typed in from paper."""

from collections.abc import Mapping
from typing import Any, TypeVar

from flask import request
from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from practice.domain.measures.definition import Measure
from practice.domain.measures.relations import shown_scales
from practice.domain.visibility import Audience
from practice.services import clock
from practice.services.corrections import LONGEST_REASON
from practice.web.fields import DateField, FloatField
from practice.web.forms import AnswerForm, with_questions
from practice.web.once import OnceForm


def _reason_field() -> TextAreaField:
    return TextAreaField(
        "Why is it corrected?",
        validators=[
            InputRequired("Write in a few words why it is corrected."),
            Length(max=LONGEST_REASON, message=f"Use at most {LONGEST_REASON} characters."),
        ],
    )


def _day_field() -> DateField:
    return DateField("Day on which it was filled in", validators=[InputRequired("Enter a day.")])


class CorrectionForm(OnceForm, AnswerForm):
    """A partner's own answers once more, with why."""

    reason = _reason_field()


class PaperForm(OnceForm, AnswerForm):
    """Answers from a filled-in sheet."""

    day = _day_field()
    answers_request = BooleanField("This answers what was asked")


class PaperCorrectionForm(OnceForm, AnswerForm):
    """Answers from a sheet once more, with why."""

    day = _day_field()
    reason = _reason_field()


class TotalsForm(OnceForm):
    """Totals without answers; built by ``totals_form``."""

    day = _day_field()
    measure: Measure

    def totals(self) -> dict[str, float]:
        """Return what was entered, by scale key; only after the form was found valid."""
        given = ((scale.key, self[scale.key].data) for scale in shown_scales(self.measure))
        return {key: value for key, value in given if value is not None}

    def total_fields(self) -> list[tuple[Any, Any]]:
        """Return every scale with its field, in the order of the measure."""
        return [(scale, self[scale.key]) for scale in shown_scales(self.measure)]


class PaperTotalsForm(TotalsForm):
    """Totals collected elsewhere."""

    answers_request = BooleanField("This answers what was asked")


class TotalsCorrectionForm(TotalsForm):
    """Totals once more, with why."""

    reason = _reason_field()


Totals = TypeVar("Totals", bound=TotalsForm)


def correction_form(
    measure: Measure, answers: Mapping[str, int], audiences: dict[Audience, str]
) -> CorrectionForm:
    """Return the form of a partner's own correction, filled in with what they had answered."""
    return with_questions(CorrectionForm, measure, audiences)(data=_at_first(_as_typed(answers)))


def paper_form(measure: Measure) -> PaperForm:
    """Return the form for answers from paper."""
    build = with_questions(PaperForm, measure, {Audience.THERAPIST: ""})
    return build(data=_at_first({"day": clock.today(), "answers_request": True}))


def paper_correction_form(
    measure: Measure, answers: Mapping[str, int], day: Any
) -> PaperCorrectionForm:
    """Return the form for correcting answers from paper."""
    build = with_questions(PaperCorrectionForm, measure, {Audience.THERAPIST: ""})
    return build(data=_at_first(_as_typed(answers) | {"day": day}))


def paper_totals_form(measure: Measure) -> PaperTotalsForm:
    """Return the form for totals."""
    build = _with_totals(PaperTotalsForm, measure)
    return build(data=_at_first({"day": clock.today(), "answers_request": True}))


def totals_correction_form(
    measure: Measure, totals: Mapping[str, float], day: Any
) -> TotalsCorrectionForm:
    """Return the form for correcting totals."""
    build = _with_totals(TotalsCorrectionForm, measure)
    shown = {key: int(value) if value == int(value) else value for key, value in totals.items()}
    return build(data=_at_first({**shown, "day": day}))


def _with_totals(base: type[Totals], measure: Measure) -> type[Totals]:
    fields = {
        scale.key: FloatField(scale.title, validators=[Optional()])
        for scale in shown_scales(measure)
    }
    return type(base.__name__, (base,), {**fields, "measure": measure})


def _at_first(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form shows when it is opened; what is sent comes from the browser alone."""
    return {} if request.method == "POST" else dict(values)


def _as_typed(answers: Mapping[str, int]) -> dict[str, Any]:
    return {key: str(value) for key, value in answers.items()}
