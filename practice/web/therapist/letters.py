"""Letters for whoever treats the couples. Each person's thread is a page and a form of its own.

What somebody has begun to answer is kept for them alone, not for whoever treats the couple beside
them: it is half a thought.
"""

from functools import partial
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.domain.words import listed
from practice.services import letters as service
from practice.services.drafts import DraftKind
from practice.services.errors import Invalid, Refused
from practice.services.letters import time_requests
from practice.services.letters.values import CareThread
from practice.web import half_finished
from practice.web.forms import add_errors
from practice.web.half_finished import HalfFinished
from practice.web.letter_forms import LetterForm, TimeAnswerForm, until_id_sent
from practice.web.session import background, current_actor
from practice.web.therapist import bp

KEPT = "Kept for you, as far as you have come. It is not sent, and nobody else can see it."


@bp.route("/letters")
def letters() -> ResponseReturnValue:
    return render_template(
        "therapist/letters.html",
        inbox=service.inbox(actor=current_actor(), page=_page()),
    )


@bp.route("/couples/<uuid:couple_id>/letters")
def couple_letters(couple_id: UUID) -> ResponseReturnValue:
    found = service.couple_letters(actor=current_actor(), couple_id=couple_id)
    return render_template("therapist/couple_letters.html", letters=found)


@bp.route("/couples/<uuid:couple_id>/people/<uuid:person_id>/letters", methods=["GET", "POST"])
def person_letters(couple_id: UUID, person_id: UUID) -> ResponseReturnValue:
    found = service.person_thread(
        actor=current_actor(), couple_id=couple_id, person_id=person_id, page=_page()
    )
    place = partial(url_for, couple_id=couple_id, person_id=person_id)
    return _thread_page(
        found,
        here=place(".person_letters", _anchor="newest"),
        read_address=place(".read_person_letters"),
        keep_address=place(".keep_person_letter"),
    )


@bp.route("/couples/<uuid:couple_id>/people/<uuid:person_id>/letters/keep", methods=["POST"])
@background
def keep_person_letter(couple_id: UUID, person_id: UUID) -> ResponseReturnValue:
    return _kept(
        service.person_thread(actor=current_actor(), couple_id=couple_id, person_id=person_id)
    )


@bp.route("/couples/<uuid:couple_id>/people/<uuid:person_id>/letters/read", methods=["POST"])
def read_person_letters(couple_id: UUID, person_id: UUID) -> ResponseReturnValue:
    service.person_thread(actor=current_actor(), couple_id=couple_id, person_id=person_id)
    _mark_read(couple_id, person_id)
    return redirect(url_for(".person_letters", couple_id=couple_id, person_id=person_id), code=303)


@bp.route("/couples/<uuid:couple_id>/letters/together", methods=["GET", "POST"])
def together_letters(couple_id: UUID) -> ResponseReturnValue:
    found = service.together_thread(actor=current_actor(), couple_id=couple_id, page=_page())
    return _thread_page(
        found,
        here=url_for(".together_letters", couple_id=couple_id, _anchor="newest"),
        read_address=url_for(".read_together_letters", couple_id=couple_id),
        keep_address=url_for(".keep_together_letter", couple_id=couple_id),
    )


@bp.route("/couples/<uuid:couple_id>/letters/together/keep", methods=["POST"])
@background
def keep_together_letter(couple_id: UUID) -> ResponseReturnValue:
    return _kept(service.together_thread(actor=current_actor(), couple_id=couple_id))


@bp.route("/couples/<uuid:couple_id>/letters/together/read", methods=["POST"])
def read_together_letters(couple_id: UUID) -> ResponseReturnValue:
    service.together_thread(actor=current_actor(), couple_id=couple_id)
    _mark_read(couple_id, None)
    return redirect(url_for(".together_letters", couple_id=couple_id), code=303)


@bp.route("/asked/<uuid:asking_id>", methods=["GET", "POST"])
def time_request(asking_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = time_requests.asked_time(actor=actor, request_id=asking_id)
    half = half_finished.begin(actor, DraftKind.TIME_ANSWER, asking_id)
    form = TimeAnswerForm()
    if half.is_to_keep() and not found.asking.outcome:
        return half.keep_and_go(form, url_for(".couple", couple_id=found.couple_id), KEPT)
    if form.validate_on_submit():
        try:
            time_requests.answer(actor=actor, request_id=asking_id, words=form.words.data)
        except (Invalid, Refused) as problem:
            add_errors(form, problem)
        else:
            flash(f"{found.member.first_name} can read your answer now.", "success")
            return redirect(url_for(".time_request", asking_id=asking_id), code=303)
    return render_template("therapist/time_request.html", found=found, form=form, kept=half.kept), (
        422 if form.errors else 200
    )


@bp.route("/asked/<uuid:asking_id>/keep", methods=["POST"])
@background
def keep_time_answer(asking_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    if time_requests.asked_time(actor=actor, request_id=asking_id).asking.outcome:
        return half_finished.not_any_more()
    return half_finished.begin(actor, DraftKind.TIME_ANSWER, asking_id).answer(TimeAnswerForm())


@bp.route("/asked/<uuid:asking_id>/seen", methods=["POST"])
def time_request_seen(asking_id: UUID) -> ResponseReturnValue:
    time_requests.say_seen(actor=current_actor(), request_id=asking_id)
    return redirect(url_for(".time_request", asking_id=asking_id), code=303)


def _thread_page(
    found: CareThread, *, here: str, read_address: str, keep_address: str
) -> ResponseReturnValue:
    half = _half(found)
    form = LetterForm()
    to = listed([one.first_name for one in found.people])
    if half.is_to_keep() and found.may_write:
        return half.keep_and_go(form, url_for(".couple_letters", couple_id=found.couple_id), KEPT)
    if form.validate_on_submit():
        try:
            service.reply(
                actor=current_actor(),
                couple_id=found.couple_id,
                person_id=found.member.person_id if found.member else None,
                new_id=form.row_id,
                body=form.body.data,
                until_id=form.until,
            )
        except (Invalid, Refused) as problem:
            add_errors(form, problem)
        else:
            half.was_sent(form)
            flash(f"Sent to {to}.", "success")
            return redirect(here, code=303)
    return render_template(
        "therapist/letter_thread.html",
        thread=found,
        form=form,
        to=to,
        here=here.partition("#")[0],
        read_address=read_address,
        kept=half.kept,
        keep_address=keep_address,
        shows_form=found.may_write and (found.letters.page == 1 or form.is_submitted()),
    ), (422 if form.errors else 200)


def _kept(found: CareThread) -> ResponseReturnValue:
    if not found.may_write:
        return half_finished.not_any_more()
    return _half(found).answer(LetterForm())


def _half(found: CareThread) -> HalfFinished:
    person_id = found.member.person_id if found.member else None
    thread_id = service.thread_id_of(found.couple_id, person_id)
    return half_finished.begin(current_actor(), DraftKind.REPLY, thread_id)


def _mark_read(couple_id: UUID, person_id: UUID | None) -> None:
    service.mark_read(
        actor=current_actor(),
        couple_id=couple_id,
        person_id=person_id,
        until_id=until_id_sent(),
    )


def _page() -> int:
    return request.args.get("page", 1, type=int)
