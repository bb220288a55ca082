"""Forms of agreements: the rule about secrets, texts, signatures, permissions and passages."""

from datetime import date
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from practice.domain.agreements import Answer, ConsentAct, Regime, Way
from practice.services import own_agreements
from practice.services.agreement_texts import LONGEST_BODY, AgreementTexts, NewText
from practice.services.cleaning import LONGEST_NAME, LONGEST_TEXT
from practice.services.consents import OnPaper
from practice.services.people import Member
from practice.services.permissions import LONGEST_WORDS
from practice.web.fields import DateField, IntegerField
from practice.web.once import OnceForm
from practice.web.typed import KeepingMeta

NO_DAY = "Enter a day."


class PolicyForm(OnceForm):
    """Which rule about secrets was agreed; ``policy_form`` offers the members."""

    regime = RadioField(
        "What was agreed?",
        choices=[SelectChoice(regime.value, regime.label) for regime in Regime],
        validators=[InputRequired("Choose one of the two.")],
    )
    chosen_on = DateField("Agreed on", validators=[InputRequired(NO_DAY)])
    told = SelectMultipleField(
        "To whom did you explain it?",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        invalid_choice_message="Choose from the present members.",
    )
    reason = TextAreaField("Why does it change?", validators=[Length(max=LONGEST_TEXT)])

    def told_ids(self) -> list[UUID]:
        """Return who was told; only after the form was found valid."""
        return [UUID(value) for value in self.told.data or ()]


def policy_form(members: tuple[Member, ...], today: date) -> PolicyForm:
    """Build the form in which a rule about secrets is put down."""
    form = PolicyForm(data={"chosen_on": today})
    form.told.choices = [SelectChoice(str(m.person_id), m.name) for m in members]
    return form


class AgreementTextForm(OnceForm):
    """The next version of a text, or a text of the practice's own."""

    title = StringField(
        "Title", validators=[InputRequired("Enter a title."), Length(max=LONGEST_NAME)]
    )
    body = TextAreaField(
        "Text", validators=[InputRequired("Write the text."), Length(max=LONGEST_BODY)]
    )
    on_withdrawal = TextAreaField(
        "What taking it back means",
        description="Read before somebody takes their signature back.",
        validators=[Length(max=LONGEST_TEXT)],
    )
    valid_from = DateField(
        "Holds from",
        description="From that day on it is the version that is shown and signed.",
        validators=[InputRequired(NO_DAY)],
    )

    def new_text(self) -> NewText:
        """Return what was entered; only after the form was found valid."""
        return NewText(
            title=self.title.data or "",
            body=self.body.data or "",
            on_withdrawal=(self.on_withdrawal.data or "") if "on_withdrawal" in self else "",
            valid_from=self.valid_from.data,
        )


def agreement_text_form(found: AgreementTexts | None, today: date) -> AgreementTextForm:
    """Build the form of the next version, filled with the present one."""
    data: dict[str, Any] = {"valid_from": today}
    if found is not None:
        newest = found.newest
        data |= {
            "title": newest.title,
            "body": newest.body,
            "on_withdrawal": newest.on_withdrawal,
        }
    form = AgreementTextForm(data=data)
    if found is not None and found.regime is not None:
        del form.on_withdrawal
    return form


class SignForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """Somebody signs what they have read."""

    class Meta(KeepingMeta):
        """What came too late is shown again."""

    version = IntegerField(
        widget=HiddenInput(), validators=[InputRequired("The page was not complete.")]
    )
    agreed = BooleanField(
        "I have read this and agree to it",
        validators=[InputRequired(own_agreements.TICK_IF_YOU_AGREE)],
    )
    name = StringField(
        "Your full name",
        description="Typed in, it stands for your signature.",
        validators=[InputRequired("Type your full name."), Length(max=LONGEST_NAME)],
    )


class WithdrawForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """Somebody takes a signature back."""

    class Meta(KeepingMeta):
        """What came too late is shown again."""

    words = TextAreaField(
        "Would you like to say why?",
        description="You need not.",
        validators=[Length(max=LONGEST_TEXT)],
    )
    take_back = SubmitField("Take my signature back")


class OnPaperForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """What somebody signed or took back outside the portal."""

    act = RadioField(
        "What happened?",
        choices=[
            SelectChoice(ConsentAct.SIGNED.value, "They signed it"),
            SelectChoice(ConsentAct.WITHDRAWN.value, "They took it back"),
        ],
        default=ConsentAct.SIGNED.value,
        validators=[InputRequired("Choose one.")],
    )
    way = RadioField(
        "How?",
        choices=[
            SelectChoice(Way.PAPER.value, "On paper"),
            SelectChoice(Way.SAID.value, "Said in a session"),
        ],
        default=Way.PAPER.value,
        validators=[InputRequired("Choose one.")],
    )
    on_day = DateField("On which day?", validators=[InputRequired(NO_DAY)])
    name = StringField("Full name, as it stands there", validators=[Length(max=LONGEST_NAME)])
    words = TextAreaField("In their words", validators=[Length(max=LONGEST_TEXT)])

    def on_paper(self) -> OnPaper:
        """Return what was entered; only after the form was found valid."""
        return OnPaper(
            act=ConsentAct(self.act.data),
            way=Way(self.way.data),
            on_day=self.on_day.data,
            name=self.name.data or "",
            words=self.words.data or "",
        )


class AskPermissionForm(OnceForm):
    """The therapist asks whether something may be used."""

    purpose = TextAreaField(
        "What would you use, and what for?",
        validators=[
            InputRequired("Say what you would use, and what for."),
            Length(max=LONGEST_WORDS),
        ],
    )


class RecordAnswerForm(OnceForm):
    """What somebody said in a session when they were asked."""

    answer = RadioField(
        "What did they say?",
        choices=[
            SelectChoice(Answer.YES.value, "Yes"),
            SelectChoice(Answer.NO.value, "No"),
        ],
        validators=[InputRequired("Choose one.")],
    )
    said_on = DateField("Said on", validators=[InputRequired(NO_DAY)])
    words = TextAreaField(
        "In their words",
        validators=[
            InputRequired("Write what was said, as nearly as you can."),
            Length(max=LONGEST_WORDS),
        ],
    )


class PassageForm(OnceForm):
    """Words to be moved into the joint record."""

    text = TextAreaField(
        "The words to quote",
        validators=[InputRequired("Quote the words."), Length(max=LONGEST_TEXT)],
    )


class AnswerPermissionForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """Somebody answers whether their words may be used."""

    class Meta(KeepingMeta):
        """What came too late is shown again."""

    answer = RadioField(
        "May it be used?",
        choices=[
            SelectChoice(Answer.YES.value, "Yes, it may"),
            SelectChoice(Answer.NO.value, "No, please not"),
        ],
        validators=[InputRequired("Choose one, or leave it for now.")],
    )
    words = TextAreaField(
        "Would you like to add something?",
        description="For example, only a part of it.",
        validators=[Optional(), Length(max=LONGEST_WORDS)],
    )
