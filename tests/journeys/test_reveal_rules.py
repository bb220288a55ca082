"""Two phones under each rule of who reads what somebody wrote, in both orders.

Whatever is written here is written on a bad line: the answer to the first press is lost on its way
to the phone, and then a finger presses twice. Under no rule is anything there twice, or too early.
"""

import re

import pytest
from playwright.sync_api import Locator, Route, expect

from practice.domain.visibility import Audience
from tests.journeys.people import ASTA, MET, MIRA, NILS, TASKS, SignIn
from tests.journeys.still_phone import plain
from tests.journeys.visitor import PHONE, Visitor

pytestmark = pytest.mark.browser

PRIVATE, THERAPIST, IN_SESSION, WAITS, COUPLE = Audience
ENTRY = re.compile(r'href="(/my/homework/entries/[0-9a-f-]{36})"')
TODAY, YESTERDAY = 0, 1


class Phone:
    """A phone of one of the two, and what is on its pages."""

    def __init__(self, visitor: Visitor, who: SignIn) -> None:
        self.visitor, self.page = visitor, visitor.page
        visitor.enter(who)

    def fetch(self, path: str) -> tuple[int, str]:
        answer = self.visitor.context.request.get(self.visitor.address + path, max_redirects=0)
        return answer.status, answer.text()

    def pages(self, *rules: Audience) -> list[str]:
        """Return the pages on which something written under these rules could show, as sent."""
        paths = ["/my/", "/my/homework", *(f"/my/homework/{TASKS[rule]}" for rule in rules)]
        return [plain(self.fetch(path)[1]) for path in paths]

    def reads(self, rule: Audience) -> set[str]:
        """Return the lines of a worksheet's entries that this phone can open; none is twice."""
        _, listed = self.fetch(f"/my/homework/{TASKS[rule]}")
        texts = [self.fetch(path)[1] for path in dict.fromkeys(ENTRY.findall(listed))]
        lines = [line for text in texts for line in set(re.findall(r"line of \w+ \d+", text))]
        assert len(lines) == len(set(lines)), f"an entry is there twice: {lines}"
        return set(lines)

    def type(self, rule: Audience, line: str, readers: str, day: int = TODAY) -> None:
        """Fill the worksheet in, and do not save it."""
        self.page.goto(f"{self.visitor.address}/my/homework/{TASKS[rule]}")
        if rule is not PRIVATE:
            self.visitor.choose("Who may read", readers)
        self.page.locator("[name=for_day]").nth(day).check()
        self.visitor.choose("How far did you get?", "Partly")
        self.line.fill(line)

    @property
    def line(self) -> Locator:
        """The field that every worksheet has."""
        return self.page.get_by_label(re.compile("^Did anything get in the way"))

    def write(self, rule: Audience, line: str, readers: str, day: int = TODAY) -> str:
        """Write and save; return the address of the entry."""
        self.type(rule, line, readers, day)
        save = self.page.get_by_role("button", name="Save what I wrote")
        lost: list[int] = []

        def lose_the_answer(route: Route) -> None:
            lost.append(route.fetch(max_redirects=0).status)
            route.fulfill(status=204)  # the phone never hears of it, and stays where it is

        self.page.route(self.page.url, lose_the_answer, times=1)
        with self.page.expect_response(self.page.url):
            save.click()
        assert lost == [303]
        save.dblclick()
        self.page.wait_for_url(re.compile("/my/homework/entries/"))
        return self.page.url.removeprefix(self.visitor.address)

    def show(self, entry: str, readers: str) -> None:
        """Show an entry later than it was written."""
        self.page.goto(self.visitor.address + entry)
        self.visitor.follow("Show it, take it back, or lock it away")
        self.visitor.choose("Who may see it", readers)
        self.visitor.press("Show it")

    def act(self, entry: str, button: str) -> None:
        """Show an entry, take it back, or lock it away."""
        own = entry.replace("/homework/entries/", "/entries/homework/")
        self.page.goto(self.visitor.address + own)
        self.visitor.press(button)


@pytest.fixture
def three(visitor) -> tuple[Visitor, Phone, Phone]:
    mira = visitor()
    mira.enter(MIRA)
    return mira, Phone(visitor(PHONE), ASTA), Phone(visitor(PHONE), NILS)


def read_by(mira: Visitor, rule: Audience) -> str:
    mira.visit(f"/assignments/{TASKS[rule]}")
    return mira.reads()


def test_each_rule_on_two_phones(three):
    mira, asta, nils = three
    what_is_kept_or_for_mira_is_on_no_other_phone(mira, asta, nils)
    what_is_shared_at_once_is_there_and_goes_again(asta, nils)
    what_waits_for_both_opens_whoever_comes_first(asta, nils)
    what_is_read_in_a_session_opens_by_mira(mira, asta, nils)


def what_is_kept_or_for_mira_is_on_no_other_phone(mira: Visitor, asta: Phone, nils: Phone) -> None:
    for one, other, number in ((asta, nils, 1), (nils, asta, 2)):
        before = other.pages(PRIVATE, THERAPIST)
        own = one.write(PRIVATE, f"line of private {number}", "You alone")
        for_mira = one.write(THERAPIST, f"line of therapist {number}", "You and Mira")
        late = one.write(THERAPIST, f"line of later {number}", "You alone")
        assert other.pages(PRIVATE, THERAPIST) == before
        assert f"line of later {number}" not in read_by(mira, THERAPIST)
        one.show(late, "You and Mira")
        one.act(own, "Lock it away")
        one.act(for_mira, "Lock it away")
        assert other.pages(PRIVATE, THERAPIST) == before
        assert {other.fetch(entry)[0] for entry in (own, for_mira, late)} == {404}
        assert one.reads(PRIVATE) == set()
        assert one.reads(THERAPIST) == {f"line of later {number}"}
    assert "line of private" not in read_by(mira, PRIVATE)
    read = read_by(mira, THERAPIST)
    assert all(f"line of {one}" in read for one in ("therapist 1", "therapist 2", "later 1"))


def what_is_shared_at_once_is_there_and_goes_again(asta: Phone, nils: Phone) -> None:
    for one, other, number in ((asta, nils, 1), (nils, asta, 2)):
        name = "Nils" if other is nils else "Asta"
        before = other.pages(COUPLE)
        at_once = one.write(COUPLE, f"line of couple {number}", f"You, Mira and {name}")
        assert f"line of couple {number}" in other.reads(COUPLE)
        one.act(at_once, "Take it back" if one is nils else "Lock it away")
        assert other.pages(COUPLE) == before
        late = one.write(COUPLE, f"line of later {number}", "You alone", YESTERDAY)
        assert other.pages(COUPLE) == before
        one.show(late, f"You, Mira and {name}")
        assert f"line of later {number}" in other.reads(COUPLE)
        one.act(late, "Take it back" if one is asta else "Lock it away")
        assert other.pages(COUPLE) == before


WAITING = "You and Mira; {} too, once both have written"


def what_waits_for_both_opens_whoever_comes_first(asta: Phone, nils: Phone) -> None:
    before = nils.pages(WAITS)
    hers = asta.write(WAITS, "line of hers 1", WAITING.format("Nils"), YESTERDAY)
    assert nils.pages(WAITS) == before
    nils.write(WAITS, "line of his 1", WAITING.format("Asta"), YESTERDAY)
    assert asta.reads(WAITS) == nils.reads(WAITS) == {"line of hers 1", "line of his 1"}
    asta.act(hers, "Take it back")
    assert asta.reads(WAITS) == {"line of hers 1"}
    assert nils.reads(WAITS) == {"line of his 1"}

    before = asta.pages(WAITS)
    gone = nils.write(WAITS, "line of gone 2", WAITING.format("Asta"))
    assert asta.pages(WAITS) == before
    nils.act(gone, "Lock it away")
    assert asta.pages(WAITS) == before
    before = nils.pages(WAITS)
    asta.write(WAITS, "line of hers 2", WAITING.format("Nils"))
    assert nils.pages(WAITS) == before, "what is locked away opens nothing"
    before = asta.pages(WAITS)
    late = nils.write(WAITS, "line of late 2", "You alone")
    assert asta.pages(WAITS) == before
    nils.show(late, WAITING.format("Asta"))
    assert {"line of hers 2", "line of late 2"} <= asta.reads(WAITS) & nils.reads(WAITS)
    nils.act(late, "Lock it away")
    assert asta.pages(WAITS) == before
    assert "line of hers 2" not in nils.reads(WAITS)


def what_is_read_in_a_session_opens_by_mira(mira: Visitor, asta: Phone, nils: Phone) -> None:
    waits = "You and Mira; in a session Mira can open it for {} too"
    before = nils.pages(IN_SESSION)
    hers = asta.write(IN_SESSION, "line of session 1", waits.format("Nils"))
    assert nils.pages(IN_SESSION) == before
    before = asta.pages(IN_SESSION)
    his = nils.write(IN_SESSION, "line of session 2", "You alone")
    nils.show(his, waits.format("Asta"))
    locked = nils.write(IN_SESSION, "line of session 3", waits.format("Asta"))
    nils.act(locked, "Lock it away")
    assert asta.pages(IN_SESSION) == before, "nor does it show that something waits"
    mira.visit(f"/sessions/{MET}")
    together = mira.part("To read together").inner_text()
    assert "Written by Asta and Nils, 2 times in all" in together
    assert "You, Asta and Nils" in together
    mira.press(re.compile("^Open for both, in this session"))
    both = {"line of session 1", "line of session 2"}
    assert asta.reads(IN_SESSION) == nils.reads(IN_SESSION) == both
    assert asta.fetch(locked)[0] == 404
    before = nils.pages(IN_SESSION)
    later = asta.write(IN_SESSION, "line of session 4", waits.format("Nils"), YESTERDAY)
    assert nils.pages(IN_SESSION) == before, "what is written after the opening waits anew"
    asta.act(later, "Take it back")
    assert nils.pages(IN_SESSION) == before
    asta.act(hers, "Take it back")
    assert nils.reads(IN_SESSION) == {"line of session 2"}
    nils.act(his, "Lock it away")
    assert asta.reads(IN_SESSION) == {"line of session 1", "line of session 4"}
    assert "Open for both" not in read_by(mira, IN_SESSION)


def test_a_connection_that_drops_before_anything_is_sent(visitor):
    nils = Phone(visitor(PHONE), NILS)
    trouble = nils.page.locator("[data-keep-trouble]")
    save = nils.page.get_by_role("button", name="Save what I wrote")
    nils.type(COUPLE, "line of tunnel 1", "You, Mira and Asta")
    nils.visitor.context.set_offline(True)
    nils.line.fill("line of tunnel 2")
    expect(trouble).to_contain_text("Not kept just now")
    save.click()
    expect(trouble).to_contain_text("There is no connection just now")
    nils.visitor.context.set_offline(False)
    expect(trouble).to_contain_text("The connection is back")

    nils.visitor.complaints.clear()  # the browser says that it was offline
    nils.visitor.press("Save what I wrote")
    assert nils.reads(COUPLE) & {"line of tunnel 1", "line of tunnel 2"} == {"line of tunnel 2"}
