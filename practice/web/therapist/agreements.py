"""A couple's agreements: the rule about secrets, and what each member signed alone."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.domain.agreements import Regime
from practice.services import clock, consents, couples, joint_passages, secrets_policies
from practice.services.errors import Invalid
from practice.web.agreement_forms import OnPaperForm, policy_form
from practice.web.forms import add_errors
from practice.web.session import current_actor
from practice.web.therapist import bp

MEMBER = "/couples/<uuid:couple_id>/people/<uuid:person_id>/agreements"


@bp.route("/couples/<uuid:couple_id>/agreements")
def agreements(couple_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "therapist/agreements.html",
        header=couples.couple_header(actor=actor, couple_id=couple_id),
        policies=secrets_policies.couple_policies(actor=actor, couple_id=couple_id),
        people=consents.couple_consents(actor=actor, couple_id=couple_id),
        passages=joint_passages.couple_passages(actor=actor, couple_id=couple_id),
    )


@bp.route("/couples/<uuid:couple_id>/agreements/secrets", methods=["GET", "POST"])
def choose_secrets(couple_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    policies = secrets_policies.couple_policies(actor=actor, couple_id=couple_id)
    form = policy_form(policies.members, clock.today())
    if form.validate_on_submit():
        try:
            secrets_policies.choose(
                actor=actor,
                couple_id=couple_id,
                new_id=form.row_id,
                regime=Regime(form.regime.data),
                chosen_on=form.chosen_on.data,
                told=form.told_ids(),
                reason=form.reason.data or "",
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("The rule is recorded. It holds for what is written from now on.", "success")
            return redirect(url_for(".agreements", couple_id=couple_id), code=303)
    return render_template(
        "therapist/secrets.html",
        form=form,
        policies=policies,
        header=couples.couple_header(actor=actor, couple_id=couple_id),
    ), (422 if form.errors else 200)


@bp.route(f"{MEMBER}/ask", methods=["POST"])
def ask_agreements(couple_id: UUID, person_id: UUID) -> ResponseReturnValue:
    count = consents.ask(actor=current_actor(), couple_id=couple_id, person_id=person_id)
    flash(_asked_words(count), "success")
    return redirect(url_for(".agreements", couple_id=couple_id), code=303)


@bp.route(f"{MEMBER}/<agreement_key>", methods=["GET", "POST"])
def member_agreement(couple_id: UUID, person_id: UUID, agreement_key: str) -> ResponseReturnValue:
    actor = current_actor()
    member, consent = consents.member_consent(
        actor=actor, couple_id=couple_id, person_id=person_id, key=agreement_key
    )
    form = OnPaperForm(data={"on_day": clock.today(), "name": member.name})
    if form.validate_on_submit():
        try:
            consents.record(
                actor=actor,
                couple_id=couple_id,
                person_id=person_id,
                key=agreement_key,
                new=form.on_paper(),
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("Written down.", "success")
            return redirect(url_for(".agreements", couple_id=couple_id), code=303)
    return render_template(
        "therapist/member_agreement.html",
        form=form,
        member=member,
        consent=consent,
        header=couples.couple_header(actor=actor, couple_id=couple_id),
    ), (422 if form.errors else 200)


@bp.route(f"{MEMBER}/<agreement_key>/ask", methods=["POST"])
def ask_agreement(couple_id: UUID, person_id: UUID, agreement_key: str) -> ResponseReturnValue:
    count = consents.ask(
        actor=current_actor(), couple_id=couple_id, person_id=person_id, keys=[agreement_key]
    )
    flash(_asked_words(count), "success")
    return redirect(url_for(".agreements", couple_id=couple_id), code=303)


def _asked_words(count: int) -> str:
    if not count:
        return "There was nothing more to ask for."
    texts = "one text" if count == 1 else f"{count} texts"
    return f"They find {texts} to read and sign in their portal. Nobody else learns of it."
