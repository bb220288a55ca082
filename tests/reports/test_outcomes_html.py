"""The printed answer: well-formed, complete, escaped, and whole tables in the tagged PDF."""

import io
from datetime import date

import html5lib
import pikepdf
import pytest
import weasyprint

from practice.domain import words
from practice.domain.change import METHODS, Method
from practice.domain.outcomes import Question, Row, analyse
from practice.reports import figures
from practice.reports.outcomes import Source, outcomes_html

SOURCE = Source("<scores> & more.csv", "pre", "post")
UP = Question(higher_is_better=True, reliability=0.8, sd=10, mean=40)
NAMESPACE = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"


def html_of(rows: list[Row]) -> str:
    return outcomes_html(analyse(rows, UP), source=SOURCE, made_on=date(2026, 3, 1))


@pytest.fixture(scope="module")
def page():
    rows = [Row(n, f"name <{n}>", 75.0, 59.0 + n % 40) for n in range(2, 90)]
    rows.append(Row(90, "A very long name that would push the figures off the page", 61.0, 60.0))
    rows.append(Row(91, "left", 50.0, None))
    return html_of(rows)


@pytest.fixture(scope="module")
def tree(page):
    return html5lib.HTMLParser(strict=True).parse(page)


def tables(tree):
    return tree.findall(f".//{NAMESPACE}table")


def test_it_parses_strictly_and_names_its_language(tree):
    assert tree.get("lang") == "en-GB"
    assert "<scores> & more.csv" in tree.findtext(f".//{NAMESPACE}title")
    assert len(tree.findall(f".//{NAMESPACE}h1")) == 1


def test_what_the_file_holds_is_escaped(page):
    assert "<scores>" not in page
    assert "name <2>" not in page
    assert "name &lt;2&gt;" in page


def test_every_table_has_a_caption_and_headings_with_scope(tree):
    assert len(tables(tree)) > 5
    for table in tables(tree):
        assert table.findtext(f"{NAMESPACE}caption").strip()
        assert {th.get("scope") for th in table.iter(f"{NAMESPACE}th")} == {"col", "row"}


def test_every_row_is_listed_once(page):
    for number in range(2, 90):
        assert page.count(f"name &lt;{number}&gt;") == 1


def test_the_picture_is_named_and_has_a_mark_for_every_row(tree):
    svg = tree.find(f".//{SVG}svg")
    assert svg.get("role") == "img"
    ids = svg.get("aria-labelledby").split()
    assert [svg.find(f"{SVG}title").get("id"), svg.find(f"{SVG}desc").get("id")] == ids
    assert "89 rows" in svg.findtext(f"{SVG}title")
    marks = [e for e in svg.iter() if e.tag in (f"{SVG}circle", f"{SVG}path")]
    assert len(marks) == 89 + 4  # and one of each in the key
    assert not any("style" in element.attrib for element in svg.iter())


def structure(pdf: pikepdf.Pdf, name: str) -> list[pikepdf.Object]:
    found, waiting = [], [pdf.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary):
            continue
        if node.get("/S") == pikepdf.Name(name):
            found.append(node)
        kids = node.get("/K", [])
        waiting.extend(kids if isinstance(kids, pikepdf.Array) else [kids])
    return found


def test_no_table_of_the_pdf_is_torn_by_a_page(page, tree):
    content = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) > 3
        assert len(structure(pdf, "/Table")) == len(tables(tree))
        (picture,) = structure(pdf, "/Figure")
        assert "89 rows" in str(picture.Alt)


def test_a_long_file_is_cut_and_says_so():
    page = html_of([Row(n, f"row {n}", 40.0, 45.0) for n in range(2, 603)])
    assert "The first 500 of 601 rows are listed" in page
    assert "row 501" in page
    assert "row 502" not in page


def test_a_single_row_can_be_printed():
    page = html_of([Row(2, "only", 40.0, 45.0)])
    assert "Effect sizes" not in page
    assert "percentages are not shown" in page


@pytest.mark.parametrize("method", Method)
def test_every_method_is_named_and_explained(method):
    rows = [Row(n, f"row {n}", 40.0 + n, 45.0 + n * 7 % 40) for n in range(2, 32)]
    analysis = analyse(rows, Question(True, 0.8, method=method))
    page = outcomes_html(analysis, source=SOURCE, made_on=date(2026, 3, 1))
    tree = html5lib.HTMLParser(strict=True).parse(page)
    flat = " ".join("".join(tree.itertext()).split())
    entry = METHODS[method]
    assert f"Method of {entry.label}: {entry.source}." in flat
    assert entry.meaning in flat
    assert (entry.warning or "") in flat
    assert ("Estimated for the group" in flat) is (method is Method.HA)
    assert ("A change counts when it is larger than" in flat) is (method is Method.JT)
    assert ("The score worsened by more" in flat) is (method is Method.JT)
    assert ("larger than the critical value, for the worse" in flat) is (method is not Method.JT)
    counts = "larger than 1.64, up or down (one-sided)" in flat
    assert counts is (method is Method.HA)


# fmt: off
NUMBERS = [
    (97.0, "97"), (90.5, "90.5"), (-0.25, "−0.25"), (-0.001, "0"), (100.0, "100"), (0.0, "0"),
    (-20.0, "−20"),
]
# fmt: on


@pytest.mark.parametrize(("number", "shown"), NUMBERS)
def test_scores_are_shown_without_needless_decimals(number, shown):
    assert words.number(number) == shown


def test_figures_that_are_not_there_are_a_dash():
    assert figures.decimal(None) == figures.percent(None) == "–"
    assert figures.decimal(-0.001) == "0.00"
    assert figures.decimal(-1.5) == "−1.50"
