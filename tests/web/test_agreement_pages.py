"""Agreements, permissions and the intake as therapist and partners use them, by real requests."""

import html
import re
from datetime import date

import pytest

from practice.db import db
from practice.domain.intake import SECTIONS
from practice.domain.visibility import Audience
from practice.models.goals import Hope
from practice.models.intake import IntakeEntry
from practice.services import agendas, clock, own_agreements
from practice.services.intake import section_id_of
from practice.services.intake_entries import put
from practice.services.letters import thread_id_of
from practice.services.letters.time_requests import time_id_of
from practice.services.step_requests import portal_steps
from tests import exercises, measure_builders, records
from tests.builders import schedule as switch_on

NEW_ID = re.compile(r'name="((?:[a-z]+-)?new_id)"[^>]*value="([^"]+)"')


@pytest.fixture
def tess(cast, sign_in):
    return sign_in(cast.tess)


@pytest.fixture
def ada(cast, sign_in):
    return sign_in(cast.ada)


@pytest.fixture
def ben(cast, sign_in):
    return sign_in(cast.ben)


def words(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def sent(browser, path, **fields):
    return dict(NEW_ID.findall(browser.get(path).text)) | fields


def choose_rule(cast, tess, regime="limited", **more):
    path = f"/couples/{cast.couple}/agreements/secrets"
    told = [str(cast.ada.person_id), str(cast.ben.person_id)]
    fields = {"regime": regime, "chosen_on": "2026-03-04", "told": told} | more
    return tess.post(path, sent(tess, path, **fields))


def test_the_rule_stands_before_private_fields_and_beside_what_was_written(app, cast, tess, ben):
    with app.app_context():
        task = exercises.give(cast, audience=Audience.THERAPIST)
        request = measure_builders.ask(cast, cast.ben, "ratings")
        goal = exercises.set_goal(cast)
        early = exercises.write(cast.ben, task, Audience.THERAPIST, noticed="early")
        alone = records.make_session(
            cast.couple, cast.tess, kind="individual", person_id=cast.ben.person_id
        )
        wrong = measure_builders.answer(cast, cast.ben, "csi16")
        switch_on(cast.couple, cast.tess)
        (step,) = [one for one in portal_steps(actor=cast.ben) if one.task == "write"]
        db.session.commit()
    before_fields = (
        f"/my/homework/{task}",
        f"/my/questions/{request}",
        f"/my/questions/{request}/one",
        f"/my/letters/{thread_id_of(cast.couple, cast.ben.person_id)}",
        f"/my/time/{time_id_of(cast.couple, cast.ben.person_id)}",
        f"/my/answers/{wrong}/correct",
        f"/my/goals/{goal}",
        f"/my/goal-steps/{step.step_id}",
        *(intake_path(cast, cast.ben, section.key) for section in SECTIONS),
    )
    sentence = "Your rule about secrets, agreed on 4 March 2026: Tess may keep it from the others"
    assert "No rule about secrets is chosen yet" in words(tess.get(f"/couples/{cast.couple}"))
    for path in before_fields:
        assert "Your rule about secrets" not in words(ben.get(path)), path
    assert choose_rule(cast, tess).status_code == 303
    for path in before_fields:
        assert sentence in words(ben.get(path)), path
    with app.app_context():
        exercises.write(cast.ben, task, Audience.THERAPIST, noticed="late")
        response = measure_builders.answer(cast, cast.ben, "csi16")
        db.session.commit()
    beside = "Written under the limited rule of 4 March 2026: may be kept from the other"
    page = words(tess.get(f"/assignments/{task}"))
    assert page.count(beside) == 1
    assert page.count("Written before a rule about secrets was chosen") == 1
    assert beside in words(tess.get(f"/responses/{response}"))
    assert "Written before a rule" in words(tess.get(f"/sessions/{alone}"))
    assert f"/joint-record/entry/{early}" in tess.get(f"/assignments/{task}").text
    assert "Limited secrets, agreed on 4 March 2026" in words(tess.get(f"/couples/{cast.couple}"))


def say(cast, goal, place):
    """Let Ben say one of each kind for Tess alone; ``place`` is 1 at first, then 2."""
    exercises.rate(cast.ben, goal, place, Audience.THERAPIST)
    exercises.say_progress(cast.ben, goal, place, Audience.THERAPIST)
    ben = cast.ben.person_id
    db.session.add(Hope(couple_id=cast.couple, person_id=ben, place=place, words=f"Hope {place}"))
    for key, noted_by in (("before", cast.tess.person_id), ("brings", None)):
        put(
            IntakeEntry(
                couple_id=cast.couple,
                person_id=ben,
                section=key,
                content={"brings": "So it was."},
                audience=Audience.THERAPIST,
                written_at=clock.now(),
                noted_by=noted_by,
            )
        )
    db.session.commit()


@pytest.mark.parametrize("twice", [False, True])
def test_the_rule_stands_beside_what_was_said_for_the_therapist(app, cast, tess, twice):
    """Once for a list that was said under one rule, beside each where there were two."""
    with app.app_context():
        goal = exercises.set_goal(cast)
        db.session.commit()
        if twice:
            say(cast, goal, 1)
    choose_rule(cast, tess)
    with app.app_context():
        say(cast, goal, 2)
    beside = "ritten under the limited rule of 4 March 2026: may be kept from the other"
    none = "ritten before a rule about secrets was chosen"
    couple = f"/couples/{cast.couple}"
    # Ratings and progress; their newest and hopes; what stands of two sections, and stood before.
    for path, under, before in (
        (f"/goals/{goal}", 2, 2 * twice),
        (f"{couple}/goals", 2, 1 * twice),
        (f"{couple}/intake", 2, 2 * twice),
    ):
        page = words(tess.get(path))
        assert (path, page.count(beside), page.count(none)) == (path, under, before)


def test_what_everybody_may_read_carries_no_rule(app, cast, tess):
    with app.app_context():
        goal = exercises.set_goal(cast)
        exercises.rate(cast.ben, goal, 1, Audience.COUPLE)
        exercises.rate(cast.tess, goal, 1, Audience.THERAPIST)
        db.session.commit()
    choose_rule(cast, tess)
    assert 'class="rule"' not in tess.get(f"/goals/{goal}").text


def test_the_narrowest_is_preset_in_every_section(cast, ben):
    """And what somebody chose for a section when they wrote it, where they change it."""

    def preset(section):
        page = ben.get(intake_path(cast, cast.ben, section.key)).text
        offered = [tag for tag in re.findall(r"<input[^>]*>", page) if 'name="audience"' in tag]
        chosen = [re.search('value="(.*?)"', tag)[1] for tag in offered if "checked" in tag]
        return page, chosen

    private = [section for section in SECTIONS if section.may_stay_private]
    assert private
    for section in SECTIONS:
        page, chosen = preset(section)
        assert chosen == (["private"] if section in private else []), section.key
        assert ("you alone, unless you choose otherwise here." in page) is (section in private)
    path = intake_path(cast, cast.ben, "concerns")
    fields = sent(ben, path, answer_pp_trust="3", audience="therapist")
    assert ben.post(path, fields).status_code == 303
    (section,) = [one for one in SECTIONS if one.key == "concerns"]
    page, chosen = preset(section)
    assert chosen == ["therapist"]
    assert "you and Tess, unless you choose otherwise here." in page


def test_the_rule_on_a_handed_over_device(app, cast, tess):
    with app.app_context():
        request = measure_builders.ask(cast, cast.ben, "ratings")
        switch_on(cast.couple, cast.tess)
        (step,) = [one for one in portal_steps(actor=cast.ben) if one.task == "write"]
        db.session.commit()
    choose_rule(cast, tess, "no_secrets")
    tess.post(f"/couples/{cast.couple}/people/{cast.ben.person_id}/hand-over")
    for path in (f"/hand-over/{request}", f"/hand-over/goal-steps/{step.step_id}"):
        assert "Tess may bring it up with all of you" in words(tess.get(path)), path


def test_a_changed_rule_needs_a_reason_that_no_partner_reads(cast, tess, ada):
    choose_rule(cast, tess)
    refused = choose_rule(cast, tess, "no_secrets", chosen_on="2026-04-01")
    assert refused.status_code == 422
    assert "Say why the rule changes." in words(refused)
    reason = {"chosen_on": "2026-04-01", "reason": "After the letters."}
    assert choose_rule(cast, tess, "no_secrets", **reason).status_code == 303
    assert "After the letters." in words(tess.get(f"/couples/{cast.couple}/agreements"))
    page = words(ada.get("/my/agreements"))
    assert "No secrets , agreed on 1 April 2026" in page
    assert "What held before" in page
    assert "letters" not in page


def test_reading_signing_and_taking_back(cast, tess, ada, ben):
    couple = f"/couples/{cast.couple}"
    member = f"{couple}/people/{cast.ada.person_id}/agreements"
    assert tess.post(f"{member}/ask").status_code == 303
    assert "Four texts about how you work together" in words(ada.get("/my/"))
    assert "To read and sign" not in words(ben.get("/my/"))
    page = ada.get("/my/agreements").text
    path = re.search(r'href="(/my/agreements/[0-9a-f-]{36})"', page).group(1)
    assert ada.post(path, {"version": "1", "name": "Ada"}).status_code == 422
    both = words(ada.post(path, {"version": "1"}))
    assert both.index("Tick the box if you agree.") < both.index("Type your full name.")
    answer = ada.post(path, {"version": "1", "name": "Ada L", "agreed": "y"})
    assert "Type your full name as it stands here: Ada Lind." in words(answer)
    fields = {"version": "1", "name": "Ada Lind", "agreed": "y"}
    assert ada.post(path, fields).location == "/my/agreements"
    assert "signed 1 of 4" in words(tess.get(couple))
    assert "Three texts" in words(ada.get("/my/"))
    assert "What that means" in words(ada.get(f"{path}/take-back"))
    assert ada.post(f"{path}/take-back", {}).status_code == 200
    assert "signed 1 of 4" in words(tess.get(couple))
    taken = {"take_back": "yes", "words": "Not like this."}
    assert ada.post(f"{path}/take-back", taken).status_code == 303
    assert "1 taken back" in words(tess.get(couple))
    history = words(tess.get(f"{member}/treatment"))
    assert "Not like this." in history
    assert "signed version 1 as “Ada Lind”" in history
    assert "you took it back" in words(ada.get(path))
    for page in ("/my/", "/my/agreements"):
        assert "taken back" not in words(ben.get(page))


def test_a_new_version_asks_again_kindly(cast, tess, ada):
    member = f"/couples/{cast.couple}/people/{cast.ada.person_id}/agreements"
    paper = {"act": "signed", "way": "paper", "on_day": "2026-05-01", "name": "Ada Lind"}
    assert tess.post(f"{member}/treatment", paper).status_code == 303
    path = "/settings/agreements/treatment"
    new = {"title": "How we work", "body": "We begin on time.", "on_withdrawal": "It ends."}
    fields = sent(tess, path, **new, valid_from=clock.now().date().isoformat())
    assert tess.post(path, fields).status_code == 303
    assert "A text that you signed has a new version" in words(ada.get("/my/"))
    assert "earlier version" in words(tess.get(f"/couples/{cast.couple}/agreements"))
    address = own_agreements.agreement_id_of(cast.couple, cast.ada.person_id, "treatment")
    page = words(ada.get(f"/my/agreements/{address}"))
    assert "We begin on time." in page
    assert "You signed the one before on 1 May 2026" in page
    assert "Version 2" in words(tess.get(path))
    fields = sent(tess, path, title="x", body=" ", valid_from="2026-05-01")
    assert "Write the text" in words(tess.post(path, fields))


def intake_path(cast, person, key):
    return f"/my/about-you/{section_id_of(cast.couple, person.person_id, key)}"


def test_the_intake_is_written_part_by_part_kept_and_shown(cast, tess, ada, ben):
    ask = f"/couples/{cast.couple}/people/{cast.ben.person_id}/intake/ask"
    assert tess.post(ask).status_code == 303
    assert "Begin, about 32 minutes in all" in words(ben.get("/my/"))
    assert "About you" in words(ada.get("/my/"))
    assert "short parts" not in words(ada.get("/my/"))
    path = intake_path(cast, cast.ben, "brings")
    begun = ben.post(f"{path}/keep", {"answer_brings": "half a sen"})
    assert begun.json["kept"]
    assert "half a sen" in ben.get(path).text
    assert "half a sen" not in tess.get(f"/couples/{cast.couple}/intake").text
    assert ben.post(path, sent(ben, path)).status_code == 422
    done = sent(ben, path, answer_brings="We quarrel.", onwards="yes")
    assert ben.post(path, done).location == intake_path(cast, cast.ben, "concerns")
    weighs = intake_path(cast, cast.ben, "concerns")
    fields = sent(ben, weighs, answer_pp_trust="3", answer_pp_arguments="0")
    assert ben.post(weighs, fields | {"audience": "therapist"}).status_code == 303
    page = words(tess.get(f"/couples/{cast.couple}/intake"))
    assert "We quarrel." in page
    assert re.search(r"Trust is low not said very much", page)
    entry = re.search(r"/my/about-you/entries/[0-9a-f-]+/share", ben.get("/my/about-you").text)
    assert "We quarrel." not in words(ada.get("/my/about-you"))
    ben.post(entry.group(0))
    assert "We quarrel." in words(ada.get("/my/about-you"))
    ben.post(entry.group(0).replace("share", "take-back"))
    assert "We quarrel." not in words(ada.get("/my/about-you"))
    finish = re.search(r"/my/about-you/[0-9a-f-]+/done", ben.get("/my/about-you").text)
    assert ben.post(finish.group(0)).location == "/my/"
    assert "short parts" not in words(ben.get("/my/"))


def test_what_was_told_is_noted_side_by_side(cast, tess, ada):
    path = f"/couples/{cast.couple}/people/{cast.ada.person_id}/intake/before"
    assert tess.post(path, sent(tess, path, answer_alone="Two weekends.")).status_code == 303
    page = words(tess.get(f"/couples/{cast.couple}/intake"))
    assert "Two weekends. As told, noted" in page
    assert "Two weekends." in words(ada.get("/my/about-you"))
    assert tess.post(path, sent(tess, path, answer_alone="x" * 5000)).status_code == 422


def test_asking_for_and_using_private_words(app, cast, tess, ada, ben):
    path = intake_path(cast, cast.ben, "brings")
    ben.post(path, sent(ben, path, answer_brings="The house was my idea. I hate it."))
    intake = tess.get(f"/couples/{cast.couple}/intake").text
    use = re.search(r"/joint-record/intake/[0-9a-f-]+", intake).group(0)
    assert tess.post(f"{use}/passages", {"passage-text": "x"}).status_code == 422
    form = sent(tess, use, purpose="For the report.")
    assert tess.post(f"{use}/ask", form).status_code == 303
    assert "A question from Tess" in words(ben.get("/my/"))
    asked = re.search(r"/my/asked/[0-9a-f-]+", ben.get("/my/").text).group(0)
    page = words(ben.get(asked))
    assert "For the report." in page
    assert "The house was my idea." in page
    assert ada.get(asked).status_code == 404
    assert "A question from" not in words(ada.get("/my/"))
    assert ben.post(asked, {"answer": "yes", "words": "Only the first."}).status_code == 303
    form = sent(tess, use)
    wrong = tess.post(f"{use}/passages", form | {"passage-text": "The house was her idea."})
    assert wrong.status_code == 422
    assert "Quote words that stand there" in words(wrong)
    form |= {"passage-text": "The house was my idea."}
    assert tess.post(f"{use}/passages", form).status_code == 303
    for page in (f"/couples/{cast.couple}", f"/couples/{cast.couple}/agreements"):
        assert "The house was my idea." in words(tess.get(page))
    report = f"/reports/couples/{cast.couple}/joint/preview"
    assert "The house was my idea." in words(tess.get(report))
    for page in ("/my/", "/my/agreements", "/my/about-you", "/my/answers"):
        assert "The house was my idea." not in words(ada.get(page))
    assert ben.post(f"{asked}/take-back").status_code == 303
    assert "The house was my idea." not in words(tess.get(report))
    assert "taken back: in nothing new" in words(tess.get(f"/couples/{cast.couple}"))


def test_what_was_said_in_a_session_is_written_down(cast, tess, ben):
    path = intake_path(cast, cast.ben, "hope")
    ben.post(path, sent(ben, path, answer_hope="A quiet Sunday."))
    intake = tess.get(f"/couples/{cast.couple}/intake").text
    use = re.search(r"/joint-record/intake/[0-9a-f-]+", intake).group(0)
    form = sent(tess, use) | {"said-answer": "yes", "said-said_on": "2019-01-01"}
    assert tess.post(f"{use}/said", form).status_code == 422
    form |= {"said-said_on": clock.now().date().isoformat(), "said-words": "Of course."}
    assert tess.post(f"{use}/said", form).status_code == 303
    page = tess.get(use)
    assert "Of course." in words(page)
    back = re.search(r"/permissions/[0-9a-f-]+/take-back", page.text).group(0)
    assert tess.post(back).location == use
    assert "taken back" in words(tess.get(use))


def test_commitment_is_noted_drawn_and_prompts_for_another_contract(app, cast, tess):
    path = f"/couples/{cast.couple}/agendas"
    for person, agenda, commitment, day in (
        (cast.ada, "leaning_out", "3", "2026-05-01"),
        (cast.ada, "leaning_out", "2", "2026-06-01"),
        (cast.ben, "improve", "9", "2026-06-01"),
    ):
        fields = {
            "person": str(person.person_id),
            "agenda": agenda,
            "commitment": commitment,
            "noted_on": day,
        }
        assert tess.post(path, sent(tess, path, **fields)).status_code == 303
    page = words(tess.get(path))
    assert "Ada fell by 1 point, from 3 to 2." in page
    assert "Consider a contract for discernment" in page
    assert "since 1 May 2026" in words(tess.get(f"/couples/{cast.couple}"))
    assert tess.post(path, sent(tess, path, commitment="11")).status_code == 422
    with app.app_context():
        found = agendas.agendas_of(actor=cast.tess, couple_id=cast.couple)
        assert [one.since for one in found] == [date(2026, 5, 1), date(2026, 6, 1)]


def test_a_self_rating_is_drawn_unless_it_is_private(cast, tess, ben):
    path = intake_path(cast, cast.ben, "willing")
    form = {"answer_commitment": "4", "audience": "therapist"}
    ben.post(path, sent(ben, path, **form))
    assert "commitment-over-time" in tess.get(f"/couples/{cast.couple}/agendas").text
    ben.post(path, sent(ben, path, **(form | {"audience": "private"})))
    page = tess.get(f"/couples/{cast.couple}/agendas").text
    assert "commitment-over-time" not in page


def test_without_a_rule_about_secrets_the_agreements_come_before_homework(cast, tess, ada):
    page = tess.get(f"/couples/{cast.couple}").text
    assert page.count('id="agreements"') == 1
    assert page.index('id="agreements"') < page.index(">Homework</h2>")
