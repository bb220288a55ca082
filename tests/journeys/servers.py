"""What the browsers talk to: the real application under gunicorn, and a page of somebody else's."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
NEUTRAL_WORDS = "Mild, with some cloud"
NEUTRAL_PAGE = f"""<!doctype html><html lang="en"><title>Weather</title>
<h1>Weather</h1><p>{NEUTRAL_WORDS}</p></html>""".encode()


def run(*arguments: str, instance: Path) -> None:
    """Run a Python module to its end; what it printed goes into the error if it fails."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=_environment(instance),
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, f"{' '.join(arguments)}: {done.stdout}{done.stderr}"


@contextmanager
def serving(instance: Path, *, exit_address: str) -> Iterator[str]:
    """Serve an instance as script/demo does, with one worker; give its address."""
    # The port is held open from here on, so that nobody takes it and the first request can wait.
    with socket.create_server(("127.0.0.1", 0)) as listener, _log(instance) as log:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--threads", "4"),
                *("--bind", f"fd://{listener.fileno()}", "--no-control-socket"),
                *("--graceful-timeout", "2", "--log-level", "warning", "practice.wsgi:app"),
            ],
            cwd=ROOT,
            env=_environment(instance) | {"PRACTICE_EXIT_ADDRESS": exit_address},
            pass_fds=[listener.fileno()],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.terminate()
            server.wait(timeout=30)


@contextmanager
def neutral_page() -> Iterator[str]:
    """Serve the page that "Leave now" leads to; give its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Neutral) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/weather"
        finally:
            server.shutdown()
            thread.join()


class _Neutral(BaseHTTPRequestHandler):
    def handle(self) -> None:
        with suppress(ConnectionError):  # a browser that goes on in the middle of an answer
            super().handle()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(NEUTRAL_PAGE)))
        self.end_headers()
        self.wfile.write(NEUTRAL_PAGE)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _log(instance: Path):
    return (instance.parent / "server.log").open("ab")


def _environment(instance: Path) -> dict[str, str]:
    """Return the environment without this machine's settings of a practice."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PRACTICE_")}
    return kept | {"PRACTICE_INSTANCE": str(instance)}
