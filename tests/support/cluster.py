"""A throw-away PostgreSQL server for one test run.

The server belongs to a *keeper*, a process of its own that ``ensure_started`` starts. The keeper
waits for a lock that the test run holds for as long as it lives. The kernel frees the lock
however the run ends (normally, Ctrl-C, killed), and the keeper then stops the server and removes
its folder. Nothing polls, and nothing is left behind.

Run as a script, this module is the keeper: ``cluster.py FOLDER``.
"""

from __future__ import annotations

import fcntl
import locale
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO, Any

OWNER = "dyad"
PORT = 5432  # only the name of the socket file: the server opens no network port
START_SECONDS = 60.0
STOP_SECONDS = 20.0
HOW_TO_INSTALL = (
    "PostgreSQL's server programs were not found. Run script/test, which installs them, or: "
    "apt-get install postgresql (Debian, Ubuntu), brew install postgresql (macOS). "
    "A server of your own can be named in TEST_DATABASE_URL instead."
)
SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "max_connections": "60",
    # Nothing here needs to outlive a power cut.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # Far from UTC on purpose: a time that loses its zone on the way shows at once.
    "timezone": "Asia/Kathmandu",
}


class ClusterError(RuntimeError):
    """The server could not be started; the message says what to do."""


def _version(folder: Path) -> int:
    """Return the major version in a folder's path, 0 when it has none."""
    numbers = re.findall(r"\d+", folder.as_posix())
    return int(numbers[0]) if numbers else 0


def find_programs() -> Path | None:
    """Return the folder with ``initdb`` and ``postgres``, the newest version first.

    ``PRACTICE_POSTGRES_BIN`` names a folder and rules out all others.
    """
    if chosen := os.environ.get("PRACTICE_POSTGRES_BIN"):
        folders = [Path(chosen)]
    else:
        folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
        folders += sorted(Path("/usr").glob("pgsql-*/bin"), key=_version, reverse=True)
        folders += sorted(Path("/opt/homebrew/opt").glob("postgresql*/bin"), reverse=True)
        on_path = shutil.which("initdb")
        folders += [Path(on_path).resolve().parent] if on_path else []
    complete = (f for f in folders if (f / "initdb").is_file() and (f / "postgres").is_file())
    return next(complete, None)


def unprivileged_user() -> pwd.struct_passwd | None:
    """Return whom the server must run as: nobody else, unless this process is root.

    Raises:
        ClusterError: if this is root and the machine has no other user to lend.
    """
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise ClusterError("PostgreSQL refuses to run as root, and there is no user postgres or nobody")


def _open_to_all(folder: Path) -> bool:
    """Say whether every user may walk into ``folder``."""
    parts = [folder, *folder.parents]
    return all(part.is_dir() and part.stat().st_mode & stat.S_IXOTH for part in parts)


def make_folder() -> Path:
    """Make the folder of one run, readable by nobody but this user (and the server's)."""
    candidates = [Path(tempfile.gettempdir()).resolve(), Path("/tmp"), Path("/var/tmp")]  # noqa: S108
    if os.geteuid() == 0:
        candidates = [folder for folder in candidates if _open_to_all(folder)]
    return Path(tempfile.mkdtemp(prefix="dyad-postgres-", dir=candidates[0]))


@contextmanager
def locked(path: Path) -> Iterator[IO[bytes]]:
    """Hold the lock on ``path``; wait for it if another process has it."""
    with path.open("ab") as file:
        fcntl.lockf(file, fcntl.LOCK_EX)
        yield file


def hold_alive(folder: Path) -> IO[bytes]:
    """Take the lock that keeps the server of ``folder`` running; closing the file releases it."""
    file = (folder / "alive").open("ab")
    fcntl.lockf(file, fcntl.LOCK_EX)
    return file


def ensure_started(folder: Path) -> None:
    """Start the server of ``folder`` unless it runs; safe from several processes at once.

    Raises:
        ClusterError: if it cannot be started, with what the server said.
    """
    with locked(folder / "starting"):
        ready, failed = folder / "ready", folder / "failed"
        if not ready.exists() and not failed.exists():
            with (folder / "keeper.log").open("ab") as log:
                keeper = subprocess.Popen(
                    [sys.executable, __file__, str(folder)],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,  # Ctrl-C is for the tests; the keeper tidies up after
                )
            _wait_until_started(folder, keeper)
        if failed.exists():
            raise ClusterError(failed.read_text(encoding="utf-8"))


def _wait_until_started(folder: Path, keeper: subprocess.Popen[bytes]) -> None:
    """Wait for the keeper's word; a keeper that died without one counts as failed."""
    until = time.monotonic() + START_SECONDS
    while not (folder / "ready").exists() and not (folder / "failed").exists():
        if keeper.poll() is not None or time.monotonic() > until:
            log = (folder / "keeper.log").read_text(encoding="utf-8", errors="replace")
            _say(folder / "failed", f"PostgreSQL did not start:\n{log}")
            return
        time.sleep(0.05)
    keeper.returncode = 0  # it is left to itself on purpose; without this Python warns


def discard(folder: Path, alive: IO[bytes]) -> None:
    """End the run of ``folder``: stop its server, if it was started, and remove everything."""
    started = (folder / "keeper.log").exists() and not (folder / "failed").exists()
    alive.close()
    until = time.monotonic() + STOP_SECONDS
    while started and folder.exists() and time.monotonic() < until:
        time.sleep(0.05)
    shutil.rmtree(folder, ignore_errors=True)


def _say(path: Path, text: str) -> None:
    """Write a file that others wait for, in one step."""
    draft = path.with_suffix(".draft")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


# The keeper, a process of its own.


def _locale() -> str:
    """Return a locale with Unicode letters where the machine has one, so that case works."""
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    return "C.UTF-8"


def _as_user(user: pwd.struct_passwd | None) -> dict[str, Any]:
    """Return the arguments that make a child process run as ``user``."""
    if user is None:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _start_server(folder: Path) -> subprocess.Popen[bytes]:
    """Make an empty cluster in ``folder`` and start its server."""
    programs = find_programs()
    if programs is None:
        raise ClusterError(HOW_TO_INSTALL)
    user = unprivileged_user()
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    child: dict[str, Any] = {
        "cwd": folder,
        "env": {"PATH": os.defpath, "LC_ALL": _locale(), "HOME": str(folder)},
        "stdin": subprocess.DEVNULL,
        **_as_user(user),
    }
    data = folder / "data"
    subprocess.run(
        [programs / "initdb", f"--pgdata={data}", f"--username={OWNER}", "--auth=trust"]
        + ["--encoding=UTF8", f"--locale={_locale()}", "--no-sync"],
        check=True,
        **child,
    )
    options = [f"--{name}={value}" for name, value in SETTINGS.items()]
    return subprocess.Popen(
        [programs / "postgres", "-D", str(data), "-k", str(folder), *options], **child
    )


def _wait_until_answering(folder: Path, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server says in its status file that it takes connections."""
    status = folder / "data" / "postmaster.pid"
    until = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < until:
        lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
        if len(lines) >= 8 and lines[7].strip() == "ready":
            return
        time.sleep(0.05)
    raise ClusterError("PostgreSQL started but took no connection; its words are above.")


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def keep(folder: Path) -> None:
    """Start the server, report, wait for the end of the run, stop the server, remove the folder."""
    signal.signal(signal.SIGTERM, _end)
    server: subprocess.Popen[bytes] | None = None
    try:
        server = _start_server(folder)
        _wait_until_answering(folder, server)
        _say(folder / "ready", "")
        with locked(folder / "alive"):
            pass
    except ClusterError as problem:
        _say(folder / "failed", str(problem))
        return
    finally:
        if server is not None:
            server.send_signal(signal.SIGQUIT)  # at once: nobody will read this data again
            server.wait(STOP_SECONDS)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
