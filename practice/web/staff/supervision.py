"""Who supervises whom: beginning and ending it."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from practice.services import staff, supervisors
from practice.services.errors import Invalid
from practice.web.forms import add_errors
from practice.web.session import current_actor
from practice.web.staff import bp
from practice.web.staff.forms import SupervisionForm
from practice.web.staff.people import SUPERVISE, page


@bp.route("/supervision", methods=["POST"])
def begin_supervision() -> ResponseReturnValue:
    actor = current_actor()
    form = SupervisionForm(prefix=SUPERVISE)
    found = staff.all_staff(actor=actor)
    form.offer((one.person_id, one.name) for one in found.therapists())
    if form.validate_on_submit():
        try:
            supervisors.begin_supervision(
                actor=actor,
                new_id=form.row_id,
                supervisor_id=UUID(form.supervisor.data),
                therapist_id=UUID(form.therapist.data),
                since=form.since.data,
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("The supervision is noted.", "success")
            return redirect(url_for("staff.people"), code=303)
    return page(supervise=form)


@bp.route("/supervision/<uuid:supervision_id>/end", methods=["POST"])
def end_supervision(supervision_id: UUID) -> ResponseReturnValue:
    supervisors.end_supervision(actor=current_actor(), supervision_id=supervision_id)
    flash("The supervision has ended.", "success")
    return redirect(url_for("staff.people"), code=303)
