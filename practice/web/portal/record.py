"""A member's own record: who must agree before it leaves, what they are asked, their own data."""

from uuid import UUID

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import PasswordField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from practice.domain.releases.authorisations import Part
from practice.domain.releases.cases import RequestKind
from practice.services.drafts import DraftKind
from practice.services.errors import Invalid
from practice.services.own_export import export
from practice.services.releases import portal as own
from practice.web import half_finished
from practice.web.forms import add_errors
from practice.web.once import OnceForm
from practice.web.portal import bp
from practice.web.right_secret import secret_was_right
from practice.web.session import background, current_actor
from practice.web.typed import KeepingMeta


class SignForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """The name, typed: nothing is ticked by accident."""

    class Meta(KeepingMeta):
        """What came too late is shown again."""

    typed_name = StringField(
        "Type your full name to sign", validators=[InputRequired("Type your name.")]
    )


class OwnRequestForm(OnceForm):
    """What a member asks the therapist for."""

    kind = RadioField(
        "What do you ask for?",
        choices=[
            SelectChoice(RequestKind.SUBJECT_ACCESS.value, "What is kept about me"),
            SelectChoice(RequestKind.ERASURE.value, "That my part is erased"),
        ],
        validators=[InputRequired("Choose one.")],
        invalid_choice_message="Choose one.",
    )
    words = TextAreaField("Anything your therapist should know", validators=[Length(max=4000)])


class ExportForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """The password, once more."""

    password = PasswordField("Your password", validators=[InputRequired("Enter your password.")])


@bp.route("/record", methods=["GET", "POST"])
def record() -> ResponseReturnValue:
    actor = current_actor()
    half = half_finished.begin(actor, DraftKind.RECORD_REQUEST, actor.person_id)
    form = OwnRequestForm()
    if half.is_to_keep():
        return half.keep_and_go(form, url_for(".home"))
    if form.validate_on_submit():
        try:
            own.ask_for(
                actor=actor,
                kind=RequestKind(form.kind.data),
                new_id=form.row_id,
                words=form.words.data or "",
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            half.was_sent(form)
            flash("Your therapist reads this and speaks with you about it.", "success")
            return redirect(url_for(".record"), code=303)
    return render_template(
        "portal/record.html",
        form=form,
        own=own.own_record(actor=actor),
        kept=half.kept,
        keep_address=url_for(".keep_record_request"),
    ), (422 if form.errors else 200)


@bp.route("/record/keep", methods=["POST"])
@background
def keep_record_request() -> ResponseReturnValue:
    actor = current_actor()
    own.own_record(actor=actor)
    half = half_finished.begin(actor, DraftKind.RECORD_REQUEST, actor.person_id)
    return half.answer(OwnRequestForm())


@bp.route("/record/permissions/<uuid:authorisation_id>", methods=["GET", "POST"])
def authorisation(authorisation_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    asked = own.own_authorisation(actor=actor, authorisation_id=authorisation_id)
    form = SignForm()
    if form.validate_on_submit():
        try:
            own.sign(
                actor=actor,
                authorisation_id=authorisation_id,
                typed_name=form.typed_name.data,
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("Signed. You can take it back at any time.", "success")
            return redirect(url_for(".record"), code=303)
    return render_template(
        "portal/authorisation.html",
        form=form,
        asked=asked,
        whose=own.whose_words(asked),
        JOINT=Part.JOINT,
        PROCESS=Part.PROCESS_NOTES,
    ), (422 if form.errors else 200)


@bp.route("/record/permissions/<uuid:authorisation_id>/refuse", methods=["POST"])
def refuse_authorisation(authorisation_id: UUID) -> ResponseReturnValue:
    own.refuse(actor=current_actor(), authorisation_id=authorisation_id)
    flash("Noted. You need not say why.", "success")
    return redirect(url_for(".record"), code=303)


@bp.route("/record/permissions/<uuid:authorisation_id>/revoke", methods=["POST"])
def revoke_authorisation(authorisation_id: UUID) -> ResponseReturnValue:
    own.revoke(actor=current_actor(), authorisation_id=authorisation_id)
    flash("Taken back. From this moment nothing is given out on it.", "success")
    return redirect(url_for(".record"), code=303)


@bp.route("/record/export", methods=["GET", "POST"])
def export_own() -> ResponseReturnValue:
    form = ExportForm()
    if form.validate_on_submit():
        try:
            content = export.export_own(actor=current_actor(), password=form.password.data)
        except Invalid as problem:
            add_errors(form, problem)
        else:
            secret_was_right()
            return zip_answer(content)
    return render_template("portal/export.html", form=form), (422 if form.errors else 200)


def zip_answer(content: bytes) -> Response:
    """Return a person's file under a neutral name."""
    response = make_response(content)
    response.mimetype = "application/zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{export.FILE_NAME}"'
    return response
