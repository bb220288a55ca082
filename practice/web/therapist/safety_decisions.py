"""The decision on joint work and the safeguarding log; read by a supervisor, too."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.domain.safety.joint_work import JointWork
from practice.services import clearances, clock, safeguarding, safety
from practice.services.errors import Invalid, NotFound
from practice.web.forms import add_errors
from practice.web.safety_forms import EntryForm, JointWorkForm
from practice.web.session import current_actor
from practice.web.therapist import bp


@bp.route("/couples/<uuid:couple_id>/safety/joint-work", methods=["GET", "POST"])
def joint_work(couple_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = safety.decisions(actor=actor, couple_id=couple_id)
    form = JointWorkForm(data={"decided_on": clock.today()})
    if form.is_submitted() and not found.treats:
        raise NotFound
    if form.validate_on_submit():
        try:
            clearances.decide(
                actor=actor,
                couple_id=couple_id,
                new_id=form.row_id,
                decision=JointWork(form.decision.data),
                on=form.decided_on.data,
                reason=form.reason.data,
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("Your decision is written down.", "success")
            return redirect(url_for(".joint_work", couple_id=couple_id), code=303)
    return render_template("therapist/joint_work.html", form=form, found=found), (
        422 if form.errors else 200
    )


@bp.route("/couples/<uuid:couple_id>/safety/log", methods=["GET", "POST"])
def safeguarding_log(couple_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = safety.decisions(actor=actor, couple_id=couple_id)
    form = EntryForm(
        data={"happened_on": clock.today(), "corrects": request.args.get("corrects", "")}
    )
    if form.is_submitted() and not found.treats:
        raise NotFound
    if form.validate_on_submit():
        try:
            safeguarding.add(actor=actor, couple_id=couple_id, new_id=form.row_id, new=form.entry())
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("The entry is written down, with your name and the time.", "success")
            return redirect(url_for(".safeguarding_log", couple_id=couple_id), code=303)
    corrects = next((one for one in found.entries if str(one.id) == form.corrects.data), None)
    return render_template(
        "therapist/safeguarding_log.html", form=form, found=found, corrects=corrects
    ), (422 if form.errors else 200)
