"""What came of the caseload and of the practice: as a page, as a PDF, as a spreadsheet."""

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from practice.services import caseload_outcomes as service
from practice.services.caseload_outcomes import Choice, Outcomes, RenderFailed
from practice.services.errors import Refused
from practice.web.outcome_forms import PracticeForm, choice_form
from practice.web.session import current_actor
from practice.web.therapist import bp

TYPES = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}


@bp.route("/outcomes")
def outcomes() -> ResponseReturnValue:
    form = choice_form(request.args)
    is_valid = form.validate()
    found = service.own_outcomes(
        actor=current_actor(), choice=form.choice() if is_valid else Choice()
    )
    return render_template(
        "therapist/outcomes.html",
        form=form,
        outcomes=found if is_valid else None,
        chosen=form.arguments() if is_valid else {},
        practice=False,
    ), (200 if is_valid else 422)


@bp.route("/outcomes.<any(pdf, csv):kind>")
def outcomes_file(kind: str) -> Response:
    form = choice_form(request.args)
    if not form.validate():
        raise Refused("The time that was asked for is not one. Choose it again on the page.")
    return _file(service.own_outcomes(actor=current_actor(), choice=form.choice()), kind)


@bp.route("/outcomes/practice")
def practice_outcomes() -> ResponseReturnValue:
    form = PracticeForm.of(request.args)
    found = service.practice_outcomes(actor=current_actor(), scale_key=form.scale_key())
    return render_template(
        "therapist/outcomes.html",
        form=form,
        outcomes=found,
        chosen={"scale": form.scale_key()},
        practice=True,
    )


@bp.route("/outcomes/practice.<any(pdf, csv):kind>")
def practice_outcomes_file(kind: str) -> Response:
    form = PracticeForm.of(request.args)
    return _file(service.practice_outcomes(actor=current_actor(), scale_key=form.scale_key()), kind)


def _file(found: Outcomes, kind: str) -> Response:
    try:
        # A byte order mark tells spreadsheet programs that this is UTF-8.
        content = found.pdf() if kind == "pdf" else found.csv().encode("utf-8-sig")
    except RenderFailed as failed:
        raise Refused(str(failed)) from failed
    service.note_export(actor=current_actor(), what=kind)
    response = make_response(content)
    response.headers["Content-Type"] = TYPES[kind]
    response.headers["Content-Disposition"] = f'attachment; filename="{found.file_stem}.{kind}"'
    return response
