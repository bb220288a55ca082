"""Routes of a visit at the therapist's device."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.domain.battery import StepKind
from practice.domain.safety.hark_items import CREDIT
from practice.services import hand_over, practice_texts
from practice.services.drafts import DraftKind
from practice.services.errors import Invalid
from practice.services.responses import Questions
from practice.services.secrets_policies import current_rule
from practice.web import answering, half_finished
from practice.web.forms import AnswerForm, add_errors
from practice.web.goal_step_forms import goal_step_form
from practice.web.hand_over import bp
from practice.web.hand_over.guard import current_visit
from practice.web.private_forms import PrivateForm
from practice.web.session import background, end_session, public
from practice.web.words import (
    item_size,
    item_title,
    minutes,
    question_count,
    readers_line,
    result_words,
    step_readers,
)

STEP_PAGES = {StepKind.GOALS: "hand_over.goal_step"}
"""The page on which a step of each kind is done here: one for each of ``hand_over.ON_DEVICE``."""

KEPT = "Kept for you. You can go on here, or another time."


@bp.route("/")
@public
def home() -> ResponseReturnValue:
    visit = current_visit()
    if visit.alone is not None:
        return redirect(url_for(".question_set"), code=303)
    return render_template(
        "hand_over/home.html",
        visit=visit,
        requests=hand_over.open_questions(visit),
        steps=hand_over.open_steps(visit),
        pages=STEP_PAGES,
        title=item_title,
        size=item_size,
        minutes=minutes,
        question_count=question_count,
    )


@bp.route("/<uuid:request_id>", methods=["GET", "POST"])
@public
def questions(request_id: UUID) -> ResponseReturnValue:
    visit = current_visit()
    asked = hand_over.questions(visit, request_id)
    form = answering.questions_form(asked)
    if asked.audience is not None:
        # Sent twice, or fetched by going back: it is answered, and stays so.
        return _thanks(asked) if form.is_submitted() else redirect(url_for(".home"), code=303)
    if answering.wants_to_keep():
        hand_over.keep_for_later(visit, request_id, form.chosen())
        flash(KEPT, "success")
        return redirect(url_for(".home"), code=303)
    if form.validate_on_submit():
        try:
            hand_over.submit(visit, request_id, form.answers(), form.audience_chosen())
        except Invalid as problem:
            add_errors(form, problem)
        else:
            return _thanks(hand_over.questions(visit, request_id))
    return _page(form, asked), (422 if form.errors else 200)


@bp.route("/goal-steps/<uuid:step_id>", methods=["GET", "POST"])
@public
def goal_step(step_id: UUID) -> ResponseReturnValue:
    visit = current_visit()
    step = hand_over.goal_step(visit, step_id)
    if step.is_done:
        # Sent twice, or fetched by going back: it is done, and stays so.
        return _go_on("") if request.method == "POST" else redirect(url_for(".home"), code=303)
    half = half_finished.begin(visit.person, DraftKind.GOAL_STEP_ON_DEVICE, step_id)
    form = goal_step_form(step)
    if half.is_to_keep():
        return half.keep_and_go(form, url_for(".home"), KEPT)
    if form.validate_on_submit() and form.keep(visit.person):
        half_finished.begin(visit.person, DraftKind.GOAL_STEP, step_id).was_sent(form)
        return _go_on("")
    return render_template(
        "hand_over/goal_step.html",
        step=step,
        form=form,
        kept=half.kept,
        keep_address=url_for(".keep_goal_step", step_id=step_id),
        readers=step_readers(step.readers, may_show=bool(step.others)),
        rule=current_rule(step.couple_id).for_author(step.readers.therapist),
    ), (422 if form.errors else 200)


@bp.route("/goal-steps/<uuid:step_id>/keep", methods=["POST"])
@public
@background
def keep_goal_step(step_id: UUID) -> ResponseReturnValue:
    visit = current_visit()
    step = hand_over.goal_step(visit, step_id)
    if step.is_done or not step.is_open:
        return half_finished.not_any_more()
    half = half_finished.begin(visit.person, DraftKind.GOAL_STEP_ON_DEVICE, step_id)
    return half.answer(goal_step_form(step))


@bp.route("/<uuid:request_id>/keep", methods=["POST"])
@public
@background
def keep_questions(request_id: UUID) -> ResponseReturnValue:
    visit = current_visit()
    form = answering.questions_form(hand_over.questions(visit, request_id))
    keeping = hand_over.keep_for_later(visit, request_id, form.chosen())
    return answering.kept_answer(keeping)


@bp.route("/set", methods=["GET", "POST"])
@public
def question_set() -> ResponseReturnValue:
    """The private questions, where the device was handed over for them."""
    visit = current_visit()
    asked = hand_over.private_questions(visit)
    if "leave" in request.form:
        hand_over.leave_private(visit)
        return _set_is_done()
    form = PrivateForm()
    if form.validate_on_submit():
        try:
            hand_over.submit_private(visit, form.answers())
        except Invalid as problem:
            add_errors(form, problem)
        else:
            return _set_is_done()
    return render_template(
        "hand_over/question_set.html", form=form, therapist=asked.therapist, credit=CREDIT
    ), (422 if form.errors else 200)


def _set_is_done() -> ResponseReturnValue:
    """Thank in the same words whatever was answered; the visit ends with it."""
    visit = current_visit()
    hand_over.end(visit)
    end_session()
    return render_template(
        "hand_over/set_ended.html",
        therapist=visit.therapist,
        help_text=practice_texts.private_help_text(),
    )


@bp.route("/stop", methods=["POST"])
@public
def stop() -> ResponseReturnValue:
    """The quick exit: the questions close, and the next page tells nothing of them."""
    visit = current_visit()
    hand_over.stop(visit)
    end_session()
    return render_template("hand_over/stopped.html", therapist=visit.therapist)


@bp.route("/end", methods=["POST"])
@public
def end() -> ResponseReturnValue:
    visit = current_visit()
    hand_over.end(visit)
    end_session()
    return render_template("hand_over/ended.html", therapist=visit.therapist, help_text="")


def _page(form: AnswerForm, asked: Questions) -> str:
    return render_template(
        "hand_over/questions.html",
        form=form,
        measure=asked.measure,
        kept=asked.kept,
        keep_address=url_for(".keep_questions", request_id=asked.request_id),
        readers=readers_line(asked.readers, asked.measure),
        rule=current_rule(asked.couple_id).for_author(asked.readers.therapist),
        result=result_words(asked.measure),
    )


def _thanks(asked: Questions) -> ResponseReturnValue:
    return _go_on(practice_texts.help_text() if asked.needs_help else "")


def _go_on(help_text: str) -> ResponseReturnValue:
    """Thank for what was sent; with the last of it the visit ends.

    An answer to the form itself and no redirect: after the last one there is nothing left that
    could be asked for.
    """
    visit = current_visit()
    left = len(hand_over.open_questions(visit)) + len(hand_over.open_steps(visit))
    if left:
        return render_template(
            "hand_over/thanks.html", count=left, help_text=help_text, minutes=minutes
        )
    hand_over.end(visit)
    end_session()
    return render_template("hand_over/ended.html", therapist=visit.therapist, help_text=help_text)
