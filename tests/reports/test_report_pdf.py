"""The printed report: tags, order, and words that may and may not be in it."""

import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from practice.domain.people import Role
from practice.domain.reports import Edition
from practice.domain.visibility import Audience
from practice.reports import sections
from practice.reports.registry import all_sections, find_sections
from practice.reports.render import render, report_html
from practice.services import clock, reports
from tests import builders
from tests.engines import one_engine
from tests.reports import cases, pdf_checks

JUNE = date(2026, 6, 1)

# What is printed does not depend on the engine; tests/services/test_reports.py runs on both.
pytestmark = one_engine


def html_of(therapist, couple, edition=Edition.JOINT):
    with clock.pretend(cases.NOW):
        return report_html(
            reports.outcome_findings(actor=therapist, couple_id=couple, edition=edition)
        )


@cache  # several tests look at one file
def printed(html):
    made = render(html, report_style=True, in_process=True)
    assert made.warnings == ()
    return made.pdf


def squeezed(text):
    return "".join(text.split())


@pytest.mark.parametrize("edition", list(Edition))
def test_a_full_report_is_a_sound_tagged_document(inside, edition):
    cases.full_record(inside.couple, inside.tess, [inside.ada, inside.ben])
    html = html_of(inside.tess, inside.couple, edition)
    pdf = printed(html)
    pdf_checks.check(pdf, html)
    text = pdf_checks.text_of(pdf)
    order = ["Outcome report", "About this report", "Summary", "What the questionnaires show"]
    order += ["The couple together", "Goals", "Homework", "Ratings of the week"]
    order += [
        "Sessions and attendance",
        "What published studies found",
        "What is missing",
        "Method and sources",
    ]
    place = 0
    for words in order:
        assert words in text[place:], words
        place = text.index(words, place)
    assert "Ada: recovered (38 on 4 March 2026, 64 on 6 May 2026, +26 points)" in text
    assert "improved in part" in text
    assert "general knowledge, not re-read" in text
    assert "Page 1 of" in text


def test_names_stand_in_no_header_no_title_and_no_file_property(inside):
    cases.full_record(inside.couple, inside.tess, [inside.ada, inside.ben])
    pdf = printed(html_of(inside.tess, inside.couple))
    with pdf_checks.opened(pdf) as document:
        properties = " ".join(str(value) for value in document.docinfo.values())
        with document.open_metadata() as metadata:
            properties += str(metadata)
        count = len(document.pages)
    for name in ("Ada", "Ben", "Tess", "Lind", "Morrow"):
        assert name not in properties
    text = pdf_checks.text_of(pdf)
    assert text.count("Joint edition, 20 November 2026") == count + 1


def test_canaries_process_notes_and_kept_words_are_in_no_edition(inside):
    couple, tess, ada, ben = inside.couple, inside.tess, inside.ada, inside.ben
    cases.full_record(couple, tess, [ada, ben])
    row = cases.session(couple, tess, JUNE, {ada: cases.Attendance.ATTENDED})
    cases.notes(row, tess, "SHADOW joint note", "SHADOW process note")
    alone = cases.session(
        couple, tess, JUNE + timedelta(days=1), {ben: cases.Attendance.ATTENDED}, alone=ben
    )
    cases.notes(alone, tess, "SHADOW note of one", "SHADOW thoughts")
    task = cases.assignment(couple, tess, [ada, ben], JUNE, JUNE, audience=Audience.COUPLE)
    cases.entry(task, ada, JUNE, words="SHADOW entry", audience=Audience.PRIVATE)
    goal = cases.goal(couple, tess, "Talk about the week")
    cases.rate(goal, ada, -2, JUNE, Audience.PRIVATE, comment="SHADOW rating")
    cases.rate(goal, ben, -1, JUNE, Audience.THERAPIST, comment="LANTERN rating")
    cases.goal(couple, tess, "LANTERN goal of Ben", own=ben)
    cases.tell(couple, agreed="We agreed on this.", problems={ada: "LANTERN problem"})
    for edition in Edition:
        html = html_of(tess, couple, edition)
        text = squeezed(pdf_checks.text_of(printed(html)))
        for place in (html, text):
            assert "SHADOW" not in place
            assert ("LANTERN" in place) is (edition is Edition.CLINICIAN)
    for words in ("rating", "goal of Ben", "problem"):
        assert f"LANTERN {words}" in html_of(tess, couple, Edition.CLINICIAN)


def test_open_entries_are_not_called_work_done_in_the_joint_edition(inside):
    cases.full_record(inside.couple, inside.tess, [inside.ada, inside.ben])
    joint = squeezed(html_of(inside.tess, inside.couple))
    clinician = squeezed(html_of(inside.tess, inside.couple, Edition.CLINICIAN))
    assert joint.count(squeezed("not how much was done")) == 2
    assert squeezed("Homework done of what was due") not in joint
    assert squeezed("Homework done of what was due") in clinician
    assert "Hewison" not in joint
    assert "Hewison" in clinician


def test_a_couple_without_data_gets_a_calm_page(inside):
    html = html_of(inside.tess, inside.couple)
    pdf = printed(html)
    pdf_checks.check(pdf, html)
    text = pdf_checks.text_of(pdf)
    assert "Nothing has been recorded yet that this edition may hold." in text
    assert "whether there are any is not said" in text
    assert "published studies" not in text


def test_one_partner_alone_measured(inside):
    cases.response(inside.couple, inside.ada, date(2026, 3, 4), {"csi16": 38})
    cases.response(inside.couple, inside.ada, JUNE, {"csi16": 64})
    html = html_of(inside.tess, inside.couple)
    pdf = printed(html)
    pdf_checks.check(pdf, html)
    text = pdf_checks.text_of(pdf)
    assert "Ben: no score is in this report." in text
    assert "The couple as a whole is not classed" in text
    assert "CSI-16: no score of Ben is in this edition." in text


def test_single_scores_are_words_and_no_picture(inside):
    for someone, score in ((inside.ada, 38), (inside.ben, 44)):
        cases.response(inside.couple, someone, JUNE, {"csi16": score})
    html = html_of(inside.tess, inside.couple)
    assert "38 on 1 June 2026" in html
    assert "<svg" not in html
    cases.response(inside.couple, inside.ada, date(2026, 7, 1), {"csi16": 40})
    assert "<svg" in html_of(inside.tess, inside.couple)


def test_published_figures_flow_over_the_sheets(inside):
    for day, score in ((date(2026, 3, 4), 38), (JUNE, 64)):
        cases.response(inside.couple, inside.ada, day, {"csi16": score})
    html = html_of(inside.tess, inside.couple, Edition.CLINICIAN)
    shelf = html.split("What published studies found")[1].split("</h2>")[1].split("<h2")[0]
    assert "<table" not in shelf, "a table may not cross a sheet and would leave it half empty"
    assert shelf.count('class="shelf"') > 10


def test_three_members_with_long_names_and_sixty_sessions(inside):
    names = (
        "Bartholomew Featherstonehaugh-Montgomery",
        "Wolfeschlegelsteinhausenbergerdorff " + "Maximiliana " * 6,
        "X" * 60,
    )
    members = [builders.make_person(name.strip(), Role.PARTNER, account=False) for name in names]
    couple = builders.make_couple(inside.tess, members)
    cases.full_record(couple, inside.tess, members, weeks=60)
    for day in range(60):
        cases.session(couple, inside.tess, JUNE + timedelta(days=day))
    cases.tell(couple, agreed="We want to listen. " * 400)
    html = html_of(inside.tess, couple)
    pdf = printed(html)
    pdf_checks.check(pdf, html)
    with pdf_checks.opened(pdf) as document:
        found = pdf_checks.tags(document)
    assert found.count("P") == len(re.findall(r"<p[ >]", html)), "a paragraph was torn"
    assert found.count("L") == html.count("<ul") + html.count("<dl")
    assert "Diverging" in pdf_checks.text_of(pdf)


HOSTILE = (
    '<script>alert(1)</script><style>@import "http://127.0.0.1/x.css";</style>'
    '<img src="file:///etc/passwd"><link rel=attachment href="file:///etc/passwd">'
    '<a rel=attachment href="file:///etc/passwd">a</a> {{ 7 * 7 }} \u202egnikcab\u202c \x07 &amp;'
)


def test_hostile_words_are_only_words(inside):
    cases.full_record(inside.couple, inside.tess, [inside.ada, inside.ben], weeks=4)
    cases.tell(inside.couple, agreed=f"{HOSTILE}\n{'endless' * 2858}\n{'word ' * 4000}")
    goal = cases.goal(inside.couple, inside.tess, HOSTILE + "long" * 5000)
    goal.levels = [HOSTILE + "y" * 20000] * 5
    cases.rate(goal, inside.ada, 1, JUNE)
    html = html_of(inside.tess, inside.couple, Edition.CLINICIAN)
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "\u202e" not in html
    pdf = printed(html)
    pdf_checks.check(pdf, html)
    text = squeezed(pdf_checks.text_of(pdf))
    assert "<script>alert(1)</script>" in text
    assert "{{7*7}}" in text
    assert "root:" not in text


def test_the_same_findings_give_the_same_bytes(inside):
    cases.full_record(inside.couple, inside.tess, [inside.ada, inside.ben])
    html = html_of(inside.tess, inside.couple)
    assert printed(html) == printed.__wrapped__(html)


def test_sections_are_found_in_their_order(application):
    keys = [section.key for section in all_sections()]
    files = {path.stem for path in Path(sections.__path__[0]).glob("[a-z]*.py")}
    assert sorted(keys) == sorted(files)
    assert (keys[0], keys[-1]) == ("about", "method")
    assert keys.index("summary") < keys.index("measures") < keys.index("missing")


def test_a_section_without_build_is_refused(application, tmp_path, monkeypatch):
    package = tmp_path / "odd_sections"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "half.py").write_text("ORDER = 1\nTITLE = 'Half'\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(LookupError, match=r"odd_sections\.half: there is no build"):
        find_sections(__import__("odd_sections"))
