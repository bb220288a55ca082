"""What members sign with each other, how promises went, and their cards."""

from uuid import UUID

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.domain.homework.promises import PromiseWord
from practice.domain.visibility import Audience
from practice.services import clock, homework
from practice.services.errors import Invalid, NotFound, Refused
from practice.web.between_forms import EndTogetherForm, SignTogetherForm, promise_form
from practice.web.forms import add_errors
from practice.web.portal import bp
from practice.web.session import current_actor

ENTRY = "/homework/entries/<uuid:entry_id>"


@bp.route(f"{ENTRY}/sign", methods=["GET", "POST"])
def sign_together(entry_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = homework.portal_agreement(actor=actor, entry_id=entry_id)
    if found is None:
        raise NotFound
    form = SignTogetherForm(data={"digest": found.digest})
    if form.validate_on_submit():
        try:
            homework.sign(
                actor=actor,
                entry_id=entry_id,
                digest=form.digest.data or "",
                name=form.name.data or "",
                agreed=form.agreed.data,
            )
        except Invalid as problem:
            add_errors(form, problem)
        except Refused as problem:
            form.digest.data = found.digest
            form.form_errors.append(str(problem))
        else:
            flash("Signed. You can read it again whenever you like.", "success")
            return redirect(url_for(".homework_entry", entry_id=entry_id), code=303)
    return render_template("portal/sign_together.html", found=found, form=form), (
        422 if form.errors else 200
    )


@bp.route(f"{ENTRY}/end", methods=["GET", "POST"])
def end_together(entry_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = homework.portal_agreement(actor=actor, entry_id=entry_id)
    if found is None:
        raise NotFound
    form = EndTogetherForm()
    if form.validate_on_submit() and form.end.data:
        homework.end(actor=actor, entry_id=entry_id)
        flash("Done. Your own copy stays under “Our agreements”.", "success")
        return redirect(url_for(".agreements"), code=303)
    return render_template("portal/end_together.html", found=found, form=form)


@bp.route("/signed/<uuid:signature_id>")
def signed_copy(signature_id: UUID) -> ResponseReturnValue:
    found = homework.signed_copy(actor=current_actor(), signature_id=signature_id)
    return render_template("portal/signed_copy.html", found=found)


@bp.route(f"{ENTRY}/lines/<block_key>/<line_key>", methods=["GET", "POST"])
def promise(entry_id: UUID, block_key: str, line_key: str) -> ResponseReturnValue:
    actor = current_actor()
    found = homework.portal_promises(actor=actor, entry_id=entry_id)
    line = found.line(block_key, line_key) if found else None
    if found is None or line is None or not found.choices:
        raise NotFound
    form = promise_form(found, clock.today())
    if form.validate_on_submit():
        try:
            homework.mark_promise(
                actor=actor,
                entry_id=entry_id,
                new_id=form.row_id,
                block_key=block_key,
                line_key=line_key,
                word=PromiseWord(form.word.data),
                on_day=form.on_day.data,
                audience=Audience(form.audience.data),
            )
        except (Invalid, Refused) as problem:
            add_errors(form, problem)
        else:
            flash("Saved.", "success")
            return redirect(url_for(".homework_entry", entry_id=entry_id), code=303)
    return render_template("portal/promise.html", found=found, line=line, form=form), (
        422 if form.errors else 200
    )


@bp.route("/cards/<uuid:entry_id>.pdf")
def card_file(entry_id: UUID) -> Response:
    response = make_response(homework.card_pdf(actor=current_actor(), entry_id=entry_id))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = 'inline; filename="notes.pdf"'
    return response
