"""Answering what was asked, and a partner's own answers: who sees each, share, take back."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.domain.measures.definition import Measure
from practice.domain.visibility import Audience
from practice.domain.words import listed
from practice.services import responses
from practice.services.errors import Invalid
from practice.services.measure_requests import Audiences
from practice.web.forms import add_errors, answer_form
from practice.web.portal import bp
from practice.web.session import current_actor
from practice.web.words import readers_line, readers_of, result_words


def _audiences(readers: Audiences, measure: Measure) -> dict[Audience, str]:
    """The choices of who may see a result, the narrowest first."""
    words = {Audience.THERAPIST: f"Only you and {readers.therapist}"}
    if readers.others and measure.shareable:
        words[Audience.COUPLE] = f"Show my result to {listed(readers.others)} too"
    return words


@bp.route("/questions/<uuid:request_id>", methods=["GET", "POST"])
def questions(request_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    asked = responses.questions(actor=actor, request_id=request_id)
    if asked.audience is not None:
        return redirect(url_for(".questions_done", request_id=request_id), code=303)
    form = answer_form(asked.measure, _audiences(asked.readers, asked.measure))()
    if form.validate_on_submit():
        try:
            responses.submit(
                actor=actor,
                request_id=request_id,
                answers=form.answers(),
                audience=Audience(form.audience.data),
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            return redirect(url_for(".questions_done", request_id=request_id), code=303)
    return render_template(
        "portal/questions.html",
        form=form,
        measure=asked.measure,
        readers=readers_line(asked.readers, asked.measure),
        result=result_words(asked.measure),
    ), (422 if form.errors else 200)


@bp.route("/questions/<uuid:request_id>/done")
def questions_done(request_id: UUID) -> ResponseReturnValue:
    asked = responses.questions(actor=current_actor(), request_id=request_id)
    if asked.audience is None:
        return redirect(url_for(".questions", request_id=request_id), code=303)
    shared = asked.audience is Audience.COUPLE
    return render_template(
        "portal/questions_done.html",
        therapist=asked.readers.therapist,
        shown_to=listed(asked.readers.others) if shared else "",
        shareable=asked.measure.shareable,
    )


@bp.route("/answers")
def answers() -> ResponseReturnValue:
    return render_template(
        "portal/answers.html",
        answers=responses.own_answers(actor=current_actor()),
        readers_of=readers_of,
        listed=listed,
        result_words=result_words,
        COUPLE=Audience.COUPLE,
    )


@bp.route("/answers/<uuid:response_id>/share", methods=["POST"])
def share_answer(response_id: UUID) -> ResponseReturnValue:
    responses.share(actor=current_actor(), response_id=response_id)
    flash("Shared. You can take it back whenever you like.", "success")
    return redirect(url_for(".answers"), code=303)


@bp.route("/answers/<uuid:response_id>/take-back", methods=["POST"])
def take_back_answer(response_id: UUID) -> ResponseReturnValue:
    responses.unshare(actor=current_actor(), response_id=response_id)
    flash("Taken back. What was read in the meantime cannot be unread.", "success")
    return redirect(url_for(".answers"), code=303)
