"""A partner's private questions, how to reach them, and their own plan.

Addresses and titles say nothing: whoever finds them in a browser's history learns that somebody
answered questions or looked at notes.
"""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.domain.safety.hark_items import CREDIT
from practice.services import practice_texts, safe_contacts, safety_plans, screening_answers
from practice.services.drafts import DraftKind
from practice.services.errors import Invalid
from practice.web import half_finished
from practice.web.contact_forms import ContactForm, data_of
from practice.web.forms import add_errors
from practice.web.password_again import password_first
from practice.web.portal import bp
from practice.web.private_forms import PrivateForm
from practice.web.session import background, current_actor


@bp.route("/questions/set/<uuid:request_id>", methods=["GET", "POST"])
def question_set(request_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    if "leave" in request.form:
        screening_answers.leave_it(actor=actor, request_id=request_id)
        return _thanks()
    form = PrivateForm()
    if form.validate_on_submit():
        try:
            screening_answers.submit(actor=actor, request_id=request_id, answers=form.answers())
        except Invalid as problem:
            add_errors(form, problem)
        else:
            return _thanks()
    asked = screening_answers.questions(actor=actor, request_id=request_id)
    return render_template(
        "portal/question_set.html", form=form, therapist=asked.therapist, credit=CREDIT
    ), (422 if form.errors else 200)


def _thanks() -> ResponseReturnValue:
    """Thank in the same words whatever was answered, also where nothing was.

    An answer to the form itself and no page of its own: it is there for this moment alone.
    """
    return render_template(
        "portal/question_set_done.html", help_text=practice_texts.private_help_text()
    )


@bp.route("/contact", methods=["GET", "POST"])
@password_first(sign_in_counts=True)
def contact() -> ResponseReturnValue:
    actor = current_actor()
    own = safe_contacts.own_contact(actor=actor)
    half = half_finished.begin(actor, DraftKind.CONTACT, actor.person_id)
    form = ContactForm(data=data_of(own.contact))
    if half.is_to_keep():
        return half.keep_and_go(form, url_for(".home"))
    if form.validate_on_submit():
        try:
            safe_contacts.save_own(actor=actor, new_id=form.row_id, contact=form.contact())
        except Invalid as problem:
            add_errors(form, problem)
        else:
            half.was_sent(form)
            flash("Saved. It holds from now on.", "success")
            return redirect(url_for(".home"), code=303)
    return render_template(
        "portal/contact.html",
        form=form,
        own=own,
        kept=half.kept,
        keep_address=url_for(".keep_contact"),
    ), (422 if form.errors else 200)


@bp.route("/contact/keep", methods=["POST"])
@background
def keep_contact() -> ResponseReturnValue:
    """Keep what was typed, also when the password is asked again; this shows nothing."""
    actor = current_actor()
    safe_contacts.own_contact(actor=actor)
    half = half_finished.begin(actor, DraftKind.CONTACT, actor.person_id)
    return half.answer(ContactForm())


@bp.route("/notes")
@password_first(sign_in_counts=True)
def notes() -> ResponseReturnValue:
    actor = current_actor()
    if not safety_plans.has_own_plan(actor=actor):
        abort(404)
    plan = safety_plans.own_plan(actor=actor)
    return render_template("portal/notes.html", plan=plan)


@bp.route("/notes/put-away", methods=["POST"])
def put_notes_away() -> ResponseReturnValue:
    safety_plans.put_away(actor=current_actor())
    return redirect(url_for(".home"), code=303)
