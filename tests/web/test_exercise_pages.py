"""Pages about homework and goals, by real requests."""

import html
import re
from datetime import timedelta
from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.homework.registry import all_templates
from practice.domain.homework.terms import EndReason, GivenTo
from practice.domain.visibility import Audience
from practice.models.goals import Goal, GoalRating
from practice.models.homework import Assignment, HomeworkEntry
from practice.services import clock, homework, own_entries
from practice.services.own_entries import EntryKind
from tests.browser import steady
from tests.exercises import LEVELS, filled, form_data, give, rate, set_goal, settled, write

PRIVATE, THERAPIST, IN_SESSION, WAITS, COUPLE = Audience


@pytest.fixture
def given(app, cast):
    """A daily worksheet for both, one for Ben alone, a joint goal and one of Ben's own."""
    with app.app_context():
        found = {
            "task": give(cast),
            "together": give(cast, given_to=GivenTo.TOGETHER, audience=COUPLE),
            "in_session": give(cast, audience=IN_SESSION),
            "his": give(
                cast, given_to=GivenTo.ONE, person_id=cast.ben.person_id, audience=THERAPIST
            ),
            "goal": set_goal(cast),
            "his_goal": set_goal(cast, person_id=cast.ben.person_id),
        }
        write(cast.ada, found["task"], WAITS, day=clock.today() - timedelta(days=1))
        rate(cast.ada, found["goal"], 1, THERAPIST)
        settled()
    return found


def _lock_away(author, entry):
    own_entries.lock_away(actor=author, kind=EntryKind.HOMEWORK, record_id=entry)


def pages_of_a_partner(given):
    paths = ["/my/", "/my/homework", "/my/goals"]
    paths += [f"/my/homework/{given[key]}" for key in ("task", "together", "in_session", "his")]
    return paths + [f"/my/goals/{given[key]}" for key in ("goal", "his_goal")]


@pytest.mark.parametrize(
    "act",
    [
        lambda cast, given: write(cast.ben, given["task"], PRIVATE, noticed="heron"),
        lambda cast, given: write(cast.ben, given["task"], THERAPIST, noticed="heron"),
        lambda cast, given: write(cast.ben, given["task"], WAITS, noticed="heron"),
        lambda cast, given: write(
            cast.ben, given["task"], THERAPIST, day=clock.today() - timedelta(days=1)
        ),
        lambda cast, given: write(cast.ben, given["together"], PRIVATE, noticed="heron"),
        lambda cast, given: write(cast.ben, given["together"], THERAPIST, noticed="heron"),
        lambda cast, given: write(cast.ben, given["his"], THERAPIST, noticed="heron"),
        lambda cast, given: write(cast.ben, given["in_session"], IN_SESSION, noticed="heron"),
        lambda cast, given: write(cast.ben, given["in_session"], THERAPIST, noticed="heron"),
        lambda cast, given: _lock_away(cast.ben, write(cast.ben, given["in_session"], IN_SESSION)),
        lambda cast, given: homework.pause(actor=cast.tess, assignment_id=given["his"]),
        lambda cast, given: homework.retire(
            actor=cast.tess, assignment_id=given["his"], reason=EndReason.NO_LONGER_SAFE
        ),
        lambda cast, given: homework.carry_over(
            actor=cast.tess, assignment_id=given["his"], new_id=uuid4()
        ),
        lambda cast, given: homework.make_smaller(
            actor=cast.tess, assignment_id=given["his"], new_id=uuid4()
        ),
        lambda cast, given: homework.change(
            actor=cast.tess,
            assignment_id=given["his"],
            instructions="heron",
            due_on=clock.today() + timedelta(days=2),
        ),
        lambda cast, given: rate(cast.ben, given["goal"], -2, THERAPIST, comment="heron"),
        lambda cast, given: rate(cast.tess, given["goal"], -2, THERAPIST, comment="heron"),
        lambda cast, given: rate(cast.ben, given["his_goal"], 2, COUPLE, comment="heron"),
        lambda cast, given: rate(cast.tess, given["his_goal"], 2, COUPLE, comment="heron"),
        lambda cast, given: set_goal(cast, person_id=cast.ben.person_id, title="heron"),
        lambda cast, given: give(
            cast, given_to=GivenTo.ONE, person_id=cast.ben.person_id, audience=PRIVATE
        ),
    ],
)
def test_nothing_ada_can_fetch_changes_when_ben_acts_in_private(app, cast, sign_in, given, act):
    ada = sign_in(cast.ada)
    paths = pages_of_a_partner(given)
    before = [(page.status_code, page.text) for page in map(ada.get, paths)]
    with app.app_context():
        act(cast, given)
        settled()
    after = [(page.status_code, page.text) for page in map(ada.get, paths)]
    for path, (status, text), (status_after, text_after) in zip(paths, before, after, strict=True):
        assert status_after == status, path
        assert steady(text_after) == steady(text), path


def test_what_was_shared_does_change_her_pages(app, cast, sign_in, given):
    ada = sign_in(cast.ada)
    assert "Ben" not in ada.get(f"/my/goals/{given['goal']}").text.split("Said so far")[1]
    with app.app_context():
        entry = write(
            cast.ben, given["task"], WAITS, day=clock.today() - timedelta(days=1), noticed="heron"
        )
        rate(cast.ben, given["goal"], -2, COUPLE, comment="heron")
        settled()
    assert str(entry) in ada.get(f"/my/homework/{given['task']}").text
    assert "heron" in ada.get(f"/my/homework/entries/{entry}").text
    assert "heron" in ada.get(f"/my/goals/{given['goal']}").text


@pytest.mark.parametrize("part", range(4))
def test_every_worksheet_is_filled_in_and_read_again(app, cast, sign_in, part):
    """As each is meant to be given: to whom, how often and under which rule; a quarter a test."""
    worksheets = sorted(all_templates().values(), key=lambda one: one.key)[part::4]
    with app.app_context():
        tasks = [_given_as_meant(cast, worksheet) for worksheet in worksheets]
        settled()
    ada, tess = sign_in(cast.ada), sign_in(cast.tess)
    for worksheet, task in zip(worksheets, tasks, strict=True):
        page = ada.get(f"/my/homework/{task}")
        assert page.status_code == 200, worksheet.key
        data = form_data(worksheet, "canary") | {
            "new_id": str(uuid4()),
            "audience": worksheet.default_audience.value,
        }
        if 'name="for_day"' in page.text:
            data["for_day"] = _chosen_day(page.text)
        saved = ada.post(f"/my/homework/{task}", data)
        assert saved.status_code == 303, (worksheet.key, saved.text)
        assert ada.post(f"/my/homework/{task}", data).location == saved.location
        read = ada.get(saved.location)
        shown = html.unescape(read.text)
        for line in worksheet.summary(worksheet.clean(filled(worksheet, "canary"))):
            assert line.label in shown, (worksheet.key, line.label)
            assert line.text in shown, (worksheet.key, line.label)
        assert read.text.count("canary") >= 2, worksheet.key
        hidden = worksheet.default_audience is PRIVATE
        assert ("canary" in tess.get(f"/assignments/{task}").text) is not hidden, worksheet.key
    with app.app_context():
        assert db.session.query(HomeworkEntry).count() == len(worksheets)


def _given_as_meant(cast, worksheet):
    alone = worksheet.for_whom is GivenTo.ONE
    return give(
        cast,
        template_key=worksheet.key,
        given_to=worksheet.for_whom,
        person_id=cast.ada.person_id if alone else None,
        frequency=worksheet.frequency,
        times_per_week=worksheet.times_per_week,
        audience=worksheet.default_audience,
    )


def _chosen_day(text):
    return re.search(r'name="for_day"[^>]*value="([^"]+)"', text).group(1)


def test_a_page_that_cannot_be_saved_keeps_every_word(app, cast, sign_in, given):
    ada = sign_in(cast.ada)
    path = f"/my/homework/{given['task']}"
    new_id = str(uuid4())
    data = {
        "new_id": new_id,
        "audience": "when_all_done",
        "for_day": _chosen_day(ada.get(path).text),
        "answer_effect": "a rest <b>at last</b>",
        "answer_outcome": "done",
        "answer_quality": "7",
    }
    page = ada.post(path, data)
    assert page.status_code == 422
    assert "Nothing you entered is lost" in page.text
    assert "a rest &lt;b&gt;at last&lt;/b&gt;" in page.text
    assert new_id in page.text
    assert re.search(r'checked[^>]*name="answer_quality"[^>]*value="7"', page.text)
    assert re.search(r'checked[^>]*name="audience"[^>]*value="when_all_done"', page.text)
    assert page.text.count("Please write a few words here.") == 2


def test_a_plan_keeps_what_was_typed_when_its_day_is_none(app, cast, sign_in):
    with app.app_context():
        task = give(cast, template_key="quality_time")
        settled()
    ada = sign_in(cast.ada)
    path = f"/my/homework/{task}"
    data = form_data(all_templates()["quality_time"]) | {
        "new_id": str(uuid4()),
        "audience": "therapist",
        "for_day": _chosen_day(ada.get(path).text),
        "answer_planned-day": "next Sunday",
        "answer_planned-what": "a long walk",
    }
    page = ada.post(path, data)
    assert page.status_code == 422
    assert "next Sunday" in page.text
    assert "a long walk" in page.text
    assert "from the calendar" in page.text


def test_words_are_not_lost_when_the_task_ended_meanwhile(app, cast, sign_in, given):
    ada = sign_in(cast.ada)
    path = f"/my/homework/{given['task']}"
    day = _chosen_day(ada.get(path).text)
    sign_in(cast.tess).post(f"/assignments/{given['task']}/retire", {"reason": "too_big"})
    data = form_data(all_templates()["gratitude"], "kept") | {
        "new_id": str(uuid4()),
        "audience": "therapist",
        "for_day": day,
    }
    page = ada.post(path, data)
    assert page.status_code == 422
    assert "effect kept" in page.text
    assert "nothing was saved" in page.text
    assert "kept" not in ada.get(path).text


def test_readers_are_said_before_anything_is_typed_and_sharing_is_not_preset(
    app, cast, sign_in, given
):
    text = sign_in(cast.ada).get(f"/my/homework/{given['task']}").text
    assert text.index("Ben too, once both have written") < text.index("<textarea")
    assert re.search(r'checked[^>]*name="audience"[^>]*value="private"', text)


def test_what_is_hidden_and_what_does_not_exist_are_the_same_page(app, cast, sign_in, given):
    with app.app_context():
        entry = write(cast.ben, given["task"], WAITS)
        settled()
    for person in (cast.ada, cast.cleo):
        browser = sign_in(person)
        random = steady(browser.get(f"/my/homework/{uuid4()}").text)
        hidden = [f"/my/homework/{given['his']}", f"/my/goals/{given['his_goal']}"]
        hidden += [f"/my/homework/entries/{entry}", f"/my/goals/{uuid4()}"]
        for path in hidden:
            page = browser.get(path)
            assert page.status_code == 404
            assert steady(page.text) == random
            assert browser.post(path).status_code in (404, 405)


@pytest.mark.parametrize("who", ["otto", "ada", "cleo"])
def test_the_therapists_pages_are_hidden_from_everybody_else(app, cast, sign_in, given, who):
    browser = sign_in(getattr(cast, who))
    couple = f"/couples/{cast.couple}"
    for path in (
        f"{couple}/homework",
        f"{couple}/homework/new",
        f"{couple}/homework/new?worksheet=gratitude",
        f"{couple}/goals",
        f"{couple}/goals/new",
        f"/assignments/{given['task']}",
        f"/goals/{given['goal']}",
        f"/goals/{given['goal']}/edit",
    ):
        assert browser.get(path).status_code == 404, path
    for path in (f"/assignments/{given['task']}/retire", f"/goals/{given['goal']}/close"):
        assert browser.post(path).status_code == 404, path


def test_a_therapist_gives_a_worksheet_through_the_form(app, cast, sign_in):
    tess = sign_in(cast.tess)
    assert tess.get("/library").status_code == 200
    choose = tess.get(f"/couples/{cast.couple}/homework/new")
    assert choose.text.count("homework/new?worksheet=") == len(all_templates())
    path = f"/couples/{cast.couple}/homework/new?worksheet=i_statement"
    page = tess.get(path)
    assert 'name="audience"' in page.text
    assert not re.search(r'checked[^>]*name="audience"', page.text), "a choice made each time"
    assert "This worksheet proposes: “For its author and you”." in page.text
    with app.app_context():
        today = clock.today()
    data = {
        "new_id": str(uuid4()),
        "whom": str(cast.ben.person_id),
        "frequency": "weekly",
        "times_per_week": "1",
        "starts_on": today.isoformat(),
        "due_on": (today - timedelta(days=1)).isoformat(),
        "audience": "couple",
        "instructions": "About the <garden>",
        "goal_id": "",
    }
    wrong = tess.post(path, data)
    assert wrong.status_code == 422
    assert "About the &lt;garden&gt;" in wrong.text
    assert "cannot lie before" in wrong.text
    assert "not there for the other" in wrong.text
    right = data | {"due_on": today.isoformat(), "audience": "therapist"}
    saved = tess.post(path, right)
    assert saved.status_code == 303
    assert tess.post(path, right).location == saved.location
    assert (
        "garden"
        in sign_in(cast.ben).get(f"/my{saved.location.replace('assignments', 'homework')}").text
    )
    with app.app_context():
        assert db.session.query(Assignment).count() == 1


def test_every_worksheet_has_a_page_in_the_library(cast, sign_in):
    tess = sign_in(cast.tess)
    for key, worksheet in all_templates().items():
        page = tess.get(f"/library/{key}")
        assert page.status_code == 200, key
        assert "Trains " in page.text, key
        assert ("Where it is too much" in page.text) is bool(worksheet.smaller), key


def test_an_unknown_worksheet_is_not_found(cast, sign_in):
    assert sign_in(cast.tess).get("/library/none_such").status_code == 404


def goal_data(**overrides):
    names = ("much_less", "less", "expected", "more", "much_more")
    wording = dict(zip(names, LEVELS, strict=True))
    base = {
        "new_id": str(uuid4()),
        "title": "Return",
        "whose": "joint",
        "weight": "1",
        "target_on": "",
    }
    return base | wording | overrides


def test_a_goal_is_set_changed_rated_and_closed(app, cast, sign_in):
    tess, ada, ben = sign_in(cast.tess), sign_in(cast.ada), sign_in(cast.ben)
    new = f"/couples/{cast.couple}/goals/new"
    assert not re.search(r'<input[^>]*checked[^>]*name="whose"', tess.get(new).text)
    unsaid = tess.post(new, goal_data(whose=""))
    assert unsaid.status_code == 422
    assert "Choose whose goal it is: that says who reads it." in unsaid.text
    wrong = tess.post(new, goal_data(less=""))
    assert wrong.status_code == 422
    assert "hardly ever" in wrong.text
    assert "Describe this level too" in wrong.text
    saved = tess.post(new, goal_data())
    assert saved.status_code == 303
    goal = saved.location.rsplit("/", 1)[1]
    assert tess.get(f"/goals/{goal}/edit").status_code == 200
    edited = tess.post(f"/goals/{goal}/edit", goal_data(title="Return within the day"))
    assert edited.status_code == 303
    rating = {"new_id": str(uuid4()), "level": "1", "comment": "", "audience": "therapist"}
    assert ada.post(f"/my/goals/{goal}", {"new_id": str(uuid4())}).status_code == 422
    assert ada.post(f"/my/goals/{goal}", rating).status_code == 303
    assert ada.post(f"/my/goals/{goal}", rating).status_code == 303
    shown = rating | {"new_id": str(uuid4()), "level": "-1", "audience": "couple"}
    assert ben.post(f"/my/goals/{goal}", shown).status_code == 303
    assert (
        tess.post(f"/goals/{goal}", shown | {"new_id": str(uuid4()), "level": "0"}).status_code
        == 303
    )
    page = tess.get(f"/couples/{cast.couple}/goals").text
    assert "Ada +1, Ben −1, Tess 0: two levels apart" in page
    assert "60.0" in page
    assert "40.0" in page
    picture = "Ratings over time"
    assert picture not in tess.get(f"/goals/{goal}").text, "one day is no line"
    with app.app_context():
        earliest = db.session.query(GoalRating).order_by(GoalRating.rated_at).first()
        earliest.rated_at -= timedelta(days=30)
        db.session.commit()
    assert picture in tess.get(f"/goals/{goal}").text
    assert picture not in ben.get(f"/my/goals/{goal}").text
    locked = tess.post(f"/goals/{goal}/edit", goal_data(title="Too late"))
    assert locked.status_code == 422
    assert "Too late" in locked.text
    assert tess.post(f"/goals/{goal}/close").status_code == 303
    late = ada.post(f"/my/goals/{goal}", rating | {"new_id": str(uuid4()), "comment": "my words"})
    assert late.status_code == 422
    assert "my words" in late.text
    with app.app_context():
        assert db.session.query(Goal).one().title == "Return within the day"
        assert db.session.query(GoalRating).count() == 3


def test_the_partials_stand_on_the_first_page(cast, sign_in, given):
    text = sign_in(cast.ada).get("/my/").text
    assert "One thing I noticed" in text
    assert "An evening without screens" in text


def test_long_lists_have_pages(app, cast, sign_in, given):
    with app.app_context():
        for number in range(12):
            write(cast.ada, given["task"], THERAPIST, noticed=f"thing {number}")
            write(cast.ben, given["task"], THERAPIST, noticed=f"thing {number}")
        settled()
    tess = sign_in(cast.tess)
    first = tess.get(f"/assignments/{given['task']}").text
    second = tess.get(f"/assignments/{given['task']}?page=2").text
    assert first.count("<article") + second.count("<article") == 25
    assert tess.get(f"/assignments/{given['task']}?page=99").status_code == 200
