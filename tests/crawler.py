"""Follows links as one person: every page that leads anywhere is fetched once."""

import re
from collections.abc import Iterable, Iterator

from werkzeug.test import TestResponse

from tests.browser import Browser

LINK = re.compile(r'(?:href|src)="(/[^"#]*)')
LINK_OR_FORM = re.compile(r'(?:href|src|action)="(/[^"#]*)')
WEEK = re.compile(r"[?&]week=")
"""One week of the diary leads to the next, without end: from a week no further one is followed."""

SHIPPED = re.compile(
    r"^/(library/(?!own_|gratitude)\w|handouts/(?!listening)\w|measures/(?!own_|csi16|gad7)\w)"
    r"|[?&;](copy|worksheet)=(?!own_|gratitude)\w"
)
"""What ships with the program is the same for everybody: of forty like pages one is followed."""

BACK = re.compile(r"^/account/(sign-in|confirm)\?next=")
"""The sign-in and the question for the password, from wherever they come: followed once."""


ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|own_\w+")


def kind_of(path: str) -> str:
    """Return an address without what tells it from others of its kind."""
    return ID.sub("*", path.partition("?")[0])


def crawl(
    browser: Browser,
    starts: Iterable[str],
    *,
    links: re.Pattern[str] = LINK,
    passing_over: tuple[str, ...] = ("/static",),
    one_of_a_kind: bool = False,
) -> Iterator[tuple[str, TestResponse]]:
    """Yield each address with its answer: ``starts``, where they lead, and so on.

    Args:
        browser: Of whoever looks.
        starts: Addresses to begin with.
        links: Finds the addresses in a page.
        passing_over: How addresses begin that are not fetched.
        one_of_a_kind: Whether one page stands for all whose addresses differ in ids alone.
    """
    seen: set[str] = set()
    waiting = list(starts)
    while waiting:
        path = waiting.pop().replace("&amp;", "&")
        page = path.partition("=")[0] if BACK.match(path) else path
        page = kind_of(path) if one_of_a_kind else page
        if page in seen or path.startswith(passing_over):
            continue
        seen.add(page)
        answer = browser.get(path)
        yield path, answer
        found = links.findall(answer.text) if answer.mimetype == "text/html" else []
        if answer.location and answer.location.startswith("/"):
            found.append(answer.location)
        found = [one for one in found if not SHIPPED.search(one)]
        waiting += [one for one in found if not (WEEK.search(path) and WEEK.search(one))]
