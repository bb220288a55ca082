"""Pages of letters: the form that keeps, the thread that is nobody else's, the inbox."""

import re
from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.letters import MOST_A_DAY
from practice.domain.people import Role
from practice.services import care, clock, drafts, letters, memberships, practice_texts
from practice.services.drafts import DraftKind
from practice.services.erasure.carrying_out import carry_out
from practice.services.erasure.planning import plan
from practice.services.letters import time_requests
from tests.browser import steady
from tests.builders import make_couple, make_person
from tests.queries import statements


@pytest.fixture
def places(app, cast):
    """Addresses of the pages."""
    couple, ada, ben = cast.couple, cast.ada.person_id, cast.ben.person_id
    return {
        "ada": f"/my/letters/{letters.thread_id_of(couple, ada)}",
        "ben": f"/my/letters/{letters.thread_id_of(couple, ben)}",
        "all": f"/my/letters/{letters.thread_id_of(couple, None)}",
        "time": f"/my/time/{time_requests.time_id_of(couple, ada)}",
        "to ada": f"/couples/{couple}/people/{ada}/letters",
        "to all": f"/couples/{couple}/letters/together",
        "couple": f"/couples/{couple}",
        "alone": f"/couples/{couple}/sessions/new?alone={ada}",
    }


def new_id_of(page):
    return re.search(r'name="new_id"[^>]*value="([^"]+)"', page.text)[1]


def send(browser, place, body):
    page = browser.get(place)
    answer = browser.post(place, {"new_id": new_id_of(page), "body": body})
    assert answer.status_code == 303, answer.text
    return browser.get(place)


def test_a_letter_goes_there_and_an_answer_comes_back(cast, places, sign_in):
    ada, tess = sign_in(cast.ada), sign_in(cast.tess)
    page = send(ada, places["ada"], "I could not say it on Tuesday.")
    assert "I could not say it on Tuesday." in page.text
    assert "1 to read" in tess.get("/letters").text
    shown = tess.get(places["to ada"])
    assert "I could not say it on Tuesday." in shown.text
    assert 'value="' in shown.text
    until_id = re.search(r'name="until_id" value="([^"]+)"', shown.text)[1]
    data = {"new_id": new_id_of(shown), "body": "Then we begin with it.", "until_id": until_id}
    assert tess.post(places["to ada"], data).status_code == 303
    assert "to read" not in tess.get("/letters").text.split("<tbody>")[1]
    assert "An answer from Tess</h2>" in ada.get("/my/").text
    page = ada.get(places["ada"])
    assert "Then we begin with it." in page.text
    assert "Read by Tess" in page.text
    ada.post(places["ada"] + "/read", {"until_id": until_id_of(page)})
    assert "An answer from Tess</h2>" not in ada.get("/my/").text
    assert "Read by Ada" in tess.get(places["to ada"]).text


def until_id_of(page):
    return re.search(r'name="until_id" value="([^"]+)"', page.text)[1]


@pytest.fixture
def toni(app, cast):
    """Treats Ada and Ben beside Tess."""
    with app.app_context():
        found = make_person("Toni Brook", Role.THERAPIST)
        care.take_in_co_therapist(
            actor=cast.tess,
            couple_id=cast.couple,
            new_id=uuid4(),
            therapist_id=found.person_id,
            since=clock.today(),
            reason="",
        )
        letters.ask_together(actor=cast.ada, thread_id=letters.thread_id_of(cast.couple, None))
        letters.ask_together(actor=cast.ben, thread_id=letters.thread_id_of(cast.couple, None))
        db.session.commit()
    return found


def test_an_answer_that_was_begun_is_kept_for_its_author_alone(cast, places, toni, sign_in):
    ben = cast.ben.person_id
    to_ben = places["to ada"].replace(str(cast.ada.person_id), str(ben))
    others = [
        (sign_in(cast.ada), (places["ada"], places["all"], "/my/")),
        (sign_in(cast.ben), (places["ben"], places["all"], "/my/")),
        (sign_in(toni), (places["to ada"], to_ben, places["to all"], "/letters")),
    ]

    def seen():
        return [steady(browser.get(path).text) for browser, paths in others for path in paths]

    before = seen()
    tess = sign_in(cast.tess)
    begun = {"to ada": "Dear Ada, half of", "to all": "Dear both, half of"}
    for place, words in begun.items():
        page = tess.get(places[place])
        assert f'data-keep="{places[place]}/keep"' in page.text
        typed = {"new_id": new_id_of(page), "body": words}
        assert tess.post(f"{places[place]}/keep", typed).json["kept"]
    tess = sign_in(cast.tess)
    for place, words in begun.items():
        page = tess.get(places[place]).text
        assert "It is not sent yet, and nobody else has seen it." in page
        assert f"{words}</textarea>" in page
    assert "half of" not in tess.get(to_ben).text
    assert seen() == before
    changed = tess.post(places["to ada"], {"body": "Dear Ada, more", "keep": "yes"})
    assert changed.location == f"{places['couple']}/letters"
    assert "It is not sent" in tess.get(changed.location).text
    page = tess.get(places["to ada"])
    sent = {"new_id": new_id_of(page), "body": "Dear Ada, whole."}
    assert tess.post(places["to ada"], sent).status_code == 303
    assert tess.post(f"{places['to ada']}/keep", sent).json == {"kept": ""}, "it came late"
    assert "not sent yet" not in tess.get(places["to ada"]).text


@pytest.mark.parametrize("end", ["left", "erased"])
def test_an_answer_that_was_begun_goes_with_its_person(inside, end):
    about = [letters.thread_id_of(inside.couple, one) for one in (inside.ada.person_id, None)]
    for thread_id in about:
        kept = {"kind": DraftKind.REPLY, "about_id": thread_id}
        drafts.keep(actor=inside.tess, fields={"body": "Half of it."}, **kept)
    if end == "left":
        memberships.end_membership(
            actor=inside.tess,
            couple_id=inside.couple,
            person_id=inside.ada.person_id,
            left_on=clock.today(),
        )
    else:
        carry_out(plan(inside.couple, inside.ada.person_id))
    left = drafts.begun(actor=inside.tess, kind=DraftKind.REPLY, about_ids=about)
    assert left == {about[1]}


def test_what_is_said_before_the_field(app, cast, places, sign_in):
    with app.app_context():
        practice_texts.set_text(
            actor=cast.tess, key="letter_text", text="Read on Thursdays. Ring 000 in danger."
        )
        db.session.commit()
    text = sign_in(cast.ada).get(places["ada"]).text
    before, _, _ = text.partition("<textarea")
    assert "Read on Thursdays. Ring 000 in danger." in before
    assert "Who reads this: you and Tess." in before
    assert "<title>Letters" in text


def test_too_many_a_day_keeps_the_words_and_says_so(app, cast, places, sign_in):
    thread = letters.thread_id_of(cast.couple, cast.ada.person_id)
    with app.app_context():
        for _ in range(MOST_A_DAY):
            letters.send(actor=cast.ada, thread_id=thread, new_id=uuid4(), body="Words.")
        db.session.commit()
    ada = sign_in(cast.ada)
    page = ada.get(places["ada"])
    answer = ada.post(places["ada"], {"new_id": new_id_of(page), "body": "The last straw."})
    assert answer.status_code == 422
    assert f"You have sent {MOST_A_DAY} letters today" in answer.text
    assert "The last straw.</textarea>" in answer.text


def test_hostile_words_are_words(cast, places, sign_in):
    ada, tess = sign_in(cast.ada), sign_in(cast.tess)
    body = "<script>alert(1)</script> {{ 7*7 }} file:///etc/passwd \u202e ' OR 1=1 --"
    for browser, place in ((ada, places["ada"]), (tess, places["to ada"])):
        page = send(browser, place, body)
        assert "<script>alert(1)" not in page.text
        assert "&lt;script&gt;alert(1)" in page.text
    for data in (
        {"body": "x"},
        {"new_id": "nonsense", "body": "x"},
        {"new_id": str(uuid4()), "body": "x" * 6001},
        {"new_id": str(uuid4())},
    ):
        answer = ada.post(places["ada"], data)
        assert answer.status_code in {303, 422}
    for until_id in ("", "nonsense"):
        assert ada.post(places["ada"] + "/read", {"until_id": until_id}).status_code == 400
    assert ada.post(places["ada"] + "/read", {"until_id": str(uuid4())}).status_code == 404
    assert ada.get(places["ada"] + "?page=-3").status_code == 200
    assert ada.get(places["ada"] + "?page=zero").status_code == 200


def test_the_others_thread_is_not_there(cast, places, sign_in):
    ben = sign_in(cast.ben)
    for path in (places["ada"], places["time"]):
        assert ben.get(path).status_code == 404
        assert ben.post(path, {"body": "x"}).status_code == 404
    assert ben.post(places["ada"] + "/lock").status_code == 404
    assert ben.post(places["ada"] + "/keep", {"body": "x"}).status_code == 404


def test_joint_letters_cannot_be_taken_for_ones_own(cast, places, sign_in):
    ada, ben = sign_in(cast.ada), sign_in(cast.ben)
    page = ada.get(places["all"])
    assert "I would like that" in page.text
    assert "<textarea" not in page.text
    before = steady(ben.get(places["all"]).text)
    assert ada.post(places["all"] + "/ask").status_code == 303
    assert steady(ben.get(places["all"]).text) == before
    ben.post(places["all"] + "/ask")
    page = ada.get(places["all"])
    first, _, _ = page.text.partition("<textarea")
    assert "<h1>Together: you, Ben and Tess</h1>" in page.text
    assert "Everything here is read by you, Ben and Tess." in first
    assert first.count('class="mark mark-') == 2
    assert "Who reads this: you, Tess and Ben." in first
    assert "Send to Ben and Tess" in page.text
    own = ada.get(places["ada"]).text
    assert "<h1>Write to Tess</h1>" in own
    assert "Send to Ben" not in own
    send(ada, places["all"], "Hello both.")
    assert "Hello both." in ben.get(places["all"]).text
    tess = sign_in(cast.tess).get(places["to all"]).text
    assert "Send to Ada and Ben" in tess


def test_whom_an_answer_goes_to_stands_large_with_their_mark(cast, places, sign_in):
    text = sign_in(cast.tess).get(places["to ada"]).text
    heading = re.search(r"<h1>.*?</h1>", text, re.S)[0]
    assert "mark-1" in heading
    assert "Ada" in heading
    assert "Ben" not in heading
    form = text.partition('id="write"')[2]
    assert "Ben" not in form.partition("</form>")[0]
    assert "Send to Ada" in form


def test_asking_for_time_alone_leads_to_a_session_alone(cast, places, sign_in):
    ada, tess = sign_in(cast.ada), sign_in(cast.tess)
    page = ada.get(places["time"])
    assert "Ask Tess" in page.text
    assert ada.post(places["time"], {}).status_code == 200  # without the button nobody asked
    assert "You asked" not in ada.get(places["time"]).text
    data = {"new_id": new_id_of(page), "about": "My own matter.", "when": "", "ask": "Ask Tess"}
    assert ada.post(places["time"], data).status_code == 303
    assert "My own matter." in ada.get(places["time"]).text
    caseload = tess.get("/").text
    assert "Ada: something asked of you, to answer" in caseload
    assert "My own matter." not in caseload
    request = re.search(r'href="(/asked/[^"]+)"', tess.get(places["couple"]).text)[1]
    page = tess.get(request).text
    assert "My own matter." in page
    assert places["alone"].partition("?")[2] in page
    assert tess.post(request + "/keep", {"words": "I ring you on"}).json["kept"]
    assert "I ring you on</textarea>" in sign_in(cast.tess).get(request).text
    assert "I ring you on" not in ada.get(places["time"]).text
    tess.post(request + "/seen")
    assert "Tess has seen it." in ada.get(places["time"]).text
    form = tess.get(places["alone"]).text
    (chosen,) = [
        one for one in re.findall(r"<input[^>]*>", form) if "with_whom" in one and "checked" in one
    ]
    assert str(cast.ada.person_id) in chosen
    tess.post(request, {"words": "I ring you on Friday."})
    assert "I ring you on Friday." in ada.get(places["time"]).text
    assert tess.post(request + "/keep", {"words": "It came late."}).json == {"kept": ""}
    assert "Ada: something asked of you" not in tess.get("/").text


def test_the_inbox_asks_as_much_for_one_couple_as_for_many(app, cast, places, sign_in):
    def add(number):
        pair = [
            make_person(f"{name}{number} Pair", Role.PARTNER, account=False)
            for name in ("Ina", "Udo")
        ]
        couple = make_couple(cast.tess, pair)
        for person in pair:
            thread = letters.thread_id_of(couple, person.person_id)
            letters.send(actor=person, thread_id=thread, new_id=uuid4(), body="Words.")

    def asked():
        with statements(engine) as sent:
            page = tess.get("/letters")
            assert page.status_code == 200
        return sent, page.text.count('data-entry="message"')

    tess = sign_in(cast.tess)
    with app.app_context():
        engine = db.engine
        add(0)
        db.session.commit()
    tess.get("/letters")
    few, lines = asked()
    assert lines == 2
    with app.app_context():
        for number in range(1, 7):
            add(number)
        db.session.commit()
    many, lines = asked()
    assert lines == 14
    assert len(many) == len(few), "\n".join(many)
