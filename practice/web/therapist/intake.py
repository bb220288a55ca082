"""The intake of a couple: the members' views side by side, and noting what was told."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.domain.intake import SECTIONS
from practice.services import couples, intake_record
from practice.services.errors import Invalid
from practice.web.intake_forms import section_form
from practice.web.session import current_actor
from practice.web.therapist import bp

MEMBER = "/couples/<uuid:couple_id>/people/<uuid:person_id>/intake"


@bp.route("/couples/<uuid:couple_id>/intake")
def intake(couple_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "therapist/intake.html",
        header=couples.couple_header(actor=actor, couple_id=couple_id),
        page=intake_record.couple_intake(actor=actor, couple_id=couple_id),
        all_sections=SECTIONS,
    )


@bp.route(f"{MEMBER}/<section_key>", methods=["GET", "POST"])
def note_intake(couple_id: UUID, person_id: UUID, section_key: str) -> ResponseReturnValue:
    actor = current_actor()
    found = intake_record.noted_section(
        actor=actor, couple_id=couple_id, person_id=person_id, key=section_key
    )
    form = section_form(found.section, content=found.content)
    if form.validate_on_submit():
        try:
            intake_record.note(
                actor=actor,
                couple_id=couple_id,
                person_id=person_id,
                key=section_key,
                new_id=form.row_id,
                raw=form.raw(),
            )
        except Invalid as problem:
            form.add_problem(problem)
        else:
            flash("Noted.", "success")
            return redirect(url_for(".intake", couple_id=couple_id), code=303)
    return render_template(
        "therapist/note_intake.html",
        form=form,
        found=found,
        header=couples.couple_header(actor=actor, couple_id=couple_id),
    ), (422 if form.errors else 200)


@bp.route(f"{MEMBER}/ask", methods=["POST"])
def ask_intake(couple_id: UUID, person_id: UUID) -> ResponseReturnValue:
    intake_record.ask(actor=current_actor(), couple_id=couple_id, person_id=person_id)
    flash("It waits in their portal, in sections. Nobody else learns of it.", "success")
    return redirect(url_for(".intake", couple_id=couple_id), code=303)


@bp.route(f"{MEMBER}/close", methods=["POST"])
def close_intake(couple_id: UUID, person_id: UUID) -> ResponseReturnValue:
    intake_record.close(actor=current_actor(), couple_id=couple_id, person_id=person_id)
    flash("It is off their first page. They can still write there.", "success")
    return redirect(url_for(".intake", couple_id=couple_id), code=303)
