"""The practice's shelf of things to read or look at."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.services import resources as shelf
from practice.services.errors import Invalid
from practice.web.forms import add_errors
from practice.web.resource_forms import ResourceForm, shelf_form
from practice.web.session import current_actor
from practice.web.settings import bp


@bp.route("/resources")
def resources() -> ResponseReturnValue:
    return render_template("settings/resources.html", shelf=shelf.shelf(actor=current_actor()))


@bp.route("/resources/new", methods=["GET", "POST"])
def new_resource() -> ResponseReturnValue:
    actor = current_actor()
    shelf.shelf(actor=actor)
    form = shelf_form(None)
    if form.validate_on_submit():
        try:
            shelf.add(actor=actor, new_id=form.row_id, details=form.details())
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("Saved. It can be given once somebody has approved it.", "success")
            return redirect(url_for(".resource", resource_id=form.row_id), code=303)
    return _page(form, None)


@bp.route("/resources/<uuid:resource_id>", methods=["GET", "POST"])
def resource(resource_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = shelf.on_shelf(actor=actor, resource_id=resource_id)
    form = shelf_form(found)
    if form.validate_on_submit():
        try:
            shelf.change(actor=actor, resource_id=resource_id, details=form.details())
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("Saved.", "success")
            return redirect(url_for(".resource", resource_id=resource_id), code=303)
    return _page(form, found)


@bp.route("/resources/<uuid:resource_id>/approve", methods=["POST"])
def approve_resource(resource_id: UUID) -> ResponseReturnValue:
    shelf.approve(actor=current_actor(), resource_id=resource_id)
    flash("Approved, with your name and the day. It can be given now.", "success")
    return redirect(url_for(".resource", resource_id=resource_id), code=303)


@bp.route("/resources/<uuid:resource_id>/<any(put_away, offer):act>", methods=["POST"])
def put_resource_away(resource_id: UUID, act: str) -> ResponseReturnValue:
    away = act == "put_away"
    title = shelf.put_away(actor=current_actor(), resource_id=resource_id, away=away)
    flash(f"{title} is {'put away' if away else 'offered again'}.", "success")
    return redirect(url_for(".resources"), code=303)


def _page(form: ResourceForm, found: shelf.OnShelf | None) -> ResponseReturnValue:
    return render_template("settings/resource.html", form=form, found=found), (
        422 if form.errors else 200
    )
