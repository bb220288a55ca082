"""Texts that clients agree to: the rules about secrets, and what each person signs."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.services import agreement_texts, clock
from practice.services.errors import Invalid
from practice.web.agreement_forms import agreement_text_form
from practice.web.forms import add_errors
from practice.web.session import current_actor
from practice.web.settings import bp


@bp.route("/agreements")
def agreements() -> ResponseReturnValue:
    return render_template(
        "settings/agreements.html", texts=agreement_texts.texts(actor=current_actor())
    )


@bp.route("/agreements/new", methods=["GET", "POST"])
def new_agreement() -> ResponseReturnValue:
    actor = current_actor()
    form = agreement_text_form(None, clock.today())
    agreement_texts.texts(actor=actor)
    if form.validate_on_submit():
        try:
            key = agreement_texts.add_text(actor=actor, new_id=form.row_id, new=form.new_text())
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("Saved. Ask each person to sign it from their couple's page.", "success")
            return redirect(url_for(".agreement", agreement_key=key), code=303)
    return render_template("settings/agreement.html", form=form, found=None), (
        422 if form.errors else 200
    )


@bp.route("/agreements/<agreement_key>", methods=["GET", "POST"])
def agreement(agreement_key: str) -> ResponseReturnValue:
    actor = current_actor()
    found = agreement_texts.text_page(actor=actor, key=agreement_key)
    form = agreement_text_form(found, clock.today())
    if form.validate_on_submit():
        try:
            agreement_texts.add_version(
                actor=actor, key=agreement_key, new_id=form.row_id, new=form.new_text()
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("Saved as a new version. Whoever signed is asked again, kindly.", "success")
            return redirect(url_for(".agreement", agreement_key=agreement_key), code=303)
    return render_template("settings/agreement.html", form=form, found=found), (
        422 if form.errors else 200
    )


@bp.route("/agreements/<agreement_key>/retire", methods=["POST"])
def retire_agreement(agreement_key: str) -> ResponseReturnValue:
    return _retire(agreement_key, retired=True)


@bp.route("/agreements/<agreement_key>/bring-back", methods=["POST"])
def bring_back_agreement(agreement_key: str) -> ResponseReturnValue:
    return _retire(agreement_key, retired=False)


def _retire(key: str, *, retired: bool) -> ResponseReturnValue:
    agreement_texts.retire(actor=current_actor(), key=key, retired=retired)
    flash("Nobody is asked for it any more." if retired else "It is in use again.", "success")
    return redirect(url_for(".agreement", agreement_key=key), code=303)
