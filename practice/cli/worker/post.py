"""Handing one mail to the mail server: the only place that opens a connection for mail.

What the server says is read for its number alone: its words may name whom the mail is for. A server
takes a mail only when it has read the line with one dot that ends it (RFC 5321, 4.1.1.4). Up to the
moment at which that line goes out, whatever goes wrong means "certainly not sent". After it, only a
clear yes or no counts; anything else means "perhaps sent".
"""

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from threading import Timer

from practice.config.mail import SSL, STARTTLS, MailSettings
from practice.domain.reminders.terms import Problem
from practice.domain.reminders.trying import SENDING_SECONDS
from practice.domain.reminders.words import sender_line, words_of
from practice.services import clock
from practice.services.reminders.outbox import Errand

SIGN_IN_PAGE = "/account/sign-in"
OK, GO_AHEAD = 250, 354
THE_END = b".\r\n"
"""The line that ends a mail."""

_LASTING = range(500, 600)


class NotSent(Exception):
    """The mail was certainly not taken."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class PerhapsSent(NotSent):
    """The server had the whole mail and did not say whether it took it."""


class NoLongerOurs(Exception):
    """Somebody else has taken the mail in hand meanwhile; nothing was sent."""


def message_of(errand: Errand, settings: MailSettings, public_address: str) -> EmailMessage:
    """Return the mail: neutral words, and a number that is the same at every try."""
    page = f"{public_address}{SIGN_IN_PAGE}" if errand.link and public_address else None
    words = words_of(
        sender=errand.sender or settings.sender_name,
        sign_in_page=page,
    )
    message = EmailMessage(policy=SMTP_POLICY)
    message["From"] = Address(
        words.sender or sender_line(settings.sender_name), addr_spec=settings.default_sender
    )
    message["To"] = Address(addr_spec=errand.address)
    message["Subject"] = words.subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{errand.id}@{_domain(settings)}>"
    message["Auto-Submitted"] = "auto-generated"  # keeps out-of-office answers away
    message.set_content(words.body, cte="7bit")
    return message


def deliver(
    message: EmailMessage, to: str, settings: MailSettings, handing_over: Callable[[], bool]
) -> None:
    """Give a mail to the server.

    Args:
        message: The mail.
        to: Its one address.
        settings: Which server, and how.
        handing_over: Called when the server has the words and waits for their end; False: stop.

    Raises:
        NotSent: saying what went wrong.
        PerhapsSent: if the server broke off after it had the words.
        NoLongerOurs: if ``handing_over`` said so.
    """
    with _connection(settings) as server:
        with _told_as_problem():
            _greet(server, settings)
            _expect(server.mail(settings.default_sender), Problem.MAIL_REFUSED)
            _expect(server.rcpt(to), Problem.ADDRESS_REFUSED)
            _expect(server.docmd("DATA"), Problem.MAIL_REFUSED, GO_AHEAD)
            server.send(_transparent(message.as_bytes()))
        if not handing_over():
            raise NoLongerOurs  # closed without the end of the mail, so the server drops it
        try:
            server.send(THE_END)
            answer = server.getreply()
        except OSError as error:
            raise PerhapsSent(_problem_of(error)) from None
        _expect(answer, Problem.MAIL_REFUSED)


@contextmanager
def _connection(settings: MailSettings) -> Iterator[smtplib.SMTP]:
    """Open a connection; whatever happens, it is closed after ``SENDING_SECONDS``."""
    with _told_as_problem():
        server = _open(settings)
    # Each answer has a time limit of its own; a server that drips would still hold us for ever.
    watch = Timer(SENDING_SECONDS, _cut, (server,))
    watch.daemon = True
    watch.start()
    try:
        yield server
        with suppress(OSError):
            server.docmd("QUIT")
    finally:
        watch.cancel()
        server.close()


def _open(settings: MailSettings) -> smtplib.SMTP:
    name = _domain(settings)  # never the name of this machine
    if settings.security == SSL:
        return smtplib.SMTP_SSL(
            settings.server,
            settings.port,
            local_hostname=name,
            timeout=settings.timeout,
            context=ssl.create_default_context(),
        )
    return smtplib.SMTP(
        settings.server, settings.port, local_hostname=name, timeout=settings.timeout
    )


def _greet(server: smtplib.SMTP, settings: MailSettings) -> None:
    server.ehlo_or_helo_if_needed()
    if settings.security == STARTTLS:
        try:
            server.starttls(context=ssl.create_default_context())
        except (smtplib.SMTPNotSupportedError, smtplib.SMTPResponseException):
            raise NotSent(Problem.NOT_ENCRYPTED) from None
        server.ehlo()
    if settings.username:
        server.login(settings.username, settings.password)


def _expect(answer: tuple[int, bytes], refused: Problem, wanted: int = OK) -> None:
    code = answer[0]
    if code == wanted or (wanted == OK and code == OK + 1):
        return
    raise NotSent(refused if code in _LASTING else Problem.TRY_LATER)


@contextmanager
def _told_as_problem() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotSent(_problem_of(error)) from None
    except UnicodeError:  # a name of the server or a password that it cannot be told in
        raise NotSent(Problem.SERVER_REFUSED) from None


def _problem_of(error: OSError) -> Problem:
    if isinstance(error.__context__, TimeoutError):  # the library calls it a broken connection
        return Problem.NO_ANSWER
    for kind, problem in _PROBLEMS:
        if isinstance(error, kind):
            return problem
    return Problem.UNREACHABLE


_PROBLEMS: tuple[tuple[type[OSError], Problem], ...] = (
    (smtplib.SMTPServerDisconnected, Problem.BROKEN_OFF),
    (smtplib.SMTPAuthenticationError, Problem.SIGN_IN_REFUSED),
    (smtplib.SMTPNotSupportedError, Problem.SIGN_IN_REFUSED),
    (smtplib.SMTPConnectError, Problem.SERVER_REFUSED),
    (smtplib.SMTPHeloError, Problem.SERVER_REFUSED),
    (smtplib.SMTPException, Problem.SERVER_REFUSED),
    (TimeoutError, Problem.NO_ANSWER),
    (ssl.SSLError, Problem.NOT_ENCRYPTED),
    (ConnectionResetError, Problem.BROKEN_OFF),
    (BrokenPipeError, Problem.BROKEN_OFF),
)
"""The first that fits. Every error of the library is an ``OSError``."""


def _cut(server: smtplib.SMTP) -> None:
    if server.sock is not None:
        with suppress(OSError):
            server.sock.shutdown(socket.SHUT_RDWR)


def _transparent(content: bytes) -> bytes:
    """Double the dot at the beginning of a line: one alone would end the mail."""
    return re.sub(rb"(?m)^\.", b"..", content)


def _domain(settings: MailSettings) -> str:
    return settings.default_sender.rpartition("@")[2]
