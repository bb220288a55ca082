"""Writing a worksheet in the browser: rows, mistakes, drafts, and two who write at once."""

import html
import re
from uuid import UUID

import html5lib

from practice.db import db
from practice.domain.homework.own import own_key
from practice.domain.homework.registry import all_templates, get_template
from practice.models.worksheets import Worksheet
from practice.services.homework import templates
from tests.own_worksheet_builders import NEW, prompts, saved, typed, words


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
