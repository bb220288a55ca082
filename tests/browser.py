"""A browser for tests: one person, own cookies, and a look at every page it fetches."""

import re
from collections import Counter
from typing import Any

import html5lib
from flask import Flask
from werkzeug.test import TestResponse

from practice.domain.people import Actor
from tests.builders import PASSWORD, sign_in_name

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
UNSTEADY = re.compile(r'(name="[^"]*(?:csrf_token|new_id|typed_by|page)"[^>]*value=")[^"]+')
"""What is another each time a page is sent: its token, the id for a new row, who types where."""
XHTML = "{http://www.w3.org/1999/xhtml}"

WORDS = re.compile(r">[^<>&]+<")
ADDRESSES = re.compile(r'( (?:href|action|src|value|data-[a-z]+)=")[^"&]+')

_fine: set[int] = set()
"""Pages that were looked at and found well, but for plain words and addresses: a crawl meets many
that are built alike."""


class Browser:
    """Fetches pages as one person; an ill-formed page fails the test that fetched it."""

    def __init__(self, app: Flask, address: str = "127.0.1.1") -> None:
        self.client = app.test_client()
        self.address = address
        self.token = ""
        self.reads_markup = True
        """False for whoever compares pages that another test has read."""

    def get(self, path: str, **options: Any) -> TestResponse:
        """Fetch ``path`` without following redirects."""
        return self._looked_at(self.client.get(path, environ_base=self._environ, **options))

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form to ``path``, with the anti-forgery token of the last page seen."""
        if not self.token:
            self.get("/account/sign-in", follow_redirects=True)  # who is in is led to a page
        form = {"csrf_token": self.token} | (data or {})
        return self._looked_at(
            self.client.post(path, data=form, environ_base=self._environ, **options)
        )

    def sign_in(self, actor: Actor) -> None:
        """Sign in with the password of the cast."""
        self.get("/account/sign-in")
        answer = self.post(
            "/account/sign-in", {"email": sign_in_name(actor.name), "password": PASSWORD}
        )
        assert answer.status_code == 302, answer.text
        self.token = ""  # that of the session before; the next page has another

    @property
    def _environ(self) -> dict[str, str]:
        return {"REMOTE_ADDR": self.address}

    def _looked_at(self, answer: TestResponse) -> TestResponse:
        if answer.mimetype == "text/html" and answer.text:
            if found := TOKEN.search(answer.text):
                self.token = found.group(1)
            if self.reads_markup and answer.status_code not in range(300, 400):
                page = hash(ADDRESSES.sub(r"\1", WORDS.sub("><", answer.text)))
                if page not in _fine:
                    check_page(answer.text)
                _fine.add(page)
        return answer


def steady(text: str) -> str:
    """Return a page without what is another each time it is sent."""
    return UNSTEADY.sub(r"\1", text)


def check_page(text: str) -> None:
    """Fail on markup that is not strict, and on what a screen reader would stumble over."""
    parser = html5lib.HTMLParser(strict=True)
    tree = parser.parse(text)
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    ids = Counter(element.get("id") for element in elements if element.get("id"))
    assert not [key for key, count in ids.items() if count > 1], "the same id twice"
    headings = [e for e in elements if e.tag == f"{XHTML}h1"]
    assert len(headings) == 1, f"{len(headings)} h1 on the page"
    title = tree.find(f"{XHTML}head/{XHTML}title")
    assert title is not None
    assert title.text, "no title"
    assert not [e for e in elements if e.get("style")], "inline style"
    assert not [e for e in elements if any(k.startswith("on") for k in e.attrib)], "inline script"
    _check_labels(elements)


def _check_labels(elements: list[Any]) -> None:
    labelled = {e.get("for") for e in elements if e.tag == f"{XHTML}label"}
    wrapped = {id(inner) for e in elements if e.tag == f"{XHTML}label" for inner in e.iter()}
    controls = [
        e
        for e in elements
        if e.tag in {f"{XHTML}{name}" for name in ("input", "select", "textarea")}
        and e.get("type") not in {"hidden", "submit", "button"}
    ]
    for control in controls:
        named = (
            control.get("id") in labelled
            or id(control) in wrapped
            or control.get("aria-label")
            or control.get("aria-labelledby")
        )
        assert named, f"no label for {control.get('name')}"
