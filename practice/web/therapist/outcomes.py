"""What came of the caseload and of the practice: as a page, as a PDF, as a spreadsheet."""

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from practice.services import caseload_outcomes as service
from practice.services.caseload_outcomes import Outcomes, RenderFailed
from practice.services.errors import Refused
from practice.web.outcome_forms import ChoiceForm, PracticeForm, choice_form
from practice.web.session import current_actor
from practice.web.therapist import bp

TYPES = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}


@bp.route("/outcomes")
def outcomes() -> ResponseReturnValue:
    form = choice_form(request.args)
    if not form.validate():
        return _page(form, None, {}), 422
    found = service.own_outcomes(actor=current_actor(), choice=form.choice())
    return _page(form, found, form.arguments())


@bp.route("/outcomes.<any(pdf, csv):file_type>")
def outcomes_file(file_type: str) -> Response:
    form = choice_form(request.args)
    if not form.validate():
        raise Refused("The time that was asked for is not one. Choose it again on the page.")
    return _file(service.own_outcomes(actor=current_actor(), choice=form.choice()), file_type)


@bp.route("/outcomes/practice")
def practice_outcomes() -> ResponseReturnValue:
    form = PracticeForm.of(request.args)
    return _page(form, _of_practice(form), {"scale": form.scale_key()})


@bp.route("/outcomes/practice.<any(pdf, csv):file_type>")
def practice_outcomes_file(file_type: str) -> Response:
    return _file(_of_practice(PracticeForm.of(request.args)), file_type)


def _of_practice(form: PracticeForm) -> Outcomes:
    return service.practice_outcomes(actor=current_actor(), scale_key=form.scale_key())


def _page(form: ChoiceForm | PracticeForm, found: Outcomes | None, chosen: dict[str, str]) -> str:
    return render_template(
        "therapist/outcomes.html",
        form=form,
        outcomes=found,
        chosen=chosen,
        practice=isinstance(form, PracticeForm),
    )


def _file(found: Outcomes, file_type: str) -> Response:
    try:
        # A byte order mark tells spreadsheet programs that this is UTF-8.
        content = found.pdf() if file_type == "pdf" else found.csv().encode("utf-8-sig")
    except RenderFailed as failed:
        raise Refused(str(failed)) from failed
    service.note_export(actor=current_actor(), what=file_type)
    response = make_response(content)
    response.headers["Content-Type"] = TYPES[file_type]
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{found.file_stem}.{file_type}"'
    )
    return response
