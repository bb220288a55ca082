"""How long records are kept: a couple's page of requests, legal holds, what is due, erasure."""

from typing import Any
from uuid import UUID

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.services import record_settings, retention
from practice.services.erasure import desk
from practice.services.errors import Invalid
from practice.services.releases import cases, rules
from practice.web import errors
from practice.web.forms import add_errors
from practice.web.release_forms import EraseForm, HoldForm
from practice.web.session import current_actor
from practice.web.therapist import bp


@bp.route("/couples/<uuid:couple_id>/releases", methods=["GET", "POST"])
def couple_releases(couple_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = cases.cases_of(actor=actor, couple_id=couple_id)
    form = HoldForm()
    if form.validate_on_submit():
        change = retention.lift_hold if retention.is_held(couple_id) else retention.set_hold
        try:
            change(actor=actor, couple_id=couple_id, reason=form.reason.data)
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("The legal hold is noted.", "success")
            return redirect(url_for(".couple_releases", couple_id=couple_id), code=303)
    return render_template(
        "therapist/couple_releases.html",
        form=form,
        couple=cases.couple_of_case(actor=actor, couple_id=couple_id),
        cases=found,
        rule=rules.rule_of(couple_id),
        history=rules.history(actor=actor, couple_id=couple_id),
        holds=retention.holds_of(actor=actor, couple_id=couple_id),
        held=retention.is_held(couple_id),
        kept=retention.kept_of(actor=actor, couple_id=couple_id),
        certificates=desk.certificates_of(actor=actor, couple_id=couple_id),
    ), (422 if form.errors else 200)


@bp.route("/releases/kept")
def retention_list() -> ResponseReturnValue:
    return render_template(
        "therapist/retention.html",
        kept=retention.kept_in_care(actor=current_actor()),
        years=record_settings.current().years,
    )


@bp.route("/releases/<uuid:case_id>/erase", methods=["GET", "POST"])
def erase(case_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    goes = desk.what_goes(actor=actor, case_id=case_id)
    form = EraseForm()
    if form.validate_on_submit():
        try:
            erasure_id = desk.erase(actor=actor, case_id=case_id, typed_name=form.typed_name.data)
        except Invalid as problem:
            add_errors(form, problem)
        else:
            _write_anew(actor, erasure_id)
            return redirect(url_for(".erasure", erasure_id=erasure_id), code=303)
    return render_template("therapist/erase.html", form=form, goes=goes), (
        422 if form.errors else 200
    )


@bp.route("/erasures/<uuid:erasure_id>")
def erasure(erasure_id: UUID) -> ResponseReturnValue:
    found = desk.certificate(actor=current_actor(), erasure_id=erasure_id)
    return render_template("therapist/erasure.html", found=found)


@bp.route("/erasures/<uuid:erasure_id>/write-anew", methods=["POST"])
def write_anew(erasure_id: UUID) -> ResponseReturnValue:
    _write_anew(current_actor(), erasure_id)
    return redirect(url_for(".erasure", erasure_id=erasure_id), code=303)


@bp.route("/erasures/<uuid:erasure_id>/certificate")
def erasure_certificate(erasure_id: UUID) -> ResponseReturnValue:
    try:
        pdf = desk.certificate_pdf(actor=current_actor(), erasure_id=erasure_id)
    except desk.RenderFailed as failed:
        return errors.page(503, heading="Not made", message=str(failed))
    response: Response = make_response(pdf)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = 'attachment; filename="certificate.pdf"'
    return response


def _write_anew(actor: Any, erasure_id: UUID) -> None:
    if desk.write_anew(actor=actor, erasure_id=erasure_id):
        flash("Erased, and the database was written anew.", "success")
    else:
        flash("Erased. The database was in use, so write it anew in a quiet moment.", "warning")
