"""A partner's journal: their own pages, written for themselves, shown only if they choose."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.services import journal as pages
from practice.services.drafts import DraftKind
from practice.services.errors import Invalid, Refused
from practice.web import half_finished
from practice.web.forms import add_errors
from practice.web.journal_forms import JournalForm, new_page_form
from practice.web.portal import bp
from practice.web.session import background, current_actor


@bp.route("/journal")
def journal() -> ResponseReturnValue:
    wanted = request.args.get("page", 1, type=int)
    return render_template(
        "portal/journal.html", journal=pages.own_journal(actor=current_actor(), wanted=wanted)
    )


@bp.route("/journal/new", methods=["GET", "POST"])
def new_journal_page() -> ResponseReturnValue:
    actor = current_actor()
    places = pages.places(actor=actor) or abort(404)
    half = half_finished.begin(actor, DraftKind.JOURNAL, actor.person_id)
    form = new_page_form(places)()
    if half.is_to_keep():
        return half.keep_and_go(form, url_for(".journal"))
    if form.validate_on_submit():
        place = UUID(form["place"].data) if "place" in form else None
        try:
            page_id = pages.write(
                actor=actor, new_id=form.row_id, words=form.words.data, place=place
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            half.was_sent(form)
            flash("Saved, for you alone.", "success")
            return redirect(url_for(".journal_page", page_id=page_id), code=303)
    return _writing(form, half, url_for(".keep_new_journal_page"), places[0].carers)


@bp.route("/journal/new/keep", methods=["POST"])
@background
def keep_new_journal_page() -> ResponseReturnValue:
    actor = current_actor()
    places = pages.places(actor=actor)
    if not places:
        return half_finished.not_any_more()
    half = half_finished.begin(actor, DraftKind.JOURNAL, actor.person_id)
    return half.answer(new_page_form(places)())


@bp.route("/journal/<uuid:page_id>")
def journal_page(page_id: UUID) -> ResponseReturnValue:
    found = pages.own_page(actor=current_actor(), page_id=page_id)
    return render_template("portal/journal_page.html", found=found)


@bp.route("/journal/<uuid:page_id>/change", methods=["GET", "POST"])
def change_journal_page(page_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = pages.own_page(actor=actor, page_id=page_id)
    half = half_finished.begin(actor, DraftKind.JOURNAL, page_id)
    form = JournalForm(data={"words": found.words})
    if not found.may_change:
        return redirect(url_for(".journal_page", page_id=page_id), code=303)
    if half.is_to_keep():
        return half.keep_and_go(form, url_for(".journal"))
    if form.validate_on_submit():
        try:
            pages.change(actor=actor, page_id=page_id, words=form.words.data)
        except (Invalid, Refused) as problem:
            add_errors(form, problem)
        else:
            half.was_sent(form)
            flash("Saved, for you alone.", "success")
            return redirect(url_for(".journal_page", page_id=page_id), code=303)
    return _writing(form, half, url_for(".keep_journal_page", page_id=page_id), found.carers, found)


@bp.route("/journal/<uuid:page_id>/change/keep", methods=["POST"])
@background
def keep_journal_page(page_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    if not pages.own_page(actor=actor, page_id=page_id).may_change:
        return half_finished.not_any_more()
    half = half_finished.begin(actor, DraftKind.JOURNAL, page_id)
    return half.answer(JournalForm())


@bp.route("/journal/<uuid:page_id>/delete", methods=["GET", "POST"])
def delete_journal_page(page_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = pages.own_page(actor=actor, page_id=page_id)
    if request.method == "POST":
        pages.delete(actor=actor, page_id=page_id)
        flash("It is gone.", "success")
        return redirect(url_for(".journal"), code=303)
    return render_template("portal/journal_delete.html", found=found)


def _writing(
    form: JournalForm,
    half: half_finished.HalfFinished,
    keep_address: str,
    carers: str,
    found: pages.Page | None = None,
) -> ResponseReturnValue:
    return render_template(
        "portal/journal_write.html",
        form=form,
        kept=half.kept,
        keep_address=keep_address,
        carers=carers,
        found=found,
    ), (422 if form.errors else 200)
