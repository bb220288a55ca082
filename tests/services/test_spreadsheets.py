"""Reading scores from a CSV file: what is accepted, and what each refusal says."""

from pathlib import Path

import pytest

from practice.domain.outcomes import Row
from practice.services.spreadsheets import SpreadsheetError, read_scores

DATA = Path(__file__).parents[1] / "data" / "jacobson_1989.csv"


@pytest.fixture
def sheet(tmp_path):
    """Write a file and read the columns ``pre``, ``post`` and, if asked, ``who``."""

    def read(content: str | bytes, *, name: str | None = None) -> tuple[Row, ...]:
        path = tmp_path / "scores.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_scores(path, before="pre", after="post", name=name)

    return read


def values(rows: tuple[Row, ...]) -> list[tuple[float | None, float | None]]:
    return [(row.before, row.after) for row in rows]


def test_the_published_data():
    rows = read_scores(DATA, before="gds_pre", after="gds_post", name="subject")
    assert len(rows) == 30
    assert rows[0] == Row(number=2, name="1", before=68.0, after=62.5)
    assert [row.name for row in rows if row.after is None] == ["27", "28", "29", "30"]


# fmt: off
ACCEPTED = [
    ("comma",            "who,pre,post\nA,1,2\n"),
    ("semicolon",        "who;pre;post\nA;1;2\n"),
    ("tab",              "who\tpre\tpost\nA\t1\t2\n"),
    ("byte order mark",  "\ufeffpre,post,who\n1,2,A\n"),
    ("quoted",           '"who","pre","post"\n"A","1","2"\n'),
    ("quoted, ;",        '"who, really";"pre";"post"\n"A, B";"1";"2"\n'),
    ("Windows lines",    "who,pre,post\r\nA,1,2\r\n"),
    ("old Mac lines",    "who,pre,post\rA,1,2\r"),
    ("no last newline",  "who,pre,post\nA,1,2"),
    ("spaces",           " who , pre , post \nA, 1 , 2 \n"),
    ("empty rows",       "\nwho,pre,post\n,,\nA,1,2\n\n,,\n"),
    ("signs",            "who,pre,post\nA,+1,2.0e0\n"),
    ("empty headings",   "who,pre,post,,\nA,1,2,,\n"),
]
# fmt: on


@pytest.mark.parametrize("content", [c for _, c in ACCEPTED], ids=[n for n, _ in ACCEPTED])
def test_ways_of_writing_the_same_table(sheet, content):
    assert values(sheet(content)) == [(1.0, 2.0)]


def test_a_decimal_comma_where_it_can_only_be_one(sheet):
    assert values(sheet("pre;post\n90,5;-1,25\n")) == [(90.5, -1.25)]


def test_a_decimal_comma_beside_a_decimal_point_is_refused(sheet):
    with pytest.raises(SpreadsheetError, match="row 2 has a decimal comma and row 3 a decimal po"):
        sheet("pre;post\n90,5;80\n1.234;80\n")


@pytest.mark.parametrize("cell", ["", " ", "NA", "na", "N/A"])
def test_a_missing_score_is_none(sheet, cell):
    assert values(sheet(f"pre,post,x\n{cell},2,x\n")) == [(None, 2.0)]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them(sheet):
    rows = sheet('who,pre,post\n"two\nlines",1,2\n,,\n,3,4\n', name="who")
    assert [(row.number, row.name) for row in rows] == [(2, "two�lines"), (4, "row 4")]


def test_names_cannot_steer_a_terminal(sheet):
    assert "\x1b" not in sheet("who,pre,post\n\x1b[2J,1,2\n", name="who")[0].name


# fmt: off
REFUSED = [
    ("no such column", "who,before,post\nA,1,2\n",
     "no column “pre”; the file has “who”, “before”, “post”$"),
    ("text", "pre,post\n1,2\nx,2\n",
     "^row 3, column “pre”: text where a number is needed$"),
    ("text behind", "pre,post\n1,2 points\n",
     "^row 2, column “post”: text"),
    ("other digits", "pre,post\n1,٢\n",
     "^row 2, column “post”: text"),
    ("grouping", 'pre,post\n1,"1,000"\n',
     "^row 2, column “post”: text"),
    ("underscore", "pre,post\n1,1_0\n",
     "^row 2, column “post”: text"),
    ("nan", "pre,post\n1,NaN\n",
     "^row 2, column “post”: not a finite number"),
    ("inf", "pre,post\n-inf,1\n",
     "^row 2, column “pre”: not a finite number"),
    ("too large", "pre,post\n1,1e400\n",
     "^row 2, column “post”: the number is too large"),
    ("short row", "who,pre,post\nA,1\n",
     "^row 2 has 2 cells, but there are 3 headings"),
    ("long row", "pre,post\n1,2\n1,2,3\n",
     "^row 3 has 3 cells, but there are 2 headings"),
    ("heading twice", "pre,post,pre\n1,2,3\n",
     "“pre” stands over column 1 and column 3"),
    ("empty file", "",
     "the file is empty"),
    ("blank file", " \n,,\n",
     "the file is empty"),
    ("odd blanks", "\u00a0\x0b;\u2003\n",
     "the file is empty"),
    ("headings only", "pre,post\n",
     "headings but no rows"),
    ("open quotation", 'pre,post\n1,"2\n',
     "^row 2 cannot be read"),
    ("workbook", b"PK\x03\x04rest",
     "workbook"),
    ("Latin-1", "pre,post\n1,2\né,3\n".encode("latin-1"),
     r"not UTF-8 \(byte 14, line 3\)"),
    ("UTF-16", "pre,post\n1,2\n".encode("utf-16"),
     r"not UTF-8 \(byte 1, line 1\)"),
    ("zero bytes", "pre,post\n1,2\0\n",
     "zero bytes"),
]
# fmt: on


@pytest.mark.parametrize(
    ("content", "message"), [c[1:] for c in REFUSED], ids=[c[0] for c in REFUSED]
)
def test_a_file_that_cannot_be_used_says_why_in_one_line(sheet, content, message):
    with pytest.raises(SpreadsheetError, match=message) as refusal:
        sheet(content)
    assert "\n" not in str(refusal.value)


def test_a_refusal_never_repeats_what_a_cell_holds(sheet):
    with pytest.raises(SpreadsheetError) as refusal:
        sheet("pre,post\nShe hit me,2\n")
    assert "hit" not in str(refusal.value)


def test_many_and_long_headings_do_not_flood_the_message(sheet):
    with pytest.raises(SpreadsheetError) as refusal:
        sheet(",".join(f"heading {'x' * 100} {number}" for number in range(300)) + "\n")
    assert len(str(refusal.value)) < 1500
    assert "and 280 more" in str(refusal.value)


def test_one_column_cannot_be_both(tmp_path):
    with pytest.raises(SpreadsheetError, match="asked for twice"):
        read_scores(tmp_path / "any.csv", before="x", after="x")


def test_a_file_that_is_not_there_or_a_folder(tmp_path):
    for path in (tmp_path / "absent.csv", tmp_path):
        with pytest.raises(SpreadsheetError, match="cannot be read"):
            read_scores(path, before="pre", after="post")
