"""A partner's own intake: one section at a time, kept as they go, shown only if they choose so."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.domain.visibility import Audience
from practice.domain.words import capital, with_you
from practice.services import intake as service
from practice.services.errors import Invalid, Refused
from practice.services.intake import SectionPage
from practice.web import answering
from practice.web.intake_forms import SectionForm, section_form
from practice.web.portal import bp
from practice.web.session import background, current_actor
from practice.web.words import minutes


@bp.route("/about-you")
def intake() -> ResponseReturnValue:
    return render_template(
        "portal/intake.html",
        found=service.my_intake(actor=current_actor()),
        minutes=minutes,
        COUPLE=Audience.COUPLE,
    )


@bp.route("/about-you/<uuid:section_id>", methods=["GET", "POST"])
def intake_section(section_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    page = service.section_page(actor=actor, section_id=section_id)
    form = _form(page)
    if answering.wants_to_keep():
        service.keep_for_later(actor=actor, section_id=section_id, fields=form.chosen())
        flash("Kept for you, as far as you have come. Nobody else can see it.", "success")
        return redirect(url_for(".intake"), code=303)
    if form.validate_on_submit():
        try:
            service.save(
                actor=actor,
                section_id=section_id,
                new_id=form.row_id,
                raw=form.raw(),
                audience=form.audience_chosen(),
            )
        except Invalid as problem:
            form.add_problem(problem)
        else:
            flash("Saved. You can change it whenever you like.", "success")
            return redirect(_onwards(page), code=303)
    return render_template(
        "portal/intake_section.html",
        page=page,
        form=form,
        rule=page.rule.for_author(page.carers),
        keep_address=url_for(".keep_intake_section", section_id=section_id),
    ), (422 if form.errors else 200)


@bp.route("/about-you/<uuid:section_id>/keep", methods=["POST"])
@background
def keep_intake_section(section_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    form = _form(service.section_page(actor=actor, section_id=section_id))
    keeping = service.keep_for_later(actor=actor, section_id=section_id, fields=form.chosen())
    return answering.kept_answer(keeping)


@bp.route("/about-you/<uuid:intake_id>/done", methods=["POST"])
def finish_intake(intake_id: UUID) -> ResponseReturnValue:
    service.finish(actor=current_actor(), intake_id=intake_id)
    flash("Thank you. It is off your first page; you find it under “About you”.", "success")
    return redirect(url_for(".home"), code=303)


@bp.route("/about-you/entries/<uuid:intake_entry_id>/share", methods=["POST"])
def share_intake(intake_entry_id: UUID) -> ResponseReturnValue:
    try:
        service.share(actor=current_actor(), entry_id=intake_entry_id)
    except Refused as problem:
        flash(str(problem), "warning")
    else:
        flash("Shown. You can take it back whenever you like.", "success")
    return redirect(url_for(".intake"), code=303)


@bp.route("/about-you/entries/<uuid:intake_entry_id>/take-back", methods=["POST"])
def take_back_intake(intake_entry_id: UUID) -> ResponseReturnValue:
    service.unshare(actor=current_actor(), entry_id=intake_entry_id)
    flash("Taken back. What was read in the meantime cannot be unread.", "success")
    return redirect(url_for(".intake"), code=303)


def _form(page: SectionPage) -> SectionForm:
    words = {
        Audience.THERAPIST: capital(with_you(page.carers)),
        Audience.PRIVATE: "Only me, until I have spoken about it",
    }
    kept = page.kept.fields if page.kept and request.method == "GET" else {}
    return section_form(
        page.section,
        content=page.content,
        audiences={one: words[one] for one in page.section.audiences},
        preset=page.audience,
        kept=kept,
    )


def _onwards(page: SectionPage) -> str:
    """Return where to go after a section: to the next one only if that was asked for."""
    if "onwards" in request.form and page.following is not None:
        return url_for(".intake_section", section_id=page.following)
    return url_for(".intake")
