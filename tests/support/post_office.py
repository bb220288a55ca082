"""A mail server of the tests' own: takes mail, refuses it, hangs or breaks off, as it is told."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from practice.config.mail import NONE, MailSettings

HANG, DROP, TAKE_AND_DROP, TAKE_AND_HANG = "hang", "drop", "take and drop", "take and hang"
SENDER = "post@practice.example"


@dataclass
class PostOffice:
    """What came in, and what is to go wrong."""

    port: int = 0
    mails: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    """Addresses of the envelope, and the mail."""

    answers: dict[str, str] = field(default_factory=dict)
    """By command (``EHLO``, ``MAIL``, ``RCPT``, ``DATA``): an answer, or one of the above."""

    seen: list[str] = field(default_factory=list)
    in_the_clear: list[str] = field(default_factory=list)
    """Of ``seen``, what came over a connection that was not encrypted."""

    def settings(self, **more) -> MailSettings:
        values = {"port": self.port, "security": NONE, "timeout": 0.4} | more
        return MailSettings("127.0.0.1", SENDER, **values)

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for addresses, mail in self.mails if address in addresses]

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        answer = await self._answer("EHLO", server, responses)
        return answer if isinstance(answer, list) else [answer]

    async def handle_MAIL(self, server, session, envelope, address, options):
        answer = await self._answer("MAIL", server, "250 OK")
        if answer.startswith("250"):
            envelope.mail_from = address
        return answer

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = await self._answer("RCPT", server, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        wish = self.answers.get("DATA", "")
        if not wish or wish in {TAKE_AND_DROP, TAKE_AND_HANG}:
            mail = message_from_bytes(envelope.content, policy=policy.default)
            self.mails.append((list(envelope.rcpt_tos), mail))
        return await self._answer("DATA", server, "250 OK")

    async def _answer(self, command, server: SMTP, otherwise):
        self.seen.append(command)
        if server.transport.get_extra_info("ssl_object") is None:
            self.in_the_clear.append(command)
        wish = self.answers.get(command, "")
        if wish in {HANG, TAKE_AND_HANG}:
            await asyncio.sleep(30)
        if wish in {DROP, TAKE_AND_DROP}:
            server.transport.abort()
        elif wish:
            return wish
        return otherwise


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def post_office(**how) -> Iterator[PostOffice]:
    """Open a mail server on a free port of this machine; ``how`` as ``Controller`` takes it."""
    office = PostOffice(free_port())
    controller = Controller(office, hostname="127.0.0.1", port=office.port, ready_timeout=10, **how)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()
