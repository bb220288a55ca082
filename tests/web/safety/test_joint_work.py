"""Whether to work together: what warns, who decides, and that it is written down."""

from datetime import UTC, datetime
from uuid import uuid4

import time_machine

from practice.db import db
from practice.domain.people import Role
from practice.domain.safety.joint_work import JointWork
from practice.models.accounts import Supervision
from practice.services import clearances, clock
from tests import records
from tests.builders import make_person

START = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


WARNING = "Nobody has decided yet whether to work together"


def clear(cast, decision=JointWork.CLEARED):
    clearances.decide(
        actor=cast.tess,
        couple_id=cast.couple,
        new_id=uuid4(),
        decision=decision,
        on=clock.today(),
        reason="Each spoke freely.",
    )


def test_until_it_is_cleared_sessions_with_the_couple_warn_and_never_stop(cast, sign_in, write):
    session = write(records.make_session, cast.couple, cast.tess)
    planned = write(records.make_planned, cast.couple, cast.tess)
    tess, ada = sign_in(cast.tess), sign_in(cast.ada)
    pages = [
        f"/couples/{cast.couple}",
        f"/couples/{cast.couple}/sessions/new",
        f"/sessions/{session}",
        f"/sessions/{planned}/edit",
        f"/couples/{cast.couple}/safety",
    ]
    for path in pages:
        assert WARNING in tess.get(path).text, path
    made = tess.post(
        f"/couples/{cast.couple}/sessions/new",
        {
            "new_id": str(uuid4()),
            "day": "2026-12-01",
            "time": "10:00",
            "minutes": "60",
            "with_whom": "couple",
            "format": "room",
            "status": "planned",
        },
    )
    assert made.status_code == 303
    assert "decided yet" not in ada.get("/my/").text
    write(clear, cast)
    for path in pages:
        assert "work together is" not in tess.get(path).text.lower(), path
        assert WARNING not in tess.get(path).text
    write(clear, cast, JointWork.PAUSED)
    for path in pages:
        page = tess.get(path).text
        assert "Work together is paused" in page
        assert path.endswith("joint-work") or "Each spoke freely" not in page
        assert path != f"/couples/{cast.couple}/safety" or page.lower().count("paused") == 1


def test_an_individual_session_does_not_warn(cast, sign_in, write):
    from practice.domain.sessions import SessionKind

    session = write(
        records.make_session,
        cast.couple,
        cast.tess,
        kind=SessionKind.INDIVIDUAL,
        person_id=cast.ada.person_id,
    )
    assert WARNING not in sign_in(cast.tess).get(f"/sessions/{session}").text


def test_a_decision_with_its_reason_is_written_down(cast, sign_in):
    tess = sign_in(cast.tess)
    path = f"/couples/{cast.couple}/safety/joint-work"
    refused = tess.post(path, {"new_id": str(uuid4()), "decided_on": "2026-01-05"})
    assert refused.status_code == 422
    assert "Say in a few words why" in refused.text
    form = {
        "new_id": str(uuid4()),
        "decision": "not_cleared",
        "decided_on": "2026-11-05",
        "reason": "Wait for the second talk.",
    }
    with time_machine.travel(START):
        tess = sign_in(cast.tess)
        for _ in range(2):
            assert tess.post(path, form).location == path
        page = tess.get(path).text
    assert page.count("Wait for the second talk.") == 1
    assert "5 November 2026" in page
    assert "Tess Okafor" in page


def test_a_supervisor_reads_the_decisions_and_adds_nothing(cast, sign_in, write):
    def supervise():
        paul = make_person("Paul Dean", Role.THERAPIST)
        db.session.add(
            Supervision(
                supervisor_id=paul.person_id,
                therapist_id=cast.tess.person_id,
                since=clock.today(),
            )
        )
        return paul

    paul = write(supervise)
    write(clear, cast)
    browser = sign_in(paul)
    for place in ("joint-work", "log"):
        path = f"/couples/{cast.couple}/safety/{place}"
        page = browser.get(path)
        assert page.status_code == 200
        assert "<form method" not in page.text.partition("<main")[2]
        assert f"/couples/{cast.couple}/safety" not in page.text.partition("<main")[2]
        assert browser.post(path, {}).status_code == 404
    assert "Each spoke freely." in browser.get(f"/couples/{cast.couple}/safety/joint-work").text
    assert browser.get(f"/couples/{cast.couple}/safety").status_code == 404


def test_an_entry_of_the_log_is_put_right_by_another(cast, sign_in):
    tess = sign_in(cast.tess)
    path = f"/couples/{cast.couple}/safety/log"
    form = {
        "new_id": str(uuid4()),
        "happened_on": "2026-11-05",
        "known_facts": "She had a bruise.",
        "consulted": "",
        "decision": "See her alone.",
        "reason": "She asked for it.",
    }
    with time_machine.travel(START):
        tess = sign_in(cast.tess)
        assert tess.post(path, form | {"reason": ""}).status_code == 422
        assert tess.post(path, form).location == path
        again = tess.get(f"{path}?corrects={form['new_id']}").text
        assert "This puts right the entry of" in again
        assert form["new_id"] in again.partition("new-entry")[2]
        second = form | {"new_id": str(uuid4()), "corrects": form["new_id"]}
        assert tess.post(path, second | {"known_facts": "He had."}).location == path
        page = tess.get(path).text
        assert tess.post(path, form | {"new_id": str(uuid4()), "corrects": "x"}).status_code == 404
    assert "put right above" in page
    assert "Puts right what was written" in page
    assert page.index("He had.") < page.index("She had a bruise.")
