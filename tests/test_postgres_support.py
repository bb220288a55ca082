"""The throw-away PostgreSQL server is safe to start and leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, inspect, make_url, text

from tests.support.interrupts import hear_interrupts

ROOT = Path(__file__).resolve().parents[1]

CONFTEST = 'pytest_plugins = ["tests.support.postgres"]\n'

REPORTING_TEST = """
import json, os, pathlib, time
import psycopg
import pytest
from sqlalchemy import make_url

@pytest.mark.parametrize("number", range(6))
def test_server(postgres_url, number):
    url = make_url(postgres_url)
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        pid = connection.execute("SELECT pg_backend_pid()").fetchone()[0]
        started = connection.execute("SELECT pg_postmaster_start_time()::text").fetchone()[0]
    data = pathlib.Path(url.query["host"], "data")
    found = {
        "folder": url.query["host"],
        "postmaster": int((data / "postmaster.pid").read_text().split()[0]),
        "database": url.database,
        "started": started,
    }
    pathlib.Path(os.environ["OUT"], f"{number}.json").write_text(json.dumps(found))
    time.sleep(float(os.environ["HANG"]))
"""


def run_tests(folder: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Start a test run of its own in ``folder``."""
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "test_reporting.py").write_text(REPORTING_TEST)
    (folder / "pytest.ini").write_text("[pytest]\n")
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    for name in ("TEST_DATABASE_URL", "DYAD_TEST_POSTGRES"):
        kept.pop(name, None)
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        env=kept | {"PYTHONPATH": path, "OUT": str(folder), "HANG": "0"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=hear_interrupts,
    )


def reports(folder: Path) -> list[dict[str, str | int]]:
    return [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def wait_until(condition, seconds: float = 30) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.1)
    return False


def test_each_worker_gets_an_empty_database_of_its_own(postgres_server):
    postgres_url = postgres_server.create("empty")
    engine = create_engine(postgres_url)
    try:
        with engine.connect() as connection:
            name = connection.scalar(text("SELECT current_database()"))
            assert name == make_url(postgres_url).database
            worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
            assert name.endswith(worker)
            assert inspect(connection).get_table_names() == []
    finally:
        engine.dispose()


@pytest.mark.skipif("TEST_DATABASE_URL" in os.environ, reason="that server is not ours")
def test_server_listens_on_no_network_port_and_does_not_run_as_root(postgres_url):
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        row = connection.execute(
            "SELECT current_setting('listen_addresses'), current_setting('data_directory')"
        ).fetchone()
    assert row is not None
    addresses, data = row
    assert addresses == ""
    assert Path(data).stat().st_uid != 0
    assert Path(data).parent.stat().st_mode & 0o077 == 0


def test_copy_of_a_database_has_its_rows_and_changes_on_its_own(postgres_server):
    def ask(url, statement):
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchone() if cursor.description else None

    original = postgres_server.create("original")
    ask(original, "CREATE TABLE couple (name text)")
    ask(original, "INSERT INTO couple VALUES ('Ada and Ben')")
    copy = postgres_server.create("copy", template=original)
    ask(copy, "DELETE FROM couple")

    assert ask(original, "SELECT count(*) FROM couple") == (1,)
    assert ask(copy, "SELECT count(*) FROM couple") == (0,)


def test_parallel_workers_share_one_server_that_is_gone_afterwards(tmp_path):
    run = run_tests(tmp_path, "-n", "2", "--dist", "load")
    output, _ = run.communicate(timeout=120)
    assert run.returncode == 0, output

    found = reports(tmp_path)
    assert len(found) == 6
    assert len({(one["folder"], one["started"]) for one in found}) == 1
    assert len({one["database"] for one in found}) == 2
    assert not Path(str(found[0]["folder"])).exists()
    assert not is_running(int(found[0]["postmaster"]))


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL], ids=["ctrl-c", "killed"])
def test_interrupted_run_leaves_no_server_behind(tmp_path, ending):
    run = run_tests(tmp_path, HANG="60")
    try:
        assert wait_until(lambda: reports(tmp_path), 60), "the inner run did not start its server"
        found = reports(tmp_path)[0]
        assert is_running(int(found["postmaster"]))
        run.send_signal(ending)
        run.communicate(timeout=60)
    finally:
        run.kill()

    assert wait_until(lambda: not Path(str(found["folder"])).exists())
    assert not is_running(int(found["postmaster"]))


def test_missing_programs_fail_the_test_and_say_what_to_install(tmp_path):
    run = run_tests(tmp_path, PRACTICE_POSTGRES_BIN=str(tmp_path / "nowhere"))
    output, _ = run.communicate(timeout=60)
    assert run.returncode == 1
    assert "apt-get install postgresql" in output
