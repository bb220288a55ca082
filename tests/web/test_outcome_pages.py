"""The pages and files of a caseload's outcomes, by real requests."""

import csv
import io

import pytest
from markupsafe import escape

from practice.db import db
from practice.domain.measures.registry import all_measures
from practice.domain.people import Role
from practice.models.records import AccessRecord
from practice.reports.render import render
from practice.services import caseload_outcomes as service
from practice.services.caseload_outcomes import RenderFailed
from tests.builders import make_couple, make_person
from tests.records import make_score
from tests.reports import pdf_checks


@pytest.fixture
def few(app, cast):
    return _fill(app, cast, 3)


@pytest.fixture
def many(app, cast):
    return _fill(app, cast, 14)


@pytest.fixture
def printed(monkeypatch):
    """Typeset in this process; the documents are kept."""
    kept = []

    def run(html, *, report_style):
        kept.append(html)
        return render(html, report_style=report_style, in_process=True)

    monkeypatch.setattr(service, "render", run)
    return kept


def _fill(app, cast, n):
    with app.app_context():
        for therapist in (cast.tess, cast.otto):
            for number in range(n):
                people = [
                    make_person(f"Zelda Nr{number}", Role.PARTNER, account=False) for _ in range(2)
                ]
                couple = make_couple(therapist, people)
                for person in people:
                    make_score(couple, person, 40, days_ago=300)
                    make_score(couple, person, 42 + number * 2, days_ago=200)
        db.session.commit()


@pytest.fixture
def tess(cast, sign_in):
    return sign_in(cast.tess)


def rows(answer):
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_a_new_practice_reads_well(tess):
    page = tess.get("/outcomes").text
    assert "1 couple in the care of Tess Okafor" in page
    assert "Shares need 10 couples with a class; so far 0 have one." in page
    assert "Not shown: there are fewer than 10 couples" in tess.get("/outcomes/practice").text


def test_a_small_caseload_shows_counts_and_what_is_missing_to_a_share(tess, few):
    page = tess.get("/outcomes").text
    assert "4 couples in the care of Tess Okafor" in page
    assert "Shares need 10 couples with a class; so far 3 have one." in page
    assert "95 % interval" not in page.split("Couples</h2>")[0]
    assert "Hedges" not in page


def test_a_caseload_shows_shares_intervals_effects_and_their_context(tess, many):
    page = tess.get("/outcomes").text
    for words in (
        "14 of them have a class. 11 of 14 couples recovered or improved: 79 %, 95 % interval",
        "Hedges g",
        "By the year in which care began",
        "70 to 75\u00a0% improve significantly",
        "There is no comparison group.",
        "From left to right: Couple recovered 9, Couple improved 2, Unchanged 3; 14 in all.",
        "Care began: 15",
    ):
        assert words in page, words
    assert "target" not in page
    for name in ("Zelda", "Ada", "Lind"):
        assert name not in page


def test_the_practice_has_no_choice_of_time(tess, many):
    page = tess.get("/outcomes/practice?begun_from=2026-05-01&ended=y").text
    assert "30 couples of the practice; as of" in page
    assert 'name="begun_from"' not in page
    assert "Everybody sees the same page." in page


def test_a_time_that_is_none_is_said_beside_its_field(tess, many):
    for query in (
        "begun_from=soon",
        "begun_from=2026-05-01&begun_to=2026-04-01",
        "begun_to=0001-01-01",
    ):
        answer = tess.get(f"/outcomes?{query}")
        assert answer.status_code == 422
        assert "Please look at this again" in answer.text
        assert tess.get(f"/outcomes.csv?{query}").status_code == 409
    assert tess.get("/outcomes?scale=nonsense&ended=maybe&page=-1").status_code == 200


def test_the_files_are_asked_with_what_the_page_shows(tess, many):
    page = tess.get("/outcomes?scale=csi4&begun_from=2026-01-01&ended=y").text
    asked = "scale=csi4&amp;begun_from=2026-01-01&amp;ended=y"
    assert f"/outcomes.pdf?{asked}" in page
    assert f"/outcomes.csv?{asked}" in page


def test_the_spreadsheet_has_a_row_for_each_figure(tess, many):
    answer = tess.get("/outcomes.csv")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="outcomes-2')
    assert answer.headers["Cache-Control"] == "no-store"
    found = rows(answer)
    (share,) = [
        one
        for one in found
        if (one["part"], one["figure"], one["unit"])
        == ("couples with a class", "Couple recovered", "per cent")
    ]
    assert float(share["value"]) == pytest.approx(900 / 14)
    assert float(share["low_95"]) < float(share["value"]) < float(share["high_95"])
    assert (share["n"], share["missing"]) == ("14", "1")
    assert all(one["definition"] for one in found)
    about = {one["figure"]: one["definition"] for one in found if one["part"] == "about"}
    assert about["cut score"].startswith("exactly on it: not below; Funk & Rogge (2007)")
    context = [one for one in found if one["part"] == "published, as context"]
    assert all(one["n"] for one in found if one["part"] != "about" and one not in context)
    assert len(context) == 20
    for one in context:
        assert not any(one[column] for column in ("value", "unit", "low_95", "high_95", "n"))
        assert one["definition"].startswith("Context, not a line to be measured by. ")
    assert any("sample: 63 couples" in one["definition"] for one in context)
    flags = {one["figure"]: one for one in found if one["part"] == "beside the classes"}
    crossed = flags["crossed the cut score without a reliable change"]
    assert (crossed["value"], crossed["unit"], crossed["n"]) == ("0", "partners", "28")
    # The remark that is read on the page is the definition in the file.
    page = tess.get("/outcomes").text
    assert len(flags) == 5
    assert all(one["definition"] in page for one in flags.values())
    for name in ("Zelda", "Lind", "Brandt"):
        assert name not in answer.text


def test_cut_and_reliable_change_stand_with_source_and_mark(tess, printed):
    scale = all_measures()["das"].scales[0]
    found = rows(tess.get("/outcomes.csv?scale=das"))
    about = {one["figure"]: one["definition"] for one in found if one["part"] == "about"}
    page = tess.get("/outcomes?scale=das").text
    assert tess.get("/outcomes.pdf?scale=das").status_code == 200
    for figure, said in ((scale.cut, "cut score"), (scale.norms, "reliable change")):
        sourced = f"{figure.source} (general knowledge, not re-read)"
        assert sourced in about[said]
        for text in (page, printed[0]):
            assert str(escape(sourced)) in " ".join(text.split())


def test_a_figure_that_may_not_be_shown_is_in_no_file(tess, few):
    found = rows(tess.get("/outcomes/practice.csv"))
    assert {one["part"] for one in found} == {"about"}


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/outcomes", "11 of 14 couples recovered or improved"),
        ("/outcomes/practice", "22 of 28 couples recovered or improved"),
    ],
)
def test_the_pdf_is_tagged_and_names_no_couple(app, tess, many, printed, address, found):
    answer = tess.get(f"{address}.pdf")
    assert answer.mimetype == "application/pdf"
    pdf_checks.check(answer.data, printed[0], title="Outcomes of a caseload")
    text = " ".join(pdf_checks.text_of(answer.data).split())
    assert found in text
    assert "Partners who crossed the cut score, either way, without a reliable change: 0." in text
    assert ("Everybody sees the same page." in text) is (address == "/outcomes/practice")
    for name in ("Zelda", "Lind", "Brandt"):
        assert name not in text
    with app.app_context():
        assert db.session.query(AccessRecord).filter_by(what="outcomes.pdf").count() == 1


def test_a_pdf_that_cannot_be_made_is_said(tess, many, monkeypatch):
    def fails(html, *, report_style):
        raise RenderFailed("Please try again in a minute.")

    monkeypatch.setattr(service, "render", fails)
    answer = tess.get("/outcomes.pdf")
    assert answer.status_code == 409
    assert "Please try again in a minute." in answer.text
