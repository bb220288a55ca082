"""Safety of a couple, and the private questions of each member, for the therapist."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.domain.safety.hark_items import CITATION, CREDIT
from practice.domain.safety.screening import PORTAL_DAYS, WHAT_IT_IS
from practice.domain.words import day_in_words
from practice.services import clock, couples, hand_over, invitations, safety, screenings
from practice.services.errors import Invalid
from practice.web import session
from practice.web.forms import add_errors
from practice.web.private_forms import ActedForm, RescreenForm, TalkForm
from practice.web.session import current_actor
from practice.web.therapist import bp

ONE = "/couples/<uuid:couple_id>/people/<uuid:person_id>/safety"


def with_portal(couple_id: UUID) -> frozenset[UUID]:
    """Return the members who have a portal of their own."""
    states = invitations.invitation_states(actor=current_actor(), couple_id=couple_id)
    return frozenset(person for person, one in states.items() if one.status.value == "accepted")


@bp.route("/couples/<uuid:couple_id>/safety")
def couple_safety(couple_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "therapist/safety.html",
        header=couples.couple_header(actor=actor, couple_id=couple_id),
        safety=safety.couple_safety(actor=actor, couple_id=couple_id),
        with_portal=with_portal(couple_id),
        portal_days=PORTAL_DAYS,
    )


@bp.route(ONE, methods=["GET", "POST"])
def member_screenings(couple_id: UUID, person_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = screenings.member_screenings(actor=actor, couple_id=couple_id, person_id=person_id)
    form = RescreenForm(data={"rescreen_on": found.safety.due_on})
    if form.validate_on_submit():
        try:
            screenings.set_rescreen(
                actor=actor, couple_id=couple_id, person_id=person_id, on=form.on
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash(f"You are reminded on {day_in_words(form.on)}.", "success")
            return redirect(
                url_for(".member_screenings", couple_id=couple_id, person_id=person_id), code=303
            )
    return render_template(
        "therapist/screenings.html",
        found=found,
        form=form,
        what_it_is=WHAT_IT_IS,
        citation=CITATION,
        has_portal=person_id in with_portal(couple_id),
        portal_days=PORTAL_DAYS,
    ), (422 if form.errors else 200)


@bp.route(f"{ONE}/portal", methods=["POST"])
def open_private_questions(couple_id: UUID, person_id: UUID) -> ResponseReturnValue:
    until = screenings.open_in_portal(
        actor=current_actor(), couple_id=couple_id, person_id=person_id
    )
    flash(f"Their own portal shows the questions until {day_in_words(until)}.", "success")
    return redirect(url_for(".couple_safety", couple_id=couple_id), code=303)


@bp.route(f"{ONE}/take-back", methods=["POST"])
def take_back_private_questions(couple_id: UUID, person_id: UUID) -> ResponseReturnValue:
    screenings.take_back(actor=current_actor(), couple_id=couple_id, person_id=person_id)
    flash("Taken back. They are not in the portal any more.", "success")
    return redirect(url_for(".couple_safety", couple_id=couple_id), code=303)


@bp.route(f"{ONE}/hand-over", methods=["POST"])
def hand_over_private(couple_id: UUID, person_id: UUID) -> ResponseReturnValue:
    alone = hand_over.begin_alone(actor=current_actor(), couple_id=couple_id, person_id=person_id)
    session.hand_over(couple_id, person_id, alone)
    return redirect(url_for("hand_over.question_set"), code=303)


@bp.route(f"{ONE}/talk", methods=["GET", "POST"])
def private_talk(couple_id: UUID, person_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = screenings.member_screenings(actor=actor, couple_id=couple_id, person_id=person_id)
    form = TalkForm(data={"day": clock.today()})
    if form.validate_on_submit():
        try:
            screenings.record_talk(
                actor=actor,
                couple_id=couple_id,
                person_id=person_id,
                new_id=form.row_id,
                day=form.day.data,
                answers=form.answers(),
                note=form.note.data or "",
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("Written down.", "success")
            return redirect(
                url_for(".member_screenings", couple_id=couple_id, person_id=person_id), code=303
            )
    return render_template("therapist/private_talk.html", form=form, found=found, credit=CREDIT), (
        422 if form.errors else 200
    )


@bp.route("/screenings/<uuid:screening_id>", methods=["GET", "POST"])
def screening(screening_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found, one = screenings.screening_page(actor=actor, screening_id=screening_id)
    form = ActedForm()
    if form.validate_on_submit():
        try:
            screenings.deal_with(actor=actor, screening_id=screening_id, note=form.note.data)
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("Written down. It stays with these answers.", "success")
            return redirect(
                url_for(
                    ".member_screenings",
                    couple_id=found.couple_id,
                    person_id=found.member.person_id,
                ),
                code=303,
            )
    return render_template(
        "therapist/screening.html",
        form=form,
        found=found,
        one=one,
        what_it_is=WHAT_IT_IS,
        citation=CITATION,
    ), (422 if form.errors else 200)
