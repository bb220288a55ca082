"""S38: browser or server dies in the middle; who wrote gets the words back, to some seconds."""

import re
import time

import pytest
from playwright.sync_api import Error, expect

from tests.journeys.people import BEN, TESS
from tests.journeys.visitor import PHONE, Visitor

pytestmark = pytest.mark.browser

SECONDS = 10
"""The most that may be lost."""

AT_A_TIME = re.compile(r"[Kk]ept (at|on) .*\d:\d\d")


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
    second.enter(TESS)
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


def test_a_server_that_is_killed_costs_no_more_than_seconds(visitor, server):
    """A note and a form of the portal; both sign in again, at the server that was started anew."""
    tess, ben = visitor(), visitor(PHONE)
    note_path, form_path = open_draft(tess), open_form(ben)
    note = tess.page.get_by_label("Note", exact=True)
    before, words = note.input_value(), "Before it died."
    note.fill(words)
    wanted = ben.page.locator("form[data-keep] input[type=radio]")
    wanted.nth(1).check()
    typed = time.monotonic()
    for one in (tess, ben):
        expect(one.page.locator("[data-keep-says]")).to_contain_text(AT_A_TIME)
    assert time.monotonic() - typed <= SECONDS
    note.press_sequentially(" And this.")
    server.kill()
    server.start()

    tess, ben = visitor(), visitor(PHONE)
    tess.enter(TESS)
    tess.visit(note_path)
    kept = tess.page.get_by_label("Note", exact=True).input_value()
    assert kept.startswith(words)
    assert f"{words} And this.".startswith(kept)
    tess.press("Let it go and show what was saved")
    expect(tess.page.get_by_label("Note", exact=True)).to_have_value(before)
    ben.enter(BEN)
    ben.visit(form_path)
    expect(ben.page.locator("form[data-keep] input[type=radio]").nth(1)).to_be_checked()


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
    visitor.enter(TESS)
    visitor.follow(re.compile("^Ada Lind"))
    row = visitor.page.get_by_role("row").filter(has_text="draft").first
    row.get_by_role("link").first.click()
    visitor.look()
    return visitor.page.url.removeprefix(visitor.address)


def open_form(visitor: Visitor) -> str:
    """Open the first questions that wait for Ben; return their address."""
    visitor.enter(BEN)
    path = next(one for one in visitor.links("main") if "/my/questions/" in one)
    visitor.visit(path)
    return path
