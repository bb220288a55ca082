"""Answering what was asked: the form, what is kept of it, and the page that thanks."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.domain.visibility import Audience
from practice.domain.words import listed
from practice.services import practice_texts, responses
from practice.services.errors import Invalid
from practice.services.portal_questions import next_of_group, portal_questions
from practice.services.secrets_policies import current_rule
from practice.web import answering
from practice.web.forms import add_errors
from practice.web.portal import bp
from practice.web.portal.waiting import entries, entry
from practice.web.session import background, current_actor
from practice.web.words import (
    group_minutes,
    minutes,
    question_group_note,
    question_group_title,
    readers_line,
    result_words,
)


@bp.route("/questions")
def question_list() -> ResponseReturnValue:
    return render_template(
        "portal/question_list.html",
        groups=portal_questions(actor=current_actor()),
        minutes=minutes,
        group_minutes=group_minutes,
        group_title=question_group_title,
        group_note=question_group_note,
        entries=entries,
    )


@bp.route("/questions/<uuid:request_id>", methods=["GET", "POST"])
def questions(request_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    asked = responses.questions(actor=actor, request_id=request_id)
    if asked.audience is not None:
        return redirect(url_for(".questions_done", request_id=request_id), code=303)
    form = answering.questions_form(asked)
    if answering.wants_to_keep():
        responses.keep_for_later(actor=actor, request_id=request_id, fields=form.chosen())
        flash("Kept for you, as far as you have come. Nobody else can see it.", "success")
        return redirect(url_for(".home"), code=303)
    if form.validate_on_submit():
        try:
            responses.submit(
                actor=actor,
                request_id=request_id,
                answers=form.answers(),
                audience=form.audience_chosen(),
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            return redirect(url_for(".questions_done", request_id=request_id), code=303)
    return render_template(
        "portal/questions.html",
        form=form,
        measure=asked.measure,
        kept=asked.kept,
        keep_address=url_for(".keep_questions", request_id=request_id),
        one_at_a_time=url_for(".one_question", request_id=request_id),
        readers=readers_line(asked.readers, asked.measure),
        rule=current_rule(asked.couple_id).for_author(asked.readers.therapist),
        result=result_words(asked.measure),
    ), (422 if form.errors else 200)


@bp.route("/questions/<uuid:request_id>/keep", methods=["POST"])
@background
def keep_questions(request_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    asked = responses.questions(actor=actor, request_id=request_id)
    form = answering.questions_form(asked)
    only = request.args.get("only")  # of a page with one of the questions
    fields = answering.with_one_more(asked, form, only) if only else form.chosen()
    return answering.kept_answer(
        responses.keep_for_later(actor=actor, request_id=request_id, fields=fields)
    )


@bp.route("/questions/<uuid:request_id>/done")
def questions_done(request_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    asked = responses.questions(actor=actor, request_id=request_id)
    if asked.audience is None:
        return redirect(url_for(".questions", request_id=request_id), code=303)
    shared = asked.audience is Audience.COUPLE
    following = next_of_group(actor=actor, request_id=request_id)
    return render_template(
        "portal/questions_done.html",
        therapist=asked.readers.therapist,
        shown_to=listed(asked.readers.others) if shared else "",
        shareable=asked.measure.shareable,
        help_text=practice_texts.help_text() if asked.needs_help else "",
        following=entry(following) if following else None,
        minutes=minutes,
    )
