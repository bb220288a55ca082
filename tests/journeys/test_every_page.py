"""One page of every kind that links lead to: as everybody there is, wide and narrow."""

import re
from collections import defaultdict

import pytest

from tests.journeys.people import ADA, FERN, HESTER, JULES, MARIT, RITA, ROBIN, TESS, TONI
from tests.journeys.visitor import DESK, PHONE, SMALL_PHONE, Visitor, links_in

pytestmark = pytest.mark.browser

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FILE = re.compile(r"\.(pdf|csv)($|\?)")
"""What is fetched and is no page."""

NOWHERE = "/my/homework/8c1f3f0e-43f5-4e0e-9a55-7d3a1c2b4d5e"
THE_SAME_FOR_ALL = re.compile(r"^/(account|couples/new|handouts|library|measures|settings)\b")
"""What the therapist's walk has seen, and what holds nothing that differs from role to role."""

FOLDERS = (
    "library",
    "lines/promises",
    "people/\\*/agreements",
    "people/\\*/intake",
    "settings/agreements",
    "settings/literature",
    "settings/measures",
    "settings/texts",
)

ACCOUNT = {"/account/calendar", "/account/security", "/account/password", "/account/one-time-code"}

OF_WHO_TREATS = {
    "/",
    "/?show",
    "/assignments/*",
    "/assignments/*/carry-over",
    "/assignments/*/smaller",
    "/couples/*",
    "/couples/*/agendas",
    "/couples/*/agreements",
    "/couples/*/agreements/secrets",
    "/couples/*/battery",
    "/couples/*/care",
    "/couples/*/edit",
    "/couples/*/endings",
    "/couples/*/events",
    "/couples/*/goals",
    "/couples/*/goals/new",
    "/couples/*/homework",
    "/couples/*/homework/new",
    "/couples/*/homework/new?worksheet",
    "/couples/*/intake",
    "/couples/*/journal",
    "/couples/*/letters",
    "/couples/*/log",
    "/couples/*/measures",
    "/couples/*/measures/new",
    "/couples/*/measures/paper",
    "/couples/*/people/*/agreements/*",
    "/couples/*/people/*/contact",
    "/couples/*/people/*/end",
    "/couples/*/people/*/export",
    "/couples/*/people/*/intake/*",
    "/couples/*/people/*/letters",
    "/couples/*/people/*/plan",
    "/couples/*/people/new",
    "/couples/*/releases",
    "/couples/*/releases/new",
    "/couples/*/releases/rule",
    "/couples/*/resources",
    "/couples/*/safety",
    "/couples/*/safety/joint-work",
    "/couples/*/safety/log",
    "/couples/*/sessions/new",
    "/goals/*",
    "/letters",
    "/outcomes",
    "/outcomes/practice?scale",
    "/outcomes?scale",
    "/releases",
    "/releases/*",
    "/releases/*/ask",
    "/releases/kept",
    "/reports/couples/*",
    "/reports/couples/*/clinician/preview",
    "/reports/couples/*/joint/preview",
    "/responses/*",
    "/sessions/*",
    "/sessions/*/history/joint",
    "/sessions/*/history/joint?from&to",
    "/supervision",
}
"""Of whoever treats a couple, with the lead or beside it."""
OF_A_THERAPIST = (
    ACCOUNT
    | OF_WHO_TREATS
    | {
        "/asked/*",
        "/couples/*/care/pass-on",
        "/couples/*/letters/together",
        "/couples/*/people/*/safety",
        "/couples/*/people/*/safety/talk",
        "/couples/new",
        "/handouts",
        "/library",
        "/library/*",
        "/library/*?version",
        "/library/*/preview",
        "/library/*/preview?whom",
        "/measures",
        "/releases/*/passages",
        "/settings",
        "/settings/agreements",
        "/settings/agreements/*",
        "/settings/agreements/new",
        "/settings/battery",
        "/settings/literature",
        "/settings/literature/*",
        "/settings/measures",
        "/settings/measures/*",
        "/settings/measures/new",
        "/settings/note-templates",
        "/settings/note-templates/*",
        "/settings/note-templates/new?format",
        "/settings/records",
        "/settings/resources",
        "/settings/resources/*",
        "/settings/resources/new",
        "/settings/texts",
        "/settings/texts/*",
        "/settings/worksheets",
        "/settings/worksheets/*",
        "/settings/worksheets/*/versions/*",
        "/settings/worksheets/new",
        "/settings/worksheets/new?copy",
    }
)
OF_WHO_SUPERVISES = {
    "/",
    "/?show",
    "/letters",
    "/outcomes",
    "/outcomes/practice?scale",
    "/outcomes?scale",
    "/releases",
    "/releases/kept",
    "/supervision",
    "/supervision/sessions/*",
}
OF_AN_OWNER = {
    "/",
    "/?show",
    "/letters",
    "/outcomes",
    "/outcomes/practice?scale",
    "/outcomes?scale",
    "/practice/reads",
    "/practice/staff",
    "/practice/staff/*/couples",
    "/practice/staff/*/couples/*",
    "/releases",
    "/releases/*",
    "/releases/kept",
    "/supervision",
}
OF_THE_FRONT_DESK = {
    "/desk/",
    "/desk/?week",
    "/desk/couples/*/people/*",
    "/desk/couples/*/sessions/new",
    "/desk/people",
    "/desk/sessions/*",
}
OF_A_MEMBER = ACCOUNT | {
    "/my/",
    "/my/about-you",
    "/my/about-you/*",
    "/my/agreements",
    "/my/agreements/*",
    "/my/answers",
    "/my/answers/*/correct",
    "/my/answers?all",
    "/my/contact",
    "/my/entries/answers/*",
    "/my/entries/homework/*",
    "/my/entries/rating/*",
    "/my/goals",
    "/my/goals/*",
    "/my/homework",
    "/my/homework/*",
    "/my/homework/entries/*",
    "/my/journal",
    "/my/journal/new",
    "/my/letters/*",
    "/my/locked",
    "/my/looked-at",
    "/my/questions",
    "/my/questions/*",
    "/my/record",
    "/my/record/export",
    "/my/reminders",
    "/my/time/*",
    "/my/who-sees-what",
}
OF_A_PARTNER = OF_A_MEMBER | {
    "/my/agreements/*/take-back",
    "/my/asked/*",
    "/my/entries/intake/*",
    "/my/record/permissions/*",
    "/my/signed/*",
    "/my/entries/journal/*",
    "/my/journal/*",
    "/my/journal/*/change",
    "/my/journal/*/delete",
    "/my/resources",
    "/my/resources/*",
}
"""Of somebody who has signed, whom somebody asks for permission, and who keeps a journal."""
OF_A_FORMER_PARTNER = ACCOUNT | {
    "/my/",
    "/my/about-you",
    "/my/agreements",
    "/my/answers",
    "/my/journal",
    "/my/locked",
    "/my/looked-at",
    "/my/record",
    "/my/record/export",
    "/my/who-sees-what",
}
SOMETIMES = {
    "/asked/*",
    "/couples/*/letters/together",
    "/my/entries/letter/*",
    "/my/homework/entries/*/end",
    "/my/homework/entries/*/lines/promises/*",
    "/my/homework/entries/*/sign",
    "/my/resources",
    "/my/resources/*",
    "/assignments/*?page",
    "/couples/*?page",
    "/couples/*/safety/log?corrects",
    "/couples/*/sessions/new?alone",
    "/letters?page",
    "/my/entries/time_alone/*",
    "/my/letters",
    "/my/letters/*?page",
    "/my/entries/goal/*",
    "/my/entries/progress/*",
    "/my/entries/view/*",
    "/my/goal-steps/*",
    "/my/homework/*?page",
    "/my/homework/*/how-it-was",
    "/my/homework/*/how-it-was?day",
    "/my/questions/*/one",
    "/my/questions/*/one?at",
    "/my/questions/set/*",
    "/my/questions?all",
    "/risk-flags/*",
    "/joint-record/entry/*",
    "/joint-record/intake/*",
    "/joint-record/response/*",
}
"""There where the calendar, or what an earlier journey did, has made something of the kind."""


def test_pages_of_a_therapist(visitor):
    tess = visitor()
    tess.enter(TESS)
    records = [address_of(tess, who.name) for who in (ROBIN, ADA)]
    assert_kinds(look_at_every_kind(tess, ["/", *records]), OF_A_THERAPIST)
    look_at(tess, records[0])  # three members


@pytest.mark.parametrize(
    ("who", "start", "kinds"),
    [
        pytest.param(TONI, "/", OF_WHO_TREATS, id="co-therapist"),
        pytest.param(HESTER, "/", OF_WHO_SUPERVISES, id="supervisor"),
        pytest.param(MARIT, "/", OF_AN_OWNER, id="owner"),
        pytest.param(RITA, "/desk/", OF_THE_FRONT_DESK, id="front-desk"),
    ],
)
def test_pages_of_those_who_work_there(visitor, who, start, kinds):
    somebody = visitor()
    somebody.enter(who)
    assert_kinds(look_at_every_kind(somebody, [start], without=THE_SAME_FOR_ALL), kinds)


@pytest.mark.parametrize(
    ("who", "kinds"),
    [
        pytest.param(ADA, OF_A_PARTNER, id="partner"),
        pytest.param(JULES, OF_A_MEMBER, id="third-member"),
        pytest.param(FERN, OF_A_FORMER_PARTNER, id="former-partner"),
    ],
)
def test_pages_of_a_partner(visitor, who, kinds):
    somebody = visitor(PHONE)
    somebody.enter(who)
    somebody.visit("/my/locked")  # asks once more for the password, and then no more for a while
    somebody.fill("Your password", who.password)
    somebody.press("Go on")
    assert_kinds(look_at_every_kind(somebody, ["/my/"]), kinds)


def test_pages_of_nobody(visitor):
    nobody = visitor()
    for path in ("/account/sign-in", "/account/invitation/nonsense"):
        look_at(nobody, path)


def assert_kinds(seen: set[str], expected: set[str]) -> None:
    """Fail where a link is gone, and where one leads to pages of which no list here knows."""
    gone, unlisted = sorted(expected - seen), sorted(seen - expected - SOMETIMES)
    assert not gone, f"no link leads any more to {', '.join(gone)}"
    assert not unlisted, f"no list here names {', '.join(unlisted)}"


def look_at_every_kind(
    someone: Visitor, waiting: list[str], *, without: re.Pattern[str] | None = None
) -> set[str]:
    """Look at the last of ``waiting`` and on along the links; return the kinds of page seen.

    A page that has nothing which one of its kind did not show, to somebody before, is fetched for
    its links and not shown again.
    """
    seen: set[str] = set()
    look_at(someone, NOWHERE)
    while waiting:
        path = waiting.pop()
        kind = kind_of(path)
        if kind in seen:
            continue
        seen.add(kind)
        if not _shown[kind]:
            page = look_at(someone, path)
        elif not parts_of(page := someone.fetch(path)) <= _shown[kind]:
            look_at(someone, path)
        _shown[kind] |= parts_of(page)
        addresses = [link.partition("#")[0] for link in links_in(page)]
        addresses = [one for one in addresses if not FILE.search(one)]
        waiting += [one for one in addresses if not (without and without.match(one))]
    return seen


_shown: dict[str, set[str]] = defaultdict(set)
"""By kind of page, what of it was looked at already."""


def parts_of(page: str) -> set[str]:
    """Return what a page is made of: elements, with their classes and the names of attributes."""
    return {
        " ".join([name, *re.findall(r'\bclass="[^"]*"|(?<=\s)[\w-]+(?==)', attributes)])
        for name, attributes in re.findall(r"<(\w+)([^>]*)>", page)
    }


def look_at(someone: Visitor, path: str) -> str:
    """Open a page and look at it narrow and wide, with all that is folded away unfolded.

    A page of the portal on the smallest phone, too. Return what the server sent.
    """
    answer = someone.page.goto(someone.address + path)
    assert answer
    page = answer.text()
    someone.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    in_a_hand = someone.page.locator("body.portal").count() > 0
    for screen in (*((SMALL_PHONE,) if in_a_hand else ()), PHONE, DESK):
        someone.turn(screen)
        someone.look()
    return page


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
    # One of each text, worksheet, measure and part of the intake stands for all of them.
    place = re.sub(rf"/({'|'.join(FOLDERS)})/(?!new$)\w+$", r"/\1/*", place)
    place = re.sub(r"^/library/\w+/preview$", "/library/*/preview", place)
    place = re.sub(r"^/settings/measures/own/\w+/", "/settings/measures/own/*/", place)
    place = re.sub(r"/versions/\d+$", "/versions/*", place)
    names = sorted(part.partition("=")[0] for part in query.split("&") if part)
    return place + ("?" + "&".join(names) if names else "")
