"""Texts and published figures of the practice: set, shown, kept with name and time, taken back."""

import pytest

from practice.db import db
from practice.domain.certainty import Certainty
from practice.domain.literature import PUBLISHED_FIGURES, Correction, corrected
from practice.domain.reports import Edition
from practice.domain.visibility import Audience
from practice.models.settings import PracticeSetting
from practice.reports.as_json import findings_as_json
from practice.services import literature, practice_texts, reports
from practice.services.errors import Invalid, NotFound
from practice.services.practice_texts import DEFAULT_HELP_TEXT
from tests.records import make_score

OWN = "Ring 0800 000.\n\nOr tell Tess."
RIGHT = Correction(
    source="Read in the article itself",
    figure="45.9 % and 50.0 %",
    meaning="Improved or recovered, five years later.",
    sample="134 couples",
)


def test_the_shipped_text_is_shown_until_the_practice_writes_its_own(inside):
    assert practice_texts.help_text() == DEFAULT_HELP_TEXT
    assert not practice_texts.has_own_help_text()
    practice_texts.set_text(actor=inside.tess, key="help_text", text=f"  {OWN}\r\n ")
    assert practice_texts.help_text() == OWN
    assert practice_texts.has_own_help_text()


def test_the_history_says_who_and_going_back_is_part_of_it(inside):
    practice_texts.set_text(actor=inside.tess, key="help_text", text=OWN)
    practice_texts.set_text(actor=inside.otto, key="help_text", text="Another")
    practice_texts.set_text(actor=inside.otto, key="help_text", text="Another")
    practice_texts.set_text(actor=inside.tess, key="help_text", text=None)
    found, history = practice_texts.text_page(actor=inside.tess, key="help_text")
    assert [(one.set_by, one.text) for one in history] == [
        ("Tess Okafor", None),
        ("Otto Brandt", "Another"),
        ("Tess Okafor", OWN),
    ]
    assert (found.text, found.is_own) == (DEFAULT_HELP_TEXT, False)


def test_the_shipped_words_are_no_own_text(inside):
    practice_texts.set_text(actor=inside.tess, key="help_text", text=DEFAULT_HELP_TEXT)
    assert not practice_texts.has_own_help_text()


@pytest.mark.parametrize("text", ["", " \n ", "x" * 2001])
def test_an_empty_or_endless_text_is_refused(inside, text):
    with pytest.raises(Invalid, match="text"):
        practice_texts.set_text(actor=inside.tess, key="help_text", text=text)
    assert practice_texts.help_text() == DEFAULT_HELP_TEXT


def test_a_heading_begins_large_but_for_symbols_and_keeps_number_and_per_cent():
    headings = {figure.key: figure.heading for figure in PUBLISHED_FIGURES}
    assert headings["popular_articles"] == "70 to 75\u00a0% improve significantly"
    assert any(heading.startswith("A positive effect") for heading in headings.values())
    assert any(heading.startswith("d 0.44") for heading in headings.values())
    assert not any(" %" in heading for heading in headings.values())


SAMPLES = {
    "popular_articles": "not stated",
    "lebow_2012": "review",
    "johnson_1999": "four trials",
    "spengler_2022": "not stated",
    "beasley_ager_2019": "nine trials",
    "christensen_2004": "134 couples",
    "christensen_2006": "134 couples",
    "christensen_2010": "134 couples",
    "jacobson_1984": "148 couples",
    "shadish_baldwin_2003": "20 meta-analyses",
    "bradbury_bodenmann_2020": "review",
    "roddy_2020": "58 studies, 2,092 couples",
    "hahlweg_klann_1997": "not stated",
    "klann_2011": "not stated",
    "doss_2012": "not stated",
    "nowlan_2017": "not stated",
    "hewison_2016": "877 people",
    "petch_2014": "not stated",
    "baucom_2018": "63 couples",
    "pcoms": "not stated",
}
"""Every study of the review, in the order of the reports, and whom it rests on."""


def test_every_study_of_the_review_is_among_the_published_figures_with_its_sample():
    assert [(one.key, one.sample) for one in PUBLISHED_FIGURES] == list(SAMPLES.items())
    assert all(figure.meaning for figure in PUBLISHED_FIGURES)
    seed = next(figure for figure in PUBLISHED_FIGURES if "70 to 75 %" in figure.figure)
    assert seed.is_editable
    assert {figure.key for figure in PUBLISHED_FIGURES if figure.is_editable} == {
        seed.key,
        "johnson_1999",
        "spengler_2022",
        "christensen_2010",
    }


def test_a_figure_that_was_read_cannot_be_changed(inside):
    with pytest.raises(NotFound):
        literature.correct(actor=inside.tess, key="doss_2012", correction=RIGHT)
    (read,) = [figure for figure in PUBLISHED_FIGURES if figure.key == "doss_2012"]
    with pytest.raises(ValueError, match="read in its source"):
        corrected(read, RIGHT)


@pytest.mark.parametrize("edition", Edition)
def test_a_report_prints_the_figures_as_the_practice_uses_them(inside, edition):
    for days, total in ((60, 40), (3, 60)):
        make_score(inside.couple, inside.ada, total, days_ago=days, audience=Audience.COUPLE)
    literature.correct(actor=inside.tess, key="christensen_2010", correction=RIGHT)
    literature.correct(
        actor=inside.tess,
        key="popular_articles",
        correction=Correction(source="Nobody here quotes it", hidden=True),
    )
    found = reports.outcome_findings(actor=inside.tess, couple_id=inside.couple, edition=edition)
    html = " ".join(reports.report_html(found).split())
    assert "45.9 % and 50.0 % (entered by the practice)" in html
    assert "25.7 % and 27.9 %" not in html
    assert "70 to 75 %" not in html
    assert "Nobody here quotes it" not in html
    document = findings_as_json(found)
    assert "45.9 % and 50.0 %" in document
    assert "70 to 75 %" not in document
    assert document.count('"doss_2012"') == 1


def test_a_hidden_figure_stays_on_the_shelf_and_comes_back(inside):
    hide = Correction(source="Not needed", hidden=True)
    literature.correct(actor=inside.tess, key="popular_articles", correction=hide)
    assert len(literature.used_figures()) == len(PUBLISHED_FIGURES) - 1
    shelf = {one.shipped.key: one for one in literature.shelf(actor=inside.otto)}
    assert len(shelf) == len(PUBLISHED_FIGURES)
    assert shelf["popular_articles"].used is None
    literature.correct(actor=inside.otto, key="popular_articles", correction=None)
    assert literature.used_figures() == PUBLISHED_FIGURES
    _, history = literature.shelved(actor=inside.tess, key="popular_articles")
    assert [(one.set_by, one.correction) for one in history] == [
        ("Otto Brandt", None),
        ("Tess Okafor", hide),
    ]


def test_a_corrected_figure_carries_the_practice_s_mark(inside):
    literature.correct(actor=inside.tess, key="johnson_1999", correction=RIGHT)
    (used,) = [one for one in literature.used_figures() if one.key == "johnson_1999"]
    assert used.certainty is Certainty.PRACTICE
    assert used.mark == "entered by the practice"


@pytest.mark.parametrize(
    ("correction", "fields"),
    [
        (Correction(source=""), {"source", "figure", "meaning", "sample"}),
        (Correction(source="", hidden=True), {"source"}),
        (Correction(source="x" * 301, hidden=True), {"source"}),
    ],
)
def test_a_correction_needs_its_source(inside, correction, fields):
    with pytest.raises(Invalid) as problem:
        literature.correct(actor=inside.tess, key="johnson_1999", correction=correction)
    assert set(problem.value.errors) == fields


@pytest.mark.parametrize("value", ["", "[]", "{}", '{"source": 7}', '{"source": ""}', "null"])
def test_a_correction_that_cannot_be_read_is_left_out(inside, value, caplog):
    db.session.add(
        PracticeSetting(key="literature:johnson_1999", value=value, set_by=inside.tess.person_id)
    )
    db.session.flush()
    assert literature.used_figures() == PUBLISHED_FIGURES
    assert "johnson_1999" in caplog.text


@pytest.mark.parametrize("who", ["ada", "cleo"])
def test_partners_find_nothing(inside, who):
    actor = getattr(inside, who)
    for call in (
        lambda: practice_texts.texts(actor=actor),
        lambda: practice_texts.text_page(actor=actor, key="help_text"),
        lambda: practice_texts.set_text(actor=actor, key="help_text", text=OWN),
        lambda: literature.shelf(actor=actor),
        lambda: literature.shelved(actor=actor, key="johnson_1999"),
        lambda: literature.correct(actor=actor, key="johnson_1999", correction=RIGHT),
    ):
        with pytest.raises(NotFound):
            call()


def test_what_is_not_there_is_not_found(inside):
    for call in (
        lambda: practice_texts.text_page(actor=inside.tess, key="welcome"),
        lambda: literature.shelved(actor=inside.tess, key="nobody_1900"),
    ):
        with pytest.raises(NotFound):
            call()
