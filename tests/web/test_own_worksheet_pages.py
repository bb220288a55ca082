"""Worksheets that the practice writes in the browser, from the first row to a couple's answer."""

import html
import random
import re
from uuid import UUID, uuid4

import html5lib
import pytest

from practice.db import db
from practice.domain.homework.own import own_key
from practice.domain.homework.registry import all_templates, get_template
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.visibility import Audience
from practice.models.worksheets import Worksheet
from practice.services.homework import templates
from tests.browser import steady
from tests.exercises import form_data, give, settled
from tests.reports.pdf_checks import text_of

NEW = "/settings/worksheets/new"
ROW = {"kind": "text", "required": "no"}


def typed(*questions, **changes):
    """Return a worksheet as a browser sends it."""
    data = {
        "new_id": str(uuid4()),
        "version": "0",
        "title": "Evening walk",
        "purpose": "To be side by side for a while.",
        "minutes": "30",
        "steps": "Put the phones away.\r\nWalk.",
        "example": "Around the pond & back.",
        "not_when": "Not in a storm.",
        "for_whom": "each",
        "frequency": "weekly",
        "times_per_week": "3",
        "default_audience": "private",
        "skills": ["communication"],
        "act": "save",
    } | changes
    for place, question in enumerate(questions or ({"prompt": "What did you see?"},)):
        data |= {f"questions-{place}-{part}": text for part, text in (ROW | question).items()}
    return data


@pytest.fixture
def tess(cast, sign_in):
    return sign_in(cast.tess)


def words(answer):
    return " ".join(html.unescape(steady(answer.text)).split())


def prompts(answer):
    """Return what stands in the question fields, in their order."""
    found = re.findall(r'name="questions-(\d+)-prompt"[^>]*value="([^"]*)"', answer.text)
    assert [int(place) for place, _ in found] == list(range(len(found)))
    return [html.unescape(value) for _, value in found]


def saved(client, *questions, **changes):
    answer = client.post(NEW, typed(*questions, **changes))
    assert answer.status_code == 303, words(answer)
    return UUID(answer.location.rsplit("/", 1)[1])


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


def test_rows_are_added_moved_and_removed_with_all_that_was_typed(app, tess):
    rows = [{"prompt": name, "options": f"{name} one\r\n{name} two"} for name in ("A", "B", "C")]
    data = typed(*rows, title="", minutes="half an hour")

    def press(act):
        answer = tess.post(NEW, data | {"act": act})
        assert answer.status_code == 200
        assert 'value="half an hour"' in answer.text
        # The unfinished rest is not complained about while somebody arranges.
        assert "Give it a title" not in answer.text
        return answer

    assert prompts(press("add")) == ["A", "B", "C", ""]
    assert prompts(press("up-2")) == ["A", "C", "B"]
    assert prompts(press("down-0")) == ["B", "A", "C"]
    assert prompts(press("remove-1")) == ["A", "C"]
    assert prompts(press("up-0")) == ["A", "B", "C"]
    assert prompts(press("down-2")) == ["A", "B", "C"]
    assert prompts(press("remove-99")) == ["A", "B", "C"]
    moved = html.unescape(press("up-2").text)
    assert re.findall(r">\s*([ABC]) one\s+[ABC] two", moved) == ["A", "C", "B"]
    assert 'id="row-2" tabindex="-1" autofocus' in " ".join(moved.split())
    only = tess.post(NEW, typed({"prompt": "A"}, act="remove-0"))
    assert prompts(only) == []
    none = {name: value for name, value in typed().items() if not name.startswith("questions-")}
    assert "Ask at least one question." in words(tess.post(NEW, none))
    with app.app_context():
        assert db.session.query(Worksheet).count() == 0


def test_what_was_arranged_is_kept_for_its_author_alone(cast, sign_in, tess):
    tess.post(NEW, typed({"prompt": "A"}, {"prompt": "B"}, act="up-1", title="Half"))
    back = tess.get(NEW)
    assert prompts(back) == ["B", "A"]
    assert "From where you stopped" in words(back)
    assert prompts(tess.get(f"{NEW}?copy=gratitude")) == [
        block.prompt for block in get_template("gratitude").blocks
    ]
    otto = sign_in(cast.otto)
    assert prompts(otto.get(NEW)) == [""]
    kept = tess.post(f"{NEW}/keep", typed({"prompt": "C"}, title="Half"))
    assert kept.status_code == 200
    assert prompts(tess.get(NEW)) == ["C"]
    assert tess.post(NEW, typed({"prompt": "D"}) | {"keep": "yes"}).status_code == 303
    assert prompts(tess.get(NEW)) == ["D"]
    saved(tess, {"prompt": "D"})
    assert prompts(tess.get(NEW)) == [""]


def test_mistakes_are_named_beside_their_field_and_row_and_nothing_is_lost(tess):
    wrong = typed(
        {"prompt": "First?"},
        {"kind": "choice", "prompt": "", "options": "only one"},
        title="",
        minutes="soon",
    )
    answer = tess.post(NEW, wrong)
    assert answer.status_code == 422
    for field, said in (
        ("title", "Give it a title."),
        ("minutes", "A whole number from 1 to 240."),
        ("questions-1-prompt", "Write the question."),
        ("questions-1-options", "Write at least two answers"),
    ):
        assert f'href="#{field}"' in answer.text
        beside = answer.text.split(f'id="{field}-error"')[1].split("</p>")[0]
        assert said in html.unescape(beside)
    assert "Question 2, The question: Write the question." in words(answer)
    assert 'value="soon"' in answer.text
    assert "only one" in answer.text
    assert prompts(answer) == ["First?", ""]


def test_it_is_shown_before_it_is_saved(app, tess):
    answer = tess.post(NEW, typed({"kind": "plan", "prompt": "When again?"}, act="preview"))
    assert answer.status_code == 200
    assert "As they would see it: Evening walk" in words(answer)
    assert answer.text.count("When again?") == 2
    assert "How far did you get?" in answer.text
    with app.app_context():
        assert db.session.query(Worksheet).count() == 0


def test_sent_twice_it_is_one(app, tess):
    data = typed()
    places = {tess.post(NEW, data).location for _ in range(2)}
    (place,) = places
    change = typed(title="Other", version="1")
    assert {tess.post(place, change).status_code for _ in range(2)} == {303}
    with app.app_context():
        assert db.session.query(Worksheet).count() == 2


def test_of_two_who_write_at_once_the_second_sees_both(cast, sign_in, tess):
    family = saved(tess)
    path = f"/settings/worksheets/{family}"
    otto = sign_in(cast.otto)
    mine = typed({"prompt": "Mine?"}, title="Mine", version="1")
    assert otto.post(path, typed({"prompt": "Ottos?"}, title="His", version="1")).status_code == 303
    clash = tess.post(path, mine)
    assert clash.status_code == 409
    assert "Otto" in words(clash)
    assert "What is stored: His" in words(clash)
    assert "Ottos?" in clash.text
    assert prompts(clash) == ["Mine?"]
    version = re.search(r'name="version"[^>]*value="(\d+)"', clash.text)[1]
    assert tess.post(path, mine | {"version": version}).status_code == 303
    assert "Version 3: Mine" in words(tess.get(path))


def test_a_draft_begun_on_an_older_version_does_not_slip_over_a_newer_one(cast, sign_in, tess):
    family = saved(tess)
    path = f"/settings/worksheets/{family}"
    begun = typed({"prompt": "Half?"}, title="Half", version="1")
    assert tess.post(f"{path}/keep", begun).status_code == 200
    otto = sign_in(cast.otto)
    otto.post(path, typed({"prompt": "Ottos?"}, title="His", version="1"))
    back = tess.get(path)
    assert prompts(back) == ["Half?"]
    version = re.search(r'name="version"[^>]*value="(\d+)"', back.text)[1]
    assert version == "1"
    assert tess.post(path, begun | {"version": version}).status_code == 409


def as_it_stands(answer):
    """Return what a browser would send of the form, had nobody touched it."""
    tree = html5lib.parse(answer.text, namespaceHTMLElements=False)
    (form,) = (one for one in tree.iter("form") if one.get("data-keep"))
    data = {}
    for field in form.iter():
        if field.tag not in ("input", "textarea", "select"):
            continue
        chosen = [one.get("value") for one in field.iter("option") if "selected" in one.attrib]
        is_box = field.get("type") in ("radio", "checkbox")
        if field.tag == "select":
            values = chosen or [next(field.iter("option")).get("value")]
        elif field.tag == "textarea":
            values = [field.text or ""]
        else:
            values = [field.get("value")] if not is_box or "checked" in field.attrib else []
        if values and field.get("name") not in ("csrf_token", "typed_by"):
            data.setdefault(field.get("name"), []).extend(values)
    return data


def test_every_worksheet_of_the_library_is_copied_through_the_form(app, tess):
    tess.reads_markup = False  # other tests have read these pages
    for key in all_templates():
        original = get_template(key)
        page = tess.get(f"{NEW}?copy={key}")
        assert prompts(page) == [block.prompt for block in original.blocks], key
        copy = as_it_stands(page) | {"act": "save"}
        assert tess.post(f"{NEW}?copy={key}", copy).status_code == 422, "the same title twice"
        answer = tess.post(f"{NEW}?copy={key}", copy | {"title": f"Our {original.title}"})
        assert answer.status_code == 303, key
        again = as_it_stands(tess.get(answer.location)) | {"act": "save"}
        assert tess.post(answer.location, again).status_code == 303
        with app.app_context():
            made = templates.all_given()[own_key(UUID(answer.location.rsplit("/", 1)[1]))]
        assert made.version == 1
        assert made.steps == original.steps
        assert set(made.skills) == set(original.skills)
        assert set(made.patterns) == set(original.patterns)
        assert set(made.goals) == set(original.goals)
        assert made.needs_both_safe is original.needs_both_safe
        assert made.smaller == original.smaller
        assert made.default_audience == original.default_audience
        for one, other in zip(made.blocks, original.blocks, strict=True):
            options = [option.label for option in getattr(other, "options", ())]
            assert [option.label for option in getattr(one, "options", ())] == options
            assert type(one) is type(other)
            for part in ("prompt", "hint", "required", "rows", "most", "low", "high", "low_label"):
                assert getattr(one, part, None) == getattr(other, part, None), (key, part)


SCRIPT = '<script>alert("1")</script>'


def test_markup_shows_as_it_was_written_everywhere(app, cast, sign_in, tess):
    family = saved(
        tess,
        {
            "kind": "choice",
            "prompt": SCRIPT,
            "hint": SCRIPT,
            "options": f"{SCRIPT}\r\n{{{{ 7*7 }}}}",
        },
        title=SCRIPT,
        purpose=SCRIPT,
        steps=SCRIPT,
        example=SCRIPT,
        not_when=SCRIPT,
        source=SCRIPT,
    )
    with app.app_context():
        task = give(cast, template_key=own_key(family), audience=Audience.THERAPIST)
        settled()
    ada = sign_in(cast.ada)
    for client, path in (
        (tess, "/settings/worksheets"),
        (tess, f"/settings/worksheets/{family}"),
        (tess, f"/settings/worksheets/{family}/versions/1"),
        (tess, "/library"),
        (tess, f"/library/{own_key(family)}"),
        (tess, f"/assignments/{task}"),
        (ada, f"/my/homework/{task}"),
        (ada, "/my/homework"),
        (ada, "/my/"),
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "<script>alert" not in answer.text, path
    assert "{{ 7*7 }}" in words(ada.get(f"/my/homework/{task}"))


HOSTILE = (
    "",
    "\x00",
    "\x00\x08words",
    "x" * 40_000,
    "²",
    "-1",
    "9" * 5000,
    "\u202eevil",
    "\U0001f600" * 50,
    "a\r\n" * 500,
    SCRIPT,
    "{{ config }}",
    "log",
    "[[[[",
)


def test_hostile_forms_are_refused_or_kept_but_never_a_fault(app, tess):
    chance, seen = random.Random(7), set()
    names = list(typed({"prompt": "?"}, {"prompt": "!"}))
    more = ("questions-²-prompt", f"questions-{'9' * 5000}-prompt", "questions-999-kind")
    more += ("questions-0-title", "questions--prompt", "questions-0-", "surprise")
    for _ in range(70):
        data = typed({"prompt": "?"}, {"prompt": "!"}, title=f"T{chance.random()}")
        for name in chance.sample([*names, *more], 3):
            if name != "new_id":
                data[name] = chance.choice([*HOSTILE, list(HOSTILE[:3])])
        data["act"] = chance.choice(
            ["save", "save", "preview", "add", "up-1", "remove-²", data["act"]]
        )
        answer = tess.post(NEW, data)
        seen.add(answer.status_code)
        assert answer.status_code in (200, 303, 413, 422), data
    assert seen >= {200, 303, 422}
    with app.app_context():
        for row in db.session.query(Worksheet):
            assert templates.readable(row) is not None
    assert tess.get("/settings/worksheets").status_code == 200


def test_a_form_with_a_hundred_rows_keeps_the_first_thirty(tess):
    rows = [{"prompt": f"Q{n}"} for n in range(100)]
    answer = tess.post(NEW, typed(*rows, act="add"))
    assert len(prompts(answer)) == 30
    assert "There is room for 30 questions." in words(answer)


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
