"""Notes of a session: one form and one save for all parts; nothing typed is lost."""

from uuid import UUID, uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.domain.note_formats import SECTIONS, in_one_text, layout, passages
from practice.domain.note_reading import mark_labels
from practice.domain.sessions import SessionKind
from practice.services import clearances, couples, homework, note_templates, notes, sessions
from practice.services.errors import Conflict, Invalid, Refused
from practice.services.notes import (
    JOINT,
    Clash,
    NoteKind,
    NotesConflict,
    NotesPage,
    OpenTask,
    Part,
)
from practice.services.practice_texts import note_words
from practice.services.secrets_policies import rule_for
from practice.web import answering
from practice.web.forms import add_errors
from practice.web.note_forms import (
    AddendumForm,
    NotesForm,
    SigningForm,
    data_of_joint,
    notes_form,
)
from practice.web.session import background, current_actor
from practice.web.therapist import bp

JOINT_ADDENDUM = "addendum"


def session_page(
    session_id: UUID,
    *,
    form: NotesForm | None = None,
    addendum: AddendumForm | None = None,
) -> ResponseReturnValue:
    """Return the page of one session; a form that was refused is shown as it was sent."""
    actor = current_actor()
    page = notes.notes_page(actor=actor, session_id=session_id)
    view = page.session
    refused = form or addendum
    shown = form or notes_form(page)
    return render_template(
        "therapist/session.html",
        view=view,
        page=page,
        rule=rule_for(view.couple_id, view.starts_at)
        if view.kind is SessionKind.INDIVIDUAL
        else None,
        header=couples.couple_header(actor=actor, couple_id=view.couple_id),
        notes_form=shown,
        addenda=_addendum_forms(page, addendum),
        left_over=_left_over(page, shown),
        openings=homework.openings_in(actor=actor, session_id=session_id),
        joint_warning=clearances.warning_of(actor=actor, couple_id=view.couple_id),
        form=refused,
        **_how_it_is_written(page, shown),
    ), (422 if refused is not None else 200)


# The address of the page itself: what comes too late finds its way back to it.
@bp.route("/sessions/<uuid:session_id>", methods=["POST"])
def save_notes(session_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    page = notes.notes_page(actor=actor, session_id=session_id)
    form = notes_form(page)
    if "discard" in request.form:
        notes.discard(actor=actor, session_id=session_id, page_id=form.page_id)
        flash("What was not saved is gone. This is how it was saved last.", "note")
        return redirect(url_for(".session", session_id=session_id), code=303)
    if "use" in request.form:
        return _use_layout(session_id, form)
    if not form.validate():
        return session_page(session_id, form=form)
    try:
        notes.save_notes(
            actor=actor, session_id=session_id, typed=form.typed(), page_id=form.page_id
        )
    except Invalid as problem:
        add_errors(form, problem)
        return session_page(session_id, form=form)
    except NotesConflict as conflict:
        return _both_texts(session_id, form, conflict.clashes)
    if "sign" in request.form:
        return redirect(url_for(".sign_notes", session_id=session_id), code=303)
    flash("Your notes are saved.", "success")
    return _saved(page, form)


@bp.route("/sessions/<uuid:session_id>/notes/keep", methods=["POST"])
@background
def keep_notes(session_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    form = notes_form(notes.notes_page(actor=actor, session_id=session_id))
    keeping = notes.keep_notes(
        actor=actor,
        session_id=session_id,
        fields=form.kept(),
        typed=form.typed(),
        page_id=form.page_id,
    )
    return answering.kept_answer(keeping)


@bp.route("/sessions/<uuid:session_id>/notes/sign", methods=["GET", "POST"])
def sign_notes(session_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    page = notes.notes_page(actor=actor, session_id=session_id)
    form = SigningForm()
    if request.method == "POST":
        return _sign(session_id, form, page)
    shown = [note for part in page.to_sign if (note := page.notes.own(part))]
    if not shown:
        flash("There is no draft of yours to sign.", "note")
        return redirect(url_for(".session", session_id=session_id), code=303)
    view = page.session
    return render_template(
        "therapist/note_sign.html",
        header=couples.couple_header(actor=actor, couple_id=view.couple_id),
        view=view,
        drafts=shown,
        signing=form,
        words=note_words(),
        marked=mark_labels,
        unsaved=page.unsaved,
    )


@bp.route("/sessions/<uuid:session_id>/addenda", methods=["POST"])
def add_addendum(session_id: UUID) -> ResponseReturnValue:
    return _add_addendum(session_id, None)


@bp.route("/sessions/<uuid:session_id>/individual/<uuid:note_id>/addenda", methods=["POST"])
def add_member_addendum(session_id: UUID, note_id: UUID) -> ResponseReturnValue:
    return _add_addendum(session_id, note_id)


@bp.route("/sessions/<uuid:session_id>/history/<any(joint, process):kind>")
def note_history(session_id: UUID, kind: str) -> ResponseReturnValue:
    return _history(session_id, NoteKind(kind), None)


@bp.route("/sessions/<uuid:session_id>/individual/<uuid:note_id>/history")
def member_note_history(session_id: UUID, note_id: UUID) -> ResponseReturnValue:
    return _history(session_id, NoteKind.MEMBER, note_id)


def _history(session_id: UUID, kind: NoteKind, note_id: UUID | None) -> ResponseReturnValue:
    actor = current_actor()
    history = notes.note_history(
        actor=actor,
        session_id=session_id,
        kind=kind,
        member_note_id=note_id,
        before=request.args.get("from", type=int),
        after=request.args.get("to", type=int),
    )
    view = sessions.get_session(actor=actor, session_id=session_id)
    return render_template(
        "therapist/note_history.html",
        header=couples.couple_header(actor=actor, couple_id=view.couple_id),
        view=view,
        history=history,
    )


def _use_layout(session_id: UUID, form: NotesForm) -> ResponseReturnValue:
    """Change the headings: what was typed is kept unsaved, and shown under the new ones."""
    fields = form.kept()
    note_format, template_id = form.layout_choice
    if template_id is not None:
        template = note_templates.version(template_id)
        if template is not None:
            begun = note_templates.begin_with(template, form.content_of(JOINT))
            fields |= {
                name: value
                for name, value in data_of_joint(begun).items()
                if isinstance(value, str)
            }
    notes.keep_notes(
        actor=current_actor(),
        session_id=session_id,
        fields=fields,
        typed=form.typed(),
        page_id=form.page_id,
        is_asked_for=True,
    )
    flash(f"The headings are those of {note_format.label} now. Nothing is saved yet.", "note")
    return redirect(url_for(".session", session_id=session_id), code=303)


def _add_addendum(session_id: UUID, note_id: UUID | None) -> ResponseReturnValue:
    form = AddendumForm(prefix=_prefix(note_id))
    if not form.validate():
        return session_page(session_id, addendum=form)
    try:
        notes.add_addendum(
            actor=current_actor(),
            session_id=session_id,
            new_id=form.row_id,
            body=form.body.data or "",
            member_note_id=note_id,
        )
    except Invalid as problem:
        add_errors(form, problem)
        return session_page(session_id, addendum=form)
    flash("The addendum stands below the signed note, with your name and the time.", "success")
    return redirect(url_for(".session", session_id=session_id), code=303)


def _sign(session_id: UUID, form: SigningForm, page: NotesPage) -> ResponseReturnValue:
    again = redirect(url_for(".sign_notes", session_id=session_id), code=303)
    here = redirect(url_for(".session", session_id=session_id), code=303)
    parts = (JOINT, *(one.part for one in page.notes.members), Part(NoteKind.PROCESS))
    shown = form.shown(tuple(dict.fromkeys(parts)))
    if not form.validate() or not shown:
        return again
    try:
        notes.sign_notes(actor=current_actor(), session_id=session_id, shown=shown)
    except Conflict:
        flash("A note was saved again after you opened this page. Read it once more.", "warning")
        return again
    except Invalid:
        flash("A note is empty. Write it before you sign it.", "warning")
        return here
    flash("Signed.", "success")
    return here


def _both_texts(
    session_id: UUID, form: NotesForm, clashes: tuple[Clash, ...]
) -> ResponseReturnValue:
    """Show what was typed beside what is stored; saving again replaces what is stored."""
    actor = current_actor()
    page = notes.notes_page(actor=actor, session_id=session_id)
    view = page.session
    first_names = {member.person_id: member.first_name for member in page.present}
    closed = {clash.part: clash for clash in clashes if clash.reason}
    typed = {part: in_one_text(passages(form.content_of(part), first_names)) for part in closed}
    for clash in clashes:
        if not clash.reason:
            form[f"{clash.part.key}_version"].data = str(clash.version)
    note_ids = {part: one.id for part in closed if (one := page.notes.own(part))}
    addenda = {
        part: AddendumForm(
            prefix=_prefix(note_ids[part] if part.kind is NoteKind.MEMBER else None),
            formdata=None,
            data={"body": typed[part]},
        )
        for part, clash in closed.items()
        if clash.is_signed and part.kind is not NoteKind.PROCESS
    }
    return render_template(
        "therapist/note_conflict.html",
        header=couples.couple_header(actor=actor, couple_id=view.couple_id),
        view=view,
        page=page,
        notes_form=form,
        clashes=clashes,
        stored={one.part: passages(one.stored, first_names) for one in clashes},
        typed=typed,
        addenda=addenda,
        note_ids=note_ids,
        new_page=uuid4(),
        **_how_it_is_written(page, form),
    ), 409


def _how_it_is_written(page: NotesPage, form: NotesForm) -> dict[str, object]:
    """Return which headings the joint note shows, and the hints of its template."""
    if not form.has_joint:
        return {}
    content = form.content_of(JOINT)
    used = next((one for one in page.templates if one.id == content.template_id), None)
    return {
        "headings": layout(content.format, content.written),
        "hints": used.details.hints if used else {},
        "written": content.written,
        "sections": SECTIONS,
    }


def _addendum_forms(page: NotesPage, refused: AddendumForm | None) -> dict[UUID, AddendumForm]:
    signed = [one for one in (page.notes.joint, *page.notes.members) if one and one.signed_at]
    found = {}
    for one in signed:
        prefix = _prefix(one.id if one.kind is NoteKind.MEMBER else None)
        mine = refused is not None and refused._prefix == f"{prefix}-"
        found[one.id] = refused if mine and refused else AddendumForm(prefix=prefix, formdata=None)
    return found


def _prefix(note_id: UUID | None) -> str:
    return JOINT_ADDENDUM if note_id is None else f"{JOINT_ADDENDUM}_{note_id.hex}"


def _left_over(page: NotesPage, form: NotesForm) -> list[str]:
    """Return unsaved words whose part was signed in the meantime: they are shown, not lost."""
    if page.unsaved is None or request.method != "GET":
        return []
    stored = {
        one.body for one in (page.notes.joint, *page.notes.members, page.notes.process) if one
    }
    return [
        words
        for name, words in page.unsaved.fields.items()
        if name not in form
        and name.startswith(("joint_", "member_", "process"))
        and not name.endswith(("_version", "_layout"))
        and "_ticks_" not in name
        and ("_homework_" not in name or name.endswith("_words"))
        and not any(words.strip() in text for text in stored)
    ]


def _saved(page: NotesPage, form: NotesForm) -> ResponseReturnValue:
    """Do what the pressed button says besides saving; where somebody is afraid, nothing."""
    view = page.session
    smaller = form.to_make_smaller(request.form.get("smaller", ""))
    sized = form.to_make_smaller(request.form.get("resize", ""))
    if smaller is not None and _waits(smaller, view.couple_id):
        smaller, sized = None, smaller  # the form says why, and leaves it to whoever treats them
    if smaller is not None and not form.names_fear(smaller.id):
        _make_smaller(smaller)
    if sized is not None and not form.names_fear(sized.id):
        return redirect(url_for(".make_smaller", assignment_id=sized.id), code=303)
    return redirect(url_for(".session", session_id=view.id), code=303)


def _waits(task: OpenTask, couple_id: UUID) -> bool:
    """Whether what a task becomes is for two whose work together is not cleared."""
    if not task.smaller_for_two:
        return False
    return bool(clearances.warning_of(actor=current_actor(), couple_id=couple_id))


def _make_smaller(task: OpenTask) -> None:
    """Give the nearest smaller task at once: what the button said; the notes are saved anyhow."""
    try:
        homework.make_smaller(actor=current_actor(), assignment_id=task.id)
    except (Invalid, Refused):
        flash("It could not be made smaller just now. Have a look at its own page.", "warning")
    else:
        flash(f"“{task.title}” is smaller from today: {task.smaller}.", "success")
