"""A jealous partner who can program: closed doors, forged forms, answers that must not differ."""

import hashlib
import re
from uuid import uuid4

import pytest
import time_machine

from practice.db import db
from practice.models import Base
from practice.models.couples import Care
from practice.models.records import AccessRecord
from practice.services import audit, clock
from practice.web.stale import PUBLIC_FORMS
from tests.builders import PASSWORD, STARTED
from tests.reports.pdf_checks import text_of
from tests.web.test_access_matrix import GETS, IN, NOBODY, POSTS, _address
from tests.world import World, make_world

NOWHERE = "8c1f3f0e-43f5-4e0e-9a55-7d3a1c2b4d5e"
UNSTEADY = re.compile(r'value="[^"]+"')
BOOKKEEPING = {"access_record", "access_chain", "sign_in_session", "sign_in_attempt"}
"""Tables that may grow by asking: the access log, sessions before sign-in, counted tries."""


def digest(app) -> dict[str, str]:
    """Return a check sum of every table that holds something of people."""
    with app.app_context():
        return {
            table.name: hashlib.sha256(
                repr(sorted(map(repr, db.session.execute(table.select()).all()))).encode()
            ).hexdigest()
            for table in Base.metadata.sorted_tables
            if table.name not in BOOKKEEPING
        }


address = _address


def owner_of(world: World, path: str):
    """Return somebody for whom an address is there."""
    if path.startswith("/my/"):
        return world.cast.ada if "ada" in path else world.cast.ben
    if path.startswith("/practice/"):
        return world.actor("olga")
    return world.actor("rita") if path.startswith("/desk/") else world.cast.tess


ELSEWHERE = (
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.elsewhere.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
)


def test_a_forged_form_changes_nothing(app, world, sign_in):
    """S7: without a token, with a wrong one, and from another site."""
    tokens = {
        "no token": {},
        "a wrong token": {"csrf_token": "ImZhbHNlIg.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb"},
        "the token of another session": {"csrf_token": _token_of(sign_in(world.cast.dan))},
    }
    browsers = {}
    before = digest(app)
    for name, path in POSTS:
        owner = owner_of(world, path)
        is_first = owner not in browsers
        if is_first:
            browsers[owner] = sign_in(owner)
        browser = browsers[owner]
        for what, data in tokens.items():
            if data and not is_first and name not in PUBLIC_FORMS:
                continue  # a form that asks for a token asks for the right one
            answer = browser.client.post(address(world, path), data=data)
            if name in PUBLIC_FORMS and data:  # it stood open for long: it is shown once more
                assert answer.location == address(world, path), f"{path} with {what}"
            else:
                assert answer.status_code == 400, f"{path} with {what}"
        # A form may be left out of the look by its address, but no kind of header by one form.
        for headers in ELSEWHERE if is_first or name in PUBLIC_FORMS else ELSEWHERE[:1]:
            answer = browser.post(address(world, path), {}, headers=headers)
            assert answer.status_code == 400, f"{path} from {headers}"
    assert digest(app) == before


def test_a_form_of_this_site_is_taken(world, sign_in):
    for headers in (
        {},
        {"Origin": "http://localhost"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://a-name-behind-a-proxy.example"},
    ):
        browser = sign_in(world.cast.tess)
        assert browser.post("/", {"q": "Ada"}, headers=headers).status_code == 200, headers


def test_looking_changes_nothing(app, world, sign_in):
    """S7: no act by GET or by any other method than POST; only pages answer to GET."""
    addresses = app.url_map.bind("localhost")
    before = digest(app)
    names = ("tess", "ben", "ada", "olga", "rita")
    browsers = {name: sign_in(world.actor(name)) for name in names}
    asked = set()
    for _, path in POSTS:
        owner = owner_of(world, path).name.split()[0].lower()
        there = address(world, path)
        is_page = addresses.test(there.partition("?")[0], "GET")
        for method in ("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"):
            if method == "OPTIONS" or (is_page and method in {"GET", "HEAD"}):
                status = browsers[owner].client.open(there, method=method).status_code
                assert status < 500, f"{method} {path}"
                continue
            # Where no address is for a method, no view is asked; so it is enough to ask once.
            assert not addresses.test(there.partition("?")[0], method), f"{method} {path}"
            if (owner, method) not in asked:
                status = browsers[owner].client.open(there, method=method).status_code
                assert status == 405, f"{method} {path}"
            asked.add((owner, method))
    assert digest(app) == before


def test_every_method_hides_what_is_hidden(world, sign_in):
    """HEAD, OPTIONS and the rest tell no more than GET about an id of somebody else."""
    ada = sign_in(world.cast.ada)
    asked = set()
    for path in sorted({path for _, path in (*GETS, *POSTS)}):
        if "{" not in path or "token" in path:
            continue
        there, nowhere = address(world, path), re.sub(r"\{\w+\}", NOWHERE, path)
        one = ada.get(f"{there}?page=2&sort=name")
        if one.status_code != 404:
            continue
        assert _seen(one) == _seen(ada.client.get(f"{nowhere}?page=2&sort=name")), path
        # No view is asked for these two: what answers knows the address alone, not whose it is.
        area = path.split("/")[1]
        others = () if area in asked else ("OPTIONS", "DELETE")
        asked.add(area)
        for method in ("HEAD", *others):
            one, other = (ada.client.open(one, method=method) for one in (there, nowhere))
            assert _seen(one) == _seen(other), f"{method} {path}"
    assert len(asked) > 5


def test_posting_to_somebody_elses_record_is_like_posting_nowhere(app, world, sign_in):
    """S4, for acts; for pages ``test_hidden_and_absent_are_the_same_page`` of the matrix."""
    ada = sign_in(world.cast.ada)
    before = digest(app)
    filled = {
        "new_id": str(uuid4()),
        "level": "1",
        "audience": "couple",
        "comment": "hello",
        "body": "hello",
        "version": "1",
        "answer_noticed": "tea",
    }
    for (_, path), who in POSTS.items():
        if "{" not in path or "token" in path or who["ada"] == "in":
            continue
        there, nowhere = address(world, path), re.sub(r"\{\w+\}", NOWHERE, path)
        for data in ({}, filled):
            one, other = ada.post(there, data), ada.post(nowhere, data)
            # What is locked away asks for the password first, whatever is in the address.
            assert one.status_code == (303 if path.startswith("/my/locked/") else 404), path
            assert _seen(one) == _seen(other), path
    assert digest(app) == before


@pytest.mark.parametrize("kind", ["entry", "rating"])
def test_the_id_of_a_hidden_row_cannot_be_told_from_a_free_one(app, world, sign_in, kind):
    """Sent as the id of a new row, an id of Ben's tells Ada nothing, and his row stays."""
    ada = sign_in(world.cast.ada)
    if kind == "entry":
        taken, page = world.ids["entry_private"], f"/my/homework/{world.ids['task']}"
        data = {"answer_noticed": "tea", "answer_effect": "rest", "answer_told": "aloud"}
        data |= {"answer_outcome": "done", "audience": "private"}
        with app.app_context():
            data["for_day"] = clock.today().isoformat()
    else:
        with app.app_context():
            taken = db.session.scalar(
                db.select(Base.metadata.tables["goal_rating"].c.id).filter_by(
                    rater_id=world.cast.ben.person_id
                )
            )
        page, data = f"/my/goals/{world.ids['goal']}", {"level": "1", "audience": "therapist"}
    with app.app_context():
        rows = Base.metadata.tables["homework_entry" if kind == "entry" else "goal_rating"]
        his = db.session.execute(rows.select().where(rows.c.id == taken)).one()
        count = len(db.session.execute(rows.select()).all())
    answers = [ada.post(page, data | {"new_id": str(one)}) for one in (uuid4(), taken)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert [str(taken) in answer.location for answer in answers] == [False, False]
    with app.app_context():
        assert db.session.execute(rows.select().where(rows.c.id == taken)).one() == his
        assert len(db.session.execute(rows.select()).all()) == count + 2


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "///elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example",
        "/\n/elsewhere.example",
        "\x00//elsewhere.example",
        "javascript:alert(1)",
        "http:elsewhere.example",
        "elsewhere.example",
        "@elsewhere.example",
        " //elsewhere.example",
    ],
)
def test_signing_in_leads_to_no_other_site(cast, sign_in, target):
    for where in ("query", "form", "both"):
        browser = sign_in()
        browser.get("/account/sign-in")
        data = {"email": "ada@mail.example", "password": PASSWORD}
        query = {} if where == "form" else {"next": ["/my/", target] if where == "both" else target}
        if where != "query":
            data["next"] = target
        answer = browser.post("/account/sign-in", data, query_string=query)
        assert answer.status_code == 302
        assert answer.location.startswith("/"), answer.location
        assert "elsewhere" not in answer.location, where
        assert not answer.location.startswith(("//", "/\\"))


def test_a_known_and_an_unknown_name_get_the_same_answer(cast, sign_in):
    answers = []
    with time_machine.travel("2026-11-20 18:30 +0000", tick=False):
        for name in ("ada@mail.example", "nobody@mail.example", "tess@mail.example"):
            browser = sign_in()
            browser.get("/account/sign-in")
            for _ in range(7):
                answer = browser.post("/account/sign-in", {"email": name, "password": "wrong"})
                answers.append((name, _seen(answer, but=name)))
    by_name = {name: [seen for one, seen in answers if one == name] for name, _ in answers}
    assert len({str(seen) for seen in by_name.values()}) == 1
    assert [seen[0] for seen in by_name["ada@mail.example"]] == [422] * 5 + [429] * 2


@pytest.mark.parametrize("kind", ["application/json", "application/json, text/html;q=0.1"])
def test_the_sign_in_library_says_no_more_in_json(cast, sign_in, kind):
    wanted = {"headers": {"Accept": kind}}
    nobody, ada = sign_in(), sign_in(cast.ada)
    for browser in (nobody, ada):
        for path in ("sign-in", "password", "confirm", "one-time-code", "recovery-codes"):
            answer = browser.get(f"/account/{path}", **wanted)
            assert answer.mimetype == "text/html", path
    answer = nobody.post(
        "/account/sign-in", {"email": "ada@mail.example", "password": ""}, **wanted
    )
    assert answer.mimetype == "text/html"
    given = {"email": "ada@mail.example", "password": PASSWORD}
    answer = nobody.client.post("/account/sign-in", json=given, **wanted)
    assert answer.status_code == 400
    assert "Set-Cookie" not in answer.headers or "response" not in answer.text
    assert "authentication_token" not in answer.text


def test_every_answer_carries_the_headers(app, world, sign_in):
    seen = set()
    owners = {path: owner_of(world, path) for _, path in GETS}
    for person in (*dict.fromkeys(owners.values()), None):
        browser = sign_in(person)
        mine = [
            path
            for (_, path), who in GETS.items()
            if (owners[path] == person if person else who[NOBODY] == IN)
        ]
        paths = [address(world, path) for path in mine]
        for path in [*paths, "/nowhere", "/my/nowhere", "/static/nowhere.css", _style(browser)]:
            answer = browser.get(path)
            seen.add((answer.status_code, answer.mimetype))
            _check_headers(path, answer)
            answer.close()  # a file stays open until then
        _check_headers("POST", browser.post("/nowhere"))
        _check_headers("405", browser.client.delete("/my/answers"))
        _check_headers("forged", browser.client.post("/account/leave", data={}))
        _check_headers("413", browser.client.post("/", data={"q": "x" * 3_000_000}))
    kinds = {(200, "text/html"), (404, "text/html"), (200, "application/pdf"), (200, "text/css")}
    assert kinds <= seen


def test_reads_writes_and_refusals_are_logged_by_ids_alone(app, world, sign_in):
    tess, otto, ada = (sign_in(getattr(world.cast, name)) for name in ("tess", "otto", "ada"))
    for browser, path, what, how in (
        (tess, f"/responses/{world.ids['response_ben']}", "response", "read"),
        (tess, f"/sessions/{world.ids['session']}", "process_note", "read"),
        (otto, f"/sessions/{world.ids['session']}", "couple", "refused"),
        (otto, f"/couples/{world.cast.couple}", "couple", "refused"),
        (otto, f"/reports/{world.ids['report_joint']}", "couple", "refused"),
        (ada, f"/my/homework/entries/{world.ids['entry_private']}", "homework_entry", "withheld"),
        (ada, f"/my/goals/{world.ids['goal_ben']}", "goal", "withheld"),
        (ada, f"/my/questions/{world.ids['request_ben']}", "portal.questions", "refused"),
        (ada, f"/couples/{world.cast.couple}", "therapist.couple", "refused"),
        (ada, f"/my/goals/{uuid4()}", "portal.goal", "refused"),
    ):
        lines = _log(app)
        browser.get(path)
        new = _log(app)[len(lines) :]
        assert (what, how) in {(line.what, line.how) for line in new}, path
        assert all(line.person_id is not None for line in new), path
    text = " ".join(f"{line.what} {line.how} {line.reason}" for line in _log(app))
    assert "canary" not in text
    for word in ("Ada", "Ben", "Tess", "@", PASSWORD, world.token):
        assert word not in text


def _log(app) -> list[AccessRecord]:
    with app.app_context():
        return list(db.session.scalars(db.select(AccessRecord).order_by(AccessRecord.at)))


def _token_of(browser) -> str:
    browser.get("/my/")
    return browser.token


def _seen(answer, but: str = "") -> tuple[object, ...]:
    """Return what somebody can see of an answer, without what is new at every look."""
    headers = sorted(
        (name, value)
        for name, value in answer.headers
        if name not in {"Set-Cookie", "Date", "Content-Length"}
    )
    text = answer.text.replace(but, "") if but else answer.text
    return answer.status_code, headers, UNSTEADY.sub("", text)


def _style(browser) -> str:
    found = re.search(r'href="(/static/[^"]+\.css[^"]*)"', browser.get("/account/sign-in").text)
    return found.group(1) if found else "/static/css/tokens.css"


def _check_headers(path: str, answer) -> None:
    headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy, path
    for part in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert part in policy, path
    assert headers["X-Content-Type-Options"] == "nosniff", path
    assert headers["Referrer-Policy"] in {"same-origin", "strict-origin"}, path
    if answer.mimetype in {"text/css", "font/woff2"} and answer.status_code == 200:
        assert "immutable" in headers["Cache-Control"], path
    else:
        assert headers["Cache-Control"] == "no-store", path
    assert "ETag" not in headers or answer.mimetype == "text/css", path


SCRIPT = "<script>alert(1)</script>{{ 7 * 7 }}\"'&amp;"


def test_markup_in_stored_text_is_shown_as_it_was_typed(app, cast, sign_in, monkeypatch):
    plain = World.mark

    def marked(self, label, *readers):
        # An address of mail with markup is refused, which is a test of its own.
        return plain(self, label, *readers) + ("" if label.startswith("mail") else SCRIPT)

    monkeypatch.setattr(World, "mark", marked)
    with app.app_context():
        world = make_world(cast)
        db.session.commit()
    shown = set()
    for name in ("tess", "ada", "ben"):
        browser = sign_in(getattr(cast, name))
        for path in [path for (_, path), who in GETS.items() if who[name] == IN]:
            answer = browser.get(address(world, path))
            if path.endswith(("/blank.pdf", "/tough_times.pdf", "/certificate")):  # nobody's words
                continue
            if answer.mimetype == "text/csv":  # saved as a file, never shown as a page
                assert answer.headers["Content-Disposition"].startswith("attachment")
                continue
            if answer.mimetype == "application/pdf":
                text = text_of(answer.data).replace(" ", "")
                assert re.sub(r"\s+", "", SCRIPT) in text
                continue
            assert "<script>alert" not in answer.text, path
            assert "49" + SCRIPT[-3:] not in answer.text, path
            if "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}" in answer.text:
                shown.add(path)
    assert len(shown) > 12


def test_care_begins_and_ends_at_the_next_request(app, world, sign_in):
    otto, couple = sign_in(world.cast.otto), world.cast.couple
    treating = [
        path for (_, path), who in GETS.items() if who["toni"] == "in" and who["otto"] == "hidden"
    ]
    treating = [address(world, path) for path in treating if "/reports/" not in path]
    _care(app, couple, world.cast.otto, until=None)
    answers = [otto.get(path) for path in treating]
    assert {answer.status_code for answer in answers} <= {200, 303}
    process = [canary.word for canary in world.canaries if "processnote" in canary.word]
    assert process
    pages = [answer.text for answer in answers if answer.mimetype == "text/html"]
    assert len(pages) > 20
    assert not [word for word in process for page in pages if word in page]
    assert "Ada" in otto.get("/").text

    _care(app, couple, world.cast.otto, until=STARTED)
    assert {otto.get(path).status_code for path in treating} == {404}
    assert "Ada" not in otto.get("/").text
    assert sign_in(world.cast.tess).get(f"/couples/{couple}").status_code == 200


def _care(app, couple, therapist, until) -> None:
    with app.app_context():
        db.session.query(Care).filter_by(
            couple_id=couple, therapist_id=therapist.person_id
        ).delete()
        db.session.add(
            Care(couple_id=couple, therapist_id=therapist.person_id, since=STARTED, until=until)
        )
        db.session.commit()


def test_a_fault_after_the_view_tells_the_log_nothing_that_was_typed(
    app, cast, sign_in, monkeypatch, caplog
):
    tess = sign_in(cast.tess)

    failed = []

    def fail_once(**_: object) -> None:
        if not failed:
            failed.append(True)
            raise ValueError("could not store: a secret word")

    monkeypatch.setattr(audit, "finish", fail_once)
    monkeypatch.setattr(app, "testing", False)
    answer = tess.get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "secret" not in caplog.text
    assert "therapist.caseload: ValueError" in caplog.text
