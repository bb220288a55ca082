"""Templates for notes: versions, archived and offered again, words put into empty sections."""

from uuid import uuid4

import pytest

from practice.domain.note_formats import NoteContent, NoteFormat
from practice.services import note_templates, notes
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.note_templates import TemplateDetails
from practice.services.notes import JOINT, Typed
from tests.records import make_session

SOAP = TemplateDetails(
    "First session", NoteFormat.SOAP, {"plan": "What next?"}, {"plan": "Next session:"}
)


@pytest.fixture
def family(inside):
    return note_templates.add(actor=inside.tess, new_id=uuid4(), details=SOAP)


def newest(actor):
    return {one.name: one for one in note_templates.templates(actor=actor)}


def test_sent_twice_it_is_one_template(inside, family):
    note_templates.add(actor=inside.tess, new_id=family, details=SOAP)
    (one,) = note_templates.templates(actor=inside.otto)
    assert (one.details, one.version, one.created_by) == (SOAP, 1, "Tess Okafor")


def test_a_change_is_a_new_version_and_the_old_one_stays(inside, family):
    other = TemplateDetails("At first", NoteFormat.DAP, {}, {"plan": "Then:"})
    assert note_templates.change(actor=inside.otto, family=family, shown=1, details=other) == 2
    page = note_templates.template_page(actor=inside.tess, family=family)
    assert (page.template.name, page.template.details.format) == ("At first", NoteFormat.SOAP)
    assert [one.details for one in page.earlier] == [SOAP]
    assert len(note_templates.offered()) == 1
    with pytest.raises(Refused):
        note_templates.change(actor=inside.tess, family=family, shown=1, details=SOAP)


def test_saving_it_unchanged_makes_no_version(inside, family):
    assert note_templates.change(actor=inside.tess, family=family, shown=1, details=SOAP) == 1


def test_archived_it_is_not_offered_and_a_note_keeps_its_hints(inside, family):
    session = make_session(inside.couple, inside.tess)
    (template,) = note_templates.offered()
    content = note_templates.begin_with(template, NoteContent(sections={"risk": "Asked."}))
    assert content.sections == {"plan": "Next session:", "risk": "Asked."}
    notes.save_notes(actor=inside.tess, session_id=session, typed={JOINT: Typed(content, 0)})
    note_templates.archive(actor=inside.tess, family=family, archived=True)
    assert note_templates.offered() == ()
    page = notes.notes_page(actor=inside.tess, session_id=session)
    assert [one.details.hints for one in page.templates] == [{"plan": "What next?"}]
    other = make_session(inside.couple, inside.tess)
    preset = notes.notes_page(actor=inside.tess, session_id=other).preset
    assert preset == NoteContent(NoteFormat.SOAP)
    note_templates.archive(actor=inside.tess, family=family, archived=False)
    assert len(note_templates.offered()) == 1


def test_words_that_are_there_stay_there(inside, family):
    (template,) = note_templates.offered()
    content = note_templates.begin_with(template, NoteContent(sections={"plan": "Mine."}))
    assert content.sections["plan"] == "Mine."
    assert content.format is NoteFormat.SOAP


def test_what_cannot_be_kept_names_its_field(inside):
    wrong = TemplateDetails(" ", NoteFormat.SOAP, {"plan": "x" * 301}, {"risk": "x" * 4001})
    with pytest.raises(Invalid) as problem:
        note_templates.add(actor=inside.tess, new_id=uuid4(), details=wrong)
    assert set(problem.value.errors) == {"name", "hint_plan", "text_risk"}
    assert note_templates.templates(actor=inside.tess) == ()


@pytest.mark.parametrize("who", ["ada", "finn"])
def test_partners_have_none(inside, family, who):
    actor = getattr(inside, who)
    with pytest.raises(NotFound):
        note_templates.templates(actor=actor)
    with pytest.raises(NotFound):
        note_templates.change(actor=actor, family=family, shown=1, details=SOAP)
    with pytest.raises(NotFound):
        note_templates.archive(actor=actor, family=family, archived=True)
    with pytest.raises(NotFound):
        note_templates.template_page(actor=inside.tess, family=uuid4())
