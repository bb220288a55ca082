"""What a supervisor reads of a session, and signs under: signed notes, nothing else."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.services import notes
from practice.web.note_forms import SigningForm
from practice.web.session import current_actor
from practice.web.therapist import bp


@bp.route("/supervision/sessions/<uuid:session_id>")
def supervised_notes(session_id: UUID) -> ResponseReturnValue:
    return render_template(
        "therapist/supervised_notes.html",
        found=notes.supervised_notes(actor=current_actor(), session_id=session_id),
        signing=SigningForm(),
    )


@bp.route("/supervision/sessions/<uuid:session_id>/countersign", methods=["POST"])
def countersign(session_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    known = notes.supervised_notes(actor=actor, session_id=session_id).notes
    read = [one.id for one in known if str(one.id) in request.form.getlist("note")]
    if not SigningForm().validate() or not read:
        flash("Nothing was countersigned. Read the notes, then sign.", "note")
    elif notes.countersign(actor=actor, session_id=session_id, note_ids=read):
        flash("Countersigned, with your name and the time.", "success")
    return redirect(url_for(".supervised_notes", session_id=session_id), code=303)
