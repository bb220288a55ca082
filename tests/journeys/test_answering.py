"""An intake answered on a phone with a poor connection, and on the therapist's device."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.people import OTTO, SignIn
from tests.journeys.steps import accept_invitation, invite
from tests.journeys.visitor import DESK, PHONE, SMALL_PHONE, Screen, Visitor

pytestmark = pytest.mark.browser

UNA = SignIn("Una Marsh", "una@post.example", "nine boats on a slow canal")
VIC = "Vic Osei"
COUPLE = re.compile(UNA.name)
TABLET = Screen(820, 1180)
MOOD = "How your mood has been over the last two weeks"
RISK = "Thoughts that you would be better off dead"
HELP = "ring the emergency number of your country now"
TO_READ = "An answer to read today"


def test_intake_on_a_phone_and_on_the_device(visitor):
    otto, una = visitor(), visitor(SMALL_PHONE)
    otto.enter(OTTO)
    begin_a_record(otto)
    assert TO_READ not in otto.reads()
    accept_invitation(una, UNA, *invite(otto, UNA))
    answer_half_of_it(una)
    lose_the_connection(una)
    finish_another_day(una)
    otto.follow("Dyad")
    assert TO_READ in otto.reads()
    otto.follow(COUPLE, within=otto.page.get_by_role("table"))
    assert RISK in otto.reads()
    assert HELP not in otto.reads()
    device = visitor(TABLET)
    device.enter(OTTO)
    hand_over(device)
    answer_at_the_device(device)
    take_it_back(device)


def begin_a_record(otto: Visitor) -> None:
    otto.page.get_by_role("link", name="Add a couple").first.click()
    for number, name in enumerate((UNA.name, VIC), start=1):
        person = otto.question(f"Person {number}")
        person.get_by_label("Name", exact=True).fill(name)
    otto.page.get_by_label("Relationship now").select_option("Married")
    otto.press("Begin this record", within=otto.page.locator(".actions"))


def answer_half_of_it(una: Visitor) -> None:
    """The schedule has asked; five answers are kept as they are given."""
    una.visit("/my/")
    assert "To begin with" in una.reads()
    una.follow(re.compile("^Your questions, one by one"))
    una.follow(re.compile(f"^Answer, 3 minutes.*{MOOD}"))
    for item in items(una)[:5]:
        item.locator("input").nth(1).check()
    expect(una.page.locator("[data-keep-says]")).to_contain_text("Kept at")


def lose_the_connection(una: Visitor) -> None:
    """What is chosen and pressed without a connection stays on the page, and is kept after it."""
    trouble = una.page.locator("[data-keep-trouble]")
    una.context.set_offline(True)
    items(una)[5].locator("input").nth(2).check()
    expect(trouble).to_contain_text("Not kept just now")
    una.page.get_by_role("button", name="Send my answers").click()
    expect(trouble).to_contain_text("There is no connection just now")
    assert una.page.locator("input:checked").count() == 6
    una.context.set_offline(False)
    expect(trouble).to_contain_text("The connection is back")
    una.complaints.clear()  # the browser says that it was offline
    una.page.evaluate("window.scrollTo(0, 0)")  # nothing lies half beneath the bar
    una.look()


def finish_another_day(una: Visitor) -> None:
    una.press("Keep for later")
    assert "Nobody else can see it" in una.reads()
    una.press("Sign out")
    una.turn(PHONE)
    una.sign_in(UNA)
    una.follow(re.compile("^Your questions, one by one"))
    una.follow(re.compile(MOOD))
    assert "From where you stopped" in una.reads()
    assert una.page.locator("input:checked").count() == 6
    una.follow("Show them one at a time")
    assert "Question 7 of 10" in una.reads()
    una.page.locator("fieldset input").nth(1).check()
    una.press("Next")
    assert "Question 8 of 10" in una.reads()
    una.follow("All questions on one page")
    assert una.page.locator("input:checked").count() == 7
    una.press_in_vain("Send my answers")
    for item in items(una)[7:9]:
        item.locator("input").nth(1).check()
    una.press("Send my answers")
    assert HELP in una.reads()
    una.follow("My answers")
    assert HELP not in una.reads()


def hand_over(device: Visitor) -> None:
    """The device leads to Vic's questions and to nothing else."""
    device.follow(COUPLE, within=device.page.get_by_role("table"))
    record = device.page.url
    device.page.goto(f"{record}/measures")
    device.press(re.compile("^Hand your device to Vic"))
    for screen in (SMALL_PHONE, PHONE, DESK, TABLET):
        device.turn(screen)
        device.look()
    for address in (record, f"{device.address}/", f"{device.address}/my/"):
        device.page.goto(address)
        device.look()
        assert "Please give the device back to Otto" in device.reads()
        assert "Una" not in device.page.content()
    device.follow("Back to the questions")


def answer_at_the_device(device: Visitor) -> None:
    device.follow(re.compile(f"^Answer.*{MOOD}"))
    for screen in (SMALL_PHONE, PHONE, DESK, TABLET):
        device.turn(screen)
        device.look()
    for item in items(device)[:9]:
        item.locator("input").first.check()
    device.press("Send my answers")
    assert HELP not in device.reads()
    device.follow("Go on")
    assert MOOD not in device.reads()
    device.press("I am done")
    assert "Please give the device back to Otto" in device.reads()
    device.page.go_back(wait_until="commit")
    expect(device.page.get_by_role("heading", level=1)).to_have_text("Please give the device back")
    assert "Una" not in device.page.content()


def take_it_back(device: Visitor) -> None:
    device.complaints.clear()  # what Back asked for is closed
    device.sign_in(OTTO)
    device.follow(COUPLE, within=device.page.get_by_role("table"))
    device.page.goto(f"{device.page.url}/measures")
    device.follow(re.compile("^Read.*PHQ-9 of Vic"))
    assert "0 of 27" in device.reads()


def items(someone: Visitor) -> list:
    return someone.page.locator("fieldset:not(#audience)").all()
