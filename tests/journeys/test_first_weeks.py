"""From an empty caseload to a printed report: a therapist and two partners on their phones."""

import html
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.people import IDA, JON, NELL
from tests.journeys.steps import accept_invitation, day, invite
from tests.journeys.visitor import PHONE, Visitor, links_in
from tests.reports import pdf_checks

pytestmark = pytest.mark.browser

COUPLE = "Ida Thorne and Jon Abbas"
WORRY = "Ida has stopped bringing things up"
STEPS = "A walk on Sunday, without the dog"
NOTE = "Both spoke about the move. They agreed on a walk."
PROCESS = "I was tired and let Jon talk for too long"
ABOUT_JON = "Jon asked for a word alone before the next one"
IDAS_LINE = "You rang the plumber before I asked"
JONS_LINE = "You kept me a plate and sat with me"
REASON = "We came back to it on Tuesday"
GOAL = "Come back to a quarrel within a day"
LEVELS = (
    "A week or more",
    "After three days",
    "Within a day, mostly",
    "That evening",
    "Within the hour",
)
LEVEL_LABELS = (
    "−2, much less than expected",
    "−1, somewhat less than expected",
    "0, as expected",
    "+1, somewhat more than expected",
    "+2, much more than expected",
)


def test_first_weeks_of_a_couple(visitor, tmp_path):
    nell = visitor()
    ida, jon = visitor(PHONE), visitor(PHONE)
    begin_a_record(nell)
    for phone, who in ((ida, IDA), (jon, JON)):
        accept_invitation(phone, who, *invite(nell, who))
        assert WORRY not in phone.reads()
    give_work(nell)
    for phone, value in ((ida, 4), (jon, 2)):
        answer_measures(phone, value)
    do_homework(ida, jon)
    rate_goals(nell, ida, jon)
    record_a_session(nell, ida)
    read_the_record(nell)
    check_reports(nell, tmp_path)
    assert nell.pages_seen > 25


def begin_a_record(nell: Visitor) -> None:
    nell.visit("/")
    assert "/account/sign-in" in nell.page.url
    nell.sign_in(NELL)
    assert "Add your first couple" in nell.reads()
    nell.page.get_by_role("link", name="Add a couple").first.click()
    nell.look()
    nell.press_in_vain("Begin this record", within=nell.page.locator(".actions"))
    for number, who in enumerate((IDA, JON), start=1):
        person = nell.question(f"Person {number}")
        person.get_by_label("Name", exact=True).fill(who.name)
        if who is JON:
            person.get_by_label(re.compile("What brings them")).fill(WORRY)
    nell.page.get_by_label("Relationship now").select_option("Living together")
    nell.fill("Care began on", day(-14))
    nell.press("Begin this record", within=nell.page.locator(".actions"))
    expect(nell.page.get_by_role("heading", level=1)).to_have_text(COUPLE)


def open_record(nell: Visitor) -> None:
    nell.follow("Dyad")
    nell.follow(re.compile("Ida Thorne"))


def give_work(nell: Visitor) -> None:
    """Give a worksheet and set a goal; the measures of the intake are there by the schedule."""
    open_record(nell)
    nell.follow("Give measures")
    nell.press_in_vain("Give these measures")
    nell.follow("Back without giving any")
    open_record(nell)
    nell.follow("Give homework")
    nell.page.locator("summary", has_text="work together to be cleared first").click()
    nell.follow(re.compile("^Choose.*One thing I noticed"))
    nell.choose("Who does it?", "Each of them, with an entry of their own")
    nell.question("Who reads what they write?").locator("input[value=when_all_done]").check()
    nell.press("Give this worksheet")
    open_record(nell)
    nell.follow("Set a goal")
    nell.fill("The goal, in a line", GOAL)
    for label, words in zip(LEVEL_LABELS, LEVELS, strict=True):
        nell.fill(label, words)
    nell.choose("Whose goal is it?", "A joint goal, read by all of them")
    nell.press("Set this goal")
    assert "Nobody has rated it yet" in nell.reads()


def answer_measures(phone: Visitor, value: int) -> None:
    """Answer the CSI-16 with ``value`` to each item and show it; the four ratings for Nell."""
    csi16 = re.compile("^Answer, 4 minutes")
    phone.visit("/my/")
    phone.follow(re.compile("^Your questions, one by one"))
    phone.follow(csi16)
    phone.press_in_vain("Send my answers")
    items = phone.page.locator("fieldset:not(#audience)")
    assert items.count() == 16
    for item in items.all():
        item.locator(f"input[value='{value}']").check()
    phone.question("Who may see your result?").get_by_label(re.compile("^Show my result")).check()
    phone.press("Send my answers")
    assert "can see your result and the day" in phone.reads()
    assert "There is one more, if you have a moment" in phone.reads()
    phone.follow("Or stop here; it waits for you")
    phone.follow(re.compile("^Your questions, one by one"))
    assert phone.page.get_by_role("link", name=csi16).count() == 0
    phone.follow(re.compile("^Answer, 1 minute.*four numbers"))
    ratings = phone.page.locator("fieldset:not(#audience)")
    assert ratings.count() == 4
    for rating in ratings.all():
        rating.locator(f"input[value='{value + 3}']").check()
    phone.press("Send my answers")
    assert "Nobody else sees them, or is told" in phone.reads()
    phone.follow("My answers")
    assert f"{16 * value} on a scale from 0 to 81" in phone.reads()
    assert phone.part("Shown to you").count() == (value == 2)  # Jon answers second


def do_homework(ida: Visitor, jon: Visitor) -> None:
    """Each writes; neither sees the other's words until both have written."""
    ida.visit("/my/")
    write_homework(ida, IDAS_LINE, other="Jon")
    jon.visit("/my/")
    everything = everything_on_the_phone(jon)
    assert IDAS_LINE not in everything
    assert "Written so far" not in everything
    jon.visit("/my/")
    write_homework(jon, JONS_LINE, other="Ida")
    for phone, line in ((jon, IDAS_LINE), (ida, JONS_LINE)):
        assert line in everything_on_the_phone(phone)


def write_homework(phone: Visitor, line: str, *, other: str) -> None:
    phone.follow(re.compile("^Open, about 5 minutes"))
    assert phone.question("Who may read").get_by_label("You alone", exact=True).count() == 1
    readers = phone.question("Who may read").locator("label", has_text=other)
    readers.filter(has=phone.page.locator("[value=when_all_done]")).click()
    phone.press_in_vain("Save what I wrote")
    phone.fill("What did your partner do?", line)
    phone.choose("Have you told them?", "Yes, aloud")
    phone.choose("How far did you get?", "Done")
    phone.press("Save what I wrote")
    assert line in phone.reads()


def everything_on_the_phone(phone: Visitor) -> str:
    """Return the words of every page that a partner can click to."""
    waiting, seen, words = ["/my/"], set(), []
    while waiting:
        path = waiting.pop()
        if path in seen or path.endswith(".pdf"):
            continue
        seen.add(path)
        page = phone.fetch(path)
        words.append(html.unescape(page))
        waiting += [link.partition("?")[0] for link in links_in(page.partition("<main")[2])]
    assert len(seen) > 3
    return "\n".join(words)


def rate_goals(nell: Visitor, ida: Visitor, jon: Visitor) -> None:
    """Ida shows her rating, Jon does not, Nell differs from both."""
    for phone, level, show in ((ida, LEVELS[3], True), (jon, LEVELS[1], False)):
        phone.visit("/my/")
        phone.follow(GOAL)
        if show:
            phone.question("Who may see this?").get_by_label(re.compile("You, Nell and")).check()
        phone.question("Where are you with it now?").get_by_label(re.compile(level)).check()
        phone.page.get_by_label(re.compile("What makes you say so")).fill(f"{REASON}: {level}")
        phone.press("Save how I see it")
    told = everything_on_the_phone(ida)
    assert f"{REASON}: {LEVELS[3]}" in told
    assert f"{REASON}: {LEVELS[1]}" not in told
    open_record(nell)
    nell.follow(GOAL)
    assert f"{REASON}: {LEVELS[1]}" in nell.reads()
    nell.question("Where are").get_by_label(re.compile(LEVELS[2])).check()
    nell.press("Save my rating")
    assert "Ida +1, Jon −1, Nell 0: two levels apart" in nell.reads()


def record_a_session(nell: Visitor, ida: Visitor) -> None:
    """Plan the next one; record the last: who came, a note, signed, and an addendum."""
    open_record(nell)
    nell.follow("Plan the next session")
    set_time(nell, day(7))
    nell.press("Save the session")
    ida.visit("/my/")
    assert "18:00" in ida.reads()
    open_record(nell)
    nell.follow("Plan or record a session")
    set_time(nell, day(-1))
    nell.choose("Did it take place?", "It was held")
    nell.page.locator("summary", has_text="How they attended").click()
    nell.choose("How Ida attended", "Attended")
    nell.question("How Jon attended").get_by_label(re.compile("late$")).check()
    nell.page.get_by_label(re.compile("Next steps")).fill(STEPS)
    nell.press("Save the session")
    note, process, about = (
        nell.part(name) for name in ("Joint note", "Process note", "Individual addenda")
    )
    process.locator("summary").click()
    process.get_by_label("Process note").fill(PROCESS)
    about.locator("summary", has_text="Jon").click()
    about.get_by_label("About Jon, in your words").fill(ABOUT_JON)
    note.get_by_label("Format").select_option("SOAP")
    nell.press("Use these headings", within=note)
    note.get_by_label("Objective").fill(NOTE)
    note.get_by_text("Repair attempts").click()
    note.get_by_label("Accepted").check()
    nell.press("Save draft")
    assert "draft" in note.inner_text()
    assert process.get_by_label("Process note").input_value() == PROCESS
    nell.press("Save and read before signing")
    assert NOTE in nell.reads()
    nell.press("Sign these notes")
    assert "Signed by Nell Carrow" in note.inner_text()
    assert note.get_by_label("Objective").count() == 0
    assert ABOUT_JON in nell.part("Individual addendum: Jon").inner_text()
    note.get_by_text("Add to this signed note").click()
    note.get_by_label("Addendum to the signed note").fill("Jon rang: the walk is on Saturday.")
    nell.press("Save the addendum", within=note)
    assert "Jon rang: the walk is on Saturday." in note.inner_text()
    ida.visit("/my/")
    words = everything_on_the_phone(ida)
    assert STEPS in words
    for hidden in (NOTE, PROCESS, ABOUT_JON, "Jon rang", WORRY):
        assert hidden not in words


def set_time(nell: Visitor, on: str) -> None:
    nell.fill("Day", on)
    nell.fill("Time", "18:00")


def read_the_record(nell: Visitor) -> None:
    open_record(nell)
    words = nell.reads()
    for score in ("64 of 81", "32 of 81", "1 of 1"):
        assert score in words
    assert nell.part("Couples Satisfaction Index, 16 items").locator("svg").count()


def check_reports(nell: Visitor, folder: Path) -> None:
    """Issue and fetch both editions; look into the files."""
    nell.follow("Report")
    joint = check_report(nell, "Joint", folder)
    clinician = check_report(nell, "Clinician", folder)
    for words in ("Ida Thorne", "Jon Abbas", GOAL, "64", "32"):
        assert words in joint
        assert words in clinician
    assert WORRY in clinician
    unsaid = (WORRY, f"{REASON}: {LEVELS[1]}", NOTE, PROCESS, ABOUT_JON, "Jon rang")
    for words in (*unsaid, "two levels apart"):
        assert words not in joint
    assert PROCESS not in clinician


def check_report(nell: Visitor, edition: str, folder: Path) -> str:
    """Return the text of a newly issued report whose structure holds."""
    nell.follow(re.compile(f"^Preview the {edition.lower()}"))
    nell.follow("Outcome reports")
    nell.page.locator("#issue ~ form").get_by_label(re.compile(f"^{edition}")).check()
    nell.press("Issue this edition")
    newest = nell.part("Issued reports").get_by_role("link", name=re.compile("^Download")).first
    assert edition.lower() in newest.inner_text()
    with nell.page.expect_download() as waiting:
        newest.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    pdf = path.read_bytes()
    pdf_checks.check_properties(pdf)
    with pdf_checks.opened(pdf) as document:
        found = pdf_checks.tags(document)
        figures = [one for one in pdf_checks.elements(document) if str(one.S) == "/Figure"]
        assert all(str(one.get("/Alt", "")).strip() for one in figures)
    assert {"H1", "H2", "P", "Table"} <= set(found), "a first score is told in words, not drawn"
    assert found.count("H1") == 1
    return pdf_checks.text_of(pdf)
