"""``flask outcomes`` from the command line: the published data, and every way to ask wrongly."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from practice.cli.outcomes import outcomes

DATA = Path(__file__).parents[1] / "data" / "jacobson_1989.csv"
DAS = ("--before", "das_pre", "--after", "das_post", "--higher-is-better", "--reliability", ".80")
GDS = ("--before", "gds_pre", "--after", "gds_post", "--lower-is-better", "--reliability", ".80")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(outcomes, [str(argument) for argument in arguments])


def answer(*arguments: str | Path) -> dict:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def counted(found: dict) -> dict[str, int]:
    return {name: line["count"] for name, line in found["classes"].items()}


def test_the_published_cases_of_marital_therapy():
    found = answer(DATA, *DAS, "--cutoff", "a", "--id", "subject")
    assert counted(found) == {"recovered": 10, "improved": 6, "unchanged": 13, "deteriorated": 1}
    assert found["n"] == 30
    assert found["left_out"] == []
    low, high = found["classes"]["recovered"]["interval_percent"]
    assert (low, high) == (pytest.approx(19.23, abs=0.01), pytest.approx(51.22, abs=0.01))
    assert found["effect_sizes"]["d_pre"] == pytest.approx(1.392, abs=5e-4)
    (worse,) = [row for row in found["rows"] if row["class"] == "deteriorated"]
    assert (worse["name"], worse["difference"]) == ("29", -19.5)


def test_the_same_cases_on_a_scale_where_lower_is_better():
    found = answer(DATA, *GDS, "--cutoff", "a", "--id", "subject")
    assert counted(found) == {"recovered": 10, "improved": 4, "unchanged": 12, "deteriorated": 0}
    assert (found["n"], found["started"], found["without_after"]) == (26, 30, 4)
    assert [(left["name"], left["reason"]) for left in found["left_out"]] == [
        (name, "no score after") for name in ("27", "28", "29", "30")
    ]
    assert found["effect_sizes"]["d_pre"] == pytest.approx(1.614, abs=5e-4)


def test_text_says_the_counts_in_words_and_names_who_is_left_out():
    result = run(DATA, *GDS, "--id", "subject")
    assert result.exit_code == 0
    assert "10 recovered, 4 improved, 12 unchanged, 0 deteriorated." in result.stdout
    assert "Rows with both scores: 26. Left out: 4." in result.stdout
    assert result.stdout.count("no score after") == 4
    assert "chosen because no functional figures are given" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 130


def test_given_figures_reach_the_analysis():
    found = answer(
        DATA, *DAS, "--sd", "15", "--mean", "80", "--functional-mean", "115",
        "--functional-sd", "18", "--cutoff", "C",
    )  # fmt: skip
    values = {p["key"]: p["value"] for p in found["parameters"]}
    assert values["sd"] == 15
    assert values["cutoff_method"] == "c"
    assert values["cutoff"] == pytest.approx((15 * 115 + 18 * 80) / 33)
    plain = answer(DATA, *DAS, "--cutoff", "98.5")
    assert {p["key"]: p["value"] for p in plain["parameters"]}["cutoff"] == 98.5


@pytest.fixture
def sheet(tmp_path) -> Path:
    path = tmp_path / "scores.csv"
    path.write_text("das_pre,das_post\n80,90\nmany,95\n", encoding="utf-8")
    return path


# fmt: off
WRONG = [
    ("no such column",   ("--before", "das"),                   "there is no column “das”"),
    ("same column",      ("--after", "das_pre"),                "asked for twice"),
    ("no such id",       ("--id", "client"),                    "there is no column “client”"),
    ("reliability",      ("--reliability", "1"),                "reliability must be"),
    ("reliability text", ("--reliability", "high"),             "--reliability"),
    ("reliability nan",  ("--reliability", "nan"),              "reliability must be"),
    ("cutoff",           ("--cutoff", "d"),                     "a, b, c or a number"),
    ("cutoff b",         ("--cutoff", "b"),                     "needs the functional mean"),
    ("cutoff inf",       ("--cutoff", "inf"),                   "finite number"),
    ("sd",               ("--sd", "0"),                         "above 0"),
    ("wrong side",       ("--functional-mean", "50", "--functional-sd", "9"), "better side"),
    ("one functional",   ("--functional-sd", "9"),              "--functional-sd together"),
    ("other functional", ("--functional-mean", "110"),          "--functional-sd together"),
    ("cutoff c, half",   ("--cutoff", "c", "--functional-mean", "110"), "give --functional-mean"),
    ("method",           ("--method", "xy"),                    "--method"),
    ("post with jt",     ("--reliability-post", ".7"),          "only used with --method nk"),
    ("post with ha",     ("--method", "ha", "--reliability-post", ".7"), "--reliability-post"),
    ("post too high",    ("--method", "nk", "--reliability-post", "1"), "reliability after"),
    ("unknown option",   ("--higher",),                         "No such option"),
    ("no such folder",   ("--pdf", "absent/out.pdf"),           "no such folder"),
]
# fmt: on


@pytest.mark.parametrize("json_wanted", [(), ("--json",)], ids=["text", "json"])
@pytest.mark.parametrize(("extra", "message"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_asking_wrongly_ends_with_2_and_prints_nothing(extra, message, json_wanted):
    result = run(DATA, *DAS, *extra, *json_wanted)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr


# Published: see tests/domain/test_change_methods.py.
# fmt: off
METHODS = [
    #        recovered improved unchanged deteriorated
    ("jt",  (10,       4,       12,       0)),
    ("gln", (12,       4,       10,       0)),
    ("hll", (7,        0,       11,       8)),
    ("en",  (12,       5,       9,        0)),
    ("NK",  (12,       4,       10,       0)),
    ("ha",  (7,        10,      9,        0)),
]
# fmt: on


@pytest.mark.parametrize(("method", "counts"), METHODS)
def test_every_method_can_be_asked_for(method, counts):
    found = answer(DATA, *GDS, "--id", "subject", "--method", method)
    assert tuple(counted(found).values()) == counts
    said = found["method"]
    assert said["key"] == method.lower()
    one_sided = method == "ha"
    assert said["critical_value"] == (1.644854 if one_sided else 1.959964)
    assert said["sidedness"] == ("one-sided" if one_sided else "two-sided")
    assert (said["warning"] is not None) is (method in ("hll", "en", "ha"))
    if said["warning"]:
        assert said["warning"] in found["remarks"]
    assert {"method", "critical_value", "reliability", "sd"} <= {
        p["key"] for p in found["parameters"] if p["origin"]
    }
    for row in found["rows"]:
        assert row["index"] == row["rci"]
        assert row["is_reliable"] is (abs(row["index"]) > said["critical_value"])
        assert (row["class"] == "unchanged") is not row["is_reliable"]
        assert (row["cut_index"] is not None) is one_sided
    assert (found["group"] is not None) is one_sided


def test_the_group_s_own_shares_are_in_the_answer():
    found = answer(DATA, *GDS, "--method", "ha")
    assert found["group"]["changed_percent"] == pytest.approx(90.0, abs=0.05)
    assert found["group"]["past_cut_percent"] == pytest.approx(44.8, abs=0.05)


@pytest.mark.parametrize("method", [method for method, _ in METHODS])
def test_text_names_the_method_what_it_means_and_what_it_warns_of(method):
    result = run(DATA, *GDS, "--method", method)
    said = answer(DATA, *GDS, "--method", method)["method"]
    flat = " ".join(result.stdout.split())
    assert f"How it was worked out: {said['label']}" in flat
    assert said["meaning"] in flat
    assert said["source"] in flat
    assert (said["warning"] or "") in flat
    assert max(map(len, result.stdout.splitlines())) <= 130
    assert ("Estimated for the group as a whole" in flat) is (method == "ha")


def test_help_describes_every_method_in_plain_words():
    flat = " ".join(run("--help").stdout.split())
    for method, _ in METHODS:
        assert answer(DATA, *GDS, "--method", method)["method"]["meaning"] in flat
    assert "--reliability-post" in flat
    assert "not for counting outcomes" in flat


def test_a_reliability_of_its_own_after():
    found = answer(DATA, *GDS, "--method", "nk", "--reliability-post", ".5")
    (after,) = [p for p in found["parameters"] if p["key"] == "reliability_post"]
    assert (after["value"], after["origin"]) == (0.5, "given")
    assert counted(found) != counted(answer(DATA, *GDS, "--method", "nk"))


def test_a_sample_that_is_too_small_for_the_method_is_refused_by_its_name(tmp_path):
    few = tmp_path / "few.csv"
    few.write_text("das_pre,das_post\n" + "80,90\n70,95\n" * 9, encoding="utf-8")
    result = run(few, *DAS, "--method", "ha")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "Error: few.csv: the method of Hageman and Arrindell rests on the whole group and needs at "
        "least 20 rows with both scores; there are 18 (asked with --method ha).\n"
    )


@pytest.mark.parametrize("missing", ["--before", "--after", "--reliability"])
def test_an_option_that_is_needed_is_named(missing):
    at = DAS.index(missing)
    result = run(DATA, *DAS[:at], *DAS[at + 2 :])
    assert result.exit_code == 2
    assert f"'{missing}'" in result.stderr


def test_the_direction_is_never_guessed():
    neither = run(DATA, *(argument for argument in DAS if argument != "--higher-is-better"))
    for result in (neither, run(DATA, *DAS, "--lower-is-better")):
        assert result.exit_code == 2
        assert result.stdout == ""
        assert "either --higher-is-better or --lower-is-better" in result.stderr


def test_a_bad_cell_is_named_in_one_line_and_nothing_is_written(sheet, tmp_path):
    result = run(sheet, *DAS, "--pdf", tmp_path / "out.pdf")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        "Error: scores.csv: row 3, column “das_pre”: text where a number is needed.\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["scores.csv"]


def test_a_file_that_is_not_there_ends_with_2(tmp_path):
    result = run(tmp_path / "absent.csv", *DAS)
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: absent.csv: the file cannot be read")


@pytest.fixture
def renderer(monkeypatch) -> list[str]:
    """Stand in for the renderer, and keep the HTML that it was given."""
    given: list[str] = []

    def render_pdf(html: str) -> bytes:
        given.append(html)
        return b"%PDF-1.7 sample"

    monkeypatch.setitem(
        sys.modules, "practice.reports.render", SimpleNamespace(render_pdf=render_pdf)
    )
    return given


def test_the_pdf_is_written_beside_the_answer(tmp_path, renderer):
    target = tmp_path / "out.pdf"
    target.write_bytes(b"old")
    found = answer(DATA, *DAS, "--pdf", target)
    assert found["n"] == 30
    assert target.read_bytes() == b"%PDF-1.7 sample"
    assert "jacobson_1989.csv" in renderer[0]
    assert [path.name for path in tmp_path.iterdir()] == ["out.pdf"]


def test_a_pdf_that_cannot_be_written_leaves_the_old_one(tmp_path, renderer, monkeypatch):
    target = tmp_path / "out.pdf"
    target.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    result = run(DATA, *DAS, "--pdf", target)
    assert result.exit_code == 2
    assert "No space left" in result.stderr
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.pdf"]


def test_the_scores_are_never_overwritten(tmp_path, renderer):
    source = tmp_path / "scores.csv"
    source.write_bytes(DATA.read_bytes())
    result = run(source, *DAS, "--pdf", source)
    assert result.exit_code == 2
    assert source.read_bytes() == DATA.read_bytes()
    assert run(DATA, *DAS, "--pdf", tmp_path).exit_code == 2
