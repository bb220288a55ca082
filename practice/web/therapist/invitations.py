"""Inviting a member to an account of their own, and taking an invitation back."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.services import invitations
from practice.web.pictures import qr_code
from practice.web.session import current_actor
from practice.web.therapist import bp


@bp.route("/couples/<uuid:couple_id>/people/<uuid:person_id>/invite", methods=["POST"])
def invite_member(couple_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Show link and code, this once: the answer to the click holds them, nothing else does."""
    issued = invitations.invite(actor=current_actor(), couple_id=couple_id, person_id=person_id)
    link = url_for("account.accept_invitation", token=issued.token, _external=True)
    return render_template(
        "therapist/invitation.html",
        couple_id=couple_id,
        issued=issued,
        link=link,
        picture=qr_code(link),
    )


@bp.route("/couples/<uuid:couple_id>/people/<uuid:person_id>/revoke-invitation", methods=["POST"])
def revoke_invitation(couple_id: UUID, person_id: UUID) -> ResponseReturnValue:
    invitations.revoke(actor=current_actor(), couple_id=couple_id, person_id=person_id)
    flash("The invitation is withdrawn; its link opens nothing any more.", "success")
    return redirect(url_for("therapist.couple", couple_id=couple_id), code=303)
