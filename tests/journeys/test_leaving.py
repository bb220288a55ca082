"""Leave now and sign out: the session is dead, and Back shows nothing of what was on the screen.

Chromium keeps pages whole behind the Back button here (see ``chromium``), as it does for people.
"""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.journeys.people import ADA, BEN, TESS
from tests.journeys.servers import NEUTRAL_WORDS
from tests.journeys.visitor import DESK, PHONE, Visitor

pytestmark = pytest.mark.browser

OWN_WORDS = "We want to stop living side by side"
"""Stands on the first page of Ada and of Ben."""


SHIFT_THRICE = """
() => {
  for (let time = 0; time < 3; time++) {
    document.dispatchEvent(new KeyboardEvent("keydown", {key: "Shift", bubbles: true}));
  }
  return [getComputedStyle(document.body).visibility, document.title];
}
"""
CLICK = """
() => {
  document.querySelector("#leave button").click();
  return [getComputedStyle(document.body).visibility, document.title];
}
"""
"""Both return what is on the screen at once, before any answer can have come."""


def click(phone: Visitor) -> None:
    phone.page.get_by_role("button", name="Leave now").click()


def click_at_once(phone: Visitor) -> None:
    phone.page.get_by_role("button", name="Leave now").click(no_wait_after=True)


STORES = """
async () => [
  localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, document.cookie
]
"""
"""What scripts could have kept in the browser; the session's cookie is closed to them."""


def press_shift(phone: Visitor) -> None:
    for _ in range(2):
        phone.page.keyboard.press("Shift")
    # The page goes with this key. Nobody would hear of a key let go of in that moment, and the
    # test would wait for it for ever: it is let go of on the next page.
    phone.page.keyboard.down("Shift")


def let_go(phone: Visitor) -> None:
    """Let go of the key that ``press_shift`` holds; of none, where it was not pressed."""
    phone.page.keyboard.up("Shift")


@pytest.mark.parametrize(
    ("leave", "scripts"),
    [(click, True), (press_shift, True), (click, False)],
    ids=["button", "shift", "without-scripts"],
)
def test_leave_now(visitor, exit_address, leave, scripts):
    phone = visitor(PHONE, scripts=scripts)
    phone.enter(ADA)
    phone.follow("All goals")
    phone.follow("Home")
    assert OWN_WORDS in phone.reads()
    if not scripts:
        press_shift(phone)
        let_go(phone)
        assert OWN_WORDS in phone.reads()
    ticket = phone.context.cookies()
    leave(phone)
    phone.page.wait_for_url(exit_address)
    let_go(phone)
    expect(phone.page.get_by_text(NEUTRAL_WORDS)).to_be_visible()
    assert session_is_dead(phone, ticket)
    for _ in range(4):
        go_back(phone, OWN_WORDS, ADA.name)
    phone.visit("/my/")
    assert "/account/sign-in" in phone.page.url


IN_TIME = 0.3
"""Seconds from the click or the last key to the neutral page (S18)."""

AT_REST = 0.03
"""Seconds that a bare page takes on a machine that does nothing else: where it takes longer, right
before or right after, time says more of the machine than of the page, and the best of three counts.
"""


@pytest.mark.parametrize(
    ("leave", "scripts"),
    [(click_at_once, True), (press_shift, True), (click_at_once, False)],
    ids=["button", "shift", "without-scripts"],
)
def test_the_neutral_page_is_there_in_no_time(visitor, exit_address, leave, scripts):
    """S18."""
    taken, at_rest = [], []
    for _ in range(3):
        phone, other = visitor(PHONE, scripts=scripts), visitor(PHONE).page
        phone.enter(ADA)
        bare = [_time(lambda page=other: page.goto(exit_address, wait_until="commit"))]
        taken.append(_time(lambda one=phone: _gone(one, leave, exit_address)))
        bare.append(_time(lambda page=other: page.goto(exit_address, wait_until="commit")))
        if max(bare) <= AT_REST:
            at_rest.append(taken[-1])
        phone.page.close()
        other.close()
    assert min(taken) <= IN_TIME, taken
    assert all(seconds <= IN_TIME for seconds in at_rest), (at_rest, taken)


def _gone(phone: Visitor, leave, exit_address) -> None:
    leave(phone)
    phone.page.wait_for_url(exit_address, wait_until="commit")


def _time(act) -> float:
    begun = time.monotonic()
    act()
    return time.monotonic() - begun


def test_nothing_of_an_answer_is_kept_in_the_browser(visitor):
    """T8: half a form, and what its author locked away, leave nothing in any store."""
    phone = visitor(PHONE)
    phone.enter(BEN)
    phone.follow(re.compile("^Open, about 5 minutes"))
    phone.page.get_by_label("What was it, in a few words?").fill("canaryword")
    assert phone.page.evaluate(STORES) == [0, 0, 0, ""]


@pytest.mark.parametrize("act", [SHIFT_THRICE, CLICK], ids=["shift", "button"])
def test_leave_now_blanks_the_page_before_the_server_answers(visitor, exit_address, act):
    phone = visitor(PHONE)
    phone.enter(ADA)
    assert phone.page.evaluate(act) == ["hidden", "Loading"]
    phone.page.wait_for_url(exit_address)


def test_shift_in_the_course_of_typing_does_not_leave(visitor):
    phone = visitor(PHONE)
    phone.enter(BEN)
    phone.follow(re.compile("^Open, about 5 minutes"))
    field = phone.page.get_by_label("What was it, in a few words?")
    field.fill("")  # what another test began here was kept
    for letter in ("A", "B", "C"):
        field.press(f"Shift+{letter}")
    assert field.input_value() == "ABC"
    assert "/my/homework/" in phone.page.url


@pytest.mark.parametrize(("who", "screen"), [(BEN, PHONE), (TESS, DESK)], ids=["ben", "tess"])
def test_back_after_signing_out(visitor, who, screen):
    someone = visitor(screen)
    someone.enter(who)
    ticket = someone.context.cookies()
    if who is TESS:
        someone.page.locator("summary", has_text=who.name).click()
    someone.press("Sign out")
    assert session_is_dead(someone, ticket)
    go_back(someone, OWN_WORDS, who.name, "Caseload")
    expect(someone.page).to_have_url(re.compile("/account/sign-in"))


def test_this_browser_keeps_pages_whole_behind_back(visitor, exit_address):
    """Otherwise the tests above would prove less than they say."""
    page = visitor(PHONE).page
    page.goto(exit_address)
    page.evaluate("window.kept = true")
    page.goto(f"{exit_address}?another")
    page.go_back(wait_until="commit")
    assert page.evaluate("window.kept === true")


def go_back(someone: Visitor, *hidden: str) -> None:
    """Press Back; fail if one of the words is on the screen, at once or a moment later."""
    someone.page.go_back(wait_until="commit")  # a page out of memory has no "load" of its own
    for words in hidden:
        assert words not in someone.reads()
    for words in hidden:
        expect(someone.page.locator("body")).not_to_contain_text(words)


def session_is_dead(someone: Visitor, ticket: list) -> bool:
    """Whether a copy of the cookie leads to the sign-in."""
    with_copy = someone.context.browser.new_context()
    with_copy.add_cookies(ticket)
    answer = with_copy.request.get(f"{someone.address}/account/security", max_redirects=0)
    with_copy.close()
    assert ticket
    return answer.status == 303 and "/account/sign-in" in answer.headers["location"]


def test_leave_now_works_where_the_portal_is_kept_like_a_program(visitor, exit_address):
    """Without an address bar: the session ends, and whoever comes back finds the way in."""
    phone = visitor(PHONE)
    phone.enter(ADA)
    phone.page.add_init_script("Object.defineProperty(navigator, 'standalone', {value: true})")
    # The neutral page opens above, in another window: this one stays where it is.
    phone.page.route(exit_address, lambda route: route.fulfill(status=204))
    ticket = phone.context.cookies()
    phone.page.get_by_role("button", name="Leave now").click()
    phone.page.wait_for_function("document.documentElement.dataset.backTo")
    assert session_is_dead(phone, ticket)
    assert OWN_WORDS not in phone.page.content()
    phone.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    phone.page.wait_for_url("**/account/sign-in")
