"""One page of every kind that links lead to: as therapist, partner and nobody, wide and narrow."""

import re

import pytest

from tests.journeys.people import ADA, ROBIN, TESS
from tests.journeys.visitor import DESK, PHONE, Visitor

pytestmark = pytest.mark.browser

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FILE = re.compile(r"\.(pdf|csv)($|\?)")
"""What is fetched and is no page."""

NOWHERE = "/my/homework/8c1f3f0e-43f5-4e0e-9a55-7d3a1c2b4d5e"
ACCOUNT = {"/account/security", "/account/password", "/account/one-time-code"}

OF_A_THERAPIST = ACCOUNT | {
    "/",
    "/?show",
    "/couples/*",
    "/couples/*/edit",
    "/couples/*/battery",
    "/couples/*/endings",
    "/couples/*/events",
    "/couples/*/goals",
    "/couples/*/goals/new",
    "/couples/*/homework",
    "/couples/*/homework/new",
    "/couples/*/homework/new?worksheet",
    "/couples/*/measures",
    "/couples/*/measures/new",
    "/couples/*/people/*/end",
    "/couples/*/people/new",
    "/couples/*/people/*/contact",
    "/couples/*/people/*/plan",
    "/couples/*/people/*/safety",
    "/couples/*/people/*/safety/talk",
    "/couples/*/safety",
    "/couples/*/safety/joint-work",
    "/couples/*/safety/log",
    "/couples/*/sessions/new",
    "/couples/new",
    "/assignments/*",
    "/goals/*",
    "/library",
    "/library/*",
    "/measures",
    "/outcomes",
    "/reports/couples/*",
    "/reports/couples/*/clinician/preview",
    "/reports/couples/*/joint/preview",
    "/responses/*",
    "/sessions/*",
    "/settings",
    "/settings/literature",
    "/settings/literature/*",
    "/settings/measures",
    "/settings/measures/*",
    "/settings/measures/new",
    "/settings/texts",
    "/settings/texts/*",
}
OF_A_PARTNER = ACCOUNT | {
    "/my/",
    "/my/answers",
    "/my/answers/*/correct",
    "/my/contact",
    "/my/questions",
    "/my/questions/*",
    "/my/goals",
    "/my/goals/*",
    "/my/homework",
    "/my/homework/*",
    "/my/homework/entries/*",
}


def test_pages_of_a_therapist(visitor):
    tess = visitor()
    tess.sign_in(TESS)
    records = [address_of(tess, who.name) for who in (ROBIN, ADA)]
    assert look_at_every_kind(tess, ["/", *records]) >= OF_A_THERAPIST
    look_at(tess, records[0])  # three members


def test_pages_of_a_partner(visitor):
    ada = visitor(PHONE)
    ada.sign_in(ADA)
    assert look_at_every_kind(ada, ["/my/"]) >= OF_A_PARTNER


def test_pages_of_nobody(visitor):
    nobody = visitor()
    for path in ("/account/sign-in", "/account/invitation/nonsense"):
        look_at(nobody, path)


def look_at_every_kind(someone: Visitor, waiting: list[str]) -> set[str]:
    """Look at the last of ``waiting`` and on along the links; return the kinds of page seen."""
    seen: set[str] = set()
    look_at(someone, NOWHERE)
    while waiting:
        path = waiting.pop()
        if kind_of(path) in seen:
            continue
        seen.add(kind_of(path))
        look_at(someone, path)
        addresses = [link.partition("#")[0] for link in someone.links("body")]
        waiting += [address for address in addresses if not FILE.search(address)]
    return seen


def look_at(someone: Visitor, path: str) -> None:
    """Open a page and look at it narrow and wide, with all that is folded away unfolded."""
    someone.page.goto(someone.address + path)
    someone.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    for screen in (PHONE, DESK):
        someone.turn(screen)
        someone.look()


def address_of(tess: Visitor, name: str) -> str:
    """Return the address of somebody's record."""
    link = tess.page.get_by_role("link", name=re.compile(name))
    address = link.get_attribute("href")
    assert address
    return address


def kind_of(path: str) -> str:
    """Return an address without what differs between pages of one kind."""
    place, _, query = path.partition("?")
    place = ID.sub("*", place)
    for folder in ("library", "settings/measures", "settings/literature", "settings/texts"):
        place = re.sub(rf"^/{folder}/(?!new$)\w+$", f"/{folder}/*", place)
    place = re.sub(r"^/settings/measures/own/\w+/", "/settings/measures/own/*/", place)
    names = sorted(part.partition("=")[0] for part in query.split("&") if part)
    return place + ("?" + "&".join(names) if names else "")
