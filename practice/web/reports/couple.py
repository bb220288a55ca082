"""A couple's outcome reports: choose an edition, look at it, issue it, fetch it again."""

from uuid import UUID

from flask import Response, abort, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.domain.reports import Edition
from practice.services import reports
from practice.services.reports import RenderFailed
from practice.web.reports import bp
from practice.web.reports.forms import IssueForm
from practice.web.session import current_actor


@bp.route("/couples/<uuid:couple_id>", methods=["GET", "POST"])
def couple(couple_id: UUID) -> ResponseReturnValue:
    form = IssueForm()
    page = reports.couple_reports(actor=current_actor(), couple_id=couple_id)
    problem, status = "", 200
    if form.validate_on_submit():
        try:
            reports.issue_report(
                actor=current_actor(),
                couple_id=couple_id,
                edition=Edition(form.edition.data),
                new_id=form.row_id,
            )
        except RenderFailed as failed:
            problem, status = str(failed), 503
        else:
            flash("The report is issued. It is kept as it is now.", "success")
            return redirect(url_for(".couple", couple_id=couple_id), code=303)
    status = 422 if form.errors else status
    return render_template("reports/couple.html", form=form, page=page, problem=problem), status


@bp.route("/couples/<uuid:couple_id>/<edition>/preview")
def preview(couple_id: UUID, edition: str) -> ResponseReturnValue:
    chosen = Edition(edition) if edition in set(Edition) else abort(404)
    findings = reports.outcome_findings(actor=current_actor(), couple_id=couple_id, edition=chosen)
    return render_template(
        "reports/preview.html",
        findings=findings,
        sections=reports.sections_of(findings),
        couple_id=couple_id,
    )


@bp.route("/<uuid:report_id>")
def download(report_id: UUID) -> Response:
    found = reports.download(actor=current_actor(), report_id=report_id)
    response = make_response(found.pdf)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    return response
