"""The renderer's own process: ``python -m practice.reports.worker DESCRIPTOR``.

It reads one document after the other from a socket and answers each with a PDF. It knows no
database and no key, may take only so much memory, and ends by itself: when the other end of the
socket closes, or when one document has taken too long and nobody was left to end it.
"""

import contextlib
import json
import resource
import signal
import socket
import struct
import sys
from typing import Any

MEMORY = 1024**3
"""Address space, in bytes; a long report needs about a third of it."""

HEAD = struct.Struct(">II")
"""Length of a message's JSON head and of its body, in bytes."""

ALARM_AFTER = 5
"""Seconds beyond the limit after which the process ends itself."""


def send(connection: socket.socket, head: dict[str, Any], body: bytes) -> None:
    """Send one message."""
    text = json.dumps(head).encode()
    connection.sendall(HEAD.pack(len(text), len(body)) + text + body)


def receive(connection: socket.socket) -> tuple[dict[str, Any], bytes]:
    """Wait for one message.

    Raises:
        EOFError: if the other end has closed.
    """
    head_length, body_length = HEAD.unpack(_exactly(connection, HEAD.size))
    head = json.loads(_exactly(connection, head_length))
    return head, _exactly(connection, body_length)


def _exactly(connection: socket.socket, length: int) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        part = connection.recv(min(length - len(parts), 1 << 20))
        if not part:
            raise EOFError("the other end has closed")
        parts += part
    return bytes(parts)


def main(descriptor: int) -> None:
    """Serve documents until the other end closes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold clinical text
    from practice.reports.typesetting import typeset

    with socket.socket(fileno=descriptor) as connection, contextlib.suppress(EOFError, OSError):
        while True:
            head, body = receive(connection)
            # The default action of SIGALRM ends the process even in the middle of C code.
            signal.alarm(int(head["limit"]) + ALARM_AFTER)
            try:
                made = typeset(body.decode(), report_style=head["report_style"])
            except Exception as error:
                send(connection, {"problem": type(error).__name__}, b"")
                return
            signal.alarm(0)
            send(connection, {"pages": made.pages, "warnings": made.warnings}, made.pdf)


if __name__ == "__main__":
    main(int(sys.argv[1]))
