"""A phone that lies there while somebody else does things."""

import re

from tests.browser import steady
from tests.journeys.visitor import Visitor

GREETING = re.compile("Good (morning|afternoon|evening)")
"""Changes with the hour, for everybody."""

PAGES = ("", "answers", "homework", "agreements", "about-you", "record")
"""Below /my/: the page that is open, and others, fetched with the cookies of the phone."""


class StillPhone:
    """A phone that lies there, open, while others do things; it shows what it showed before."""

    def __init__(self, phone: Visitor) -> None:
        self.phone = phone
        go_home(phone)
        self.before = self._now()

    def check(self, act: str) -> None:
        """Fail if a byte of the phone's pages is another, or a word of the one that lies open."""
        now = self._now()
        for name, before in self.before.items():
            assert now[name] == before, f"{name} is another since somebody else {act}"

    def check_loaded_again(self, act: str) -> None:
        """Load the page that lies open again, and fail as above."""
        self.phone.page.reload()
        self.check(act)

    def _now(self) -> dict[str, str]:
        found = {f"/my/{name}": self._fetched(name) for name in PAGES}
        found["what is on the screen"] = self.phone.reads()
        return {name: plain(one) for name, one in found.items()}

    def _fetched(self, name: str) -> str:
        answer = self.phone.context.request.get(f"{self.phone.address}/my/{name}", max_redirects=0)
        assert answer.status == 200
        return answer.text()


def loaded_again(phone: Visitor) -> str:
    """Return what the server sends for the page that is open."""
    answer = phone.page.reload()
    assert answer
    return answer.text()


def plain(text: str) -> str:
    """Return a page without what is another each time, or each hour, it is sent."""
    return GREETING.sub("", steady(text))


def go_home(phone: Visitor) -> None:
    """Open the first page, which was looked at before."""
    phone.page.goto(f"{phone.address}/my/")
