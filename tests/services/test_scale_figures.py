"""The practice's own figures: set, used everywhere, kept with name and time, taken back."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from practice.db import db
from practice.domain.certainty import Certainty
from practice.domain.change import criteria_for, points_of
from practice.domain.measures.figures import Figures
from practice.domain.people import Role
from practice.domain.reports import Edition
from practice.models.records import AccessRecord
from practice.models.responses import Response
from practice.models.settings import ScaleFigures
from practice.reports.as_json import findings_as_json
from practice.services import audit, measure_library, reports, responses, scale_figures
from practice.services.caseload import caseload
from practice.services.errors import Invalid, NotFound
from tests.builders import make_couple, make_person
from tests.measure_builders import answer, csi16
from tests.queries import statements
from tests.records import make_score

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
OWN = Figures(sd=14, reliability=0.9, source="Own intake, n = 42")
"""More than 12.27 points."""


def put(cast, figures=OWN, scale_key="csi16"):
    return scale_figures.set_figures(actor=cast.tess, scale_key=scale_key, figures=figures)


def test_own_figures_are_used_by_every_measure_that_has_the_scale(inside):
    with time_machine.travel(NOON, tick=False):
        put(inside, Figures(sd=5, reliability=0.8, source="Kim (2020)"), "csi4")
    for key in ("csi16", "csi4"):
        scale = measure_library.get_measure(key).scale("csi4")
        assert scale.norms.certainty is Certainty.PRACTICE
        assert scale.norms.source == "Kim (2020); used since 20 November 2026"
    assert measure_library.get_measure("csi16").scale("csi16").norms.sd == 17


def test_what_follows_is_told(inside):
    used = put(inside)
    assert used.whole_points == 13
    assert used.points == pytest.approx(12.27, abs=0.01)
    assert (
        scale_figures.figures_page(actor=inside.tess, scale_key="csi16").shipped.whole_points == 7
    )


def test_the_couple_page_the_caseload_and_the_report_go_by_them(inside):
    for days, total in ((60, 40), (3, 50)):
        make_score(inside.couple, inside.ada, total, days_ago=days)

    def seen():
        panel = responses.couple_measures(actor=inside.tess, couple_id=inside.couple).tested[0]
        (row,) = caseload(actor=inside.tess).couples
        found = reports.outcome_findings(
            actor=inside.tess, couple_id=inside.couple, edition=Edition.CLINICIAN
        )
        return (
            panel.lines[0].change.partner_class.value,
            row.people[0].satisfaction.judgement.value,
            found.scales[0].people[0].change.partner_class.value,
        )

    before = seen()
    put(inside)
    after = seen()
    assert before[0] == before[2] == "improved"
    assert after[0] == after[2] == "unchanged"
    assert before[1] != after[1]


def test_a_report_names_the_figures_as_the_practice_s(inside):
    for days, total in ((60, 40), (3, 60)):
        make_score(inside.couple, inside.ada, total, days_ago=days)
    with time_machine.travel(NOON, tick=False):
        put(inside, Figures(cut=50, sd=14, reliability=0.9, source="Kim (2020)"))
    found = reports.outcome_findings(
        actor=inside.tess, couple_id=inside.couple, edition=Edition.CLINICIAN
    )
    html = " ".join(reports.report_html(found).split())
    assert "Kim (2020); used since 20 November 2026; entered by the practice" in html
    assert "Kim (2020); used since 20 November 2026 (entered by the practice)" in html
    assert "development sample" not in html
    assert '"certainty": "practice"' in findings_as_json(found)


def test_the_history_says_who_and_when_and_the_newest_counts(inside):
    with time_machine.travel(NOON, tick=False):
        put(inside)
        scale_figures.set_figures(
            actor=inside.otto, scale_key="csi16", figures=Figures(cut=50, source="Kim (2020)")
        )
        put(inside, Figures())
    page = scale_figures.figures_page(actor=inside.tess, scale_key="csi16")
    assert [(one.set_by, one.figures.cut, one.figures.sd) for one in page.history] == [
        ("Tess Okafor", None, None),
        ("Otto Brandt", 50, None),
        ("Tess Okafor", None, 14),
    ]
    assert page.figures.is_empty
    assert page.used == page.shipped


def test_the_same_twice_is_one_row(inside):
    put(inside)
    put(inside)
    put(inside, Figures(), "csi4")
    assert db.session.query(ScaleFigures).count() == 1


def test_nonsense_is_refused_naming_its_field(inside):
    with pytest.raises(Invalid) as problem:
        put(inside, Figures(cut=90, source="x"))
    assert set(problem.value.errors) == {"cut"}


@pytest.mark.parametrize("who", ["ada", "cleo"])
def test_partners_find_nothing(inside, who):
    actor = getattr(inside, who)
    for call in (
        lambda: scale_figures.figures_page(actor=actor, scale_key="csi16"),
        lambda: scale_figures.set_figures(actor=actor, scale_key="csi16", figures=OWN),
        lambda: scale_figures.shipped_measures(actor=actor),
    ):
        with pytest.raises(NotFound):
            call()


def test_a_scale_that_is_not_there_is_not_found(inside):
    with pytest.raises(NotFound):
        put(inside, OWN, "csi32")


def test_the_access_log_has_the_change(inside):
    put(inside)
    audit.finish(write_succeeded=True)
    (row,) = db.session.query(AccessRecord).filter_by(what="settings.figures").all()
    assert (row.how, row.person_id) == ("written", inside.tess.person_id)


def test_figures_that_cannot_be_used_are_left_out(inside, caplog):
    db.session.add(
        ScaleFigures(scale_key="csi16", cut=99.0, source="x", set_by=inside.tess.person_id)
    )
    db.session.flush()
    measure_library.forget()
    scale = measure_library.get_measure("csi16").scale("csi16")
    assert points_of(criteria_for(scale)) == pytest.approx(6.66, abs=0.01)
    assert scale.cut.value == 51.5
    assert "figures of csi16" in measure_library.library().damaged
    assert "left out: figures of csi16" in caplog.text


def test_all_is_read_with_one_statement_for_a_transaction(inside):
    put(inside)
    db.session.commit()
    with statements(db.engine) as sent:
        for _ in range(3):
            measure_library.all_measures()
            measure_library.offered_measures()
            measure_library.families()
    assert len(sent) == 1


def test_what_another_transaction_set_is_seen_by_the_next(inside, app):
    measure_library.all_measures()
    db.session.rollback()
    with app.app_context():
        put(inside)
        db.session.commit()
    assert measure_library.get_measure("csi16").scale("csi16").norms.sd == 14


def people_with_first_scores(inside, values):
    clients = [
        make_person(f"Guest{number}", Role.PARTNER, account=False) for number in range(len(values))
    ]
    couple = make_couple(inside.otto, clients)
    for person, value in zip(clients, values, strict=True):
        make_score(couple, person, value, days_ago=30)
    return couple, clients


def test_the_own_intake_sd_is_offered_from_thirty_people_on(inside):
    couple, clients = people_with_first_scores(inside, [40, 60] * 14 + [40])
    spread = scale_figures.intake_spread("csi16")
    assert (spread.n, spread.sd) == (29, None)
    for days in (2, 1):
        make_score(couple, clients[0], 81, days_ago=days)  # a later one is no first score
    replaced = make_score(couple, inside.ada, 5, days_ago=50)
    db.session.get(Response, replaced).superseded_at = NOON
    assert scale_figures.intake_spread("csi16").n == 29
    make_score(couple, inside.ada, 60, days_ago=40)
    spread = scale_figures.intake_spread("csi16")
    # fifteen at 40 and fifteen at 60: sqrt(30 * 100 / 29)
    assert (spread.n, spread.sd) == (30, 10.2)
    assert scale_figures.intake_spread("csi4").n == 0


def test_the_intake_sd_moves_with_every_tenth_person_only(inside):
    couple, _ = people_with_first_scores(inside, [40, 60] * 15)
    before = scale_figures.intake_spread("csi16")
    for number in range(9):
        newcomer = make_person(f"Late{number}", Role.PARTNER, account=False)
        make_score(couple, newcomer, 0, days_ago=3)
        assert scale_figures.intake_spread("csi16") == before
    make_score(couple, inside.ben, 0, days_ago=2)
    after = scale_figures.intake_spread("csi16")
    assert after.n == 40
    assert after.sd > before.sd


def test_it_is_never_used_by_itself(inside):
    people_with_first_scores(inside, [40, 60] * 20)
    page = scale_figures.figures_page(actor=inside.tess, scale_key="csi16")
    assert page.intake.sd is not None
    assert page.used == page.shipped


def test_stored_scores_do_not_change(inside):
    with time_machine.travel(NOON - timedelta(days=3), tick=False):
        response = answer(inside, inside.ada, "csi16", csi16(40))
    put(inside)
    assert {score.value for score in db.session.get(Response, response).scores} >= {40}


def test_the_caseload_counts_exactly_so_many_points_where_they_are_enough(inside):
    for days, total in ((60, 40), (3, 49)):
        make_score(inside.couple, inside.ada, total, days_ago=days)

    def judged(at_least):
        put(inside, Figures(points=9, at_least=at_least, source="Kim (2020)"))
        (row,) = caseload(actor=inside.tess).couples
        panel = responses.couple_measures(actor=inside.tess, couple_id=inside.couple).tested[0]
        return row.people[0].satisfaction.judgement.value, panel.lines[0].change.is_reliable

    enough, more = judged(True), judged(False)
    assert (enough[1], more[1]) == (True, False)
    assert enough[0] != more[0]
