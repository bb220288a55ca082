"""The library, the picker, the preview, and paper: by real requests."""

import re
from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.homework.registry import all_templates
from practice.domain.homework.terms import GivenTo
from practice.domain.note_formats import NoteContent, Pattern, as_stored
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.safety.joint_work import JointWork
from practice.domain.visibility import Audience
from practice.models.homework import Assignment
from practice.services import clearances, clock
from tests.exercises import give, rate, set_goal, settled, write
from tests.records import make_joint_note, make_session
from tests.reports import pdf_checks

PRIVATE, THERAPIST, IN_SESSION, WAITS, COUPLE = Audience


@pytest.fixture
def seen(app, cast):
    """Criticism was ticked in a note, and one goal is about closeness; nothing is cleared."""
    with app.app_context():
        content = as_stored(NoteContent(patterns=frozenset({Pattern.CRITICISM})))
        session = make_session(cast.couple, cast.tess)
        make_joint_note(session, cast.couple, cast.tess, content=content)
        set_goal(cast, title="Evenings", area=ProblemGroup.CLOSENESS)
        settled()


def clear(app, cast):
    with app.app_context():
        clearances.decide(
            actor=cast.tess,
            couple_id=cast.couple,
            new_id=uuid4(),
            decision=JointWork.CLEARED,
            on=clock.today(),
            reason="We talked.",
        )
        settled()


def titles(page):
    return re.findall(r'<h3 id="worksheet-(\w+)"', page.text)


def test_the_library_is_looked_through_without_a_script(cast, sign_in):
    tess = sign_in(cast.tess)
    everything = titles(tess.get("/library"))
    assert everything == list(all_templates())
    narrowed = titles(tess.get("/library?skill=communication&length=short&words="))
    assert 0 < len(narrowed) < len(everything)
    assert titles(tess.get("/library?words=apology")) == ["apology_builder"]
    none = tess.get("/library?words=zyzzyva")
    assert titles(none) == []
    assert "Nothing like this in the library" in none.text
    assert 'value="zyzzyva"' in none.text


@pytest.mark.parametrize("what", ["skill", "pattern", "goal", "length"])
def test_a_value_that_is_not_offered_is_no_page(cast, sign_in, what):
    tess = sign_in(cast.tess)
    assert tess.get(f"/library?{what}=").status_code == 200
    assert tess.get(f"/library?{what}=nonsense").status_code == 400
    assert tess.get(f"/couples/{cast.couple}/homework/new?{what}=nonsense").status_code == 400


def test_the_picker_says_why_and_warns_where_nothing_is_cleared(app, cast, sign_in, seen):
    tess = sign_in(cast.tess)
    path = f"/couples/{cast.couple}/homework/new"
    before = tess.get(path).text
    assert "Nobody has decided yet whether to work together" in before
    assert "only what one does alone is suggested" in before
    assert "that need work together to be cleared first" in before
    assert len(titles(tess.get(path))) == len(all_templates()), "the clinician still decides"
    give_page = tess.get(f"{path}?worksheet=cycle_map").text
    assert "for couples whose work together is cleared" in give_page
    assert "for somebody alone" in tess.get(f"{path}?worksheet=private_journal").text

    clear(app, cast)
    after = tess.get(path).text
    assert "Nobody has decided" not in after
    assert "cleared first" not in after
    assert "An answer to “criticism”, ticked in the newest note" in after
    assert "For “Evenings” (closeness)" in after
    assert "whose work together is cleared" not in tess.get(f"{path}?worksheet=cycle_map").text


def test_what_they_had_is_marked_and_a_search_hides_the_suggestions(app, cast, sign_in, seen):
    with app.app_context():
        give(cast)
        settled()
    tess = sign_in(cast.tess)
    path = f"/couples/{cast.couple}/homework/new"
    assert tess.get(path).text.count("They have it now") == 1
    assert "To think of first" not in tess.get(f"{path}?words=tea").text


@pytest.mark.parametrize("whom", list(GivenTo))
def test_a_worksheet_is_seen_from_the_library_as_a_partner_would(cast, sign_in, whom):
    tess = sign_in(cast.tess)
    page = tess.get(f"/library/gratitude/preview?whom={whom.value}")
    assert page.status_code == 200
    assert re.search(r'<fieldset class="field" disabled>', page.text)
    assert page.text.index("disabled>") < page.text.index("<textarea")
    assert "/my/" not in page.text
    assert "<script" not in page.text
    assert ("your therapist and your partner" in page.text) is (whom is not GivenTo.ONE)
    assert tess.get("/library/gratitude/preview?whom=nobody").status_code == 400
    assert tess.get("/library/none_such/preview").status_code == 404


def typed(cast, **overrides):
    today = clock.today().isoformat()
    return {
        "new_id": str(uuid4()),
        "whom": "each",
        "frequency": "daily",
        "times_per_week": "1",
        "starts_on": today,
        "due_on": today,
        "audience": "when_all_done",
        "instructions": "About the <garden>",
        "goal_id": "",
    } | overrides


def test_what_is_about_to_be_given_is_seen_first_and_nothing_typed_is_lost(app, cast, sign_in):
    tess = sign_in(cast.tess)
    path = f"/couples/{cast.couple}/homework/preview?worksheet=gratitude"
    with app.app_context():
        data = typed(cast)
    page = tess.post(path, data)
    assert page.status_code == 200
    assert "As Ada would see it" in page.text
    assert "About the &lt;garden&gt;" in page.text
    assert "Ben too, once both have written" in page.text
    with app.app_context():
        assert db.session.query(Assignment).count() == 0
        task = give(cast, starts_on=clock.today(), due_on=clock.today())
        settled()
    real = sign_in(cast.ada).get(f"/my/homework/{task}").text
    for words in re.findall(r"<(?:legend|label)[^>]*>([^<]+)<", real):
        assert words in page.text, words

    give_it = f"/couples/{cast.couple}/homework/new?worksheet=gratitude"
    carried = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))
    carried["instructions"] = data["instructions"]
    assert {key: carried[key] for key in data} == data
    change = tess.post(give_it, carried | {"change": "yes"})
    assert change.status_code == 200
    assert "About the &lt;garden&gt;" in change.text
    given = tess.post(give_it, carried)
    assert given.status_code == 303
    assert tess.get(path).status_code == 303


def test_a_preview_of_what_cannot_be_given_says_so_beside_the_field(app, cast, sign_in):
    with app.app_context():
        data = typed(cast, whom="", due_on="")
    page = sign_in(cast.tess).post(
        f"/couples/{cast.couple}/homework/preview?worksheet=gratitude", data
    )
    assert page.status_code == 422
    assert "Choose who does it." in page.text
    assert "About the &lt;garden&gt;" in page.text


def is_pdf(answer, name):
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'inline; filename="{name}.pdf"'
    return pdf_checks.text_of(answer.data)


def test_worksheets_and_handouts_are_printed_for_any_therapist(cast, sign_in):
    otto = sign_in(cast.otto)
    assert "One thing I noticed" in is_pdf(otto.get("/library/gratitude/blank.pdf"), "worksheet")
    assert "When times are tough" in is_pdf(otto.get("/handouts/tough_times.pdf"), "handout")
    assert "/handouts/tough_times.pdf" in otto.get("/handouts").text
    assert otto.get("/library/none_such/blank.pdf").status_code == 404
    assert otto.get("/handouts/none_such.pdf").status_code == 404
    ada = sign_in(cast.ada)
    assert ada.get("/handouts").status_code == 404


def test_a_filled_worksheet_is_printed_for_whoever_may_read_it(app, cast, sign_in):
    with app.app_context():
        task = give(cast)
        together = give(cast, given_to=GivenTo.TOGETHER, audience=COUPLE)
        hers = write(cast.ada, task, WAITS, noticed="heron")
        his = write(cast.ben, task, WAITS, noticed="otter")
        kept = write(cast.ben, task, PRIVATE, noticed="badger")
        both = write(cast.ben, together, COUPLE, noticed="swallow")
        settled()
    ada, ben, tess = sign_in(cast.ada), sign_in(cast.ben), sign_in(cast.tess)

    def sheet(browser, entry):
        return browser.get(f"/my/homework/entries/{entry}/page.pdf")

    assert "heron" in is_pdf(sheet(ada, hers), "worksheet")
    assert ada.get(f"/my/homework/entries/{his}").status_code == 200, "open, and still not hers"
    assert sheet(ada, his).status_code == 404
    assert f"{his}/page.pdf" not in ada.get(f"/my/homework/entries/{his}").text
    assert sheet(ada, kept).status_code == 404
    assert "swallow" in is_pdf(sheet(ada, both), "worksheet")
    assert "badger" in is_pdf(sheet(ben, kept), "worksheet")
    read = is_pdf(tess.get(f"/assignments/{task}/entries.pdf"), "worksheet")
    assert "heron" in read
    assert "otter" in read
    page = tess.get(f"/assignments/{task}").text
    assert page.count("Day by day: ") == 2
    assert "badger" not in page
    assert "badger" not in read
    assert sign_in(cast.otto).get(f"/assignments/{task}/entries.pdf").status_code == 404


def test_a_goal_says_what_it_is_about(app, cast, sign_in):
    with app.app_context():
        goal = set_goal(cast)
        settled()
    tess = sign_in(cast.tess)
    path = f"/goals/{goal}/edit"
    names = re.findall(r'name="(\w+)"', tess.get(path).text)
    assert "area" in names
    data = {name: "every week" for name in ("much_less", "less", "expected", "more", "much_more")}
    data |= {"new_id": str(uuid4()), "title": "Evenings", "weight": "1", "area": "closeness"}
    assert tess.post(path, data).status_code == 303
    assert "about closeness" in tess.get(f"/goals/{goal}").text
    assert re.search(r'<option selected value="closeness"', tess.get(path).text)
    assert tess.post(path, data | {"area": "nonsense"}).status_code == 422


def test_what_a_goal_is_about_can_be_said_once_it_was_rated(app, cast, sign_in):
    with app.app_context():
        goal = set_goal(cast)
        rate(cast.ada, goal, 1, COUPLE)
        settled()
    tess = sign_in(cast.tess)
    assert "about trust" not in tess.get(f"/goals/{goal}").text
    assert tess.post(f"/goals/{goal}/about", {"area": "trust"}).status_code == 303
    assert "about trust" in tess.get(f"/goals/{goal}").text
    assert tess.post(f"/goals/{goal}/about", {"area": "nonsense"}).status_code == 400
    assert "about trust" in tess.get(f"/goals/{goal}").text
    assert tess.post(f"/goals/{goal}/about", {"area": ""}).status_code == 303
    assert "about trust" not in tess.get(f"/goals/{goal}").text
    tess.post(f"/goals/{goal}/close")
    assert tess.post(f"/goals/{goal}/about", {"area": "trust"}).status_code == 409
    for person in (cast.otto, cast.ada, cast.cleo):
        assert sign_in(person).post(f"/goals/{goal}/about", {"area": "trust"}).status_code == 404
