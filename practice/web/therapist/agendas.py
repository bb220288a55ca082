"""What each partner wants of the therapy: noting it, and how it changed."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.domain.couples import Agenda
from practice.services import agendas as service
from practice.services import clock, couples
from practice.services.errors import Invalid
from practice.web.couple_forms import agenda_form
from practice.web.forms import add_errors
from practice.web.session import current_actor
from practice.web.therapist import bp


@bp.route("/couples/<uuid:couple_id>/agendas", methods=["GET", "POST"])
def agendas(couple_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    header = couples.couple_header(actor=actor, couple_id=couple_id)
    form = agenda_form(header, clock.today())
    if form.validate_on_submit():
        try:
            service.note_agenda(
                actor=actor,
                couple_id=couple_id,
                new_id=form.row_id,
                person_id=UUID(form.person.data),
                agenda=Agenda(form.agenda.data),
                noted_on=form.noted_on.data,
                commitment=form.chosen_commitment(),
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("The agenda is noted.", "success")
            return redirect(url_for(".agendas", couple_id=couple_id), code=303)
    found = service.agendas_of(actor=actor, couple_id=couple_id)
    return render_template(
        "therapist/agendas.html",
        form=form,
        header=header,
        found=found,
        prompt=service.prompt_of(found),
        chart=service.commitment_chart(actor=actor, couple_id=couple_id),
    ), (422 if form.errors else 200)


@bp.route("/agendas/<uuid:agenda_id>/remove", methods=["POST"])
def remove_agenda(agenda_id: UUID) -> ResponseReturnValue:
    couple_id = service.remove_agenda(actor=current_actor(), agenda_id=agenda_id)
    flash("The note is taken back.", "success")
    return redirect(url_for(".agendas", couple_id=couple_id), code=303)
