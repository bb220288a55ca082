"""What nobody would type into the form of a worksheet is shown or refused, never a fault."""

import random

from practice.db import db
from practice.domain.homework.own import own_key
from practice.domain.visibility import Audience
from practice.models.worksheets import Worksheet
from practice.services.homework import templates
from tests.exercises import give, settled
from tests.own_worksheet_builders import NEW, prompts, saved, typed, words

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
