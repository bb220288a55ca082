"""``flask measures``: list, show, verify."""

import pytest
from sqlalchemy import delete, select

from practice.app import create_app
from practice.db import db
from practice.domain.measures.figures import Figures
from practice.domain.measures.origin import Origin
from practice.domain.measures.registry import all_measures
from practice.models.responses import MeasureRequest, Response, Score
from practice.models.settings import BatterySetting, PracticeMeasure, ScaleFigures
from practice.services import scale_figures
from tests.measure_builders import answer, csi16
from tests.practice_settings_builders import add_own


def run(app, *words):
    return app.test_cli_runner().invoke(args=["measures", *words])


def test_the_list_has_every_measure(app):
    found = run(app, "list")
    assert found.exit_code == 0
    lines = {line.split()[0]: line for line in found.output.splitlines()}
    assert list(lines) == list(all_measures())
    assert "16 questions  4 min" in lines["csi16"]
    assert "totals only" in lines["rdas"]
    assert "questions" not in lines["rdas"]
    assert "(our own, not validated)" in lines["warning_signs"]


def test_a_measure_is_shown_with_points_cut_and_licence(app):
    found = run(app, "show", "csi16").output
    assert "Perfect = 6" in found
    assert "1 of 6, nearest to INTERESTING = 5" in found
    assert "cut score 51.5" in found
    assert "(general knowledge, not re-read)" in found
    assert "Licence: Couples Satisfaction Index" in found


def test_a_measure_of_totals_is_shown_with_its_reason_and_published_change(app):
    found = run(app, "show", "rdas").output
    assert "Totals only: Its questions come from the DAS" in found
    assert "cut score 47.31" in found
    assert "reliable change: more than 11.58 points; Anderson et al. (2014)" in found
    assert "Note: Sources disagree" in found


def test_bands_steps_risk_and_marks_are_shown(app):
    phq9, ors, srs = (run(app, "show", key).output for key in ("phq9", "ors", "srs"))
    assert "15 to 19: moderately severe" in phq9
    assert "[phq_9] (from 1 on a flag for the therapist)" in phq9
    assert "[phq_10] (not counted, may be left open)" in phq9
    assert "reliable change: 6 points or more; service definition" in phq9
    assert "Shareable: no" in phq9
    assert "0 to 40 in steps of 0.1, higher is better (general knowledge, not re-read)" in ors
    assert "5 points or more; 5 points, the usual value for the ORS (general knowledge" in ors
    assert "0 to 35.9: below the caution line" in srs


def test_an_unknown_measure_is_named(app):
    found = run(app, "show", "csi32")
    assert found.exit_code == 1
    assert "There is no measure 'csi32'. Known: core10, crs, csi16, csi4" in found.output


def test_untouched_scores_verify(app, cast):
    with app.app_context():
        answer(cast, cast.ada, "csi16", csi16(51))
        answer(cast, cast.ben, "ratings")
        total(cast, "csi16", csi16=40)
        total(cast, "rdas", rdas=47)
        total(cast, "crs", crs=70.9)
        db.session.commit()
    found = run(app, "verify")
    assert found.output == "2 responses recomputed, 3 without answers, 0 differences.\n"
    assert found.exit_code == 0


def total(cast, measure_key, *, origin=Origin.PAPER, **scores):
    """Store a total without answers, as nobody could have entered it where it is wrong."""
    row = Response(
        couple_id=cast.couple,
        author_id=cast.ben.person_id,
        measure_key=measure_key,
        audience="therapist",
        origin=origin,
        entered_by=cast.tess.person_id if origin.has_day_only else None,
        scores=[Score(scale_key=key, value=value) for key, value in scores.items()],
    )
    db.session.add(row)
    db.session.flush()
    return row.id


@pytest.mark.parametrize(
    ("measure_key", "scores", "said"),
    [
        ("csi16", {"csi16": 82}, "scale csi16: the total must be from 0 to 81; stored 82"),
        ("rdas", {"rdas": -1}, "scale rdas: the total must be from 0 to 69; stored -1"),
        ("csi16", {"csi16": 40.5}, "scale csi16: totals go in steps of 1 from 0; stored 40.5"),
        ("crs", {"crs": 70.95}, "scale crs: totals go in steps of 0.1 from 0; stored 70.95"),
        ("crs", {"crs": 0.1 + 0.2}, "crs: stored 0.30000000000000004, which is not on the step"),
        ("who5", {"who5": 50}, "scale who5: totals go in steps of 4 from 0; stored 50"),
        ("csi16", {"trust": 3}, "csi16: unknown scale trust; stored 3"),
        ("csi32", {"csi32": 90}, "csi32: there is no such measure in the catalogue"),
        ("own_gone_v2", {"own_gone_v2": 9}, "own_gone_v2: there is no such measure in the cat"),
        ("csi16", {}, "csi16: neither answers nor a total are stored"),
    ],
)
def test_a_total_that_its_scale_cannot_have_is_reported(app, cast, measure_key, scores, said):
    with app.app_context():
        row = total(cast, measure_key, **scores)
        db.session.commit()
    found = run(app, "verify")
    assert found.exit_code == 1
    assert f"response {row}: {said}" in found.output
    assert "0 responses recomputed, 1 without answers, 1 differences." in found.output


def test_an_imported_total_is_checked_and_lost_answers_are_reported(app, cast):
    with app.app_context():
        total(cast, "phq9", origin=Origin.IMPORTED, phq9=12)
        lost = total(cast, "phq9", origin=Origin.PORTAL, phq9=12)
        wrong = total(cast, "phq9", origin=Origin.IMPORTED, phq9=28)
        db.session.commit()
    found = run(app, "verify")
    assert f"response {lost}: phq9: the answers are missing" in found.output
    assert f"response {wrong}: scale phq9: the total must be from 0 to 27" in found.output
    assert "0 responses recomputed, 3 without answers, 2 differences." in found.output


def test_an_altered_score_is_reported(app, cast):
    with app.app_context():
        response = answer(cast, cast.ada, "csi16", csi16(51))
        db.session.get(Score, (response, "csi16")).value = 60
        db.session.commit()
    found = run(app, "verify")
    assert found.exit_code == 1
    assert f"response {response}: csi16: stored 60, computed 51" in found.output


def test_a_missing_and_an_added_score_are_reported(app, cast):
    with app.app_context():
        response = answer(cast, cast.ada, "csi16", csi16(0))
        db.session.delete(db.session.get(Score, (response, "csi4")))
        db.session.add(Score(response_id=response, scale_key="trust", value=3))
        db.session.commit()
    found = run(app, "verify")
    assert "csi4: stored nothing, computed 0" in found.output
    assert "trust: stored 3, computed nothing" in found.output
    assert "2 differences" in found.output


def test_answers_that_cannot_be_scored_are_reported_without_being_shown(app, cast):
    with app.app_context():
        moved = db.session.get(Response, answer(cast, cast.ada, "ratings"))
        strange = db.session.get(Response, answer(cast, cast.ben, "ratings"))
        retired = db.session.get(Response, answer(cast, cast.ben, "csi4"))
        strange.answers = {"trust": "oboe"}
        moved.answers_sealed = strange.answers_sealed
        retired.measure_key = "csi32"
        db.session.commit()
    found = run(app, "verify")
    assert found.exit_code == 1
    assert "does not open" in found.output
    assert "no answer to item satisfaction" in found.output
    assert "csi32: there is no such measure in the catalogue" in found.output
    assert "oboe" not in found.output


def test_own_measures_and_figures_are_listed_shown_and_verified(app, cast):
    with app.app_context():
        key = add_own(cast).key
        scale_figures.set_figures(
            actor=cast.tess, scale_key="csi16", figures=Figures(cut=50, source="Kim (2020)")
        )
        answer(cast, cast.ada, key, {"q1": 3, "q2": 2})
        db.session.commit()
    assert key in run(app, "list").output
    shown = run(app, "show", key).output
    assert "We went to bed angry" in shown
    assert "Not at all = 3, Now and then = 2, Often = 0" in shown
    assert "Kim (2020); used since" in run(app, "show", "csi16").output
    found = run(app, "verify")
    assert found.exit_code == 0
    assert found.output.startswith("1 responses recomputed")


def test_an_altered_total_of_an_own_measure_is_reported(app, cast):
    with app.app_context():
        key = add_own(cast).key
        response = answer(cast, cast.ada, key, {"q1": 3, "q2": 2})
        db.session.get(Score, (response, key)).value = 6
        db.session.commit()
    found = run(app, "verify")
    assert found.exit_code == 1
    assert f"{key}: stored 6, computed 5" in found.output


def test_a_damaged_definition_and_impossible_figures_are_refused_loudly(app, cast):
    with app.app_context():
        key = add_own(cast).key
        db.session.query(PracticeMeasure).one().definition = {"format": 1}
        db.session.add(
            ScaleFigures(scale_key="csi4", cut=99.0, source="x", set_by=cast.tess.person_id)
        )
        db.session.commit()
    found = run(app, "verify")
    assert found.exit_code == 1
    assert f"cannot be used: {key}: title is no text" in found.output
    assert "cannot be used: figures of csi4: scale csi4: cut: " in found.output
    assert key not in run(app, "list").output


def test_without_a_database_the_shipped_measures_are_listed_and_none_is_made(tmp_path):
    app = create_app({"instance": tmp_path, "testing": True})
    assert "csi16" in run(app, "list").output
    assert "Perfect = 6" in run(app, "show", "csi16").output
    assert not list(tmp_path.glob("*.db*"))


def test_the_schedule_of_every_couple_is_brought_up_to_date(app, cast):
    with app.app_context():
        db.session.execute(delete(BatterySetting).where(BatterySetting.couple_id == cast.couple))
        db.session.commit()
    for _ in range(2):
        done = run(app, "schedule")
        assert (done.exit_code, done.output) == (0, "The schedule of 2 couples is up to date.\n")
        with app.app_context():
            rows = db.session.scalars(select(MeasureRequest)).all()
            assert {row.couple_id for row in rows} == {cast.couple}, "the other's is switched off"
            assert len(rows) == 10
