"""How somebody may be reached: the same form for the therapist and for the person."""

from datetime import time
from typing import Any

from wtforms import (
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from practice.domain.safety.contact import Channel, SafeContact, Voicemail
from practice.domain.safety.mail_times import DAYS, MailTimes
from practice.services.safe_contacts import LONGEST_LINE, LONGEST_PLACE, LONGEST_TEXT
from practice.web.fields import DateField
from practice.web.once import OnceForm

NONE = "none"
YES, NO = "yes", "no"
HOURS = tuple(time(hour) for hour in range(6, 24))
"""Nobody is sent an e-mail by itself at night."""


def _line(label: str, longest: int = LONGEST_LINE) -> StringField:
    return StringField(label, validators=[Length(max=longest, message=_too_long(longest))])


def _too_long(longest: int) -> str:
    return f"Use at most {longest} characters."


def _hour(label: str) -> SelectField:
    hours = [SelectChoice(f"{hour:%H:%M}", f"{hour:%H:%M}") for hour in HOURS]
    return SelectField(label, choices=[SelectChoice("", "Not chosen"), *hours], default="")


class ContactForm(OnceForm):
    """Ways to reach one person, and what never to use."""

    NEVER_KEPT = frozenset({"code_word"})
    """No page of theirs shows it, so no half-finished one does."""

    channels = SelectMultipleField(
        "How may we reach you?",
        choices=[
            *(SelectChoice(channel.value, channel.label) for channel in Channel),
            SelectChoice(NONE, "Not at all between the sessions"),
        ],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[InputRequired("Choose one at least, or “Not at all between the sessions”.")],
    )
    place_text = _line("Number for text messages", LONGEST_PLACE)
    place_call = _line("Number to call", LONGEST_PLACE)
    place_email = _line("E-mail address", LONGEST_PLACE)
    place_letter = TextAreaField(
        "Address for letters",
        validators=[Length(max=LONGEST_PLACE, message=_too_long(LONGEST_PLACE))],
    )
    mail_days = SelectMultipleField(
        "On which days may a reminder come by e-mail?",
        choices=[SelectChoice(str(number), name) for number, name in enumerate(DAYS)],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    mail_from = _hour("Not before")
    mail_until = _hour("Not after")
    mail_link = RadioField(
        "May it give the address of the page where you sign in?",
        choices=[SelectChoice(NO, "No"), SelectChoice(YES, "Yes")],
        default=NO,
    )
    hours = _line("When is a good time?")
    voicemail = RadioField(
        "If you do not answer, may we leave a message?",
        choices=[SelectChoice(one.value, one.label) for one in Voicemail],
        default=Voicemail.NO.value,
        validators=[InputRequired("Choose one.")],
    )
    sender = _line("What name shall we give?")
    code_word = _line("A word that proves it is you")
    never = TextAreaField(
        "What should we never use or do?",
        validators=[Length(max=LONGEST_TEXT, message=_too_long(LONGEST_TEXT))],
    )

    def validate_channels(self, field: Any) -> None:
        if NONE in field.data and len(field.data) > 1:
            raise ValidationError("Choose either ways to reach you, or “Not at all”.")

    def validate_mail_days(self, field: Any) -> None:
        if self._by_mail() and not field.data and (self.mail_from.data or self.mail_until.data):
            raise ValidationError("Choose a day, or leave the hours open as well.")

    def validate_mail_from(self, field: Any) -> None:
        if self._by_mail() and self.mail_days.data and not field.data:
            raise ValidationError("Choose an hour, or leave the days open as well.")

    def validate_mail_until(self, field: Any) -> None:
        if self._by_mail() and self.mail_days.data and not field.data:
            raise ValidationError("Choose an hour, or leave the days open as well.")
        if self._by_mail() and "" < field.data <= (self.mail_from.data or ""):
            raise ValidationError("Choose a later hour than the one before.")

    def contact(self) -> SafeContact:
        """Return what was entered; only after the form was found valid."""
        return SafeContact(
            ways={
                channel: self[f"place_{channel}"].data or ""
                for channel in Channel
                if channel.value in self.channels.data
            },
            hours=self.hours.data or "",
            voicemail=Voicemail(self.voicemail.data),
            sender=self.sender.data or "",
            code_word=self.code_word.data or "",
            never=self.never.data or "",
            mail=self._mail(),
        )

    def _by_mail(self) -> bool:
        """Whether times for e-mails mean anything; like an address, they go with their way."""
        return Channel.EMAIL.value in (self.channels.data or ())

    def _mail(self) -> MailTimes | None:
        if not self._by_mail() or not self.mail_days.data:
            return None
        return MailTimes(
            days=tuple(sorted(int(day) for day in set(self.mail_days.data))),
            opens=time.fromisoformat(self.mail_from.data),
            closes=time.fromisoformat(self.mail_until.data),
            link=self.mail_link.data == YES,
        )


class AskedContactForm(ContactForm):
    """The same as the therapist writes it down, with the day."""

    asked_on = DateField("Asked on", validators=[InputRequired("Choose the day.")])


def data_of(contact: SafeContact | None) -> dict[str, Any]:
    """Return what the form shows of a stored contact."""
    if contact is None:
        return {}
    return {
        "channels": [channel.value for channel in contact.ways] or [NONE],
        **{f"place_{channel}": place for channel, place in contact.ways.items()},
        "hours": contact.hours,
        "voicemail": contact.voicemail.value,
        "sender": contact.sender,
        "code_word": contact.code_word,
        "never": contact.never,
        **_mail_data(contact.mail),
    }


def _mail_data(times: MailTimes | None) -> dict[str, Any]:
    if times is None:
        return {}
    return {
        "mail_days": [str(day) for day in times.days],
        "mail_from": f"{times.opens:%H:%M}",
        "mail_until": f"{times.closes:%H:%M}",
        "mail_link": YES if times.link else NO,
    }
