"""Giving a couple something to read or look at."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.services import couples, resources_given
from practice.services.errors import Invalid
from practice.web.forms import add_errors
from practice.web.resource_forms import give_form
from practice.web.session import current_actor
from practice.web.therapist import bp


@bp.route("/couples/<uuid:couple_id>/resources", methods=["GET", "POST"])
def couple_resources(couple_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = resources_given.couple_resources(actor=actor, couple_id=couple_id)
    form = give_form(found)
    if form.validate_on_submit():
        try:
            resources_given.give(
                actor=actor,
                couple_id=couple_id,
                new_id=form.row_id,
                resource_id=UUID(form.resource.data),
                to=form.receivers(),
                words=form.words.data or "",
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("It is on their pages now.", "success")
            return redirect(url_for(".couple_resources", couple_id=couple_id), code=303)
    return render_template(
        "therapist/resources.html",
        header=couples.couple_header(actor=actor, couple_id=couple_id),
        found=found,
        form=form,
    ), (422 if form.errors else 200)


@bp.route("/resources/<uuid:given_id>/take-back", methods=["POST"])
def take_back_resource(given_id: UUID) -> ResponseReturnValue:
    couple_id = resources_given.take_back(actor=current_actor(), given_id=given_id)
    flash("It is not on their pages any more.", "success")
    return redirect(url_for(".couple_resources", couple_id=couple_id), code=303)
