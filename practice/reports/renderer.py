"""A warm process that makes PDFs, with limits; started when first needed, one per web process.

A runaway document costs its own process and nothing else: it is ended and the next report gets
a new one. The process is a fresh interpreter, not a fork: it inherits no database connection, no
key and no lock. It ends with the process that started it, however that ends.
"""

import atexit
import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from typing import Any

from practice.config.settings import ROOT
from practice.reports.worker import receive, send

LIMIT = 30.0
"""Seconds for one document, waiting for the process included."""

REPORTS_PER_PROCESS = 200
"""Memory still creeps after 60 reports; a new process is cheap beside that."""

GRACE = 2.0
"""Seconds an idle process gets to end by itself."""

ENVIRONMENT = ("PATH", "HOME", "TMPDIR", "XDG_CACHE_HOME", "FONTCONFIG_PATH", "FONTCONFIG_FILE")
"""All that the process learns of our environment: no secret may be among it."""


class RenderFailed(Exception):
    """No PDF was made; the message may be shown to a person."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished PDF, its length in pages, and what the typesetter complained about."""

    pdf: bytes
    pages: int
    warnings: tuple[str, ...] = ()


class Renderer:
    """Hands documents to the process, one at a time.

    Args:
        limit: Seconds for one document.
        reports_per_process: After how many a new process is started.
    """

    def __init__(
        self, limit: float = LIMIT, reports_per_process: int = REPORTS_PER_PROCESS
    ) -> None:
        self.limit = limit
        self.reports_per_process = reports_per_process
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: socket.socket | None = None
        self._made = 0

    @property
    def process_id(self) -> int | None:
        """The process now waiting or working; None when there is none."""
        return self._process.pid if self._process else None

    def render(self, html: str, *, report_style: bool = True) -> Rendered:
        """Return ``html`` as a tagged PDF.

        Raises:
            RenderFailed: if it takes too long or too much memory, or cannot be typeset.
        """
        deadline = time.monotonic() + self.limit
        if not self._lock.acquire(timeout=self.limit):
            raise RenderFailed("Other reports are being made. Please try again in a minute.")
        try:
            return self._render(html, report_style, deadline)
        finally:
            self._lock.release()

    def close(self) -> None:
        """End the process; the next document starts a new one."""
        with self._lock:
            self._stop(kill=False)

    def forget(self) -> None:
        """Let go of a process that belongs to the parent of a fork."""
        if self._connection is not None:
            self._connection.close()
        self._lock = threading.Lock()
        self._process = self._connection = None
        self._made = 0

    def _render(self, html: str, report_style: bool, deadline: float) -> Rendered:
        head = {"limit": self.limit, "report_style": report_style}
        try:
            answer, pdf = self._ask(head, html.encode("utf-8", "replace"), deadline)
        except TimeoutError as error:
            self._stop(kill=True)
            raise RenderFailed(
                f"The report took longer than {self.limit:g} seconds, so it was stopped. Nothing "
                "was stored. Please try again; if it happens again, a text in it may be too long."
            ) from error
        except (EOFError, OSError) as error:
            self._stop(kill=True)
            raise RenderFailed(
                "The report could not be made: the program that typesets it stopped. Nothing was "
                "stored. Please try again."
            ) from error
        if "problem" in answer:
            self._stop(kill=True)
            raise RenderFailed(
                f"The report could not be made ({answer['problem']}). Nothing was stored."
            )
        self._count()
        return Rendered(pdf, answer["pages"], tuple(answer["warnings"]))

    def _ask(
        self, head: dict[str, Any], body: bytes, deadline: float
    ) -> tuple[dict[str, Any], bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._stop(kill=True)
        connection = self._connection or self._start()
        connection.settimeout(max(0.01, deadline - time.monotonic()))
        send(connection, head, body)
        connection.settimeout(max(0.01, deadline - time.monotonic()))
        return receive(connection)

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            number = theirs.fileno()
            self._process = subprocess.Popen(  # noqa: S603  # our own program, a number
                [sys.executable, "-m", "practice.reports.worker", str(number)],
                cwd=ROOT,
                env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(number,),
                start_new_session=True,  # Ctrl-C is for us; it ends when we do
            )
        self._connection = ours
        return ours

    def _stop(self, *, kill: bool) -> None:
        if self._connection is not None:
            self._connection.close()
        process, self._process, self._connection, self._made = self._process, None, None, 0
        if process is None:
            return
        if not kill:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(GRACE)
        if process.poll() is None:
            process.kill()
        process.wait()

    def _count(self) -> None:
        self._made += 1
        if self._made >= self.reports_per_process:
            self._stop(kill=False)


_shared = Renderer()
atexit.register(_shared.close)
os.register_at_fork(after_in_child=_shared.forget)


def shared_renderer() -> Renderer:
    """Return this process's renderer."""
    return _shared
