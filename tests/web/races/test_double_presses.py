"""One form sent many times at the same moment: one row."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest

from practice.db import db
from practice.reports.render import Rendered
from practice.services import (
    agreement_texts,
    clock,
    intake_record,
    notes,
    own_agreements,
)
from practice.services.releases import bundles
from tests import exercises, records
from tests.at_once import at_once, rows
from tests.builders import Cast
from tests.engines import both_engines
from tests.measure_builders import ask, csi16
from tests.records import TODAY, make_joint_note, make_session
from tests.world import World
from tests.worlds import agreements, releases
from tests.worlds.safety import open_in_portal

pytestmark = both_engines

PRESSES = 40
"""Of one button: the same form, sent again and again."""

FEWER = 12
"""Of other buttons that are answered in the same way."""


def _entry(cast: Cast):
    task = exercises.give(cast)
    data = {f"answer_{key}": value for key, value in exercises.gratitude().items()}
    data |= {"audience": "therapist", "for_day": exercises.clock.today().isoformat()}
    return "ada", f"/my/homework/{task}", data, "homework_entry"


def _next(cast: Cast, way: str):
    today = exercises.clock.today()
    data = {"starts_on": today, "due_on": today, "audience": "therapist", "size": "0"}
    return "tess", f"/assignments/{exercises.give(cast)}/{way}", data, "assignment"


def _carried_over(cast: Cast):
    return _next(cast, "carry-over")


def _made_smaller(cast: Cast):
    return _next(cast, "smaller")


def _rating(cast: Cast):
    goal = exercises.set_goal(cast)
    return "ada", f"/my/goals/{goal}", {"level": "1", "audience": "couple"}, "goal_rating"


def _response(cast: Cast):
    request = ask(cast, cast.ada, "csi16")
    data = {key: str(value) for key, value in csi16(40).items()} | {"audience": "therapist"}
    return "ada", f"/my/questions/{request}", data, "response"


def _session(cast: Cast):
    data = {"day": "2030-01-07", "time": "10:00", "minutes": "60", "status": "planned"}
    data |= {"format": "room", "with_whom": "couple"}
    return "tess", f"/couples/{cast.couple}/sessions/new", data, "therapy_session"


def _goal(cast: Cast):
    data = {"title": "More evenings", "weight": "1", "whose": "joint"}
    data |= dict.fromkeys(("much_less", "less", "expected", "more", "much_more"), "so")
    return "tess", f"/couples/{cast.couple}/goals/new", data, "goal"


def _couple(cast: Cast):
    data = {"people-0-name": "Una Vale", "people-1-name": "Wim Xander"}
    data |= {"relationship_status": "married", "episode_started_on": TODAY.isoformat()}
    return "tess", "/couples/new", data, "couple"


def _addendum(cast: Cast):
    session = make_session(cast.couple, cast.tess)
    make_joint_note(session, cast.couple, cast.tess, body="So it was.", version=1)
    db.session.flush()
    records.sign_note(actor=cast.tess, session_id=session, kind=notes.NoteKind.JOINT, version=1)
    data = {"addendum-body": "And this."}
    return "tess", f"/sessions/{session}/addenda", data, "addendum"


def _consent(cast: Cast):
    agreement = own_agreements.agreement_id_of(cast.couple, cast.ada.person_id, "treatment")
    version = agreement_texts.consent_texts()["treatment"].current(clock.today())
    assert version is not None
    data = {"version": str(version.version), "agreed": "y", "name": cast.ada.name}
    return "ada", f"/my/agreements/{agreement}", data, "consent_event"


def _consent_on_paper(cast: Cast):
    path = f"/couples/{cast.couple}/people/{cast.ada.person_id}/agreements/treatment"
    data = {"act": "signed", "way": "paper", "on_day": str(clock.today()), "name": cast.ada.name}
    return "tess", path, data, "consent_event"


def _authorisation(cast: Cast):
    today = clock.today()
    data = {"whose": "joint", "kinds": ["sessions", "goals"], "recipient": "Marsh and Co"}
    data |= {"purpose": "A report to the court", "expires_on": str(today + timedelta(days=30))}
    data |= {"first_day": str(today - timedelta(days=90)), "last_day": str(today)}
    path = f"/releases/{releases.open_case(cast)}/ask"
    return "tess", path, data, "authorisation_request"


def _permission(cast: Cast):
    world = World(cast)
    intake_record.ask(actor=cast.tess, couple_id=cast.couple, person_id=cast.ada.person_id)
    agreements.write(cast.ada, world, "household", children="Two")
    source = agreements.latest(world, cast.ada, "household").id
    return "tess", f"/joint-record/intake/{source}/ask", {"purpose": "May I?"}, "permission"


def _screening(cast: Cast):
    request = open_in_portal(cast.tess, cast.couple, cast.ada)
    return "ada", f"/my/questions/set/{request}", {"q1": "yes", "q2": "no"}, "screening"


def _bundle(cast: Cast):
    case = releases.open_case(cast)
    releases.ask(cast, case)
    releases.sign(cast, case, cast.ada, cast.ben)
    data = {"recipient": "Marsh and Co"}
    return "tess", f"/releases/{case}/preview", data, "release_bundle"


TYPICAL = (_entry, _response, _session, _couple, _consent)
"""One of each way in which a row is kept from being written twice."""


@pytest.mark.parametrize(
    "prepare",
    [
        _entry,
        _carried_over,
        _made_smaller,
        _rating,
        _response,
        _session,
        _goal,
        _couple,
        _addendum,
        _consent,
        _consent_on_paper,
        _authorisation,
        _permission,
        _screening,
        _bundle,
    ],
)
@pytest.mark.usefixtures("patient")
def test_a_form_sent_many_times_at_once_is_one_row(app, cast, browsers, monkeypatch, prepare):
    """S37, R10."""
    monkeypatch.setattr(bundles, "render", lambda *_, **__: Rendered(b"%PDF", 1))  # 40 at a time
    with app.app_context():
        name, path, data, table = prepare(cast)
        db.session.commit()
    before = {one: rows(app, one) for one in (table, "person")}
    new = {"addendum-new_id" if table == "addendum" else "new_id": str(uuid4())}
    presses = PRESSES if prepare in TYPICAL else FEWER
    everybody = browsers(name, presses)

    answers = at_once(everybody, lambda browser, _: browser.post(path, data | new))

    first = 200 if table == "screening" else 303
    # Who writes down a paper that is written down already is told so.
    again = 422 if prepare is _consent_on_paper else first
    told = Counter({first: 1}) + Counter({again: presses - 1})
    assert Counter(answer.status_code for answer in answers) == told
    assert rows(app, table) == before[table] + 1
    assert rows(app, "person") == before["person"] + (2 if table == "couple" else 0)
