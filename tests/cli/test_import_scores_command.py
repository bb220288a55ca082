"""``flask import-scores``: what is imported, what is refused and how, and that twice is once."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practice.db import db
from practice.domain.measures.origin import Origin
from practice.domain.people import Role
from practice.domain.visibility import Audience
from practice.models.couples import Care
from practice.models.people import Person
from practice.models.records import AccessRecord
from practice.models.responses import Response
from practice.services import births, clock
from practice.services.score_check import check_scores
from practice.services.score_import import import_scores
from tests.builders import make_couple, make_person
from tests.records import make_score

HEAD = "name,born,measure,date,total\n"
ADA = "Ada Lind,1980-03-04"
BEN = "Ben Morrow,1979-05-06"


@pytest.fixture
def born(app, cast):
    """Everybody's birth is in the records."""
    with app.app_context():
        for actor, day in (
            (cast.ada, date(1980, 3, 4)),
            (cast.ben, date(1979, 5, 6)),
            (cast.finn, date(1981, 7, 8)),
            (cast.cleo, date(1982, 9, 10)),
        ):
            births.set_birth(db.session.get(Person, actor.person_id), day)
        db.session.commit()


@pytest.fixture
def run(app, born, tmp_path):
    runner = app.test_cli_runner()

    def command(content, *options):
        path = tmp_path / "totals.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return runner.invoke(args=["import-scores", str(path), *options])

    return command


@pytest.fixture
def stored(app):
    """Return what is stored, as (author, measure, day, scores)."""

    def read():
        with app.app_context():
            return sorted(
                (
                    str(row.author_id),
                    row.measure_key,
                    clock.local(row.completed_at).date().isoformat(),
                    {score.scale_key: score.value for score in row.scores},
                )
                for row in db.session.query(Response)
            )

    return read


def test_a_dry_run_is_what_happens_unless_told(run, stored):
    answer = run(f"{HEAD}{ADA},csi16,2026-03-04,40\n")
    assert answer.exit_code == 0
    assert "Rows read: 1; new: 1; there already: 0; errors: 0." in answer.stdout
    assert "Nothing is imported: this was a dry run." in answer.stdout
    assert stored() == []


def test_totals_are_imported_for_their_people_and_the_therapist(app, cast, run, stored):
    answer = run(f"{HEAD}{ADA},csi16,2026-03-04,40\n{BEN},RDAS,2025-12-01,44\n", "--write")
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert "Imported: 2." in answer.stdout
    ada, ben = str(cast.ada.person_id), str(cast.ben.person_id)
    assert stored() == sorted(
        [
            (ada, "csi16", "2026-03-04", {"csi16": 40}),
            (ben, "rdas", "2025-12-01", {"rdas": 44}),
        ]
    )
    with app.app_context():
        row = db.session.query(Response).filter_by(measure_key="csi16").one()
        assert row.origin is Origin.IMPORTED
        assert row.audience is Audience.THERAPIST
        assert row.answers is None
        assert row.request_id is None
        assert row.entered_by == cast.tess.person_id
        assert row.couple_id == cast.couple
        assert clock.local(row.completed_at).hour == 12
        assert check_scores().without_answers == 2
        lines = db.session.query(AccessRecord).filter_by(what="scores.imported").all()
        assert [(one.person_id, one.couple_id) for one in lines] == [
            (cast.tess.person_id, cast.couple)
        ]


WRITTEN = [
    (
        "semicolon, comma",
        "name;born;measure;date;total\nAda Lind;1980-03-04;crs;2026-03-04;40,5\n",
        40.5,
    ),
    ("tab", "total\tname\tborn\tmeasure\tdate\n40\tAda Lind\t1980-03-04\tcsi16\t2026-03-04\n", 40),
    (
        "byte order mark",
        "\ufeffName,Born,Measure,Date,Total\nAda Lind,1980-03-04,csi16,2026-03-04,40\n",
        40,
    ),
    (
        "quoted newline",
        f'note,{HEAD}"two\nlines",ada  lind,1980-03-04,csi16,2026-03-04,40\n',
        40,
    ),
    ("old Mac lines", "name,born,measure,date,total\rAda Lind,1980-03-04,csi16,2026-3-4,40\r", 40),
    ("empty rows", f"{HEAD},,,,\n{ADA},csi16,2026-03-04,40\n\n,,,,\n", 40),
]


@pytest.mark.parametrize(
    ("content", "total"), [w[1:] for w in WRITTEN], ids=[w[0] for w in WRITTEN]
)
def test_ways_of_writing_the_same(run, stored, content, total):
    answer = run(content, "--write")
    assert answer.exit_code == 0, answer.stderr
    ((_, _, day, scores),) = stored()
    assert (day, list(scores.values())) == ("2026-03-04", [total])


def test_days_can_be_written_day_first(run, stored):
    content = "name,born,measure,date,total\nAda Lind,04/03/1980,csi16,5.3.2026,40\n"
    assert run(content).exit_code == 2
    assert run(content, "--day-first", "--write").exit_code == 0
    assert stored()[0][2] == "2026-03-05"


def test_people_can_be_given_by_id(cast, run, stored):
    content = f"person,measure,date,total\n{cast.ben.person_id},csi16,2026-03-04,40\n"
    assert run(content, "--write").exit_code == 0
    assert stored()[0][0] == str(cast.ben.person_id)


def test_several_scales_of_one_day_are_one_answer(run, stored):
    head = "name,born,measure,scale,date,total\n"
    rows = [f"{ADA},ratings,{scale},2026-03-04,7\n" for scale in ("trust", "conflict")]
    assert run(head + "".join(rows), "--write").exit_code == 0
    ((_, measure, _, scores),) = stored()
    assert (measure, scores) == ("ratings", {"trust": 7, "conflict": 7})
    assert "there already: 2" in run(head + "".join(rows), "--write").stdout


def test_importing_twice_is_importing_once(run, stored):
    content = f"{HEAD}{ADA},csi16,2026-03-04,40\n{BEN},csi16,2026-03-04,41\n"
    run(content, "--write")
    once = stored()
    answer = run(content + f"{BEN},csi16,2026-04-04,45\n", "--write")
    assert "There already, passed over: rows 2, 3." in answer.stdout
    assert "Imported: 1." in answer.stdout
    assert len(stored()) == len(once) + 1
    again = run(content, "--write")
    assert (again.exit_code, "There was nothing new to import." in again.stdout) == (0, True)


def test_another_total_for_the_same_day_is_an_error(app, cast, run, stored):
    with app.app_context():
        make_score(cast.couple, cast.ada, 40, days_ago=0)
        db.session.commit()
    assert "there already: 1" in run(f"{HEAD}{ADA},csi16,2026-11-20,40\n").stdout
    answer = run(f"{HEAD}{ADA},csi16,2026-11-20,41\n{BEN},csi16,2026-11-20,41\n", "--write")
    assert answer.exit_code == 2
    assert "totals.csv: row 2, column total: the records have another total" in answer.stderr
    assert len(stored()) == 1


def test_a_replaced_total_does_not_stand_in_the_way(app, cast, run, stored):
    with app.app_context():
        old = make_score(cast.couple, cast.ada, 40, days_ago=0)
        db.session.get(Response, old).superseded_at = clock.now()
        db.session.commit()
    assert "Imported: 1." in run(f"{HEAD}{ADA},csi16,2026-11-20,41\n", "--write").stdout


def test_the_same_row_twice_in_a_file_counts_once(run, stored):
    row = f"{ADA},csi16,2026-03-04,40\n"
    assert "Imported: 1." in run(HEAD + row + row, "--write").stdout
    assert len(stored()) == 1
    answer = run(HEAD + f"{BEN},csi16,2026-03-04,40\n{BEN},csi16,2026-03-04,44\n", "--write")
    assert "row 3, column total: row 2 has another total for the same day" in answer.stderr


REFUSED = [
    (
        "unknown person",
        "Nobody Known,1980-03-04,csi16,2026-03-04,40",
        "column name: nobody in the records has this name and this date of birth",
    ),
    (
        "another birth",
        "Ada Lind,1980-03-05,csi16,2026-03-04,40",
        "column name: nobody in the records has this name and this date of birth",
    ),
    ("no birth", "Ada Lind,,csi16,2026-03-04,40", "column born: a date of birth is needed"),
    ("nobody", ",,csi16,2026-03-04,40", "column name: a person is needed"),
    (
        "birth, wrongly",
        "Ada Lind,4 March,csi16,2026-03-04,40",
        "column born: a day is written like 2026-03-04",
    ),
    (
        "unknown measure",
        f"{ADA},csi17,2026-03-04,40",
        "column measure: there is no such measure; there are",
    ),
    ("no measure", f"{ADA},,2026-03-04,40", "column measure: a measure is needed"),
    (
        "kept without a score",
        f"{ADA},relationship_now,2026-03-04,7",
        "column scale: relationship_now is kept without a score",
    ),
    (
        "which scale",
        f"{ADA},ratings,2026-03-04,7",
        "column scale: ratings has several scales; name one of",
    ),
    ("no day", f"{ADA},csi16,,40", "column date: a day is needed"),
    ("no such day", f"{ADA},csi16,2026-02-30,40", "column date: there is no such day"),
    ("American day", f"{ADA},csi16,03/04/2026,40", "column date: a day is written like 2026-03-04"),
    ("future", f"{ADA},csi16,2099-01-01,40", "column date: this day is in the future"),
    ("too early", f"{ADA},csi16,1926-03-04,40", "column date: check the year; 1990 is the first"),
    ("other digits", f"{ADA},csi16,２０２６-03-04,40", "column date: a day is written like"),
    ("no total", f"{ADA},csi16,2026-03-04,", "column total: a total is needed"),
    ("text", f"{ADA},csi16,2026-03-04,forty", "column total: text where a number is needed"),
    ("not finite", f"{ADA},csi16,2026-03-04,NaN", "column total: not a finite number"),
    ("huge", f"{ADA},csi16,2026-03-04,1e300", "column total: the number is too large"),
    (
        "above the range",
        f"{ADA},csi16,2026-03-04,82",
        "column total: scale csi16: the total must be from 0 to 81",
    ),
    (
        "below the range",
        f"{ADA},csi16,2026-03-04,-1",
        "column total: scale csi16: the total must be from 0 to 81",
    ),
    (
        "off the step",
        f"{ADA},csi16,2026-03-04,40.5",
        "column total: scale csi16: totals go in steps of 1",
    ),
    (
        "had left",
        "Finn Hale,1981-07-08,csi16,2026-09-01,40",
        "column date: the person had left the couple by this day",
    ),
    (
        "formula",
        '"=HYPERLINK(""x"")",1980-03-04,csi16,2026-03-04,40',
        "column name: nobody in the records",
    ),
]


@pytest.mark.parametrize(("row", "words"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_a_wrong_row_is_named_and_nothing_is_stored(run, stored, row, words):
    answer = run(f"{HEAD}{BEN},csi16,2026-03-04,41\n{row}\n", "--write")
    assert answer.exit_code == 2
    assert answer.stderr.startswith("totals.csv: row 3, ")
    assert words in answer.stderr
    assert "Nothing is imported" in answer.stdout
    assert stored() == []


def test_every_wrong_cell_is_named_at_once(run):
    answer = run(f"{HEAD}Ada Lind,x,y,z,t\n{ADA},csi16,2026-03-04,400\n")
    assert [line.split(":")[1].strip() for line in answer.stderr.splitlines()] == [
        "row 2, column born",
        "row 2, column measure",
        "row 2, column date",
        "row 2, column total",
        "row 3, column total",
    ]
    assert "errors: 5" in answer.stdout


BAD_FILES = [
    ("empty", b"", "the file is empty"),
    ("headings alone", HEAD.encode(), "headings but no rows"),
    (
        "a missing column",
        b"name,born,measure,date\nA,B,C,D\n",
        "there is no column \u201ctotal\u201d",
    ),
    (
        "a column twice",
        b"date,Date,total,measure,name,born\n1,2,3,4,5,6\n",
        "stands over column 1 and column 2",
    ),
    ("ragged", f"{HEAD}{ADA},csi16\n".encode(), "row 2 has 3 cells"),
    (
        "not UTF-8",
        f"{HEAD}\u00c4da,1980-03-04,csi16,2026-03-04,40\n".encode("latin-1"),
        "not UTF-8",
    ),
    ("UTF-16", f"{HEAD}{ADA},csi16,2026-03-04,40\n".encode("utf-16"), "not UTF-8"),
    ("zero bytes", f"{HEAD}{ADA},csi16,2026-03-04,4\0\n".encode(), "zero bytes"),
    ("a workbook", b"PK\x03\x04 and so on", "save it as CSV"),
    ("an open quote", f'{HEAD}"Ada,1980-03-04,csi16,2026-03-04,40\n'.encode(), "cannot be read"),
    (
        "two decimal signs",
        b"name;born;measure;date;total\na;b;crs;d;40,5\na;b;crs;d;40.5\n",
        "use one of them",
    ),
]


@pytest.mark.parametrize(
    ("content", "words"), [b[1:] for b in BAD_FILES], ids=[b[0] for b in BAD_FILES]
)
def test_a_bad_file_is_refused_in_one_line(run, stored, content, words):
    answer = run(content, "--write")
    assert answer.exit_code == 2
    assert words in answer.stderr
    assert len(answer.stderr.splitlines()) == 1
    assert "Ada" not in answer.stderr
    assert stored() == []


def test_a_file_that_is_not_there(app, tmp_path):
    answer = app.test_cli_runner().invoke(args=["import-scores", str(tmp_path / "no.csv")])
    assert (answer.exit_code, "cannot be read" in answer.stderr) == (2, True)


def test_columns_that_are_not_known_are_named(run):
    answer = run(
        "note,name,born,measure,date,total,Scael\nx,Ada Lind,1980-03-04,csi16,2026-03-04,40,y\n"
    )
    assert "Columns passed over: note, Scael." in answer.stdout


def test_namesakes_of_one_day_need_an_id(app, cast, run):
    with app.app_context():
        twin = make_person("Ada  lind", Role.PARTNER, account=False)
        births.set_birth(db.session.get(Person, twin.person_id), date(1980, 3, 4))
        make_couple(cast.tess, [twin, cast.finn])
        db.session.commit()
    answer = run(f"{HEAD}{ADA},csi16,2026-03-04,40\n")
    assert "column name: several people have this name and date of birth" in answer.stderr


def test_somebody_of_two_couples_needs_the_couple(app, cast, run, stored):
    with app.app_context():
        second = make_couple(cast.tess, [cast.ada, cast.finn])
        db.session.commit()
    content = f"{HEAD}{ADA},csi16,2026-03-04,40\n"
    answer = run(content)
    assert "column couple: the person belongs to more than one couple" in answer.stderr
    head = HEAD.replace("total", "total,couple")
    assert run(f"{head}{ADA},csi16,2026-03-04,40,{second}\n", "--write").exit_code == 0
    wrong = run(f"{head}{ADA},csi16,2026-03-04,40,{cast.other_couple}\n")
    assert "column couple: the person does not belong to this couple" in wrong.stderr
    nonsense = run(f"{head}{ADA},csi16,2026-03-04,40,second\n")
    assert "column couple: this is no id" in nonsense.stderr


def test_a_named_therapist_reaches_their_own_couples_alone(app, cast, run, stored):
    content = f"{HEAD}{ADA},csi16,2026-03-04,40\nCleo Marsh,1982-09-10,csi16,2026-03-04,40\n"
    answer = run(content, "--as", "otto@mail.example", "--write")
    assert answer.stderr.count("nobody in the records") == 1
    assert "row 2, column name" in answer.stderr
    assert run(content, "--as", "ada@mail.example").exit_code == 2
    assert "No therapist signs in by this name." in run(content, "--as", "nobody").stderr
    own = content.replace(f"{ADA},csi16,2026-03-04,40\n", "")
    assert run(own, "--as", "otto@mail.example", "--write").exit_code == 0
    assert [author for author, *_ in stored()] == [str(cast.cleo.person_id)]


def test_a_couple_in_nobodys_care_is_not_reached(app, cast, run):
    with app.app_context():
        db.session.query(Care).filter_by(couple_id=cast.couple).one().until = date(2026, 9, 1)
        db.session.commit()
    assert "nobody in the records" in run(f"{HEAD}{ADA},csi16,2026-03-04,40\n").stderr


def test_an_unknown_id_is_named_like_nobody(run):
    answer = run(f"person,measure,date,total\n{uuid4()},csi16,2026-03-04,40\n")
    assert "column person: nobody in the records has this id" in answer.stderr


def test_what_was_collected_before_dyad_is_taken(run, stored):
    assert run(f"{HEAD}{ADA},csi16,2019-01-02,40\n", "--write").exit_code == 0
    assert stored()[0][2] == "2019-01-02"


TOTALS = st.lists(
    st.tuples(
        st.sampled_from([ADA, BEN]),
        st.sampled_from(["csi16", "gad7"]),
        st.dates(date(2020, 1, 1), date(2020, 1, 4)),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=12,
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25
)
@given(TOTALS)
def test_twice_is_once_whatever_the_file(app, born, tmp_path, rows):
    """And a file with a contradiction changes nothing, however often it is tried."""
    path = tmp_path / "totals.csv"
    path.write_text(HEAD + "".join(f"{who},{key},{on},{total}\n" for who, key, on, total in rows))
    with app.app_context():
        first = import_scores(path, write=True)
        count = db.session.query(Response).count()
        second = import_scores(path, write=True)
        after = db.session.query(Response).count()
        db.session.rollback()
    totals = {}
    agrees = all(totals.setdefault(row[:3], row[3]) == row[3] for row in rows)
    assert first.written is agrees
    assert (count, after) == ((len(totals),) * 2 if agrees else (0, 0))
    assert second.new == (0 if agrees else first.new)
    assert not agrees or len(second.already) == len(rows)
