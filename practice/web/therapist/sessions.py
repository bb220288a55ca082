"""Planning, recording and changing sessions; one session with its notes."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.services import clearances, clock, couples, sessions
from practice.services.couples import CoupleHeader
from practice.services.errors import Invalid
from practice.services.people import Member
from practice.services.session_details import expected_on
from practice.services.sessions import SessionView
from practice.web.forms import add_errors
from practice.web.session import current_actor
from practice.web.session_forms import SessionForm, data_of, session_form
from practice.web.therapist import bp
from practice.web.therapist.notes import session_page


@bp.route("/couples/<uuid:couple_id>/sessions/new", methods=["GET", "POST"])
def new_session(couple_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    header = couples.couple_header(actor=actor, couple_id=couple_id)
    form = _form(header.members + header.former, _asked_for(header))
    if form.validate_on_submit():
        try:
            session_id = sessions.create_session(
                actor=actor,
                couple_id=couple_id,
                new_id=form.row_id,
                details=form.details(clock.today()),
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("The session is saved.", "success")
            return redirect(url_for(".session", session_id=session_id), code=303)
    return _form_page(_with_all_refusals(form, header.id), header, None)


def _asked_for(header: CoupleHeader) -> dict[str, Any]:
    """Return what a new session is preset to: with one member alone, where the address says so."""
    wanted = request.args.get("alone", "")
    known = {str(member.person_id) for member in header.members}
    return {"with_whom": wanted} if wanted in known else {}


@bp.route("/sessions/<uuid:session_id>")
def session(session_id: UUID) -> ResponseReturnValue:
    return session_page(session_id)


@bp.route("/sessions/<uuid:session_id>/edit", methods=["GET", "POST"])
def edit_session(session_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    view = sessions.get_session(actor=actor, session_id=session_id)
    header = couples.couple_header(actor=actor, couple_id=view.couple_id)
    if view.is_locked and not request.form:
        flash("The note of this session is signed, so the session stays as it is.", "note")
        return redirect(url_for(".session", session_id=session_id), code=303)
    form = _form(header.members + header.former, data_of(view, clock.local(view.starts_at)))
    if form.validate_on_submit():
        try:
            sessions.change_session(
                actor=actor, session_id=session_id, details=form.details(clock.today())
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("The session is changed.", "success")
            return redirect(url_for(".session", session_id=session_id), code=303)
    return _form_page(_with_all_refusals(form, header.id), header, view)


def _with_all_refusals(form: SessionForm, couple_id: UUID) -> SessionForm:
    """Add what the rules say of a form that lacks something, beside what it lacks."""
    if not (form.is_submitted() and form.errors and form.choices_are_known()):
        return form
    try:
        sessions.check_session(
            actor=current_actor(), couple_id=couple_id, details=form.details(clock.today())
        )
    except Invalid as problem:
        errors = {name: said for name, said in problem.errors.items() if name not in form.errors}
        add_errors(form, Invalid(errors))
    return form


def _form_page(
    form: SessionForm, header: CoupleHeader, view: SessionView | None
) -> ResponseReturnValue:
    """Show the form; attendance stands open when it is time to say it."""
    has_begun = view is not None and view.starts_at <= clock.now()
    return render_template(
        "therapist/session_form.html",
        form=form,
        header=header,
        view=view,
        joint_warning=clearances.warning_of(actor=current_actor(), couple_id=header.id),
        is_attendance_open=has_begun or form.is_submitted(),
    ), (422 if form.errors else 200)


def _form(everybody: tuple[Member, ...], data: dict[str, Any]) -> SessionForm:
    """Build the form for whoever was a member on the day that is entered, or is one today."""
    ordered = tuple(sorted(everybody, key=lambda member: member.position))
    form = session_form(ordered, data)
    expected = expected_on(ordered, form.day.data or clock.today())
    said = {f"attendance_{m.position}" for m in ordered if form[f"attendance_{m.position}"].data}
    kept = tuple(m for m in ordered if m in expected or f"attendance_{m.position}" in said)
    return form if kept == ordered or not kept else session_form(kept, data)
