"""What leaves: passages that speak of others, the preview that is the file, handing it out."""

from uuid import UUID

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.services.errors import Invalid
from practice.services.releases import bundles, cases, passages
from practice.services.releases.bundles import NoLongerHolds, RenderFailed
from practice.web import errors
from practice.web.forms import add_errors
from practice.web.release_forms import PreviewForm, passages_form
from practice.web.session import current_actor
from practice.web.therapist import bp

REVOKED = (
    "An authorisation that this copy rests on was revoked, withdrawn or has run out. From that "
    "moment it is not handed out. What was handed out before stands in the access log."
)


@bp.route("/releases/<uuid:case_id>/passages", methods=["GET", "POST"])
def case_passages(case_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = passages.passages(actor=actor, case_id=case_id)
    view = cases.case_view(actor=actor, case_id=case_id)
    form = passages_form(found)
    if form.validate_on_submit():
        try:
            passages.decide(actor=actor, case_id=case_id, decided=form.decided())
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("Your decisions are kept with this case.", "success")
            return redirect(url_for(".release_case", case_id=case_id), code=303)
    return render_template("therapist/release_passages.html", form=form, found=found, view=view), (
        422 if form.errors else 200
    )


@bp.route("/releases/<uuid:case_id>/preview", methods=["POST"])
def make_bundle(case_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    cases.require_release(actor, case_id)
    form = PreviewForm()
    if not form.validate_on_submit():
        return errors.page(422, heading="Who gets it?", message="Go back and enter who gets it.")
    try:
        bundle_id = bundles.make_preview(
            actor=actor, case_id=case_id, new_id=form.row_id, recipient=form.recipient.data
        )
    except RenderFailed as failed:
        return errors.page(503, heading="Not made", message=str(failed))
    return redirect(url_for(".bundle", bundle_id=bundle_id), code=303)


@bp.route("/bundles/<uuid:bundle_id>")
def bundle(bundle_id: UUID) -> ResponseReturnValue:
    found = bundles.preview(actor=current_actor(), bundle_id=bundle_id)
    return render_template("therapist/release_preview.html", found=found)


@bp.route("/bundles/<uuid:bundle_id>/issue", methods=["POST"])
def issue_bundle(bundle_id: UUID) -> ResponseReturnValue:
    case_id = bundles.issue(actor=current_actor(), bundle_id=bundle_id)
    flash("Issued as you looked at it. It can be handed out while the authorisation holds.")
    return redirect(url_for(".release_case", case_id=case_id), code=303)


@bp.route("/bundles/<uuid:bundle_id>/file")
def bundle_file(bundle_id: UUID) -> ResponseReturnValue:
    try:
        found = bundles.file_of(actor=current_actor(), bundle_id=bundle_id)
    except NoLongerHolds:
        return errors.page(410, heading="It does not leave any more", message=REVOKED)
    response: Response = make_response(found.content)
    response.mimetype = found.mimetype
    looked_at = request.args.get("look") and response.mimetype == "application/pdf"
    where = "inline" if looked_at else "attachment"
    response.headers["Content-Disposition"] = f'{where}; filename="{found.file_name}"'
    return response
