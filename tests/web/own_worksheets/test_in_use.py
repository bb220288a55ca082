"""What the practice wrote is given, answered, previewed and printed like what ships."""

import html
import re
from uuid import uuid4

from practice.domain.homework.own import own_key
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.visibility import Audience
from practice.services.homework import templates
from tests.exercises import form_data, give, settled
from tests.own_worksheet_builders import NEW, prompts, saved, typed, words
from tests.reports.pdf_checks import text_of


def test_what_is_written_here_is_given_answered_and_shown_like_the_library(
    app, cast, sign_in, tess
):
    assert 'href="/settings/worksheets"' in tess.get("/settings").text
    family = saved(
        tess,
        {"prompt": "What did you <b>see</b>?", "required": "yes"},
        {"kind": "rating", "prompt": "How was it?", "low_label": "dull", "high_label": "good"},
        {"kind": "choice", "prompt": "Who chose?", "options": "I\r\nYou"},
        {"kind": "checklist", "prompt": "What helped?", "options": "Air\r\nQuiet"},
        {"kind": "list", "prompt": "What next?", "lines": "2"},
        {"kind": "plan", "prompt": "When again?"},
    )
    key = own_key(family)
    assert "Evening walk" in words(tess.get("/settings/worksheets"))
    assert "Evening walk" in words(tess.get("/library"))
    assert "How was it?" in words(tess.get(f"/library/{key}"))
    version = tess.get(f"/settings/worksheets/{family}/versions/1")
    assert "Around the pond & back." in words(version)
    choose = tess.get(f"/couples/{cast.couple}/homework/new")
    assert f"worksheet={key}" in choose.text
    form = tess.get(f"/couples/{cast.couple}/homework/new?worksheet={key}")
    first = re.search(r'name="starts_on"[^>]*value="([^"]+)"', form.text)[1]
    last = re.search(r'name="due_on"[^>]*value="([^"]+)"', form.text)[1]
    given = tess.post(
        f"/couples/{cast.couple}/homework/new?worksheet={key}",
        {
            "new_id": str(uuid4()),
            "whom": "each",
            "frequency": "weekly",
            "times_per_week": "1",
            "starts_on": first,
            "due_on": last,
            "audience": "therapist",
            "goal_id": "",
        },
    )
    assert given.status_code == 303
    task = given.location.rsplit("/", 1)[1]
    ada = sign_in(cast.ada)
    assert "Evening walk" in words(ada.get("/my/homework"))
    page = ada.get(f"/my/homework/{task}")
    assert "What did you &lt;b&gt;see&lt;/b&gt;?" in page.text
    assert "<b>see" not in page.text
    with app.app_context():
        worksheet = templates.all_given()[key]
    data = form_data(worksheet, "canary") | {"new_id": str(uuid4()), "audience": "therapist"}
    data |= {"for_day": first, "answer_question_5": "one canary"}
    written = ada.post(f"/my/homework/{task}", data)
    assert written.status_code == 303, words(written)
    ada.get(written.location)  # says once that it was saved
    entry = words(ada.get(written.location))
    for said in ("canary", "What helped?", "Air Quiet", "one canary", "9 of 10"):
        assert said in entry
    # The next version changes nothing of what was given, written, or goes on.
    change = typed({"prompt": "Nothing alike?"}, title="Other", version="1")
    assert tess.post(f"/settings/worksheets/{family}", change).status_code == 303
    assert words(ada.get(written.location)) == entry
    again = words(ada.get(f"/my/homework/{task}"))
    assert "Who chose?" in again
    assert "Nothing alike?" not in again
    at_tess = tess.get(f"/assignments/{task}")
    assert "canary" in at_tess.text
    shown = re.search(r'href="(/library/[^"]+)"', at_tess.text)[1]
    assert "Who chose?" in words(tess.get(html.unescape(shown)))
    assert "Nothing alike?" in words(tess.get(f"/library/{key}"))
    history = words(tess.get(f"/settings/worksheets/{family}"))
    assert "Version 1: Evening walk" in history
    assert "Version 2: Other" in history
    # Archived it is not in the library any more, and the couple goes on with it.
    assert tess.post(f"/settings/worksheets/{family}/archive").status_code == 303
    assert f"/library/{key}" not in tess.get("/library").text
    assert tess.get(f"/library/{key}").status_code == 404
    assert ada.get(f"/my/homework/{task}").status_code == 200
    assert "Who chose?" in words(tess.get(html.unescape(shown)))
    assert tess.post(f"/settings/worksheets/{family}/offer").status_code == 303
    assert f"/library/{key}" in tess.get("/library").text


def test_a_turn_a_log_promises_a_card_and_an_agreement_work_as_those_of_the_library(
    app, cast, sign_in, tess
):
    turn = tess.post(NEW, typed(act="add-turn"))
    asked = prompts(turn)
    assert asked[1:] == [
        "Whoever spoke said",
        "Whoever listened heard",
        "Whoever spoke: did it feel understood?",
    ]
    understood = re.search(r'name="questions-3-options"[^>]*>([^<]*)<', turn.text)[1]
    family = saved(
        tess,
        {"prompt": asked[1]},
        {"prompt": asked[2]},
        {"kind": "choice", "prompt": asked[3], "options": html.unescape(understood).strip()},
        {"kind": "log", "prompt": "Walks", "options": "Where *\r\nWeather: Dry / Wet"},
        {"kind": "tracker", "prompt": "What we promise", "lines": "3"},
        {"kind": "card", "prompt": "For the door", "title": "Before we go out"},
        {"kind": "agreement", "prompt": "When do we look again?", "required": "yes"},
        for_whom="together",
        default_audience="couple",
        needs_both_safe="yes",
    )
    key = own_key(family)
    with app.app_context():
        task = give(
            cast,
            template_key=key,
            given_to=GivenTo.TOGETHER,
            frequency=Frequency.ONCE,
            audience=Audience.COUPLE,
        )
        settled()
        data = form_data(templates.all_given()[key], "canary")
    ada, ben = sign_in(cast.ada), sign_in(cast.ben)
    path = f"/my/homework/{task}"
    assert ada.get(path).status_code == 200
    data |= {"new_id": str(uuid4()), "audience": "couple"}
    entry = ada.post(path, data)
    assert entry.status_code == 303, words(entry)
    for browser, actor in ((ada, cast.ada), (ben, cast.ben)):
        home = words(browser.get("/my/"))
        assert "Before we go out" in home, "the card hangs on both first pages"
        page = browser.get(f"{entry.location}/sign").text
        digest = re.search(r'name="digest"[^>]*value="([0-9a-f]{64})"', page)[1]
        signed = {"digest": digest, "name": actor.name, "agreed": "y"}
        assert browser.post(f"{entry.location}/sign", signed).status_code == 303
    held = words(ben.get(entry.location))
    assert "It holds." in held
    for said in ("Whoever spoke said", "Walks", "What we promise"):
        assert said in held
    line = re.search(rf'href="({re.escape(entry.location)}/lines/[^"]+)"', held)
    assert line, "what was promised can be marked, and confirmed by the other"


def test_a_partner_finds_none_of_the_pages(cast, sign_in, tess):
    family = saved(tess)
    other = sign_in(cast.ada)
    for path in ("/settings/worksheets", NEW, f"/settings/worksheets/{family}"):
        assert other.get(path).status_code == 404
    assert other.post(NEW, typed()).status_code == 404


def test_it_is_previewed_and_printed_like_one_of_the_library(cast, tess):
    family = saved(tess, {"prompt": "What did you see?"})
    key = own_key(family)
    change = typed({"prompt": "What did you hear?"}, version="1")
    assert tess.post(f"/settings/worksheets/{family}", change).status_code == 303
    seen = words(tess.get(f"/library/{key}/preview"))
    assert "What did you hear?" in seen
    assert "What did you see?" not in seen
    paper = tess.get(f"/library/{key}/blank.pdf")
    assert paper.mimetype == "application/pdf"
    assert "What did you hear?" in text_of(paper.data).replace("\n", " ")
    assert "Evening walk" in words(tess.get("/library?words=walk"))
