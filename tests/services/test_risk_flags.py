"""An answer that must be read at once: raised with it, seen first, for the therapist alone."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from practice.db import db
from practice.domain.attention import Concern
from practice.domain.visibility import Audience
from practice.models.couples import Care
from practice.models.records import AccessRecord
from practice.models.responses import RiskFlag
from practice.services import audit, caseload, clock, corrections, paper, risk_flags
from practice.services.errors import Invalid, NotFound, Refused
from tests.builders import make_couple, make_person
from tests.measure_builders import answer, choose

RISKY = choose("phq9", phq_9=1)


def flags():
    return db.session.scalar(select(func.count()).select_from(RiskFlag))


@pytest.mark.parametrize(("value", "raised"), [(0, 0), (1, 1), (3, 1)])
def test_one_flag_is_raised_from_the_threshold_on(inside, value, raised):
    answer(inside, inside.ada, "phq9", choose("phq9", phq_1=3, phq_9=value))
    assert flags() == raised
    assert len(risk_flags.waiting(actor=inside.tess)) == raised


def test_the_therapist_reads_who_when_and_which_answer(inside):
    response = answer(inside, inside.ben, "phq9", choose("phq9", phq_9=2))
    (flag,) = risk_flags.flags_of(actor=inside.tess, couple_id=inside.couple)
    assert (flag.name, flag.response_id, flag.seen_at) == ("Ben", response, None)
    (raised_by,) = flag.answers
    assert raised_by.text.startswith("Thoughts that you would be better off dead")
    assert raised_by.answer == "More than half the days"


@pytest.mark.parametrize("who", ["otto", "ada", "ben", "finn", "cleo"])
def test_nobody_else_finds_it(inside, who):
    answer(inside, inside.ada, "phq9", RISKY)
    (flag,) = risk_flags.waiting(actor=inside.tess)
    other = getattr(inside, who)
    assert risk_flags.waiting(actor=other) == ()
    with pytest.raises(NotFound):
        risk_flags.flags_of(actor=other, couple_id=inside.couple)
    with pytest.raises(NotFound):
        risk_flags.flag_of(actor=other, flag_id=flag.flag_id)
    with pytest.raises(NotFound):
        risk_flags.deal_with(actor=other, flag_id=flag.flag_id, note="Rang.")


def test_it_stands_first_in_the_caseload_whatever_is_searched_and_listed(inside):
    zed = make_person("Zed Last", inside.ada.role)
    make_couple(inside.tess, [make_person("Aa First", inside.ada.role), zed])
    answer(inside, inside.ada, "phq9", RISKY)
    found = caseload.caseload(actor=inside.tess)
    assert found.couples[0].id == inside.couple
    reason = found.couples[0].reasons[0]
    assert (reason.concern, reason.words) == (Concern.RISK, "Ada: an answer to read today")
    for options in ({"search": "Zed"}, {"ended": True}, {"page": 9}):
        elsewhere = caseload.caseload(actor=inside.tess, **options)
        assert [flag.first_name for flag in elsewhere.flags] == ["Ada"]
    assert caseload.caseload(actor=inside.otto).flags == ()


def test_what_was_done_is_kept_sealed_with_who_and_when(inside):
    answer(inside, inside.ada, "phq9", RISKY)
    (waiting,) = risk_flags.waiting(actor=inside.tess)
    risk_flags.deal_with(actor=inside.tess, flag_id=waiting.flag_id, note="Rang her, she is safe.")
    flag = risk_flags.flag_of(actor=inside.tess, flag_id=waiting.flag_id)
    assert (flag.note, flag.seen_by) == ("Rang her, she is safe.", "Tess Okafor")
    row = db.session.scalar(select(RiskFlag))
    assert b"Rang" not in row.note_sealed
    assert risk_flags.waiting(actor=inside.tess) == ()
    assert caseload.caseload(actor=inside.tess).flags == ()


def test_the_same_note_twice_is_one_and_another_is_refused(inside):
    answer(inside, inside.ada, "phq9", RISKY)
    (waiting,) = risk_flags.waiting(actor=inside.tess)
    for _ in range(2):
        risk_flags.deal_with(actor=inside.tess, flag_id=waiting.flag_id, note="Rang.")
    with pytest.raises(Refused, match="in the meantime"):
        risk_flags.deal_with(actor=inside.tess, flag_id=waiting.flag_id, note="Something else.")
    assert risk_flags.flag_of(actor=inside.tess, flag_id=waiting.flag_id).note == "Rang."


@pytest.mark.parametrize("note", ["", "   ", "x" * 4001])
def test_a_note_is_needed_and_has_an_end(inside, note):
    answer(inside, inside.ada, "phq9", RISKY)
    (waiting,) = risk_flags.waiting(actor=inside.tess)
    with pytest.raises(Invalid, match="note"):
        risk_flags.deal_with(actor=inside.tess, flag_id=waiting.flag_id, note=note)


def test_a_flag_stays_when_its_answer_is_corrected_and_goes_when_care_ends(inside):
    response = answer(inside, inside.ada, "phq9", RISKY)
    corrections.correct_own(
        actor=inside.ada,
        response_id=response,
        new_id=uuid4(),
        answers=choose("phq9"),
        audience=Audience.THERAPIST,
        reason="I pressed the wrong one.",
    )
    (flag,) = risk_flags.flags_of(actor=inside.tess, couple_id=inside.couple)
    assert flag.replaced
    assert len(risk_flags.waiting(actor=inside.tess)) == 1
    db.session.scalar(select(Care).where(Care.couple_id == inside.couple)).until = clock.today()
    db.session.flush()
    assert risk_flags.waiting(actor=inside.tess) == ()


def test_paper_raises_one_too(inside):
    paper.enter_answers(
        actor=inside.tess,
        couple_id=inside.couple,
        person_id=inside.ben.person_id,
        measure_key="phq9",
        new_id=uuid4(),
        day=clock.today(),
        answers=RISKY,
    )
    assert [flag.first_name for flag in risk_flags.waiting(actor=inside.tess)] == ["Ben"]


def test_the_access_log_holds_the_kind_and_nothing_of_the_answer(inside):
    answer(inside, inside.ada, "phq9", RISKY)
    audit.finish(write_succeeded=True)
    lines = list(db.session.scalars(select(AccessRecord)))
    assert any(line.what == "risk_flag.raised" for line in lines)
    said = " ".join(f"{line.what} {line.how} {line.reason}" for line in lines)
    assert "phq" not in said
    assert "dead" not in said
