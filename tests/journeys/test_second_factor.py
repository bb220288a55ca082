"""Turning the one-time code on, and signing in with it."""

import time

import pytest
from playwright.sync_api import expect

from tests.journeys.people import OTTO
from tests.journeys.visitor import PHONE
from tests.phones import Phone

pytestmark = pytest.mark.browser

STEP = 30
"""Seconds for which one code is shown."""


def test_turn_on_and_sign_in(visitor):
    otto = visitor(PHONE)
    otto.sign_in(OTTO)
    otto.visit("/account/security")
    otto.follow("Set up a one-time code")
    otto.press("Set up a one-time code")
    phone = Phone(otto.page.content())
    assert otto.page.get_by_role("img", name="The key below as a picture to scan").is_visible()
    code = otto.page.locator("input.input-code")
    code.fill("000000" if phone.code() != "000000" else "111111")
    otto.press_in_vain("Turn the one-time code on")
    code.fill(phone.code())
    otto.press("Turn the one-time code on")
    otto.visit("/account/security")
    otto.follow("Make recovery codes")
    otto.press("Make new recovery codes")
    recovery = otto.page.locator(".secrets li").all_inner_texts()
    assert len(set(recovery)) == 8
    otto.follow("I have kept them")
    assert recovery[0] not in otto.page.content()
    otto.page.locator("summary", has_text=OTTO.name).click()
    otto.press("Sign out")

    otto.sign_in(OTTO)
    expect(otto.page.get_by_role("heading", level=1)).to_have_text("Your one-time code")
    assert OTTO.name not in otto.reads()
    code.fill("000000" if phone.code() != "000000" else "111111")
    otto.press_in_vain("Sign in")
    # The code of the next half minute: each works once, and clocks may differ by one step.
    code.fill(str(phone.totp.generate(time=time.time() + STEP).token))
    otto.press("Sign in")
    assert "Caseload" in otto.reads()
    otto.page.locator("summary", has_text=OTTO.name).click()
    otto.press("Sign out")

    otto.sign_in(OTTO)
    otto.follow("Use a recovery code instead")
    otto.page.get_by_role("textbox").fill(recovery[0])
    otto.press("Sign in")
    assert "Caseload" in otto.reads()
