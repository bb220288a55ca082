"""Using something private in the joint record: asking its author, and quoting from it."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from practice.domain.agreements import Answer, JointSource
from practice.services import clock, couples, joint_passages, permissions
from practice.services.errors import Invalid, Refused
from practice.web.agreement_forms import AskPermissionForm, PassageForm, RecordAnswerForm
from practice.web.forms import add_errors
from practice.web.session import current_actor
from practice.web.therapist import bp

SOURCE = "/joint-record/<any(response, entry, intake):source>/<uuid:source_id>"


@bp.route(SOURCE)
def use_in_joint(source: str, source_id: UUID) -> ResponseReturnValue:
    return _page(source, source_id)


@bp.route(f"{SOURCE}/ask", methods=["POST"])
def ask_permission(source: str, source_id: UUID) -> ResponseReturnValue:
    form = AskPermissionForm()

    def ask() -> None:
        permissions.ask(
            actor=current_actor(),
            kind=JointSource(source),
            source_id=source_id,
            new_id=form.row_id,
            purpose=form.purpose.data,
        )

    if not _is_done(source, source_id, form, ask):
        return _page(source, source_id, asking=form)
    flash("They find the question in their portal. Nobody else learns of it.", "success")
    return _back(source, source_id)


@bp.route(f"{SOURCE}/said", methods=["POST"])
def record_permission(source: str, source_id: UUID) -> ResponseReturnValue:
    form = RecordAnswerForm(prefix="said")

    def record() -> None:
        permissions.record_answer(
            actor=current_actor(),
            kind=JointSource(source),
            source_id=source_id,
            new_id=form.row_id,
            answer=Answer(form.answer.data),
            said_on=form.said_on.data,
            words=form.words.data,
        )

    if not _is_done(source, source_id, form, record):
        return _page(source, source_id, recording=form)
    flash("Written down.", "success")
    return _back(source, source_id)


@bp.route(f"{SOURCE}/passages", methods=["POST"])
def add_passage(source: str, source_id: UUID) -> ResponseReturnValue:
    form = PassageForm(prefix="passage")

    def add() -> None:
        joint_passages.add(
            actor=current_actor(),
            kind=JointSource(source),
            source_id=source_id,
            new_id=form.row_id,
            text=form.text.data,
        )

    if not _is_done(source, source_id, form, add):
        return _page(source, source_id, quoting=form)
    flash("The words stand in the joint record.", "success")
    _, item = permissions.require_source(current_actor(), JointSource(source), source_id)
    return redirect(url_for(".agreements", couple_id=item.couple_id), code=303)


@bp.route("/permissions/<uuid:permission_id>/take-back", methods=["POST"])
def take_back_permission(permission_id: UUID) -> ResponseReturnValue:
    kind, source_id = permissions.take_back_for(actor=current_actor(), permission_id=permission_id)
    flash("Written down. Nothing made from now on holds these words.", "success")
    return _back(kind.value, source_id)


@bp.route("/joint-record/passages/<uuid:passage_id>/remove", methods=["POST"])
def remove_passage(passage_id: UUID) -> ResponseReturnValue:
    couple_id = joint_passages.remove(actor=current_actor(), passage_id=passage_id)
    flash("Taken out of the joint record. What was issued before stays as it was.", "success")
    return redirect(url_for(".agreements", couple_id=couple_id), code=303)


def _is_done(source: str, source_id: UUID, form: FlaskForm, act: Callable[[], None]) -> bool:
    """Do what a form asks about an item; False if it was refused, with the reasons in the form."""
    permissions.require_source(current_actor(), JointSource(source), source_id)
    if not form.validate():
        return False
    try:
        act()
    except (Invalid, Refused) as problem:
        add_errors(form, problem)
    else:
        return True
    return False


def _back(source: str, source_id: UUID) -> ResponseReturnValue:
    return redirect(url_for(".use_in_joint", source=source, source_id=source_id), code=303)


def _page(
    source: str,
    source_id: UUID,
    *,
    asking: FlaskForm | None = None,
    recording: FlaskForm | None = None,
    quoting: FlaskForm | None = None,
) -> ResponseReturnValue:
    """Show the item; a form that was refused is shown as it was sent."""
    actor = current_actor()
    found = permissions.source_page(actor=actor, kind=JointSource(source), source_id=source_id)
    refused = asking or recording or quoting
    blank = RecordAnswerForm(prefix="said", formdata=None, data={"said_on": clock.today()})
    return render_template(
        "therapist/use_in_joint.html",
        found=found,
        header=couples.couple_header(actor=actor, couple_id=found.couple_id),
        asking=asking or AskPermissionForm(formdata=None),
        recording=recording or blank,
        quoting=quoting or PassageForm(prefix="passage", formdata=None),
        refused=refused,
    ), (422 if refused is not None else 200)
