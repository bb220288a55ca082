"""A couple's record: beginning it, its page, correcting it, who belongs to it, how it ended."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.services import (
    agendas,
    clock,
    couple_agreements,
    couple_record,
    couples,
    goals,
    homework,
    invitations,
    letters,
    memberships,
    responses,
    risk_flags,
    safety,
    threads,
)
from practice.services.errors import Invalid
from practice.services.known_people import people_called
from practice.web.couple_forms import (
    CoupleForm,
    EndingsForm,
    LeavingForm,
    MemberForm,
    details_form,
)
from practice.web.forms import add_errors
from practice.web.session import current_actor
from practice.web.therapist import bp


@bp.route("/couples/new", methods=["GET", "POST"])
def new_couple() -> ResponseReturnValue:
    form = CoupleForm(data={"episode_started_on": clock.today()})
    is_adding = form.is_submitted() and form.add_person.data
    if is_adding:
        if len(form.people) < couples.MOST_PEOPLE:
            form.people.append_entry()
    elif form.validate_on_submit():
        try:
            couple_id = couples.create_couple(actor=current_actor(), new=form.couple())
        except Invalid as problem:
            form.show(problem)
        else:
            flash("The record is begun. Invite each partner when you are ready.", "success")
            return redirect(url_for(".couple", couple_id=couple_id), code=303)
    form.offer(people_called(actor=current_actor(), names=[one.name for one in form.persons()]))
    return render_template(
        "therapist/couple_new.html",
        form=form,
        added=len(form.people) if is_adding else 0,
        is_full=len(form.people) >= couples.MOST_PEOPLE,
    ), (422 if form.errors else 200)


@bp.route("/couples/<uuid:couple_id>")
def couple(couple_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    record = couple_record.couple_record(
        actor=actor, couple_id=couple_id, page=request.args.get("page", 1, type=int)
    )
    measures = responses.couple_measures(actor=actor, couple_id=couple_id)
    given = homework.couple_homework(actor=actor, couple_id=couple_id)
    set_goals = goals.couple_goals(actor=actor, couple_id=couple_id)
    return render_template(
        "therapist/couple.html",
        record=record,
        measures=measures,
        homework=given,
        goals=set_goals,
        threads=threads.couple_threads(
            actor=actor, couple_id=couple_id, goals=set_goals, homework=given, measures=measures
        ),
        invitations=invitations.invitation_states(actor=actor, couple_id=couple_id),
        agendas={
            one.member.person_id: one
            for one in agendas.agendas_of(actor=actor, couple_id=couple_id)
        },
        flags=risk_flags.flags_of(actor=actor, couple_id=couple_id),
        safety=safety.couple_safety(actor=actor, couple_id=couple_id),
        agreed=couple_agreements.couple_agreements(actor=actor, couple_id=couple_id),
        letters=letters.couple_letters(actor=actor, couple_id=couple_id),
    )


@bp.route("/couples/<uuid:couple_id>/edit", methods=["GET", "POST"])
def edit_couple(couple_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    header = couples.couple_header(actor=actor, couple_id=couple_id)
    details = couples.couple_details(actor=actor, couple_id=couple_id)
    form = details_form(header, details)
    if form.validate_on_submit():
        try:
            couples.edit_couple(actor=actor, couple_id=couple_id, details=form.details())
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("The record is changed.", "success")
            return redirect(url_for(".couple", couple_id=couple_id), code=303)
    return render_template("therapist/couple_edit.html", form=form, header=header), (
        422 if form.errors else 200
    )


@bp.route("/couples/<uuid:couple_id>/endings", methods=["GET", "POST"])
def couple_endings(couple_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    header = couples.couple_header(actor=actor, couple_id=couple_id)
    form = EndingsForm(obj=header.endings)
    if form.validate_on_submit():
        try:
            couples.record_endings(actor=actor, couple_id=couple_id, endings=form.endings())
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("The record is changed.", "success")
            return redirect(url_for(".couple", couple_id=couple_id), code=303)
    return render_template("therapist/couple_endings.html", form=form, header=header), (
        422 if form.errors else 200
    )


@bp.route("/couples/<uuid:couple_id>/people/new", methods=["GET", "POST"])
def add_member(couple_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    header = couples.couple_header(actor=actor, couple_id=couple_id)
    form = MemberForm(data={"joined_on": clock.today()})
    if form.validate_on_submit():
        try:
            memberships.add_member(
                actor=actor,
                couple_id=couple_id,
                person=form.persons()[0],
                joined_on=form.joined_on.data,
            )
        except Invalid as problem:
            form.show(problem)
        else:
            flash("They now belong to this record. Invite them when you are ready.", "success")
            return redirect(url_for(".couple", couple_id=couple_id), code=303)
    form.offer(people_called(actor=actor, names=[one.name for one in form.persons()]))
    return render_template("therapist/member_new.html", form=form, header=header), (
        422 if form.errors else 200
    )


@bp.route("/couples/<uuid:couple_id>/people/<uuid:person_id>/end", methods=["GET", "POST"])
def end_membership(couple_id: UUID, person_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    header = couples.couple_header(actor=actor, couple_id=couple_id)
    ending = memberships.membership_ending(actor=actor, couple_id=couple_id, person_id=person_id)
    form = LeavingForm(data={"left_on": clock.today()})
    if form.validate_on_submit():
        try:
            memberships.end_membership(
                actor=actor, couple_id=couple_id, person_id=person_id, left_on=form.left_on.data
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash(f"{ending.member.first_name} no longer belongs to this record.", "success")
            return redirect(url_for(".couple", couple_id=couple_id), code=303)
    return render_template("therapist/member_end.html", form=form, header=header, ending=ending), (
        422 if form.errors else 200
    )


@bp.route("/couples/<uuid:couple_id>/people/<uuid:person_id>/reopen", methods=["POST"])
def reopen_membership(couple_id: UUID, person_id: UUID) -> ResponseReturnValue:
    memberships.reopen_membership(actor=current_actor(), couple_id=couple_id, person_id=person_id)
    flash("They belong to this record again. What was withdrawn stays withdrawn.", "success")
    return redirect(url_for(".couple", couple_id=couple_id), code=303)
