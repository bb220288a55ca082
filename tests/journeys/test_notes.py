"""S38: a browser dies in the middle of a note; its author gets the words back, to some seconds."""

import re
import time

import pytest
from playwright.sync_api import Error, expect

from tests.journeys.people import TESS
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser

SECONDS = 10
"""The most that may be lost."""


def test_a_crash_costs_no_more_than_seconds_of_typing(visitor):
    first = visitor()
    path = open_draft(first)
    field = first.page.get_by_role("region", name="Joint note").get_by_label("Note", exact=True)
    field.fill("")
    typed_at = []
    began = time.monotonic()
    while time.monotonic() - began < SECONDS + 4:  # without a pause in which to keep it
        field.press_sequentially(f"word{len(typed_at)} ", delay=40)
        typed_at.append(time.monotonic())
    with pytest.raises(Error):
        first.page.goto("chrome://crash", timeout=5000)
    died = time.monotonic()

    second = visitor()
    second.sign_in(TESS)
    second.visit(path)
    kept = second.page.get_by_label("Note", exact=True).input_value()
    typed = " ".join(f"word{number}" for number in range(len(typed_at)))
    assert typed.startswith(kept)
    whole = len(kept.split()) - 1  # the last one may be cut
    assert whole > 5
    assert died - typed_at[whole] <= SECONDS
    assert re.search(r"kept on .*, not saved yet", second.reads())
    second.press("Let it go and show what was saved")
    expect(second.page.get_by_label("Note", exact=True)).not_to_have_value(re.compile("word0"))


def test_notes_are_written_without_scripts_and_by_keyboard(visitor):
    tess = visitor(scripts=False)
    open_draft(tess)
    note = tess.page.get_by_label("Note", exact=True)
    kept = note.input_value()
    note.focus()
    tess.page.keyboard.press("End")
    tess.page.keyboard.type(" By hand.")
    button = tess.page.get_by_role("button", name="Save draft")
    for _ in range(60):
        tess.page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            break
    tess.page.keyboard.press("Enter")
    expect(tess.page.get_by_text("Your notes are saved.")).to_be_visible()
    expect(note).to_have_value(re.compile(re.escape(kept.split()[0]) + r".* By hand\.", re.DOTALL))


def open_draft(visitor: Visitor) -> str:
    """Open the draft of Ada and Ben's last session; return its address."""
    visitor.sign_in(TESS)
    visitor.visit("/")
    visitor.follow(re.compile("^Ada Lind"))
    row = visitor.page.get_by_role("row").filter(has_text="draft").first
    row.get_by_role("link").first.click()
    visitor.look()
    return visitor.page.url.removeprefix(visitor.address)
