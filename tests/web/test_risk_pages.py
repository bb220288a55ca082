"""What the client sees after a risk answer, and what the therapist cannot miss."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from practice.db import db
from practice.models.settings import PracticeSetting
from practice.services import practice_texts, risk_flags
from tests.measure_builders import answer, ask, choose

START = datetime(2026, 11, 24, 14, 3, tzinfo=UTC)
ITEM = "Thoughts that you would be better off dead"


def sent(answers):
    return {key: str(value) for key, value in answers.items()}


@pytest.fixture
def address(app, cast):
    with app.app_context():
        request = ask(cast, cast.ada, "phq9")
        db.session.commit()
    return f"/my/questions/{request}"


def test_the_client_is_shown_help_on_that_page_for_an_hour(cast, sign_in, address):
    with time_machine.travel(START, tick=False) as now:
        ada = sign_in(cast.ada)
        ada.get(address)
        done = ada.post(address, sent(choose("phq9", phq_9=1))).location
        for _ in range(2):
            text = ada.get(done).text
            assert "emergency number of your country" in text
            assert "tell your therapist" in " ".join(text.lower().split())
        for path in ("/my/", "/my/answers", "/my/homework"):
            assert "emergency number" not in ada.get(path).text
        now.shift(timedelta(minutes=61))
        assert "emergency number" not in sign_in(cast.ada).get(done).text


def test_without_such_an_answer_there_is_none(cast, sign_in, address):
    ada = sign_in(cast.ada)
    ada.get(address)
    done = ada.post(address, sent(choose("phq9", phq_1=3))).location
    assert "emergency number" not in ada.get(done).text


def test_the_practices_own_words_win_the_newest_first(app, cast, sign_in, address):
    with app.app_context():
        for day, words in ((1, "Older words."), (3, "Ring <us> on Monday."), (2, "Old words.")):
            db.session.add(
                PracticeSetting(
                    key=practice_texts.HELP_TEXT,
                    value=words,
                    set_by=cast.tess.person_id,
                    set_at=datetime(2026, 1, day, tzinfo=UTC),
                )
            )
        db.session.commit()
    ada = sign_in(cast.ada)
    ada.get(address)
    text = ada.get(ada.post(address, sent(choose("phq9", phq_9=3))).location).text
    assert "Ring &lt;us&gt; on Monday." in text
    assert "Old" not in text


def test_going_back_to_the_shipped_words(app, cast):
    with app.app_context():
        for day, words in ((1, "Ours."), (2, None)):
            db.session.add(
                PracticeSetting(
                    key=practice_texts.HELP_TEXT,
                    value=words,
                    set_by=cast.tess.person_id,
                    set_at=datetime(2026, 1, day, tzinfo=UTC),
                )
            )
        db.session.flush()
        assert practice_texts.help_text() == practice_texts.DEFAULT_HELP_TEXT
        db.session.rollback()


def test_the_therapist_meets_it_first_on_every_way_in(app, cast, sign_in):
    with app.app_context():
        answer(cast, cast.ada, "phq9", choose("phq9", phq_9=1))
        db.session.commit()
    tess = sign_in(cast.tess)
    for path in ("/", "/?page=7", "/?show=ended"):
        main = tess.get(path).text.split("<main")[1]
        assert main.index("An answer to read today") < main.index('role="search"'), path
    searched = tess.post("/", {"q": "nobody of this name"}).text
    assert "An answer to read today" in searched
    for path in (f"/couples/{cast.couple}", f"/couples/{cast.couple}/measures"):
        text = tess.get(path).text
        assert ITEM in text
        assert "Several days" in text
        assert "What did you do about it?" in text
    assert "to read today" not in sign_in(cast.otto).get("/").text
    for person in (cast.ada, cast.ben):
        for path in ("/my/", "/my/answers"):
            assert "to read today" not in sign_in(person).get(path).text


def test_saying_what_was_done_takes_it_from_the_first_page(app, cast, sign_in):
    with app.app_context():
        answer(cast, cast.ada, "phq9", choose("phq9", phq_9=1))
        db.session.commit()
        (flag,) = risk_flags.waiting(actor=cast.tess)
    tess = sign_in(cast.tess)
    path = f"/risk-flags/{flag.flag_id}"
    tess.get(path)
    empty = tess.post(path, {"note": " "})
    assert empty.status_code == 422
    assert "Write in a few words" in empty.text
    assert tess.post(path, {"note": "Rang <her>."}).status_code == 303
    assert "to read today" not in tess.get("/").text
    assert "What did you do about it?" not in tess.get(f"/couples/{cast.couple}").text
    measures = tess.get(f"/couples/{cast.couple}/measures").text
    assert "Rang &lt;her&gt;." in measures
    assert "Tess Okafor" in measures
    assert tess.post(path, {"note": "Something else."}).status_code == 409


def test_no_report_speaks_of_it(app, cast, sign_in):
    with app.app_context():
        answer(cast, cast.ada, "phq9", choose("phq9", phq_9=1))
        (flag,) = risk_flags.waiting(actor=cast.tess)
        risk_flags.deal_with(actor=cast.tess, flag_id=flag.flag_id, note="A marked heron.")
        db.session.commit()
    tess = sign_in(cast.tess)
    for edition in ("joint", "clinician"):
        text = tess.get(f"/reports/couples/{cast.couple}/{edition}/preview").text
        for word in ("heron", "better off dead", "to read today"):
            assert word not in text
