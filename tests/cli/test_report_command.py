"""``report couple`` by the command line."""

import importlib
import json

import pytest

from practice.db import db
from practice.models.records import AccessRecord
from practice.reports.render import Rendered
from practice.reports.renderer import RenderFailed
from tests import builders
from tests.reports import cases

# The package gives its command the name of this module.
command = importlib.import_module("practice.cli.report")


@pytest.fixture
def run(app, cast, monkeypatch):
    monkeypatch.setattr(command, "render", lambda html, report_style: Rendered(b"%PDF", 1))
    with app.app_context():
        cases.full_record(cast.couple, cast.tess, [cast.ada, cast.ben])
        db.session.commit()
    runner = app.test_cli_runner()
    return lambda *arguments: runner.invoke(args=["report", "couple", *map(str, arguments)])


def test_it_writes_a_pdf_and_says_so_in_the_access_log(app, cast, run, tmp_path):
    target = tmp_path / "report.pdf"
    target.write_text("an old one")
    answer = run(cast.couple, "--edition", "joint", "--to", target)
    assert (answer.exit_code, answer.stderr) == (0, f"Written: {target}\n")
    assert target.read_bytes() == b"%PDF"
    assert list(tmp_path.iterdir()) == [target]
    with app.app_context():
        line = db.session.query(AccessRecord).filter_by(what="report.exported").one()
        assert (line.person_id, line.couple_id) == (cast.tess.person_id, cast.couple)


def test_json_has_the_figures_with_parameters_and_sources(cast, run):
    answer = run(cast.couple, "--edition", "joint", "--json", "--to", "-")
    assert answer.exit_code == 0
    found = json.loads(answer.stdout)
    scale = found["findings"]["scales"][0]
    assert scale["couple_class"] == "partial"
    assert scale["people"][0]["change"]["partner_class"] == "recovered"
    assert scale["people"][0]["change"]["criteria"]["sd"] == 17
    assert "Funk & Rogge" in scale["norms"]["source"]
    assert found["method"]["goal_attainment"]["rho"] == 0.3
    assert len(found["published"]["figures"]) > 5


def test_the_editions_differ(app, cast, run):
    with app.app_context():
        cases.tell(cast.couple, problems={cast.ada: "Feels alone with the children."})
        db.session.commit()
    joint, clinician = (
        run(cast.couple, "--edition", edition, "--json", "--to", "-").stdout
        for edition in ("joint", "clinician")
    )
    assert "Feels alone" not in joint
    assert "Feels alone" in clinician


@pytest.mark.parametrize(
    ("couple", "message"),
    [
        ("11111111-2222-4333-8444-555555555555", "There is no couple"),
        ("seven", "'seven' is not a valid UUID"),
    ],
)
def test_an_unknown_couple_is_told_and_nothing_is_written(run, tmp_path, couple, message):
    target = tmp_path / "report.pdf"
    answer = run(couple, "--edition", "joint", "--to", target)
    assert answer.exit_code == 2
    assert message in answer.stderr
    assert not target.exists()


def test_a_joint_edition_without_readers_is_told(app, cast, run):
    with app.app_context():
        for member in (cast.ada, cast.ben):
            builders.leave(cast.couple, member)
        db.session.commit()
    answer = run(cast.couple, "--edition", "joint", "--to", "-")
    assert answer.exit_code == 2
    assert "no reader" in answer.stderr


@pytest.mark.parametrize("target", ["{folder}", "{folder}/nowhere/report.pdf"])
def test_a_place_that_cannot_be_written_is_told(cast, run, tmp_path, target):
    answer = run(cast.couple, "--edition", "joint", "--to", target.format(folder=tmp_path))
    assert answer.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_failed_rendering_leaves_the_old_file(cast, run, tmp_path, monkeypatch):
    def fail(html, report_style):
        raise RenderFailed("The report took longer than 30 seconds.")

    monkeypatch.setattr(command, "render", fail)
    target = tmp_path / "report.pdf"
    target.write_text("an old one")
    answer = run(cast.couple, "--edition", "joint", "--to", target)
    assert answer.exit_code == 1
    assert "longer than 30 seconds" in answer.stderr
    assert target.read_text() == "an old one"


def test_every_couple_gets_both_editions(app, run, tmp_path):
    done = app.test_cli_runner().invoke(args=["report", "all", "--to", str(tmp_path)])
    assert done.exit_code == 0, done.output
    written = sorted(path.name for path in tmp_path.iterdir())
    assert len(written) == 4
    assert all(path.read_bytes().startswith(b"%PDF") for path in tmp_path.iterdir())
    assert {name.split("-")[-1] for name in written} == {"joint.pdf", "clinician.pdf"}
    assert any("-ada-lind-" in name for name in written)


def test_a_missing_folder_is_named(app, tmp_path):
    nowhere = str(tmp_path / "nowhere")
    done = app.test_cli_runner().invoke(args=["report", "all", "--to", nowhere])
    assert done.exit_code == 2
    assert "nowhere" in done.output
