"""The shared parts of pages: every control has its words, every reference its target."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from xml.etree.ElementTree import Element

import html5lib
import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined, UndefinedError
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from practice.reports.blocks import Bullets, Facts, Figure, Heading, Note, Paragraph, Table
from practice.reports.charts import ChartSeries, ChartSpec, build

TEMPLATES = Path(__file__).parents[2] / "templates"

PAGE = """<!doctype html><html lang="en-GB"><head><title>t</title></head><body>
{% from "_macros/forms.html" import text, textarea, choice, scale, bipolar, checkboxes, checkbox,
   error_summary %}
{{ error_summary(form) }}
{{ text(form.name, hint="As they use it.", readers="Only you") }}
{{ textarea(form.note, autocomplete="off") }}
{{ choice(form.happy, readers="Only you and Tess") }}
{{ scale(form.trust, "not at all", "completely") }}
{{ bipolar(form.pair, "BAD", "GOOD") }}
{{ checkboxes(form.came) }}
{{ checkbox(form.agree) }}
{{ text(form.first.form.email) }}
{% for person in form.people %}{{ text(person.form.email) }}{% endfor %}
{% for word in form.words %}{{ text(word) }}{% endfor %}
</body></html>"""


def choices(*words: str) -> list[SelectChoice]:
    return [SelectChoice(str(number), word) for number, word in enumerate(words)]


class Contact(Form):
    email = StringField("E-mail address", [InputRequired("Write an address.")])


class Everything(Form):
    name = StringField("Name", [InputRequired("Write a name.")])
    note = TextAreaField("Note", [Length(min=20, message="Write a sentence.")])
    happy = RadioField("Happy", [InputRequired("Choose one.")], choices=choices("No", "Yes"))
    trust = RadioField("Trust", [InputRequired("Choose.")], choices=choices(*"0123456789"))
    pair = RadioField("Word pair", [InputRequired("Choose.")], choices=choices(*"012345"))
    came = SelectMultipleField(
        "Who came",
        [InputRequired("Tick who came.")],
        choices=choices("Ada", "Ben"),
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )
    agree = BooleanField("I sign this", [InputRequired("Tick to sign.")])
    first = FormField(Contact, "First partner")
    people = FieldList(FormField(Contact), "People", min_entries=2)
    words = FieldList(StringField("Word", [InputRequired("Write a word.")]), "Words", min_entries=2)


@pytest.fixture
def environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )


def parse(markup: str) -> Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    document: Element = parser.parse(markup)
    return document


def wrong_form() -> Everything:
    form = Everything(MultiDict({"note": "short <b>"}))
    assert not form.validate()
    form.form_errors = ["Something about all of it."]
    return form


def ids(page: Element) -> list[str]:
    return [element.attrib["id"] for element in page.iter() if "id" in element.attrib]


def controls(page: Element) -> Iterator[Element]:
    for element in page.iter():
        if element.tag in ("input", "textarea", "select"):
            yield element


@pytest.fixture(params=["new", "wrong"])
def page(environment: Environment, request: pytest.FixtureRequest) -> Element:
    form = Everything() if request.param == "new" else wrong_form()
    return parse(environment.from_string(PAGE).render(form=form))


def test_no_id_is_used_twice(page: Element) -> None:
    assert len(ids(page)) == len(set(ids(page)))


def test_everything_referred_to_exists(page: Element) -> None:
    known = set(ids(page))
    for element in page.iter():
        for name in ("aria-describedby", "aria-labelledby", "for"):
            assert set(element.attrib.get(name, "").split()) <= known
        if element.attrib.get("href", "").startswith("#"):
            assert element.attrib["href"][1:] in known


def test_every_control_has_a_label(page: Element) -> None:
    inside = {id(control) for label in page.iter("label") for control in controls(label)}
    named = {label.attrib.get("for") for label in page.iter("label")}
    for control in controls(page):
        assert id(control) in inside or control.attrib["id"] in named


def test_questions_with_several_answers_are_fieldsets_with_a_legend(page: Element) -> None:
    legends = {"".join(fieldset.find("legend").itertext()) for fieldset in page.iter("fieldset")}
    assert legends == {"Happy", "Trust", "Word pair", "Who came"}


def test_no_answer_is_kept_by_the_browser(page: Element) -> None:
    typed = [one for one in controls(page) if one.attrib.get("type") not in ("radio", "checkbox")]
    assert {control.attrib.get("autocomplete") for control in typed} == {"off"}


def test_no_style_or_script_is_written_into_the_page(page: Element) -> None:
    for element in page.iter():
        assert element.tag not in ("style", "script")
        assert not {name for name in element.attrib if name == "style" or name.startswith("on")}


def test_the_summary_names_every_fault_and_leads_to_its_field(environment: Environment) -> None:
    page = parse(environment.from_string(PAGE).render(form=wrong_form()))
    summary = next(e for e in page.iter("div") if e.attrib.get("class") == "error-summary")
    assert summary.attrib["tabindex"] == "-1"
    assert "autofocus" in summary.attrib
    found = {
        "".join(link.itertext()): link.attrib["href"].removeprefix("#")
        for link in summary.iter("a")
    }
    assert found == {
        "Name: Write a name.": "name",
        "Note: Write a sentence.": "note",
        "Happy: Choose one.": "happy-0",
        "Trust: Choose.": "trust-0",
        "Word pair: Choose.": "pair-0",
        "Who came: Tick who came.": "came-0",
        "I sign this: Tick to sign.": "agree",
        "First partner, E-mail address: Write an address.": "first-email",
        "People 1, E-mail address: Write an address.": "people-0-email",
        "People 2, E-mail address: Write an address.": "people-1-email",
        "Words 1: Write a word.": "words-0",
        "Words 2: Write a word.": "words-1",
    }
    assert "Something about all of it." in "".join(summary.itertext())


def test_a_wrong_field_says_so_and_keeps_what_was_typed(environment: Environment) -> None:
    page = parse(environment.from_string(PAGE).render(form=wrong_form()))
    note = next(page.iter("textarea"))
    assert note.attrib["aria-invalid"] == "true"
    assert note.attrib["aria-describedby"].split() == ["note-error"]
    assert (note.text or "").strip() == "short <b>"


def test_places_between_two_words_say_which_end_they_are_near(environment: Environment) -> None:
    page = parse(environment.from_string(PAGE).render(form=Everything()))
    labels = [
        " ".join("".join(label.itertext()).split())
        for label in page.iter("label")
        if any(control.attrib["name"] == "pair" for control in controls(label))
    ]
    assert labels[0] == "BAD, place 1 of 6 from BAD to GOOD"
    assert labels[3] == "place 4 of 6 from BAD to GOOD"
    assert labels[5] == "GOOD, place 6 of 6 from BAD to GOOD"


CHART = """<!doctype html><html lang="en-GB"><head><title>t</title></head><body>
{% from "_macros/charts.html" import chart as draw %}
{{ draw(chart, "one", print=print) }}{{ draw(chart, "two", print=print) }}</body></html>"""


def some_chart(count: int = 3) -> ChartSpec:
    points = tuple((date(2026, 1 + number // 28, 1 + number % 28), 40.0) for number in range(count))
    return ChartSpec(
        title="Satisfaction",
        scale_title="0 to 81",
        low=0,
        high=81,
        higher_is_better=True,
        series=(ChartSeries("<Ada>", 1, points), ChartSeries("Ben", 2, points)),
        cut=51.5,
    )


@pytest.mark.parametrize("printed", [True, False])
def test_a_chart_is_named_described_and_has_its_table(
    environment: Environment, printed: bool
) -> None:
    markup = environment.from_string(CHART).render(chart=build(some_chart()), print=printed)
    page = parse(markup)
    assert len(ids(page)) == len(set(ids(page)))
    pictures = [e for e in page.iter() if e.attrib.get("role") == "img"]
    assert len(pictures) == (2 if printed else 4)
    for picture in pictures:
        assert picture.attrib["role"] == "img"
        assert set(picture.attrib["aria-labelledby"].split()) <= set(ids(page))
        assert "style" not in picture.attrib
    assert len(list(page.iter("details"))) == (0 if printed else 2)
    assert len(list(page.iter("table"))) == 2
    assert "&lt;Ada&gt; is at 40" in markup


@pytest.mark.parametrize("printed", [True, False])
def test_a_cell_of_a_screen_carries_no_more_than_is_looked_at(
    environment: Environment, printed: bool
) -> None:
    """There are hundreds on a page: the classes draw the rules of a PDF, and of nothing else."""
    page = parse(environment.from_string(CHART).render(chart=build(some_chart()), print=printed))
    cells = list(page.iter("td"))
    assert cells
    for cell in cells:
        assert "number" in cell.attrib["class"].split()
        assert ("table-cell" in cell.attrib["class"].split()) is printed
        assert not list(cell)
    assert all(("class" in side.attrib) is printed for side in page.findall(".//tbody//th"))


def test_a_long_table_is_printed_in_parts_that_fit_a_page(environment: Environment) -> None:
    markup = environment.from_string(CHART).render(chart=build(some_chart(60)), print=True)
    tables = list(parse(markup).iter("table"))
    assert [len(list(table.iter("tr"))) - 1 for table in tables] == [15, 15, 15, 15] * 2
    assert "all scores, part 4 of 4" in markup


def test_an_unknown_block_is_a_fault_and_not_a_gap_in_a_report(environment: Environment) -> None:
    source = '{% from "reports/_blocks.html" import block %}{{ block(item, "a") }}'
    with pytest.raises(UndefinedError, match="unknown report block: picture"):
        environment.from_string(source).render(item=SimpleNamespace(kind="picture"))


def test_report_blocks_are_written_with_their_figures_aligned(environment: Environment) -> None:
    source = (
        "<!doctype html><html><head><title>t</title></head><body>"
        '{% from "reports/_blocks.html" import blocks %}{{ blocks(items, "a") }}</body></html>'
    )
    items = [
        Paragraph("A & b"),
        Heading("Who came"),
        Bullets(("One", "Two")),
        Facts((("Sessions", "9"),)),
        Table(
            caption="Sessions",
            header=("Date", "Minutes"),
            rows=(("1 March", "75"),),
            numeric=frozenset({1}),
        ),
        Figure(build(some_chart())),
        Note("Source."),
    ]
    page = parse(environment.from_string(source).render(items=items))
    cells = [cell for cell in page.iter("td") if cell.text == "75"]
    assert [cell.attrib["class"] for cell in cells] == ["table-cell number"]
    assert [e.text for e in page.iter("h3")] == ["Who came"]
    assert [e.text for e in page.iter("li")][:2] == ["One", "Two"]
