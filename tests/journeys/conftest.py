"""A server with invented people, Chromium, and visitors whose last sight is kept on failure."""

import fcntl
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys import servers
from tests.journeys.visitor import DESK, Screen, Visitor, looked_at

visitors_key = pytest.StashKey[list[Visitor]]()
NAMES = ("chromium", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def exit_address() -> Iterator[str]:
    """Where "Leave now" leads."""
    with servers.neutral_page() as address:
        yield address


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, exit_address: str) -> Iterator[servers.Server]:
    """The server of a practice with part of the demo caseload."""
    instance = tmp_path_factory.mktemp("practice") / "instance"
    if "PYTEST_XDIST_WORKER" in os.environ:
        shutil.copytree(_filled_once(tmp_path_factory.getbasetemp().parent), instance)
    else:
        servers.run("tests.journeys.fill", str(instance), instance=instance)
    with servers.serving(instance, exit_address=exit_address) as server:
        yield server


def _filled_once(shared: Path) -> Path:
    """Return an instance that one worker fills for all; each serves a copy of it."""
    filled = shared / "filled" / "instance"
    filled.parent.mkdir(exist_ok=True)
    with (shared / "filled.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "filled.done").exists():
            shutil.rmtree(filled, ignore_errors=True)  # of a worker that did not come to its end
            servers.run("tests.journeys.fill", str(filled), instance=filled)
            (shared / "filled.done").touch()
    return filled


@pytest.fixture(scope="session")
def practice(server: servers.Server) -> str:
    """Its address."""
    return server.address


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The system's Chromium, which finds no other host than this one."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        looked_at.share(tmp_path_factory.getbasetemp().parent / "looked-at")
    found = os.environ.get("PRACTICE_CHROMIUM") or next(
        filter(None, map(shutil.which, NAMES)), None
    )
    arguments = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-gpu"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found,  # None: Playwright's own
            args=arguments,
            # Switched off by default; it is what shows a page again behind the Back button.
            ignore_default_args=["--disable-back-forward-cache"],
        )
        yield browser
        browser.close()


@pytest.fixture
def visitor(
    request: pytest.FixtureRequest, chromium: Browser, practice: str
) -> Iterator[Callable[..., Visitor]]:
    """Return a function that opens a browser for one more person."""
    visitors = request.node.stash.setdefault(visitors_key, [])

    def open_browser(screen: Screen = DESK, *, scripts: bool = True) -> Visitor:
        context = chromium.new_context(reduced_motion="reduce", locale="en-GB")
        context.set_default_timeout(30_000)
        visitors.append(Visitor(context, practice, screen, scripts=scripts))
        return visitors[-1]

    yield open_browser
    for one in visitors:
        one.context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    if report.when == "call" and report.failed:
        folder = item.config._tmp_path_factory.getbasetemp()
        for number, one in enumerate(item.stash.get(visitors_key, []), start=1):
            report.sections.append(("what was on the screen", _picture(one, folder, item, number)))
    return report


def _picture(visitor: Visitor, folder: Path, item: pytest.Item, number: int) -> str:
    path = folder / f"{re.sub(r'[^a-z0-9]+', '-', item.name)}-{number}.png"
    try:
        visitor.save_picture(path)
    except Exception as error:
        return f"no picture: {error}"
    return f"{visitor.page.url}\n{path}"
