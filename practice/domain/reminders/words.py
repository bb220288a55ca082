"""Every word that a mail can hold. Whoever reads over a shoulder learns nothing from them.

No name of a client, no couple, no figure, no kind of thing, no address but that of the page for
signing in, and that only where its reader allowed it.
"""

import re
from dataclasses import dataclass

SUBJECT = "There is something waiting for you"
WAITING = "There is something waiting for you."
SIGN_IN_AT = "When it suits you, sign in here:"
SIGN_IN = "When it suits you, sign in as you usually do."
NO_ANSWER = "Nobody reads answers to this e-mail."
TO_STOP = "You can change or stop these e-mails after you have signed in."

LINES = frozenset({WAITING, SIGN_IN_AT, SIGN_IN, NO_ANSWER, TO_STOP})
"""Every line of a body, but for the address itself."""

LONGEST_SENDER = 80
_ADDRESS = re.compile(
    r"(?!\.)(?!.*\.[.@])"
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?=.{4,190}\Z)"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)


@dataclass(frozen=True, slots=True)
class Words:
    """One mail in words."""

    sender: str
    """The name beside the sender's address."""

    subject: str
    body: str


def words_of(*, sender: str, sign_in_page: str | None) -> Words:
    """Return the mail.

    Args:
        sender: How the practice may name itself to this person.
        sign_in_page: Its address where the person allowed it; else None.
    """
    way = (SIGN_IN_AT, sign_in_page) if sign_in_page else (SIGN_IN,)
    lines = (WAITING, "", *way, "", TO_STOP, NO_ANSWER, "")
    return Words(sender_line(sender), SUBJECT, "\n".join(lines))


def sender_line(text: str) -> str:
    """Return a name for a header: one line, no sign that could end it or begin an address."""
    kept = "".join(" " if not one.isprintable() or one in '<>"@,;:\\' else one for one in text)
    return " ".join(kept.split())[:LONGEST_SENDER].strip()


def is_address(text: str) -> bool:
    """Whether ``text`` is one e-mail address, as a mail server takes it, and nothing else."""
    return _ADDRESS.fullmatch(text) is not None
