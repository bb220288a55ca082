"""One question at a time, for whoever would rather not see them all on a small screen.

Each press keeps the answer on the server, for its author alone, and goes on; nothing is sent. At
the end the whole form stands there, filled in, to look over and send.
"""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.domain.measures.definition import Item, Measure
from practice.services import responses
from practice.services.responses import Questions
from practice.services.secrets_policies import current_rule
from practice.web import answering, half_finished
from practice.web.portal import bp
from practice.web.session import current_actor
from practice.web.words import readers_line

FEW = 4
"""So many questions fit on one screen; above, one at a time is offered."""


@bp.app_template_test()
def many_questions(measure: Measure) -> bool:
    """Whether a measure is offered one question at a time."""
    return len(measure.items) > FEW


@bp.route("/questions/<uuid:request_id>/one", methods=["GET", "POST"])
def one_question(request_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    asked = responses.questions(actor=actor, request_id=request_id)
    if asked.audience is not None:
        return redirect(url_for(".questions_done", request_id=request_id), code=303)
    items = asked.measure.items
    number = request.args.get("at", default=_first_open(asked), type=int)
    if not 1 <= number <= len(items):
        abort(404)
    item = items[number - 1]
    form = answering.questions_form(asked)
    if request.method == "POST":
        fields = answering.with_one_more(asked, form, item.key)
        responses.keep_for_later(actor=actor, request_id=request_id, fields=fields)
        if answering.wants_to_keep():
            if fields:
                flash(half_finished.KEPT, "success")
            return redirect(url_for(".home"), code=303)
        return redirect(_after(request_id, number, len(items)), code=303)
    return render_template(
        "portal/one_question.html",
        form=form,
        shown=[(item, form[item.key])],
        measure=asked.measure,
        instruction=_instruction(items[:number]),
        readers=readers_line(asked.readers, asked.measure),
        rule=current_rule(asked.couple_id).for_author(asked.readers.therapist),
        number=number,
        begins="at" not in request.args,
        here=url_for(".one_question", request_id=request_id, at=number),
        keep_address=url_for(".keep_questions", request_id=request_id, only=item.key),
        previous=url_for(".one_question", request_id=request_id, at=number - 1),
        whole=url_for(".questions", request_id=request_id),
    )


def _first_open(asked: Questions) -> int:
    """Return the number of the first question without an answer; the first where all have one."""
    known = asked.kept.fields if asked.kept else {}
    numbered = enumerate(asked.measure.items, start=1)
    return next((number for number, item in numbered if item.key not in known), 1)


def _instruction(items: tuple[Item, ...]) -> str:
    """Return what stands above the last of ``items``, or above those before it, on the whole page.

    On one page it is read once for all that follow.
    """
    return next((item.instruction for item in reversed(items) if item.instruction), "")


def _after(request_id: UUID, number: int, of: int) -> str:
    if number < of:
        return url_for(".one_question", request_id=request_id, at=number + 1)
    return url_for(".questions", request_id=request_id, _anchor="send")
