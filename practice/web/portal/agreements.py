"""A partner's own agreements: reading, signing, taking back; what may be used of their words."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.domain.agreements import Answer
from practice.services import (
    homework,
    own_agreements,
    own_permissions,
    secrets_policies,
)
from practice.services.drafts import DraftKind
from practice.services.errors import Invalid, Refused
from practice.web import half_finished
from practice.web.agreement_forms import AnswerPermissionForm, SignForm, WithdrawForm
from practice.web.forms import add_errors
from practice.web.portal import bp
from practice.web.session import background, current_actor
from practice.web.words import minutes


@bp.route("/agreements")
def agreements() -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "portal/agreements.html",
        rules=secrets_policies.portal_policies(actor=actor),
        agreements=own_agreements.own_agreements(actor=actor),
        permissions=own_permissions.own_permissions(actor=actor),
        copies=homework.signed_copies(actor=actor),
        minutes=minutes,
    )


@bp.route("/agreements/<uuid:agreement_id>", methods=["GET", "POST"])
def agreement(agreement_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = own_agreements.own_agreement(actor=actor, agreement_id=agreement_id)
    current = found.consent.current
    form = SignForm(data={"version": current.version if current else 0})
    if form.validate_on_submit():
        try:
            own_agreements.sign(
                actor=actor,
                agreement_id=agreement_id,
                version=form.version.data,
                name=form.name.data,
                agreed=form.agreed.data,
            )
        except Invalid as problem:
            add_errors(form, problem)
        except Refused as problem:
            form.version.data = current.version if current else 0
            form.form_errors.append(str(problem))
        else:
            flash("Signed. You can read it again here whenever you like.", "success")
            return redirect(url_for(".agreements"), code=303)
    return render_template("portal/agreement.html", found=found, form=form), (
        422 if form.errors else 200
    )


@bp.route("/agreements/<uuid:agreement_id>/take-back", methods=["GET", "POST"])
def take_back_agreement(agreement_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = own_agreements.own_agreement(actor=actor, agreement_id=agreement_id)
    half = half_finished.begin(actor, DraftKind.TAKING_BACK, agreement_id)
    form = WithdrawForm()
    if half.is_to_keep() and found.may_withdraw:
        return half.keep_and_go(form, url_for(".agreements"))
    if form.validate_on_submit() and form.take_back.data:
        try:
            own_agreements.withdraw(
                actor=actor, agreement_id=agreement_id, words=form.words.data or ""
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            half.was_sent(form)
            flash("Taken back. It stays readable here, with the day.", "success")
            return redirect(url_for(".agreements"), code=303)
    return render_template(
        "portal/agreement_take_back.html",
        found=found,
        form=form,
        kept=half.kept,
        keep_address=url_for(".keep_taking_back", agreement_id=agreement_id),
    ), (422 if form.errors else 200)


@bp.route("/agreements/<uuid:agreement_id>/take-back/keep", methods=["POST"])
@background
def keep_taking_back(agreement_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = own_agreements.own_agreement(actor=actor, agreement_id=agreement_id)
    if not found.may_withdraw:
        return half_finished.not_any_more()
    half = half_finished.begin(actor, DraftKind.TAKING_BACK, agreement_id)
    return half.answer(WithdrawForm())


@bp.route("/asked/<uuid:permission_id>", methods=["GET", "POST"])
def permission(permission_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = own_permissions.own_permission(actor=actor, permission_id=permission_id)
    half = half_finished.begin(actor, DraftKind.PERMISSION, permission_id)
    form = AnswerPermissionForm()
    if half.is_to_keep() and found.may_answer:
        return half.keep_and_go(form, url_for(".home"))
    if form.validate_on_submit():
        try:
            own_permissions.answer(
                actor=actor,
                permission_id=permission_id,
                answer=Answer(form.answer.data),
                words=form.words.data or "",
            )
        except (Invalid, Refused) as problem:
            add_errors(form, problem)
        else:
            half.was_sent(form)
            flash("Thank you for saying so. Nobody else learns of it.", "success")
            return redirect(url_for(".permission", permission_id=permission_id), code=303)
    return render_template(
        "portal/permission.html",
        found=found,
        form=form,
        kept=half.kept,
        keep_address=url_for(".keep_permission", permission_id=permission_id),
    ), (422 if form.errors else 200)


@bp.route("/asked/<uuid:permission_id>/keep", methods=["POST"])
@background
def keep_permission(permission_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = own_permissions.own_permission(actor=actor, permission_id=permission_id)
    if not found.may_answer:
        return half_finished.not_any_more()
    half = half_finished.begin(actor, DraftKind.PERMISSION, permission_id)
    return half.answer(AnswerPermissionForm())


@bp.route("/asked/<uuid:permission_id>/take-back", methods=["POST"])
def take_back_permission(permission_id: UUID) -> ResponseReturnValue:
    own_permissions.withdraw(actor=current_actor(), permission_id=permission_id)
    flash("Taken back, from now on. What was read in the meantime cannot be unread.", "success")
    return redirect(url_for(".permission", permission_id=permission_id), code=303)
