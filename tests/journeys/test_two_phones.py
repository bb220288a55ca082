"""A therapist and two phones at once: what one of them does alone, the other phone never shows."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.people import IRIS, JUDE, NORA, NOTE, SignIn
from tests.journeys.servers import NEUTRAL_WORDS
from tests.journeys.steps import day
from tests.journeys.still_phone import StillPhone, go_home, loaded_again, plain
from tests.journeys.visitor import PHONE, Visitor
from tests.reports import pdf_checks

pytestmark = pytest.mark.browser

COUPLE = re.compile("Iris Dunn")
TREATMENT = "How we work together"
REASON = "I see each of them alone until I know more"
COURT = "Marsh and Co"


def test_two_phones_and_a_therapist_at_once(visitor, exit_address, tmp_path):
    nora, iris, jude = visitor(), visitor(PHONE), visitor(PHONE)
    for one, who in ((nora, NORA), (iris, IRIS), (jude, JUDE)):
        one.enter(who)
    nora.follow(COUPLE)
    record = nora.page.url.removeprefix(nora.address)
    for who in (IRIS, JUDE):
        ask_privately(nora, record, who)
    for phone, who, other in ((iris, IRIS, jude), (jude, JUDE, iris)):
        act_alone(phone, who, StillPhone(other))
    decide_on_joint_work(nora, record, StillPhone(iris), StillPhone(jude))
    sign_and_take_back(nora, record, iris, jude)
    share_and_take_back(iris, jude)
    open_case(nora, record)
    release(nora, iris, jude, tmp_path)
    leave(iris, jude, exit_address)


def first_name(who: SignIn) -> str:
    return who.name.split()[0]


def ask_privately(nora: Visitor, record: str, who: SignIn) -> None:
    """Put the private questions and a text to sign into one portal; ask to use what they wrote."""
    name = first_name(who)
    nora.visit(record)
    nora.press(f"Open in {name}’s portal")
    nora.visit(f"{record}/agreements")
    nora.press(re.compile(f"^Ask to sign.*{name}, {TREATMENT}"))
    nora.visit(record)
    nora.follow("One thing I noticed")
    nora.follow(re.compile(f"^Use this in the joint record.*{name}"))
    nora.fill("What would you use, and what for?", "The last line, for a letter")
    nora.press(f"Ask {name}")


def act_alone(phone: Visitor, who: SignIn, other: StillPhone) -> None:
    """Everything that somebody does alone; after each act the other phone is what it was."""
    acts: tuple[tuple[str, Callable[[Visitor], None]], ...] = (
        ("answered the private questions", answer_private_questions),
        ("wrote for themselves", lambda one: write(one, f"A line of {who.name}", "You alone")),
        ("locked it away", lock_away),
        ("refused a permission", refuse_permission),
        ("said how to be reached", say_safe_contact),
    )
    for words, act in acts:
        go_home(phone)
        act(phone)
        other.check(f"{first_name(who)} {words}")
    other.check_loaded_again(f"{first_name(who)} {words}")


def answer_private_questions(phone: Visitor) -> None:
    phone.follow(re.compile("^Open, 1 minute"))
    assert phone.page.locator("input[type=radio]:checked").count() == 0
    for number, answer in enumerate(("Yes", "No", "No", "No"), start=1):
        phone.choose(re.compile(f"^{number}\\."), answer)
    phone.press("Send to Nora")
    assert phone.page.get_by_role("heading", level=1).inner_text() == "Thank you"
    phone.follow("Back to the first page")
    assert "private questions" not in phone.reads()


def write(phone: Visitor, line: str, readers: str) -> None:
    phone.follow("My homework")
    phone.follow(re.compile("^One thing I noticed"))
    phone.choose("Who may read", readers)
    phone.fill("What did your partner do?", line)
    phone.choose("Have you told them?", "Yes, aloud")
    phone.choose("How far did you get?", "Done")
    phone.press("Save what I wrote")
    assert line in phone.reads()


def lock_away(phone: Visitor) -> None:
    """Lock away what was written last."""
    phone.follow("My homework")
    phone.follow(re.compile("^One thing I noticed"))
    phone.page.locator("#written ~ ul a").first.click()
    phone.look()
    phone.follow("Show it, take it back, or lock it away")
    phone.press("Lock it away")


def refuse_permission(phone: Visitor) -> None:
    phone.follow(re.compile("^Look at it, 1 minute"))
    phone.choose("May it be used?", "No, please not")
    phone.press("Send my answer")


def say_safe_contact(phone: Visitor) -> None:
    phone.follow("How we may reach you")
    phone.choose("How may we reach you?", "Letter")
    phone.page.get_by_label(re.compile("^Address for letters")).fill("4 Quay Street")
    phone.page.get_by_label(re.compile("^What should we never")).fill("The number at home")
    phone.press("Save how you may reach me")
    go_home(phone)
    assert "Quay" not in phone.reads()


def decide_on_joint_work(nora: Visitor, record: str, *phones: StillPhone) -> None:
    """Nora has it at once; what she reads and decides is on neither phone."""
    nora.visit(record)
    assert "Nobody has decided yet whether to work together" in nora.reads()
    for name in ("Iris", "Jude"):
        assert f"{name}: private answers to read" in nora.reads()
        nora.follow(re.compile(f"^Read them.*{name}"))
        assert "1 of 4 answered with yes" in nora.reads()
        nora.visit(record)
    for one in phones:
        one.check("read the private answers")
    nora.follow("Your decision on work together")
    nora.choose("What did you decide?", "Not cleared: each is seen alone")
    nora.page.get_by_label(re.compile("^Why")).fill(REASON)
    nora.press("Write down this decision")
    assert REASON in nora.reads()
    nora.visit(record)
    nora.follow("Open the next session")
    assert "Work together is not cleared" in nora.reads()
    for one in phones:
        one.check_loaded_again("decided on joint work")


def sign_and_take_back(nora: Visitor, record: str, iris: Visitor, jude: Visitor) -> None:
    for phone, who, other in ((iris, IRIS, jude), (jude, JUDE, iris)):
        still = StillPhone(other)
        phone.visit("/my/agreements")
        phone.follow(re.compile(f"^Read and sign.*{TREATMENT}"))
        phone.press_in_vain("Sign it")
        phone.page.get_by_label("I have read this and agree to it").check()
        phone.page.get_by_label("Your full name").fill(who.name)
        phone.press("Sign it")
        assert "Signed on" in phone.reads()
        still.check("signed")
    still = StillPhone(iris)
    jude.follow(TREATMENT)
    jude.follow("Take my signature back")
    jude.press("Take my signature back")
    still.check_loaded_again("took a signature back")
    nora.visit(f"{record}/agreements")
    assert "signed" in nora.part("Iris Dunn").inner_text()
    assert "taken back" in nora.part("Jude Okoro").inner_text()


def share_and_take_back(iris: Visitor, jude: Visitor) -> None:
    """What Iris shows is there for Jude at once; what she takes back or locks away never was."""
    for number, undo in enumerate(("Take it back", "Lock it away")):
        line = f"You rang the plumber, {number}"
        go_home(jude)
        jude.follow("My homework")
        jude.follow(re.compile("^One thing I noticed"))
        before = plain(loaded_again(jude))
        go_home(iris)
        write(iris, line, "You, Nora and Jude")
        jude.page.reload()
        jude.look()
        jude.page.get_by_role("link", name=re.compile("Iris$")).first.click()
        assert line in jude.reads()
        where = jude.page.url
        go_home(iris)
        iris.follow("My homework")
        iris.follow(re.compile("^One thing I noticed"))
        iris.page.locator("#written ~ ul a").first.click()
        iris.follow("Show it, take it back, or lock it away")
        iris.press(undo)
        jude.page.reload()
        assert line not in jude.reads()
        jude.page.go_back()
        assert plain(loaded_again(jude)) == before
        assert jude.context.request.get(where).status == 404


def release(nora: Visitor, iris: Visitor, jude: Visitor, folder: Path) -> None:
    """Both sign, and a copy leaves; from the second in which Jude revokes it does not.

    Whether Jude has signed is nowhere on the phone of Iris.
    """
    answers(iris, IRIS, StillPhone(jude), "I agree and sign")
    still = StillPhone(iris)
    answers(jude, JUDE, still, "I do not agree")
    case = nora.page.url.removeprefix(nora.address)
    nora.visit(case)
    assert "no authorisation holds" in nora.reads()
    answers(jude, JUDE, still, "I agree and sign")
    file = issue(nora, case, folder)
    still.check("was given a copy")
    answers(jude, JUDE, still, "Take my signature back")
    still.check_loaded_again("took the signature back")
    answer = nora.context.request.get(file)
    assert answer.status == 410
    nora.visit(case)
    assert "revoked or run out" in nora.part("What leaves").inner_text()
    assert nora.page.get_by_role("link", name=re.compile("^Download")).count() == 0
    iris.visit("/my/record")
    assert "You signed this." in iris.reads()


def open_case(nora: Visitor, record: str) -> None:
    nora.visit(f"{record}/releases/new")
    nora.choose("What came in?", "Release")
    nora.page.get_by_label(re.compile("^Who asks")).fill(COURT)
    nora.fill("When did it come in?", day(0))
    nora.press("Open this case")
    nora.follow("Say what would leave")
    nora.choose("Which part?", "What belongs to all of them")
    for kind in ("Sessions: when", "Signed joint notes"):
        nora.page.get_by_label(re.compile(f"^{kind}")).check()
    dates = {"From": day(-60), "To": day(0), "Holds until": day(90)}
    lines = {"To whom?": COURT, "For what purpose?": "A report to the court"}
    for label, text in (dates | lines).items():
        nora.fill(label, text)
    nora.press("Write it down and ask")


def answers(phone: Visitor, who: SignIn, other: StillPhone, button: str) -> None:
    """Decide about the record; the other phone is what it was."""
    phone.visit("/my/record")
    phone.follow(re.compile(f"^For {COURT}"))
    if "sign" in button and phone.page.get_by_label("Type your full name to sign").count():
        phone.fill("Type your full name to sign", who.name)
    phone.press(button)
    other.check(f"pressed “{button}”")


def issue(nora: Visitor, case: str, folder: Path) -> str:
    """Return the address of a copy that was made, read, issued and fetched."""
    nora.visit(case)
    for box in nora.page.locator("[name=checks]").all():
        box.check()
    nora.press("Keep these checks")
    nora.fill("Who gets this copy?", COURT)
    nora.press("Make the preview")
    assert NOTE in nora.reads()
    nora.press("Issue this copy as it is")
    with nora.page.expect_download() as waiting:
        nora.page.get_by_role("link", name=re.compile("^Download")).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert NOTE in pdf_checks.text_of(path.read_bytes())
    return waiting.value.url


def leave(iris: Visitor, jude: Visitor, exit_address: str) -> None:
    """Jude leaves by the button; Back shows nothing, and Iris stays where she was."""
    for phone in (iris, jude):
        phone.visit("/my/agreements")
    jude.page.get_by_role("button", name="Leave now").click()
    jude.page.wait_for_url(exit_address)
    expect(jude.page.get_by_text(NEUTRAL_WORDS)).to_be_visible()
    for _ in range(4):
        jude.page.go_back(wait_until="commit")
        for words in (JUDE.name, TREATMENT, "Jude"):
            expect(jude.page.locator("body")).not_to_contain_text(words)
    jude.visit("/my/agreements")
    assert "/account/sign-in" in jude.page.url
    iris.page.reload()
    assert IRIS.name in iris.reads()
