"""What several journeys begin with."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.journeys.people import SignIn
from tests.journeys.visitor import Visitor

ZONE = ZoneInfo("Europe/London")
"""Of the practice, where nothing else is set."""


def day(distance: int) -> str:
    """Return the day that lies so many days from today, as it is typed."""
    return (datetime.now(ZONE).date() + timedelta(days=distance)).isoformat()


def invite(therapist: Visitor, who: SignIn) -> tuple[str, str]:
    """Return link and spoken code, which are shown this once."""
    first_name = who.name.split()[0]
    therapist.press(f"Invite {first_name}")
    link = therapist.page.locator("code").inner_text()
    code = therapist.page.locator(".secret").inner_text().replace(" ", "")
    therapist.follow("I have passed on both")
    assert link not in therapist.page.content()
    assert code not in therapist.page.content()
    return link, code


def accept_invitation(phone: Visitor, who: SignIn, link: str, code: str) -> None:
    phone.visit(link.removeprefix(phone.address))
    assert who.name not in phone.page.content()
    phone.page.locator("input.input-code").fill("000000" if code != "000000" else "111111")
    phone.fill("Sign-in name", who.sign_in_name)
    for label in ("Password", "Password again"):
        phone.fill(label, who.password)
    phone.press_in_vain("Set up my sign-in")
    phone.page.locator("input.input-code").fill(code)
    for label in ("Password", "Password again"):
        phone.fill(label, who.password)
    phone.press("Set up my sign-in")
    assert who.name.split()[0] in phone.page.get_by_role("heading", level=1).inner_text()
