"""A partner's letters: to whoever treats them, and to all where all asked for it.

Titles say nothing, and no address names a couple.
"""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.services import letters as service
from practice.services import practice_texts
from practice.services.drafts import DraftKind
from practice.services.errors import Invalid, Refused
from practice.services.letters.values import OwnThread
from practice.web import half_finished
from practice.web.forms import add_errors
from practice.web.letter_forms import LetterForm, until_id_sent
from practice.web.portal import bp
from practice.web.session import background, current_actor


@bp.route("/letters")
def letters() -> ResponseReturnValue:
    return render_template(
        "portal/letters.html", letters=service.own_letters(actor=current_actor())
    )


@bp.route("/letters/<uuid:thread_id>", methods=["GET", "POST"])
def letter_thread(thread_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = _thread(thread_id)
    half = half_finished.begin(actor, DraftKind.LETTER, thread_id)
    form = LetterForm()
    if half.is_to_keep() and found.may_write:
        return half.keep_and_go(form, url_for(".home"))
    if form.validate_on_submit():
        try:
            service.send(actor=actor, thread_id=thread_id, new_id=form.row_id, body=form.body.data)
        except (Invalid, Refused) as problem:
            add_errors(form, problem)
        else:
            half.was_sent(form)
            flash("Sent.", "success")
            return redirect(
                url_for(".letter_thread", thread_id=thread_id, _anchor="newest"), code=303
            )
    return render_template(
        "portal/letter_thread.html",
        thread=found,
        form=form,
        kept=half.kept,
        keep_address=url_for(".keep_letter", thread_id=thread_id),
        letter_text=practice_texts.letter_text(),
        shows_form=found.may_write and (found.letters.page == 1 or form.is_submitted()),
    ), (422 if form.errors else 200)


@bp.route("/letters/<uuid:thread_id>/keep", methods=["POST"])
@background
def keep_letter(thread_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    if not service.own_thread(actor=actor, thread_id=thread_id).may_write:
        return half_finished.not_any_more()
    return half_finished.begin(actor, DraftKind.LETTER, thread_id).answer(LetterForm())


@bp.route("/letters/<uuid:thread_id>/read", methods=["POST"])
def read_letters(thread_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    service.own_thread(actor=actor, thread_id=thread_id)
    service.mark_own_read(actor=actor, thread_id=thread_id, until_id=until_id_sent())
    return redirect(url_for(".letter_thread", thread_id=thread_id, _anchor="newest"), code=303)


@bp.route("/letters/<uuid:thread_id>/lock", methods=["POST"])
def lock_letters(thread_id: UUID) -> ResponseReturnValue:
    service.lock_all(actor=current_actor(), thread_id=thread_id)
    # No word of what was done: somebody may be looking when the next page opens.
    return redirect(url_for(".home"), code=303)


@bp.route("/letters/<uuid:thread_id>/ask", methods=["POST"])
def ask_together(thread_id: UUID) -> ResponseReturnValue:
    service.ask_together(actor=current_actor(), thread_id=thread_id)
    return redirect(url_for(".letter_thread", thread_id=thread_id), code=303)


@bp.route("/letters/<uuid:thread_id>/take-back", methods=["POST"])
def take_back_together(thread_id: UUID) -> ResponseReturnValue:
    service.take_back_together(actor=current_actor(), thread_id=thread_id)
    return redirect(url_for(".letter_thread", thread_id=thread_id), code=303)


def _thread(thread_id: UUID) -> OwnThread:
    page = request.args.get("page", 1, type=int)
    return service.own_thread(actor=current_actor(), thread_id=thread_id, page=page)
