"""One person's own data at the desk, for the therapist to hand to that person."""

from uuid import UUID

from flask import make_response, render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField

from practice.services.own_export import export
from practice.web.session import current_actor
from practice.web.therapist import bp


class DeskExportForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """What goes into the file besides the person's own words."""

    with_record = BooleanField("Add what I noted about this person alone")
    with_private = BooleanField("Add what they answered to private questions, and their plan")


@bp.route("/couples/<uuid:couple_id>/people/<uuid:person_id>/export", methods=["GET", "POST"])
def export_person(couple_id: UUID, person_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = export.desk_export(actor=actor, couple_id=couple_id, person_id=person_id)
    form = DeskExportForm()
    if form.validate_on_submit():
        content = export.export_at_desk(
            actor=actor,
            couple_id=couple_id,
            person_id=person_id,
            with_record=bool(form.with_record.data),
            with_private=bool(form.with_private.data),
        )
        response = make_response(content)
        response.mimetype = "application/zip"
        response.headers["Content-Disposition"] = f'attachment; filename="{export.FILE_NAME}"'
        return response
    return render_template("therapist/export_person.html", form=form, found=found)
