"""Who works here: inviting, shutting and opening accounts, who runs the practice."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.domain.people import Role
from practice.services import clock, staff
from practice.services.errors import Invalid, Refused
from practice.services.invitations import IssuedInvitation
from practice.web.forms import add_errors
from practice.web.pictures import qr_code
from practice.web.session import current_actor
from practice.web.staff import bp
from practice.web.staff.forms import InviteForm, SupervisionForm

SUPERVISE = "supervise"
"""Keeps the fields of the second form of the page apart from those of the first."""


@bp.route("/staff")
def people() -> ResponseReturnValue:
    return page()


def page(
    *,
    invite: InviteForm | None = None,
    supervise: SupervisionForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """Show everybody with the forms; those that were sent show what is amiss."""
    found = staff.all_staff(actor=current_actor())
    invite = invite or InviteForm(formdata=None)
    supervise = supervise or SupervisionForm(
        formdata=None, prefix=SUPERVISE, data={"since": clock.today()}
    )
    supervise.offer((one.person_id, one.name) for one in found.therapists())
    amiss = next((form for form in (invite, supervise) if form.errors), None)
    return render_template(
        "staff/people.html",
        staff=found,
        invite=invite,
        supervise=supervise,
        form=amiss or invite,
        me=current_actor().person_id,
    ), (422 if amiss else status)


@bp.route("/staff/invite", methods=["POST"])
def invite() -> ResponseReturnValue:
    form = InviteForm()
    if form.validate_on_submit():
        try:
            issued = staff.invite_staff(
                actor=current_actor(),
                new_id=form.row_id,
                name=form.name.data or "",
                role=Role(form.role.data),
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            return _shown_once(issued)
    return page(invite=form)


@bp.route("/staff/<uuid:person_id>/invite-again", methods=["POST"])
def invite_again(person_id: UUID) -> ResponseReturnValue:
    return _shown_once(staff.invite_again(actor=current_actor(), person_id=person_id))


@bp.route("/staff/<uuid:person_id>/withdraw-invitation", methods=["POST"])
def withdraw_invitation(person_id: UUID) -> ResponseReturnValue:
    staff.withdraw_invitation(actor=current_actor(), person_id=person_id)
    return _back("The invitation is withdrawn; its link opens nothing any more.")


@bp.route("/staff/<uuid:person_id>/shut", methods=["POST"])
def disable(person_id: UUID) -> ResponseReturnValue:
    staff.disable(actor=current_actor(), person_id=person_id)
    return _back("The account is shut, and signed out everywhere.")


@bp.route("/staff/<uuid:person_id>/open", methods=["POST"])
def enable(person_id: UUID) -> ResponseReturnValue:
    staff.enable(actor=current_actor(), person_id=person_id)
    return _back("The account is open again.")


@bp.route("/staff/<uuid:person_id>/owner", methods=["POST"])
def make_owner(person_id: UUID) -> ResponseReturnValue:
    staff.make_owner(actor=current_actor(), person_id=person_id)
    return _back("They run the practice, too, as soon as they have signed in anew.")


@bp.route("/staff/<uuid:person_id>/not-owner", methods=["POST"])
def unmake_owner(person_id: UUID) -> ResponseReturnValue:
    staff.unmake_owner(actor=current_actor(), person_id=person_id)
    return _back("They no longer run the practice.")


@bp.errorhandler(Refused)
def refused(problem: Refused) -> ResponseReturnValue:
    """Say why on the page where it can be put right, and not on a page of its own."""
    flash(str(problem), "warning")
    return page(status=409)


def _back(words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for("staff.people"), code=303)


def _shown_once(issued: IssuedInvitation) -> ResponseReturnValue:
    """Show link and code, this once: the answer to the click holds them, nothing else does."""
    link = url_for("account.accept_invitation", token=issued.token, _external=True)
    return render_template("staff/invitation.html", issued=issued, link=link, picture=qr_code(link))
