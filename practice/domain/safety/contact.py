"""How somebody may be reached without putting them at risk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from practice.domain.safety.mail_times import MailTimes, times_from_json
from practice.domain.schedule import months_later

ASK_AGAIN_MONTHS = 6
"""Numbers change and so does what is safe; our own interval."""


class Channel(StrEnum):
    """A way to reach one person."""

    TEXT = "text"
    CALL = "call"
    EMAIL = "email"
    LETTER = "letter"

    @property
    def label(self) -> str:
        return _CHANNELS[self]


class Voicemail(StrEnum):
    """What may be said to a machine, or to whoever else answers."""

    NO = "no"
    NEUTRAL = "neutral"
    YES = "yes"

    @property
    def label(self) -> str:
        return _VOICEMAIL[self]


_CHANNELS = {
    Channel.TEXT: "Text message",
    Channel.CALL: "Telephone call",
    Channel.EMAIL: "E-mail",
    Channel.LETTER: "Letter",
}
_VOICEMAIL = {
    Voicemail.NO: "No message at all",
    Voicemail.NEUTRAL: "Only “please ring back”, without saying what it is about",
    Voicemail.YES: "Yes, a message is fine",
}


@dataclass(frozen=True, slots=True)
class SafeContact:
    """What one person said of how to reach them."""

    ways: Mapping[Channel, str] = field(default_factory=dict)
    """Number or address of that person by allowed channel; empty: not between the sessions."""

    hours: str = ""
    voicemail: Voicemail = Voicemail.NO
    sender: str = ""
    """How the practice names itself in what it sends."""

    code_word: str = ""
    """What proves on the telephone that it is them."""

    never: str = ""
    """What must not be used or done, whatever happens."""

    mail: MailTimes | None = None
    """When an e-mail may come that nobody writes by hand; None: none may."""

    @property
    def mail_address(self) -> str:
        """Where reminders may go; empty if they may not."""
        return self.ways.get(Channel.EMAIL, "") if self.mail is not None else ""

    def as_json(self) -> dict[str, Any]:
        """Return plain values, to be stored."""
        return {
            "ways": {channel.value: place for channel, place in self.ways.items()},
            "hours": self.hours,
            "voicemail": self.voicemail.value,
            "sender": self.sender,
            "code_word": self.code_word,
            "never": self.never,
            "mail": self.mail.as_json() if self.mail else None,
        }


def from_json(stored: Mapping[str, Any]) -> SafeContact:
    """Return what ``SafeContact.as_json`` gave."""
    return SafeContact(
        ways={channel: stored["ways"][channel] for channel in Channel if channel in stored["ways"]},
        hours=stored["hours"],
        voicemail=Voicemail(stored["voicemail"]),
        sender=stored["sender"],
        code_word=stored["code_word"],
        never=stored["never"],
        mail=times_from_json(stored.get("mail")),  # of an older statement there is none
    )


def ask_again_on(asked_on: date) -> date:
    """Return the day from which it is time to ask again."""
    return months_later(asked_on, ASK_AGAIN_MONTHS)
