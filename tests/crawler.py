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


def crawl(
    browser: Browser,
    starts: Iterable[str],
    *,
    links: re.Pattern[str] = LINK,
    passing_over: tuple[str, ...] = ("/static",),
) -> Iterator[tuple[str, TestResponse]]:
    """Yield each address with its answer: ``starts``, where they lead, and so on.

    Args:
        browser: Of whoever looks.
        starts: Addresses to begin with.
        links: Finds the addresses in a page.
        passing_over: How addresses begin that are not fetched.
    """
    seen: set[str] = set()
    waiting = list(starts)
    while waiting:
        path = waiting.pop().replace("&amp;", "&")
        page = path.partition("=")[0] if BACK.match(path) else path
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
