"""What a partner was given to read or look at."""

from uuid import UUID

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from practice.services import resources_given
from practice.web.pdf import pdf
from practice.web.portal import bp
from practice.web.session import current_actor


@bp.route("/resources")
def resources() -> ResponseReturnValue:
    return render_template(
        "portal/resources.html", given=resources_given.own_resources(actor=current_actor())
    )


@bp.route("/resources/<uuid:given_id>")
def resource(given_id: UUID) -> ResponseReturnValue:
    found = resources_given.own_resource(actor=current_actor(), given_id=given_id)
    return render_template("portal/resource.html", found=found)


@bp.route("/resources/<uuid:given_id>/page.pdf")
def resource_file(given_id: UUID) -> Response:
    return pdf(
        resources_given.own_resource_pdf(actor=current_actor(), given_id=given_id), "handout"
    )
