"""Notes of a session: saving, signing, adding to; nothing typed is lost."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.services import clearances, couples, notes, sessions
from practice.services.errors import Conflict, Invalid, Refused
from practice.services.notes import NoteKind, NoteView
from practice.web.forms import add_errors
from practice.web.session import current_actor
from practice.web.session_forms import AddendumForm, NoteForm, SigningForm
from practice.web.therapist import bp

KINDS = "<any(joint, process):kind>"


def session_page(
    session_id: UUID,
    *,
    note_form: NoteForm | None = None,
    addendum_form: AddendumForm | None = None,
) -> ResponseReturnValue:
    """Return the page of one session; a form that was refused is shown as it was sent."""
    actor = current_actor()
    view = sessions.get_session(actor=actor, session_id=session_id)
    found = notes.session_notes(actor=actor, session_id=session_id)
    forms = {
        kind: _blank(kind, note.body if note else "", note.version if note else 0)
        for kind, note in ((NoteKind.JOINT, found.joint), (NoteKind.PROCESS, found.process))
    }
    refused = note_form or addendum_form
    if note_form is not None:
        forms[NoteKind(note_form.kind)] = note_form
    return render_template(
        "therapist/session.html",
        view=view,
        notes=found,
        header=couples.couple_header(actor=actor, couple_id=view.couple_id),
        joint_warning=clearances.warning_of(actor=actor, couple_id=view.couple_id),
        joint_form=forms[NoteKind.JOINT],
        process_form=forms[NoteKind.PROCESS],
        addendum_form=addendum_form or AddendumForm(prefix="addendum", formdata=None),
        form=refused,
    ), (422 if refused is not None else 200)


@bp.route(f"/sessions/<uuid:session_id>/notes/{KINDS}", methods=["POST"])
def save_note(session_id: UUID, kind: str) -> ResponseReturnValue:
    form = NoteForm(kind)
    if not form.validate():
        return session_page(session_id, note_form=form)
    try:
        notes.save_note(
            actor=current_actor(),
            session_id=session_id,
            kind=NoteKind(kind),
            body=form.body.data or "",
            version=form.version_number,
        )
    except Invalid as problem:
        add_errors(form, problem)
        return session_page(session_id, note_form=form)
    except Conflict as conflict:
        return _both_texts(session_id, form, conflict)
    except Refused as refusal:
        return _not_saved(session_id, form, refusal)
    if form.sign.data:
        return redirect(url_for(".sign_note", session_id=session_id, kind=kind), code=303)
    flash("The draft is saved.", "success")
    return redirect(url_for(".session", session_id=session_id), code=303)


@bp.route(f"/sessions/<uuid:session_id>/notes/{KINDS}/sign", methods=["GET", "POST"])
def sign_note(session_id: UUID, kind: str) -> ResponseReturnValue:
    actor = current_actor()
    if request.method == "POST":
        return _sign(session_id, kind)
    note = getattr(notes.session_notes(actor=actor, session_id=session_id), kind)
    if note is None or note.signed_at is not None or not note.is_own:
        return redirect(url_for(".session", session_id=session_id), code=303)
    view = sessions.get_session(actor=actor, session_id=session_id)
    return render_template(
        "therapist/note_sign.html",
        header=couples.couple_header(actor=actor, couple_id=view.couple_id),
        view=view,
        note=note,
        signing=SigningForm(data={"version": str(note.version)}),
    )


@bp.route("/sessions/<uuid:session_id>/addenda", methods=["POST"])
def add_addendum(session_id: UUID) -> ResponseReturnValue:
    form = AddendumForm(prefix="addendum")
    if not form.validate():
        return session_page(session_id, addendum_form=form)
    try:
        notes.add_addendum(
            actor=current_actor(),
            session_id=session_id,
            new_id=form.row_id,
            body=form.body.data or "",
        )
    except Invalid as problem:
        add_errors(form, problem)
        return session_page(session_id, addendum_form=form)
    flash("The addendum stands below the note, with your name and the time.", "success")
    return redirect(url_for(".session", session_id=session_id), code=303)


def _sign(session_id: UUID, kind: str) -> ResponseReturnValue:
    form = SigningForm()
    here = url_for(".session", session_id=session_id)
    if not form.validate():
        return redirect(url_for(".sign_note", session_id=session_id, kind=kind), code=303)
    try:
        notes.sign_note(
            actor=current_actor(),
            session_id=session_id,
            kind=NoteKind(kind),
            version=form.version_number,
        )
    except Conflict:
        flash("The note was saved again after you opened this page. Read it once more.", "warning")
        return redirect(url_for(".sign_note", session_id=session_id, kind=kind), code=303)
    except Invalid:
        flash("The note is empty. Write it before you sign it.", "warning")
        return redirect(here, code=303)
    flash("The note is signed.", "success")
    return redirect(here, code=303)


def _blank(kind: NoteKind, body: str, version: int) -> NoteForm:
    return NoteForm(kind.value, formdata=None, data={"body": body, "version": str(version)})


def _both_texts(session_id: UUID, form: NoteForm, conflict: Conflict) -> ResponseReturnValue:
    """Show what was typed beside what is stored; saving again replaces what is stored."""
    mine = _blank(NoteKind(form.kind), form.body.data or "", conflict.version)
    return _conflict_page(session_id, mine=mine, stored=conflict.stored, reason="")


def _not_saved(session_id: UUID, form: NoteForm, refusal: Refused) -> ResponseReturnValue:
    """Show what was typed beside the note that can no longer be changed."""
    found = notes.session_notes(actor=current_actor(), session_id=session_id)
    note = found.joint if form.kind == NoteKind.JOINT else found.process
    mine = _blank(NoteKind(form.kind), form.body.data or "", 0)
    return _conflict_page(
        session_id, mine=mine, stored=note.body if note else "", reason=str(refusal), note=note
    )


def _conflict_page(
    session_id: UUID,
    *,
    mine: NoteForm,
    stored: str,
    reason: str,
    note: NoteView | None = None,
) -> ResponseReturnValue:
    view = sessions.get_session(actor=current_actor(), session_id=session_id)
    can_add = mine.kind == NoteKind.JOINT and note is not None and note.signed_at is not None
    addendum = AddendumForm(prefix="addendum", formdata=None, data={"body": mine.body.data})
    return render_template(
        "therapist/note_conflict.html",
        header=couples.couple_header(actor=current_actor(), couple_id=view.couple_id),
        view=view,
        mine=mine,
        stored=stored,
        reason=reason,
        addendum_form=addendum if can_add else None,
    ), 409
