"""A phone with an authenticator app, for tests."""

import re

from passlib.totp import TOTP

from tests.browser import Browser

KEY = re.compile(r'class="secret">([A-Z2-7 -]+)<')


class Phone:
    """Shows the codes of one key."""

    def __init__(self, page: str) -> None:
        found = KEY.search(page)
        assert found, "no key on the page"
        self.totp = TOTP(key=found.group(1))

    def code(self) -> str:
        """Return the six digits shown at this moment."""
        return str(self.totp.generate().token)


def set_up_code(browser: Browser) -> Phone:
    """Turn the one-time code on for whoever is signed in; return their phone."""
    browser.get("/account/one-time-code")
    page = browser.post("/account/one-time-code", {"setup": "authenticator"})
    assert page.status_code == 200, page.text
    phone = Phone(page.text)
    answer = browser.post("/account/code", {"code": phone.code()})
    assert answer.status_code == 302, answer.text
    browser.get("/account/security")
    return phone
