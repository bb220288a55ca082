"""Notes of the full record: every field of every part has its marked word."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from practice.domain.homework.review import Barrier, HomeworkReview, Reviewed, View
from practice.domain.note_formats import (
    RESPONSES,
    SECTIONS,
    TEXT,
    NoteContent,
    NoteFormat,
    Pattern,
    Repair,
    plain,
)
from practice.domain.people import Actor
from practice.services import note_templates, notes
from practice.services.notes import JOINT, PROCESS, NoteKind, Part, Typed

if TYPE_CHECKING:
    from tests.world import World

TESS = frozenset({"tess"})
STAFF = TESS | {"otto", "toni", "sue", "olga"}
NOBODY: frozenset[str] = frozenset()


def write_notes(world: World) -> None:
    """Write, sign and add to the notes of the session with the couple; begin Ben's own."""
    cast, tess = world.cast, world.cast.tess
    session = world.ids["session"]
    about = {person: Part(NoteKind.MEMBER, person.person_id) for person in (cast.ada, cast.ben)}
    first = {
        JOINT: Typed(plain(world.mark("oldjoint", TESS)), 0),
        PROCESS: Typed(plain(world.mark("oldprocess", TESS)), 0),
        about[cast.ada]: Typed(plain(world.mark("oldabout", TESS)), 0),
    }
    notes.save_notes(actor=tess, session_id=session, typed=first)
    written = notes.save_notes(
        actor=tess,
        session_id=session,
        typed={
            JOINT: Typed(_structured(world), 1),
            PROCESS: Typed(plain(world.mark("processnote", TESS)), 1),
            about[cast.ada]: Typed(plain(world.mark("aboutada", TESS)), 1),
            about[cast.ben]: Typed(plain(world.mark("aboutben", TESS)), 0),
        },
    )
    signed = {part: written[part] for part in (JOINT, about[cast.ben])}
    notes.sign_notes(actor=tess, session_id=session, shown=signed)
    notes.add_addendum(
        actor=tess, session_id=session, new_id=uuid4(), body=world.mark("addendum", TESS)
    )
    ids = {one.about: one.id for one in notes.session_notes(actor=tess, session_id=session).members}
    for member, note_id in ids.items():
        assert member is not None
        world.ids[f"note_{member.first_name.lower()}"] = note_id
    notes.add_addendum(
        actor=tess,
        session_id=session,
        new_id=uuid4(),
        body=world.mark("addendumben", TESS),
        member_note_id=world.ids["note_ben"],
    )
    _of_ben_alone(world)
    _template(world)


def act_on_notes(world: World, person: Actor) -> None:
    """Do everything with notes about ``person`` that nobody else may notice."""
    tess, session = world.cast.tess, world.ids["session_next"]
    about = Part(NoteKind.MEMBER, person.person_id)
    content = NoteContent(
        NoteFormat.BIRP,
        {"behaviour": "About you."},
        {person.person_id: "What you did with it."},
        frozenset({Pattern.CONTEMPT}),
    )
    homework = {
        world.ids["task"]: HomeworkReview(
            "A task", Reviewed.PARTLY, View(quality=3, barrier=Barrier.AFRAID, words="Of you.")
        )
    }
    alone = NoteContent(sections={TEXT: "You alone."}, homework=homework)
    typed = {JOINT: Typed(content, 0), about: Typed(alone, 0)}
    notes.keep_notes(
        actor=tess,
        session_id=session,
        fields={f"{about.key}_text": "About you, unsaved.", f"{about.key}_version": "0"},
        typed={about: Typed(plain("About you, unsaved."), 0)},
        page_id=uuid4(),
    )
    versions = notes.save_notes(actor=tess, session_id=session, typed=typed)
    notes.sign_notes(actor=tess, session_id=session, shown=versions)
    view = notes.session_notes(actor=tess, session_id=session)
    notes.add_addendum(
        actor=tess,
        session_id=session,
        new_id=uuid4(),
        body="And this of you.",
        member_note_id=view.members[0].id,
    )


def _structured(world: World) -> NoteContent:
    cast = world.cast
    words = {
        key: world.mark("jointnote" if key == "text" else f"section{key}", TESS)
        for key in SECTIONS
        if key != RESPONSES
    }
    return NoteContent(
        format=NoteFormat.SOAP,
        sections=words,
        responses={
            cast.ada.person_id: world.mark("responseada", TESS),
            cast.ben.person_id: world.mark("responseben", TESS),
        },
        patterns=frozenset(Pattern),
        repairs=frozenset(Repair),
    )


def _of_ben_alone(world: World) -> None:
    """A draft that is saved, and over it one that is not."""
    tess, session = world.cast.tess, world.ids["session_ben"]
    typed = {JOINT: Typed(plain(world.mark("individualnote", TESS)), 0)}
    notes.save_notes(actor=tess, session_id=session, typed=typed)
    word = world.mark("unsaved", TESS)
    notes.keep_notes(
        actor=tess,
        session_id=session,
        fields={"joint_text": word, "joint_version": "1", "joint_layout": "free"},
        typed={JOINT: Typed(plain(word), 1)},
        page_id=uuid4(),
    )


def _template(world: World) -> None:
    world.ids["family"] = note_templates.add(
        actor=world.cast.tess,
        new_id=uuid4(),
        details=note_templates.TemplateDetails(
            name=world.mark("templatename", STAFF),
            format=NoteFormat.DAP,
            hints={"data": world.mark("templatehint", STAFF)},
            texts={"plan": world.mark("templatetext", STAFF)},
        ),
    )
