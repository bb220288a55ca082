"""Forms of the settings: numbers in plain words, a measure typed line by line."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    RadioField,
    SelectChoice,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Optional

from practice.domain.literature import Correction
from practice.domain.measures.figures import Figures
from practice.domain.measures.own import OwnDefinition, range_of
from practice.domain.measures.own_checks import own_problems
from practice.domain.measures.own_text import (
    REVERSED,
    LineProblem,
    answers_from,
    items_from,
    text_of_answers,
    text_of_items,
)
from practice.services.errors import Invalid
from practice.web.fields import FloatField, IntegerField
from practice.web.once import OnceForm

QUESTIONS, TOTAL = "questions", "total"
HIGHER, LOWER = "higher", "lower"
AT_LEAST, MORE = "at_least", "more"


class NumberField(FloatField):
    """A number; a comma is taken for the decimal point."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value.strip().replace(",", ".") for value in valuelist])
        except ValueError:
            raise ValidationError("Enter a number, such as 12 or 0.85.") from None

    def _value(self) -> str:
        # Without the ".0" of a whole number, and with every digit that was entered.
        return str(super()._value()).removesuffix(".0")


class WholeNumberField(IntegerField):
    """A whole number."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value.strip()[:12] for value in valuelist])
        except ValueError:
            raise ValidationError("Enter a whole number.") from None


class FiguresForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """The practice's own figures for one scale; what is left empty stays as it ships."""

    cut = NumberField("Cut score", validators=[Optional()])
    sd = NumberField("Standard deviation", validators=[Optional()])
    reliability = NumberField("Reliability", validators=[Optional()])
    points = NumberField("Reliable change in points", validators=[Optional()])
    at_least = RadioField(
        "Does a change of exactly so many points count?",
        choices=[
            SelectChoice(AT_LEAST, "Yes: so many points or more"),
            SelectChoice(MORE, "No: more than so many points"),
        ],
        default=AT_LEAST,
    )
    source = StringField("Source")

    def figures(self) -> Figures:
        """Return what was entered; only after the form was found valid."""
        return Figures(
            cut=self.cut.data,
            sd=self.sd.data,
            reliability=self.reliability.data,
            points=self.points.data,
            at_least=self.points.data is not None and self.at_least.data == AT_LEAST,
            source=(self.source.data or "").strip(),
        )


def figures_form(figures: Figures) -> FiguresForm:
    """Return the form with what the practice uses at present."""
    return FiguresForm(
        data={
            "cut": figures.cut,
            "sd": figures.sd,
            "reliability": figures.reliability,
            "points": figures.points,
            "at_least": MORE if figures.points is not None and not figures.at_least else AT_LEAST,
            "source": figures.source,
        }
    )


_NOTHING_ASKED = {"items": (), "answers": (), "low": 0, "high": 1, "step": 1}


class OwnMeasureForm(OnceForm):
    """A measure of the practice's own."""

    title = StringField("Title", description="What you call it, for example “Evening talks”.")
    short_title = StringField("Short name", description="For charts and tables.")
    purpose = StringField(
        "What it is about, in a line",
        description="The heading for the person who answers, for example “How our evenings went”.",
    )
    minutes = WholeNumberField(
        "Minutes it takes", default=2, validators=[InputRequired("Enter minutes.")]
    )
    kind = RadioField(
        "What do you keep?",
        choices=[
            SelectChoice(QUESTIONS, "Questions that people answer here"),
            SelectChoice(TOTAL, "Only totals that I enter, from a questionnaire used elsewhere"),
        ],
        default=QUESTIONS,
    )
    instruction = TextAreaField(
        "Instruction", description="Shown before the first question. It may stay empty."
    )
    items = TextAreaField(
        "Questions",
        description=f"One a line. End a line with {REVERSED} where the answers count the other way "
        "round.",
    )
    answers = TextAreaField(
        "Answers",
        description="One a line, each with its number first: “0 Not at all”. The same answers "
        "stand under every question.",
    )
    low = WholeNumberField("Lowest total", validators=[Optional()])
    high = WholeNumberField("Highest total", validators=[Optional()])
    step = NumberField(
        "Step", default=1, validators=[Optional()], description="1 for whole numbers; 0.1, 0.5 …"
    )
    direction = RadioField(
        "Which way is better?",
        choices=[
            SelectChoice(HIGHER, "A higher total is better"),
            SelectChoice(LOWER, "A lower total is better"),
        ],
        default=HIGHER,
    )
    licence = StringField(
        "By what right do you use the words?",
        description="For example “written by us”, or the permission you were given and when.",
    )
    source = StringField("Source", description="Author, year and where it was published.")
    validated = BooleanField("It is a validated measure (then the source is needed)")
    shareable = BooleanField(
        "Whoever answers may show the result to the other members of the couple"
    )
    about_relationship = BooleanField("It asks how the relationship is", default=True)

    def definition(self) -> OwnDefinition:
        """Return what was typed; only after the form was found valid.

        Raises:
            Invalid: naming the fields that cannot be read.
        """
        try:
            asked = self._total() if self.kind.data == TOTAL else self._questions()
        except Invalid as problem:
            # What else is wrong is said at the same time.
            others = own_problems(self._with(_NOTHING_ASKED))
            raise Invalid({**others, **problem.errors}) from problem
        return self._with(asked)

    def _with(self, asked: dict[str, Any]) -> OwnDefinition:
        return OwnDefinition(
            title=self.title.data or "",
            short_title=self.short_title.data or "",
            purpose=self.purpose.data or "",
            minutes=self.minutes.data,
            instruction=self.instruction.data or "",
            higher_is_better=self.direction.data == HIGHER,
            licence=self.licence.data or "",
            source=self.source.data or "",
            validated=self.validated.data,
            shareable=self.shareable.data,
            about_relationship=self.about_relationship.data,
            **asked,
        )

    def _questions(self) -> dict[str, Any]:
        items = items_from(self.items.data or "")
        if not items:
            raise Invalid({"items": "Write one question a line."})
        try:
            answers = answers_from(self.answers.data or "")
        except LineProblem as problem:
            raise Invalid({"answers": str(problem)}) from problem
        low, high = range_of(items, answers) if answers else (0, 1)
        return {"items": items, "answers": answers, "low": low, "high": high, "step": 1}

    def _total(self) -> dict[str, Any]:
        missing = {
            name: words
            for name, words in (
                ("low", "Enter the lowest total."),
                ("high", "Enter the highest total."),
            )
            if self[name].data is None
        }
        if missing:
            raise Invalid(missing)
        step = 1 if self.step.data is None else self.step.data
        return {
            "items": (),
            "answers": (),
            "low": self.low.data,
            "high": self.high.data,
            "step": step,
        }


def own_form(definition: OwnDefinition | None = None) -> OwnMeasureForm:
    """Return an empty form, or one with a definition that is to be mended."""
    if definition is None:
        return OwnMeasureForm()
    return OwnMeasureForm(
        data={
            "title": definition.title,
            "short_title": definition.short_title,
            "purpose": definition.purpose,
            "minutes": definition.minutes,
            "kind": TOTAL if definition.totals_only else QUESTIONS,
            "instruction": definition.instruction,
            "items": text_of_items(definition.items),
            "answers": text_of_answers(definition.answers),
            "low": definition.low if definition.totals_only else None,
            "high": definition.high if definition.totals_only else None,
            "step": definition.step,
            "direction": HIGHER if definition.higher_is_better else LOWER,
            "licence": definition.licence,
            "source": definition.source,
            "validated": definition.validated,
            "shareable": definition.shareable,
            "about_relationship": definition.about_relationship,
        }
    )


class TextForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """A text of the practice's own."""

    text = TextAreaField("The text", description="Plain words; empty lines are kept.")


class CorrectionForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """What the practice says of a published figure."""

    figure = StringField("Figure")
    meaning = TextAreaField("What it counts")
    sample = StringField("Whom it rests on")
    source = StringField(
        "Source", description="Where you read it. If you hide the figure, say here why."
    )
    hidden = BooleanField("Leave this figure out of reports")

    def correction(self) -> Correction:
        """Return what was entered."""
        return Correction(
            source=self.source.data or "",
            hidden=self.hidden.data,
            figure=self.figure.data or "",
            meaning=self.meaning.data or "",
            sample=self.sample.data or "",
        )
