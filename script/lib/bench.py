"""What the pages over a whole caseload cost, as ratios of what the machine can do at best.

``bench.py COUPLES SESSIONS ROUNDS``, within a scratch instance; see ``script/bench --help``.
"""

import os
import re
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench_data import PASSWORD, SIGN_IN_NAME, fill
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from practice.app import create_app
from practice.db import db
from practice.models import Base

PAGES = {
    "caseload": "/",
    "search": "POST / q=Abbot",
    "outcomes": "/outcomes",
    "outcomes.csv": "/outcomes.csv",
    "practice": "/outcomes/practice",
}
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
SMALLER = 10
"""How many times smaller the second caseload is, to see the growth."""

SCHEMA = """
create table couple(id integer primary key, name text, started_on text);
create table session(couple_id integer, starts_at text, status text);
create table score(couple_id integer, taken_at text, value real);
create table task(couple_id integer, status text);
create index session_couple on session(couple_id, status, starts_at);
create index score_couple on score(couple_id, taken_at, value);
create index task_couple on task(couple_id, status);
"""
QUERY = """select c.name, c.started_on,
  (select count(*) from session s where s.couple_id = c.id and s.status = 'held'),
  (select max(starts_at) from session s where s.couple_id = c.id and s.status = 'held'),
  (select min(starts_at) from session s where s.couple_id = c.id and s.status = 'planned'),
  (select value from score m where m.couple_id = c.id order by taken_at desc limit 1),
  (select count(*) from task t where t.couple_id = c.id and t.status = 'open')
from couple c order by c.name limit 50"""
TABLE = """<!doctype html><html lang="en-GB"><title>Caseload</title><table>
{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}
</table></html>"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one page: CPU in milliseconds over the rounds, statements and bytes."""

    times: tuple[float, ...]
    statements: int
    size: int

    def __str__(self) -> str:
        low, middle, high = min(self.times), statistics.median(self.times), max(self.times)
        return (
            f"{low:8.1f} {middle:8.1f} {high:8.1f}  {self.statements:4d}  {self.size / 1024:7.1f}"
        )


def floor(couples: int, sessions: int, rounds: int) -> Cost:
    """Return what 50 rows of such a caseload cost without anything of Dyad around them."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.executescript(SCHEMA)
    connection.executemany(
        "insert into couple values(?, ?, '2026-01-05')",
        ((number, f"Couple {number * 7919 % 100003}") for number in range(couples)),
    )
    connection.executemany(
        "insert into session values(?, date('2022-01-03', ?), ?)",
        (
            (number, f"{7 * week} days", "planned" if week == sessions - 1 else "held")
            for number in range(couples)
            for week in range(sessions)
        ),
    )
    for table, rows in (("score", "date('2026-01-05', n || ' days'), 40 + n"), ("task", "'open'")):
        connection.execute(
            f"insert into {table} select id, {rows} from couple, "  # noqa: S608  # our own words
            "(select 1 as n union select 2 union select 3 union select 4 union select 5)"
        )
    app = Flask("floor")
    template = app.jinja_env.from_string(TABLE)

    @app.get("/")
    def caseload() -> str:
        return template.render(rows=connection.execute(QUERY).fetchall())

    client = app.test_client()
    return Cost(_times(lambda: client.get("/").data, rounds), 1, len(client.get("/").data))


def dyad(couples: int, sessions: int, rounds: int, name: str) -> dict[str, Cost]:
    """Return what Dyad's pages cost with a caseload of this size, fetched as a browser does."""
    instance = Path(os.environ["PRACTICE_INSTANCE"]) / name
    app = create_app({"instance": instance, "testing": True})
    with app.app_context():
        Base.metadata.create_all(db.engine)
        began = time.perf_counter()
        fill(couples=couples, sessions=sessions, colleagues=couples // 5)
        print(f"{couples} couples with {sessions} sessions each: filled in ", end="")
        print(f"{time.perf_counter() - began:.0f} s", flush=True)
    client = app.test_client()
    page = client.get("/account/sign-in").text
    form = {"csrf_token": _token(page), "email": SIGN_IN_NAME, "password": PASSWORD}
    if client.post("/account/sign-in", data=form).status_code != 302:
        raise SystemExit("the invented therapist cannot sign in")
    return {title: _cost(app, client, path, rounds) for title, path in PAGES.items()}


def _cost(app: Flask, client: FlaskClient, path: str, rounds: int) -> Cost:
    token = _token(client.get("/").text)

    def fetch() -> bytes:
        if path.startswith("POST"):
            answer = client.post("/", data={"csrf_token": token, "q": "Abbot"})
        else:
            answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: answered with {answer.status_code}")
        return answer.data

    size = len(fetch())
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    counts = []
    event.listen(engine, "before_cursor_execute", note)
    for _ in range(3):
        sent.clear()
        fetch()
        counts.append(len(sent))
    event.remove(engine, "before_cursor_execute", note)
    # Once in a while a page also notes when its session was last used.
    return Cost(_times(fetch, rounds), min(counts), size)


def _times(work: Callable[[], object], rounds: int) -> tuple[float, ...]:
    work()
    found = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        found.append(1000 * (time.process_time() - began))
    return tuple(found)


def _token(page: str) -> str:
    found = TOKEN.search(page)
    return found.group(1) if found else ""


def main(couples: int, sessions: int, rounds: int) -> None:
    """Measure, and print one table."""
    load = os.getloadavg()[0]
    least = floor(couples, sessions, rounds)
    small = dyad(max(1, couples // SMALLER), sessions, rounds, "small")
    large = dyad(couples, sessions, rounds, "large")
    print(f"\nCPU in ms per page, {rounds} rounds; load average at the start {load:.1f}")
    print(
        f"{'':14}{'min':>8} {'median':>8} {'max':>8}  {'SQL':>4}  {'KiB':>7}  {'x floor':>8}",
        end="",
    )
    print(f"  {'x ' + str(couples // SMALLER) + ' couples':>15}")
    print(f"{'floor':14}{least}  {1:8.1f}")
    for title, cost in large.items():
        before = small[title]
        ratio, growth = min(cost.times) / min(least.times), min(cost.times) / min(before.times)
        print(f"{title:14}{cost}  {ratio:8.1f}  {growth:15.1f}")
    differing = [t for t in large if large[t].statements != small[t].statements]
    if differing:
        raise SystemExit(
            f"The number of statements grows with the caseload: {', '.join(differing)}"
        )
    print("The number of statements is the same for both caseloads.")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
