"""The terms of reminders: what somebody is reminded of, and how far a mail has come."""

from enum import StrEnum


class ReminderKind(StrEnum):
    """What somebody can be reminded of. Every kind is sent in the same words."""

    QUESTIONS = "questions"
    HOMEWORK = "homework"
    APPOINTMENT = "appointment"
    PAPERS = "papers"
    LETTER = "letter"

    @property
    def label(self) -> str:
        """What the person reads where they choose."""
        return _LABELS[self]


_LABELS = {
    ReminderKind.QUESTIONS: "Questions that wait for an answer",
    ReminderKind.HOMEWORK: "Homework",
    ReminderKind.APPOINTMENT: "An appointment on the next day",
    ReminderKind.PAPERS: "Something to read, allow or sign",
    ReminderKind.LETTER: "A new letter",
}


class ReminderState(StrEnum):
    """How far a mail has come."""

    WAITING = "waiting"
    SENDING = "sending"
    """A worker has it in hand."""

    SENT = "sent"
    PERHAPS_SENT = "perhaps_sent"
    """The mail server had it and never said whether it took it. It is not sent again."""

    GIVEN_UP = "given_up"
    HELD = "held"
    """It was not sent, because by then it was not wanted: not safe any more, or done."""

    @property
    def is_open(self) -> bool:
        """Whether something may still become of it."""
        return self in OPEN

    @property
    def words(self) -> str:
        """What the therapist and the person read."""
        return _STATES[self]


OPEN = frozenset({ReminderState.WAITING, ReminderState.SENDING})
DELIVERED = frozenset({ReminderState.SENT, ReminderState.PERHAPS_SENT})
"""After these nothing more is sent on that day."""

_STATES = {
    ReminderState.WAITING: "waits to be sent",
    ReminderState.SENDING: "being sent",
    ReminderState.SENT: "sent",
    ReminderState.PERHAPS_SENT: "perhaps sent: the mail server did not say",
    ReminderState.GIVEN_UP: "could not be sent",
    ReminderState.HELD: "not sent: not wanted any more",
}


class Problem(StrEnum):
    """Why a mail was not sent, as a class. What the server said is never kept: it names people."""

    UNREACHABLE = "unreachable"
    NO_ANSWER = "no_answer"
    BROKEN_OFF = "broken_off"
    TRY_LATER = "try_later"
    NOT_ENCRYPTED = "not_encrypted"
    SIGN_IN_REFUSED = "sign_in_refused"
    SERVER_REFUSED = "server_refused"
    ADDRESS_REFUSED = "address_refused"
    MAIL_REFUSED = "mail_refused"
    WORKER_STOPPED = "worker_stopped"

    @property
    def lasts(self) -> bool:
        """Whether trying again is of no use: the server refused this very mail."""
        return self in {Problem.ADDRESS_REFUSED, Problem.MAIL_REFUSED}

    @property
    def words(self) -> str:
        """What happened, after "because"."""
        return _PROBLEMS[self][0]

    @property
    def advice(self) -> str:
        """What to do about it."""
        return _PROBLEMS[self][1]


_ASK_WHO_LOOKS_AFTER_IT = "Tell whoever looks after this installation: the mail server needs a look"
_PROBLEMS = {
    Problem.UNREACHABLE: ("the mail server could not be reached", _ASK_WHO_LOOKS_AFTER_IT),
    Problem.NO_ANSWER: ("the mail server did not answer in time", _ASK_WHO_LOOKS_AFTER_IT),
    Problem.BROKEN_OFF: ("the mail server broke off", _ASK_WHO_LOOKS_AFTER_IT),
    Problem.TRY_LATER: (
        "the mail server put it off again and again",
        "It may be a full mailbox. Ask, alone, whether the address still holds",
    ),
    Problem.NOT_ENCRYPTED: ("the mail server offers no safe connection", _ASK_WHO_LOOKS_AFTER_IT),
    Problem.SIGN_IN_REFUSED: ("the mail server refused our sign-in", _ASK_WHO_LOOKS_AFTER_IT),
    Problem.SERVER_REFUSED: ("the mail server refused to talk to us", _ASK_WHO_LOOKS_AFTER_IT),
    Problem.ADDRESS_REFUSED: (
        "the mail server does not take mail for that address",
        "Ask, alone, for an address that is safe and works. Nothing is sent until it is written "
        "down",
    ),
    Problem.MAIL_REFUSED: (
        "the mail server refused the mail",
        "Ask, alone, whether another address would be better, and tell whoever looks after this "
        "installation",
    ),
    Problem.WORKER_STOPPED: ("our own program stopped in the middle", _ASK_WHO_LOOKS_AFTER_IT),
}
