"""With the keyboard alone, on the smallest phone, without scripts."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.people import ROBIN
from tests.journeys.visitor import SMALL_PHONE, Visitor

pytestmark = pytest.mark.browser

OUT_OF_REACH = 60
"""Presses of Tab after which something on these pages counts as not to be reached."""

FOCUSED = r"""
() => {
  const now = document.activeElement, box = now.getBoundingClientRect();
  const words = now.labels?.length ? now.labels[0].innerText : now.innerText;
  const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return {
    words: (words || "").trim().replace(/\s+/g, " ").replace(" :", ":"),
    name: now.name || "", value: now.value || "",
    seen: (now.closest("label") || now).contains(hit),
  };
}
"""


def test_answering_questions(visitor):
    robin = visitor(SMALL_PHONE, scripts=False)
    robin.visit("/my/")
    assert "/account/sign-in" in robin.page.url
    reach(robin, "Sign-in name")
    robin.page.keyboard.type(ROBIN.sign_in_name)
    reach(robin, "Password")
    robin.page.keyboard.type(ROBIN.password)
    enter(robin)
    reach(robin, "Your questions, one by one")
    enter(robin)
    reach(robin, "Answer, 1 minute: How the past week was between you, in four numbers")
    enter(robin)
    reach(robin, name="satisfaction")
    press(robin, *["ArrowRight"] * 7)  # nothing is chosen beforehand: the first step chooses 1
    reach(robin, "Send my answers")
    enter(robin)
    summary = robin.page.locator(".error-summary")
    expect(summary).to_be_focused()
    assert summary.get_by_role("link").count() == 3
    assert chosen(robin) == {"satisfaction": "7", "audience": "therapist"}
    press(robin, "Tab")
    enter(robin, leads_on=False)  # the first link of the summary leads to its question
    expect(robin.page.locator("#communication-0")).to_be_focused()
    press(robin, "Space", *["ArrowRight"] * 4)
    for name, steps in (("conflict", 9), ("trust", 2)):
        reach(robin, name=name)
        press(robin, "Space", *["ArrowRight"] * steps)
    reach(robin, "Send my answers")
    enter(robin)
    assert "Your answers are saved." in robin.reads()
    reach(robin, "My answers")
    enter(robin)
    words = robin.reads()
    for line in ("Satisfaction: 7 of 10", "Communication: 4 of 10", "Conflict: 9 of 10"):
        assert line in words
    assert "Trust: 2 of 10" in words


def reach(someone: Visitor, words: str = "", *, name: str = "") -> None:
    """Press Tab until the focus is on the control with these words, or with this field name."""
    passed = []
    for _ in range(OUT_OF_REACH):
        press(someone, "Tab")
        found = focused(someone)
        assert found["seen"], f"the focus is out of sight: {found}"
        if (words and (found["words"] + ":").startswith(words + ":")) or (
            name and found["name"] == name
        ):
            return
        passed.append(found["words"] or found["name"])
    raise AssertionError(f"{words or name} is out of reach; passed {passed}")


def focused(someone: Visitor) -> dict[str, Any]:
    """Return what has the focus, once the page has scrolled to it, for a second at most."""
    for _ in range(20):
        found: dict[str, Any] = someone.page.evaluate(FOCUSED)
        if found["seen"]:
            break
        someone.page.wait_for_timeout(50)
    return found


def press(someone: Visitor, *keys: str) -> None:
    for key in keys:
        someone.page.keyboard.press(key)


def enter(someone: Visitor, *, leads_on: bool = True) -> None:
    """Press Enter, and look at the page that opens."""
    if not leads_on:
        press(someone, "Enter")
        return
    with someone.page.expect_navigation():
        press(someone, "Enter")
    someone.look()


def chosen(someone: Visitor) -> dict[str, str]:
    """Return the values of the radio buttons that are chosen, by name."""
    return {
        one.get_attribute("name"): one.get_attribute("value")
        for one in someone.page.locator("input[type=radio]:checked").all()
    }
