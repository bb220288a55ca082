"""The demo's mail catcher: takes every mail on this machine, delivers none, shows all on a page."""

import signal
import threading
from collections import deque
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller

HERE = "127.0.0.1"
KEPT = 200
"""Mails; older ones are let go."""

SHOWN = ("From", "To", "Date", "Subject")
LARGEST = 1024 * 1024


class Catcher:
    """What came in, newest first."""

    def __init__(self) -> None:
        self.mails: deque[str] = deque(maxlen=KEPT)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keep a mail as text."""
        content: bytes = envelope.content
        mail: EmailMessage = message_from_bytes(content, policy=policy.default)
        self.mails.appendleft(as_text(mail))
        return "250 Kept on this machine"

    def page(self) -> str:
        """All of them as one text."""
        count = len(self.mails)
        first = f"{count} {'mail' if count == 1 else 'mails'}. None has left this machine.\n"
        return "\n".join([first, *self.mails])


def as_text(mail: EmailMessage) -> str:
    """Return a mail as somebody reads it."""
    body = mail.get_body(("plain",))
    text = body.get_content() if body is not None else ""
    head = [f"{name}: {mail[name]}" for name in SHOWN if mail[name] is not None]
    return "\n".join(["-" * 72, *head, "", text.replace("\r\n", "\n")])


def page_server(catcher: Catcher, port: int) -> ThreadingHTTPServer:
    """Return the server of the page; text, so that nothing in a mail can do anything."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = catcher.page().encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Refresh", "5")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Say nothing of who looked."""

    return ThreadingHTTPServer((HERE, port), Page)


def serve(smtp_port: int, page_port: int) -> None:
    """Catch mails until SIGTERM or Ctrl-C."""
    catcher = Catcher()
    post = Controller(catcher, hostname=HERE, port=smtp_port, data_size_limit=LARGEST)
    page = page_server(catcher, page_port)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    post.start()
    reader = threading.Thread(target=page.serve_forever, daemon=True)
    reader.start()
    stopped.wait()
    page.shutdown()
    page.server_close()
    post.stop()
