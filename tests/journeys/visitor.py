"""A person at a browser, who looks closely at every page they come to."""

import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, expect

from tests.browser import TOKEN
from tests.journeys.looked_at import LookedAt
from tests.journeys.people import SignIn
from tests.journeys.servers import ROOT

AXE = (ROOT / "tests/vendor/axe-core/axe.min.js").read_text(encoding="utf-8")
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN_AXE = f"""
async () => {{
  const found = await axe.run(document, {{
    runOnly: {json.dumps(STANDARDS)}, resultTypes: ["violations"],
    rules: {{"target-size": {{enabled: true}}}},
  }});
  return found.violations.map(one => one.id + ": " + one.help + " " +
    one.nodes.slice(0, 4).map(node => node.html.slice(0, 160) + " " +
      node.any.concat(node.all, node.none).map(check => check.message).join("; ")).join(" | "));
}}
"""
BUILD = """
const build = () => {
  const kind = element => element.tagName + "." + element.className + "." +
    [...element.attributes].map(one => one.name).sort().join("+");
  const pair = element => kind(element.parentElement || element) + ">" + kind(element);
  const outline = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(one => one.tagName);
  const steps = outline.map((one, place) => (outline[place - 1] || "") + " before " + one);
  return [...new Set([...[...document.querySelectorAll("*")].map(pair), ...steps])];
}
"""
"""What a page is built of, each part once: tags, classes and which attributes, without words; and
which heading follows which."""
MEASURE = """
(touch) => {
  BUILD
  const root = document.documentElement;
  const least = document.body.classList.contains("portal") ? touch : 0;
  const seen = box => box.width > 1 && box.height > 1;
  const small = [...document.querySelectorAll(
    "button, summary, select, input.input, textarea, nav a, a.brand, a.button, .action-link, " +
    ".go, .links a, .foot a, label.answer, .ruler label, .pair label")]
    .map(element => [element, element.getBoundingClientRect()])
    .filter(([element, box]) => seen(box) && !element.closest(".hidden-text, .skip") &&
      (box.height < least - .5 || box.width < least - .5))
    .map(([element, box]) => element.outerHTML.slice(0, 90) +
      ` is ${Math.round(box.width)} x ${Math.round(box.height)}`);
  return {
    overflow: root.scrollWidth - root.clientWidth,
    headings: document.querySelectorAll("h1").length,
    titled: document.title.trim() !== "",
    small,
    build: build(),
  };
}
""".replace("BUILD", BUILD)
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
looked_at = LookedAt()
"""What axe found well. What is too wide or too small is measured anyway."""

TOUCH = 44
"""CSS pixels: the least side of what a partner's finger has to hit (LOOK: big targets)."""

LINK = re.compile(r'<a\b[^>]*?\bhref="(/(?!static)[^"]*)"')


def links_in(text: str) -> list[str]:
    """Return where the links of a page lead, within the application."""
    return [html.unescape(link) for link in LINK.findall(text)]


@dataclass(frozen=True, slots=True)
class Screen:
    """Width and height, CSS pixels."""

    width: int
    height: int


PHONE = Screen(390, 844)
SMALL_PHONE = Screen(320, 640)
DESK = Screen(1280, 900)


class Visitor:
    """One person with a browser of their own; a page that is amiss fails the test."""

    def __init__(
        self, context: BrowserContext, address: str, screen: Screen, *, scripts: bool = True
    ) -> None:
        self.context = context
        self.address = address
        self.page: Page = context.new_page()
        self.turn(screen)
        self.complaints: list[str] = []
        self.pages_seen = 0
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("request", self._asked)
        self.tools = None if scripts else context.new_cdp_session(self.page)
        self._let_scripts_run(False)

    def turn(self, screen: Screen) -> None:
        """Look through a screen of another size."""
        self.page.set_viewport_size({"width": screen.width, "height": screen.height})

    def visit(self, path: str) -> None:
        """Go to an address of the application."""
        self.page.goto(self.address + path)
        self.look()

    def enter(self, who: SignIn) -> None:
        """Be signed in, without typing, and look at the first page: for who is to do other things.

        The form itself is pressed by ``sign_in``.
        """
        address = f"{self.address}/account/sign-in"
        token = TOKEN.search(self.fetch("/account/sign-in"))
        assert token, "somebody is signed in already"
        names = {"email": who.sign_in_name, "password": who.password}
        form = {"csrf_token": token.group(1)} | names
        answer = self.context.request.post(address, form=form, max_redirects=0)
        assert answer.status == 302, answer.text()
        self.visit(answer.headers["location"].removeprefix(self.address))

    def sign_in(self, who: SignIn) -> None:
        """Sign in by name and password."""
        self.visit("/account/sign-in")
        self.fill("Sign-in name", who.sign_in_name)
        self.fill("Password", who.password)
        self.press("Sign in")

    def follow(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Click a link."""
        self._leave(lambda: self._one("link", name, within).click())

    def press(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Click a button that leads to another page."""
        self._leave(lambda: self._one("button", name, within).click())
        assert self.page.locator(".error-summary").count() == 0, self.reads()

    def press_in_vain(self, name: str, *, within: Locator | None = None) -> None:
        """Click a button; the form comes back and says what to mend, before all else."""
        self._leave(lambda: self._one("button", name, within).click())
        expect(self.page.locator(".error-summary")).to_be_focused()

    def fill(self, label: str | re.Pattern[str], text: str) -> None:
        """Type into a field."""
        self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, question: str | re.Pattern[str], answer: str) -> None:
        """Choose an answer to a question, or tick it."""
        self.question(question).get_by_label(answer, exact=True).check()

    def question(self, words: str | re.Pattern[str]) -> Locator:
        """Return the frame of the question whose legend holds ``words``."""
        legend = self.page.locator("legend").filter(has_text=words)
        return self.page.locator("fieldset").filter(has=legend)

    def part(self, heading: str) -> Locator:
        """Return the part of the page below a heading."""
        return self.page.get_by_role("region", name=heading, exact=True)

    def links(self, within: str) -> list[str]:
        """Return where the links below a CSS selector lead, within the application."""
        links = self.page.locator(f"{within} a[href^='/']:not([href^='/static'])")
        found: list[str] = links.evaluate_all("all => all.map(one => one.getAttribute('href'))")
        return found

    def fetch(self, path: str) -> str:
        """Return what the server sends for an address, without showing it."""
        return self.context.request.get(self.address + path).text()

    def reads(self) -> str:
        """Return the words on the screen."""
        return self.page.locator("body").inner_text()

    def look(self) -> None:
        """Fail if the page that is open has a fault that anybody or a tool can see."""
        self.page.wait_for_load_state("load")
        self.pages_seen += 1
        measured: dict[str, Any] = self.page.evaluate(MEASURE, TOUCH)
        where = f"{urlsplit(self.page.url).path} at {self.page.viewport_size}"
        assert measured["overflow"] <= 0, f"{where} is {measured['overflow']} px too wide"
        assert measured["headings"] == 1, f"{where} has {measured['headings']} h1"
        assert measured["titled"], f"{where} has no title"
        assert not measured["small"], f"{where} has small targets: {measured['small']}"
        self._look_with_axe(where, set(measured["build"]))
        assert not self.complaints, f"{where}: {self.complaints}"

    def _look_with_axe(self, where: str, build: set[str]) -> None:
        if looked_at.knows(build):
            return
        self._let_scripts_run(True)
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        violations = self.page.evaluate(RUN_AXE)
        self._let_scripts_run(False)
        assert not violations, f"{where}: " + "\n".join(violations)
        looked_at.add(build)

    def save_picture(self, path: Path) -> None:
        """Keep what is on the screen."""
        self.page.screenshot(path=path, full_page=True)

    def _one(self, role: Any, name: str | re.Pattern[str], within: Locator | None) -> Locator:
        return (within or self.page).get_by_role(role, name=name, exact=True)

    def _leave(self, act: Callable[[], None]) -> None:
        with self.page.expect_navigation():
            act()
        self.look()

    def _let_scripts_run(self, allowed: bool) -> None:
        """Where scripts are off: let axe run, which needs them; the page's own stay unread."""
        if self.tools:
            self.tools.send("Emulation.setScriptExecutionDisabled", {"value": not allowed})

    def _heard(self, message: ConsoleMessage) -> None:
        # A form that was refused, or a page that is not there, is an answer and no fault.
        asked_for = REFUSED.match(message.text) and message.location["url"] == self.page.url
        if message.type in {"error", "warning"} and not asked_for:
            self.complaints.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "data" and parts.hostname != "127.0.0.1":
            self.complaints.append(f"asked {parts.hostname} for something")
