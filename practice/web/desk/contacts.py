"""Who is in care, by name, and how to reach each person."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from practice.services import diary as service
from practice.services.reminders import history
from practice.web.desk import bp
from practice.web.session import current_actor


@bp.route("/people", methods=["GET", "POST"])
def contacts() -> ResponseReturnValue:
    """List couples by name; what is searched for is sent, so that no name stands in an address."""
    search = request.form.get("q", "")[:120].replace("\0", "")
    return render_template(
        "desk/contacts.html",
        couples=service.couples_in_care(actor=current_actor(), search=search),
        search=search.strip(),
    )


@bp.route("/couples/<uuid:couple_id>/people/<uuid:person_id>")
def contact(couple_id: UUID, person_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    card = service.contact_card(actor=actor, couple_id=couple_id, person_id=person_id)
    mails = history.mails_to(actor=actor, couple_id=couple_id, person_id=person_id)
    return render_template("desk/contact.html", card=card, mails=mails)
