"""Forms of the release desk."""

from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from practice.domain.releases.authorisations import KINDS_OF, Part, ReleaseKind, ReleaseRule
from practice.domain.releases.cases import CHECKS, Outcome, RequestKind
from practice.domain.releases.passages import PassageFate
from practice.services.people import Member
from practice.services.releases.authorisations import LONGEST_LINE
from practice.services.releases.cases import LONGEST_REQUESTER, LONGEST_TEXT
from practice.services.releases.gathering import FoundPassage
from practice.services.releases.passages import LONGEST_REASON, Decided
from practice.services.releases.values import Asked, NewCase
from practice.web.fields import DateField
from practice.web.once import OnceForm

NO_DAY = "Enter a day."
CHOOSE = "Choose one."


def _long(most: int) -> Length:
    return Length(max=most, message=f"Use at most {most} characters.")


def _choices(options: Any) -> list[SelectChoice]:
    return [SelectChoice(one.value, one.label) for one in options]


class Ticks(SelectMultipleField):  # type: ignore[misc]  # the library is untyped
    """Any number of boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, validate_choice=True, **options)


class CaseForm(OnceForm):
    """A request that came in."""

    kind = RadioField(
        "What came in?",
        choices=_choices(RequestKind),
        validators=[InputRequired(CHOOSE)],
        invalid_choice_message=CHOOSE,
    )
    about_id = SelectField(
        "Whose own data is it about?", validators=[Optional()], invalid_choice_message=CHOOSE
    )
    requester = StringField(
        "Who asks?", validators=[InputRequired("Enter who asks."), _long(LONGEST_REQUESTER)]
    )
    wanted = TextAreaField("What do they ask for?", validators=[Optional(), _long(LONGEST_TEXT)])
    received_on = DateField("When did it come in?", validators=[InputRequired(NO_DAY)])
    deadline_on = DateField("By when do they want an answer?", validators=[Optional()])

    def offer(self, members: tuple[Member, ...]) -> None:
        """Offer the members it can be about."""
        self.about_id.choices = [
            SelectChoice("", "All of them together"),
            *(SelectChoice(str(one.person_id), one.name) for one in members),
        ]

    def case(self) -> NewCase:
        """Return what was entered; only after the form was found valid."""
        return NewCase(
            id=self.row_id,
            kind=RequestKind(self.kind.data),
            requester=self.requester.data,
            wanted=self.wanted.data or "",
            received_on=self.received_on.data,
            deadline_on=self.deadline_on.data,
            about_id=UUID(self.about_id.data) if self.about_id.data else None,
        )


class ChecksForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """The checks of a case that are done."""

    checks = Ticks("Done", validators=[Optional()])

    def offer(self, kind: RequestKind) -> None:
        """Offer the checks of a kind of request."""
        self.checks.choices = [SelectChoice(check.key, check.words) for check in CHECKS[kind]]


class DeadlineForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """Another deadline."""

    deadline_on = DateField("Deadline", validators=[InputRequired(NO_DAY)])


class DecisionForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """How a case was decided."""

    outcome = RadioField(
        "Decision",
        choices=_choices(Outcome),
        validators=[InputRequired(CHOOSE)],
        invalid_choice_message=CHOOSE,
    )
    reason = TextAreaField(
        "Why?",
        validators=[InputRequired("Write why you decided so."), _long(LONGEST_TEXT)],
    )
    sent = TextAreaField("What was sent, how, and when?", validators=[_long(LONGEST_TEXT)])


class RuleForm(OnceForm):
    """Whose agreement a joint record takes."""

    rule = RadioField(
        "The rule",
        choices=_choices(ReleaseRule),
        validators=[InputRequired(CHOOSE)],
        invalid_choice_message=CHOOSE,
    )
    agreed_on = DateField("Agreed on", validators=[InputRequired(NO_DAY)])
    reason = TextAreaField(
        "Where and why was it agreed?",
        validators=[InputRequired("Write where and why this was agreed."), _long(2000)],
    )


class AskForm(OnceForm):
    """What members are asked to let go."""

    whose = RadioField("Which part?", validators=[InputRequired(CHOOSE)])
    kinds = Ticks("What would leave?", choices=_choices(ReleaseKind), validators=[Optional()])
    first_day = DateField("From", validators=[InputRequired(NO_DAY)])
    last_day = DateField("To", validators=[InputRequired(NO_DAY)])
    recipient = StringField(
        "To whom?", validators=[InputRequired("Enter to whom."), _long(LONGEST_LINE)]
    )
    purpose = StringField(
        "For what purpose?", validators=[InputRequired("Enter what for."), _long(LONGEST_LINE)]
    )
    expires_on = DateField("Holds until", validators=[InputRequired(NO_DAY)])
    by_law = BooleanField("No signature is needed")

    def offer(self, members: tuple[Member, ...]) -> None:
        """Offer what belongs to all, each member's own part, and process notes."""
        self.whose.choices = [
            SelectChoice(Part.JOINT.value, "What belongs to all of them"),
            *(
                SelectChoice(f"{Part.OWN}:{one.person_id}", f"{one.name}’s own part")
                for one in members
            ),
            SelectChoice(
                Part.PROCESS_NOTES.value, "Process notes: asked for by themselves, in no bundle"
            ),
        ]

    def asked(self) -> Asked:
        """Return what was entered; only after the form was found valid."""
        part, _, person = self.whose.data.partition(":")
        chosen = {ReleaseKind(kind) for kind in self.kinds.data or ()}
        return Asked(
            id=self.row_id,
            part=Part(part),
            kinds=tuple(kind for kind in KINDS_OF[Part(part)] if kind in chosen),
            first_day=self.first_day.data,
            last_day=self.last_day.data,
            recipient=self.recipient.data,
            purpose=self.purpose.data,
            expires_on=self.expires_on.data,
            person_id=UUID(person) if person else None,
            by_law=bool(self.by_law.data),
        )


class PaperForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """A signature on paper."""

    signed_name = StringField(
        "Name as signed", validators=[InputRequired("Enter the name."), _long(120)]
    )
    signed_on = DateField("Signed on", validators=[InputRequired(NO_DAY)])


class NamesForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """Further names to look for."""

    names = TextAreaField("Further names, one a line", validators=[_long(LONGEST_TEXT)])


class PassagesForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """What becomes of each passage; built by ``passages_form``."""

    keys: tuple[str, ...] = ()

    def decided(self) -> dict[str, Decided]:
        """Return what was decided, by key of the passage; those left open are not in it."""
        return {
            key: Decided(PassageFate(self[f"fate_{key}"].data), self[f"reason_{key}"].data or "")
            for key in self.keys
            if self[f"fate_{key}"].data
        }


def passages_form(found: tuple[FoundPassage, ...]) -> PassagesForm:
    """Build the form for these passages, with what was decided before."""
    fields: dict[str, Any] = {}
    for one in found:
        key = one.passage.key
        fields[f"fate_{key}"] = RadioField(
            "What becomes of it?",
            choices=_choices(PassageFate),
            default=one.fate.value if one.fate else None,
            validators=[Optional()],
        )
        fields[f"reason_{key}"] = StringField(
            "Reason", default=one.reason, validators=[_long(LONGEST_REASON)]
        )
    keys = tuple(one.passage.key for one in found)
    built: type[PassagesForm] = type("PassagesForm", (PassagesForm,), {**fields, "keys": keys})
    return built()


class PreviewForm(OnceForm):
    """A copy for one recipient."""

    recipient = StringField(
        "Who gets this copy?",
        validators=[InputRequired("Enter who gets this copy."), _long(LONGEST_LINE)],
    )


class HoldForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """Why a legal hold is set or lifted."""

    reason = TextAreaField("Why?", validators=[InputRequired("Write why."), _long(2000)])


class EraseForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """The second confirmation: the name, typed."""

    typed_name = StringField(
        "Type the person’s full name", validators=[InputRequired("Type the name."), _long(120)]
    )
