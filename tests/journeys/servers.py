"""What the browsers talk to: the real application under gunicorn, and a page of somebody else's."""

import os
import signal
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


class Server:
    """An instance served as script/demo does, with one worker; can be killed and started again."""

    def __init__(self, instance: Path, listener: socket.socket, exit_address: str) -> None:
        self.address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self._instance = instance
        self._listener = listener
        self._exit_address = exit_address
        self.start()

    def start(self) -> None:
        """Start it; who asks meanwhile waits."""
        with _log(self._instance) as log:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "gunicorn", "--worker-class", "gthread"),
                    *("--threads", "4", "--bind", f"fd://{self._listener.fileno()}"),
                    *("--no-control-socket", "--graceful-timeout", "2"),
                    *("--log-level", "warning", "practice.wsgi:app"),
                ],
                cwd=ROOT,
                env=_environment(self._instance) | {"PRACTICE_EXIT_ADDRESS": self._exit_address},
                pass_fds=[self._listener.fileno()],
                stdout=log,
                stderr=subprocess.STDOUT,
                process_group=0,
            )

    def kill(self) -> None:
        """End it and its worker in the middle of whatever they do (SIGKILL)."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(timeout=30)

    def stop(self) -> None:
        """Let it end in its own time."""
        self._process.terminate()
        self._process.wait(timeout=30)


@contextmanager
def serving(instance: Path, *, exit_address: str) -> Iterator[Server]:
    """Serve an instance."""
    # The port is held open from here on, so that nobody takes it and the first request can wait.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(instance, listener, exit_address)
        try:
            yield server
        finally:
            server.stop()


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
