"""Requests for a record: the list, a couple's page of them, one case and what is done in it."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.domain.releases.authorisations import Part
from practice.domain.releases.cases import Outcome, RequestKind
from practice.services import clock
from practice.services.errors import Invalid
from practice.services.releases import authorisations, bundles, cases, rules
from practice.services.releases.values import CaseView
from practice.web.forms import add_errors
from practice.web.release_forms import (
    AskForm,
    CaseForm,
    ChecksForm,
    DeadlineForm,
    DecisionForm,
    NamesForm,
    PaperForm,
    PreviewForm,
    RuleForm,
)
from practice.web.session import current_actor
from practice.web.therapist import bp


@bp.route("/releases")
def releases() -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "therapist/releases.html",
        waiting=cases.cases(actor=actor),
        closed=cases.cases(actor=actor, open_only=False),
    )


@bp.route("/couples/<uuid:couple_id>/releases/new", methods=["GET", "POST"])
def new_case(couple_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    couple = cases.couple_of_case(actor=actor, couple_id=couple_id)
    form = CaseForm(data={"received_on": clock.today()})
    form.offer(couple.members)
    if form.validate_on_submit():
        try:
            case_id = cases.open_case(actor=actor, couple_id=couple_id, new=form.case())
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("The request is written down. Its checks come next.", "success")
            return redirect(url_for(".release_case", case_id=case_id), code=303)
    return render_template("therapist/release_new.html", form=form, couple=couple), (
        422 if form.errors else 200
    )


@bp.route("/couples/<uuid:couple_id>/releases/rule", methods=["GET", "POST"])
def release_rule(couple_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    couple = cases.couple_of_case(actor=actor, couple_id=couple_id)
    history = rules.history(actor=actor, couple_id=couple_id)
    now = rules.rule_of(couple_id)
    form = RuleForm(data={"agreed_on": clock.today(), "rule": now.value})
    if form.validate_on_submit():
        try:
            rules.choose(
                actor=actor,
                couple_id=couple_id,
                new_id=form.row_id,
                rule=type(now)(form.rule.data),
                agreed_on=form.agreed_on.data,
                reason=form.reason.data,
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("Written down. The members read it in their portal.", "success")
            return redirect(url_for(".couple_releases", couple_id=couple_id), code=303)
    return render_template(
        "therapist/release_rule.html", form=form, couple=couple, history=history, now=now
    ), (422 if form.errors else 200)


@bp.route("/releases/<uuid:case_id>")
def release_case(case_id: UUID) -> ResponseReturnValue:
    return _page(case_id)


@bp.route("/releases/<uuid:case_id>/checks", methods=["POST"])
def case_checks(case_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    view = cases.case_view(actor=actor, case_id=case_id)
    form = ChecksForm()
    form.offer(view.line.kind)
    if not form.validate_on_submit():
        return _page(case_id, checks=form)
    cases.tick(actor=actor, case_id=case_id, keys=form.checks.data or ())
    flash("The checks are noted.", "success")
    return _back(case_id)


@bp.route("/releases/<uuid:case_id>/deadline", methods=["POST"])
def case_deadline(case_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    cases.require_open(actor, case_id)
    form = DeadlineForm()
    if form.validate_on_submit():
        try:
            cases.move_deadline(actor=actor, case_id=case_id, deadline_on=form.deadline_on.data)
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("The deadline is changed.", "success")
            return _back(case_id)
    return _page(case_id, deadline=form)


@bp.route("/releases/<uuid:case_id>/decision", methods=["POST"])
def case_decision(case_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    cases.require_own_open(actor, case_id)
    form = DecisionForm()
    if form.validate_on_submit():
        try:
            cases.decide(
                actor=actor,
                case_id=case_id,
                outcome=Outcome(form.outcome.data),
                reason=form.reason.data,
                sent=form.sent.data or "",
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("The case is decided and closed.", "success")
            return _back(case_id)
    return _page(case_id, decision=form)


@bp.route("/releases/<uuid:case_id>/names", methods=["POST"])
def case_names(case_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    cases.require_own_open(actor, case_id)
    form = NamesForm()
    if form.validate_on_submit():
        try:
            cases.look_for(actor=actor, case_id=case_id, names=form.names.data or "")
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("These names are looked for, too.", "success")
            return redirect(url_for(".case_passages", case_id=case_id), code=303)
    return _page(case_id, names=form)


@bp.route("/releases/<uuid:case_id>/ask", methods=["GET", "POST"])
def ask_authorisation(case_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    cases.require_own_open(actor, case_id)
    view = cases.case_view(actor=actor, case_id=case_id)
    couple = cases.couple_of_case(actor=actor, couple_id=view.line.couple_id)
    today = clock.today()
    form = AskForm(
        data={
            "last_day": today,
            "expires_on": today + authorisations.USUAL_LIFE,
            "recipient": view.line.requester,
        }
    )
    form.offer(couple.members)
    if form.validate_on_submit():
        try:
            authorisations.ask(actor=actor, case_id=case_id, asked=form.asked())
        except Invalid as problem:
            add_errors(form, _by_field(problem))
        else:
            flash("It is written down. Whoever is asked finds it in their portal.", "success")
            return _back(case_id)
    return render_template(
        "therapist/release_ask.html",
        form=form,
        view=view,
        rule=rules.rule_of(view.line.couple_id),
        may_be_by_law=view.line.kind in authorisations.BY_LAW,
        is_order=view.line.kind is RequestKind.COURT_ORDER,
    ), (422 if form.errors else 200)


@bp.route("/release-requests/<uuid:asked_id>/withdraw", methods=["POST"])
def withdraw_authorisation_request(asked_id: UUID) -> ResponseReturnValue:
    case_id = authorisations.withdraw(actor=current_actor(), request_id=asked_id)
    flash("It is not asked any more, and nothing leaves on its strength.", "success")
    return _back(case_id)


@bp.route("/authorisations/<uuid:authorisation_id>/paper", methods=["GET", "POST"])
def paper_authorisation(authorisation_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    paper = authorisations.paper_page(actor=actor, authorisation_id=authorisation_id)
    form = PaperForm(data={"signed_on": clock.today()})
    if form.validate_on_submit():
        try:
            authorisations.record_on_paper(
                actor=actor,
                authorisation_id=authorisation_id,
                signed_name=form.signed_name.data,
                signed_on=form.signed_on.data,
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("Written down. Keep the paper.", "success")
            return _back(paper.case_id)
    return render_template("therapist/release_paper.html", form=form, paper=paper), (
        422 if form.errors else 200
    )


@bp.route("/authorisations/<uuid:authorisation_id>/revoked", methods=["POST"])
def revoked_authorisation(authorisation_id: UUID) -> ResponseReturnValue:
    case_id = authorisations.record_revocation(
        actor=current_actor(), authorisation_id=authorisation_id
    )
    flash("Written down. From this moment nothing is handed out on its strength.", "success")
    return _back(case_id)


def _back(case_id: UUID) -> ResponseReturnValue:
    return redirect(url_for(".release_case", case_id=case_id), code=303)


def _page(case_id: UUID, **sent: Any) -> ResponseReturnValue:
    actor = current_actor()
    view = cases.case_view(actor=actor, case_id=case_id)
    forms = _forms(view) | sent
    wrong = next((form for form in sent.values() if form.errors), None)
    clinical: dict[str, Any] = {"asked": (), "bundles": (), "not_ready": "", "left_out": {}}
    if view.line.in_care:
        clinical["asked"] = authorisations.asked_views(actor=actor, case_id=case_id)
        clinical["bundles"] = bundles.bundles_of(actor=actor, case_id=case_id)
    if view.may_release and view.line.is_open:
        clinical["not_ready"] = bundles.readiness(actor=actor, case_id=case_id)
    return render_template(
        "therapist/release_case.html",
        view=view,
        form=wrong,
        forms=forms,
        PROCESS=Part.PROCESS_NOTES,
        **clinical,
    ), (422 if wrong else 200)


def _forms(view: CaseView) -> dict[str, Any]:
    checks = ChecksForm(
        formdata=None, data={"checks": [one.check.key for one in view.checks if one.at]}
    )
    checks.offer(view.line.kind)
    return {
        "checks": checks,
        "deadline": DeadlineForm(formdata=None, data={"deadline_on": view.line.deadline_on}),
        "decision": DecisionForm(formdata=None),
        "names": NamesForm(formdata=None, data={"names": view.names}),
        "preview": PreviewForm(formdata=None, data={"recipient": view.line.requester}),
    }


def _by_field(problem: Invalid) -> Invalid:
    """Name the form's own field where a service names what it is made of."""
    names = {"person_id": "whose"}
    return Invalid({names.get(key, key): words for key, words in problem.errors.items()})
