"""A partner's own answers: who sees each, share, take back, correct."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.domain.visibility import Audience
from practice.domain.words import listed
from practice.services import corrections, practice_texts, responses
from practice.services.corrections import Correction
from practice.services.drafts import DraftKind
from practice.services.errors import Invalid
from practice.services.own_answers import OwnAnswer, SharedAnswer
from practice.services.secrets_policies import current_rule
from practice.web import half_finished
from practice.web.answering import audience_choices
from practice.web.correction_forms import CorrectionForm, correction_form
from practice.web.forms import add_errors
from practice.web.portal import bp
from practice.web.session import background, current_actor
from practice.web.words import readers_line, result_words

OPEN = 4
"""Answers that stand open; the others are folded."""

OF_EACH = 2
"""Answers of each measure and person that are listed unless all are asked for."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Which answers of a list the page shows."""

    open: Sequence[OwnAnswer | SharedAnswer]
    folded: Sequence[OwnAnswer | SharedAnswer]
    count: int
    """How many there are in all."""

    everything: bool
    """Whether all were asked for; then none are folded away."""

    @property
    def left_out(self) -> bool:
        return len(self.open) + len(self.folded) < self.count


def _listed(found: Sequence[OwnAnswer | SharedAnswer], everything: bool) -> Listed:
    """Return the newest few of each measure and person, or everything; `found` is newest first."""
    seen: Counter[tuple[str, int]] = Counter()
    chosen = []
    for answer in found:
        whose = (answer.measure.key, answer.position if isinstance(answer, SharedAnswer) else 0)
        seen[whose] += 1
        if everything or seen[whose] <= OF_EACH:
            chosen.append(answer)
    return Listed(chosen[:OPEN], chosen[OPEN:], len(found), everything)


@bp.route("/answers")
def answers() -> ResponseReturnValue:
    found = responses.own_answers(actor=current_actor())
    everything = "all" in request.args
    return render_template(
        "portal/answers.html",
        answers=found,
        shown={
            "own": _listed(found.own, everything),
            "shared": _listed(found.shared, everything),
        },
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


@bp.route("/answers/<uuid:response_id>/correct", methods=["GET", "POST"])
def correct_answer(response_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = corrections.own_correction(actor=actor, response_id=response_id)
    half = half_finished.begin(actor, DraftKind.CORRECTION, response_id)
    form = _correction(found)
    if half.is_to_keep():
        return half.keep_and_go(form, url_for(".answers"))
    if form.validate_on_submit():
        try:
            new = corrections.correct_own(
                actor=actor,
                response_id=response_id,
                new_id=form.row_id,
                answers=form.answers(),
                audience=form.audience_chosen(),
                reason=form.reason.data,
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            half.was_sent(form)
            return redirect(url_for(".corrected_answer", response_id=new), code=303)
    return render_template(
        "portal/correct.html",
        form=form,
        found=found,
        kept=half.kept,
        keep_address=url_for(".keep_correction", response_id=response_id),
        measure=found.measure,
        readers=readers_line(found.readers, found.measure),
        rule=current_rule(found.couple_id).for_author(found.readers.therapist),
        result=result_words(found.measure),
    ), (422 if form.errors else 200)


@bp.route("/answers/<uuid:response_id>/correct/keep", methods=["POST"])
@background
def keep_correction(response_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = corrections.own_correction(actor=actor, response_id=response_id)
    half = half_finished.begin(actor, DraftKind.CORRECTION, response_id)
    return half.answer(_correction(found))


@bp.route("/answers/<uuid:response_id>/corrected")
def corrected_answer(response_id: UUID) -> ResponseReturnValue:
    needs_help = corrections.needs_help(actor=current_actor(), response_id=response_id)
    return render_template(
        "portal/corrected.html", help_text=practice_texts.help_text() if needs_help else ""
    )


def _correction(found: Correction) -> CorrectionForm:
    return correction_form(
        found.measure, found.answers, audience_choices(found.readers, found.measure)
    )
