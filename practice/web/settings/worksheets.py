"""Worksheets that the practice writes itself."""

from uuid import UUID, uuid5

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.domain.homework.definition import Template
from practice.domain.homework.own import MOST_QUESTIONS, Sheet, own_key, sheet_of
from practice.services import own_worksheets
from practice.services.drafts import DraftKind
from practice.services.errors import Invalid
from practice.services.homework import templates
from practice.services.own_worksheets import ChangedMeanwhile, Version, WorksheetPage
from practice.web import half_finished
from practice.web.half_finished import HalfFinished
from practice.web.session import background, current_actor
from practice.web.settings import bp
from practice.web.settings.worksheet_form import WorksheetForm, worksheet_form
from practice.web.worksheets import WorksheetForm as Questions
from practice.web.worksheets import worksheet_form as questions_form

KEPT = "Kept for you, as far as you have come. Nobody else can see it before you save it."


@bp.route("/worksheets")
def worksheets() -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "settings/worksheets.html",
        own=own_worksheets.own_worksheets(actor=actor),
        every=tuple(templates.all_given().values()),
        key_of=own_key,
    )


@bp.route("/worksheets/new", methods=["GET", "POST"])
def new_worksheet() -> ResponseReturnValue:
    form, half = _new()
    act = request.form.get("act", "")
    if half.is_to_keep():
        return half.keep_and_go(form, url_for(".worksheets"), KEPT)
    if form.is_submitted() and (row := form.rearrange(act)) is not None:
        return _rearranged(form, half, row, None)
    shown = None
    if form.validate_on_submit():
        try:
            shown = own_worksheets.preview(form.sheet())
            if act != "preview":
                family = own_worksheets.add(
                    actor=half.actor, new_id=form.row_id, sheet=form.sheet()
                )
                half.was_sent(form)
                flash(f"“{shown.title}” can now be given.", "success")
                return redirect(url_for(".worksheet", family=family), code=303)
        except Invalid as problem:
            form.show(problem)
    return _page(form, half, None, shown=shown)


@bp.route("/worksheets/new/keep", methods=["POST"])
@background
def keep_new_worksheet() -> ResponseReturnValue:
    form, half = _new()
    return half.answer(form)


@bp.route("/worksheets/<uuid:family>", methods=["GET", "POST"])
def worksheet(family: UUID) -> ResponseReturnValue:
    page, form, half = _existing(family)
    act = request.form.get("act", "")
    if half.is_to_keep():
        return half.keep_and_go(form, url_for(".worksheets"), KEPT)
    if form.is_submitted() and (row := form.rearrange(act)) is not None:
        return _rearranged(form, half, row, page)
    shown = None
    if form.validate_on_submit():
        try:
            shown = own_worksheets.preview(form.sheet())
            if act != "preview":
                return _changed(page, form, half)
        except Invalid as problem:
            form.show(problem)
        except ChangedMeanwhile:
            return _clash(family, form, half)
    return _page(form, half, page, shown=shown)


@bp.route("/worksheets/<uuid:family>/keep", methods=["POST"])
@background
def keep_worksheet(family: UUID) -> ResponseReturnValue:
    _, form, half = _existing(family)
    return half.answer(form)


@bp.route("/worksheets/<uuid:family>/versions/<int:number>")
def worksheet_version(family: UUID, number: int) -> ResponseReturnValue:
    found = own_worksheets.worksheet_version(actor=current_actor(), family=family, number=number)
    return render_template(
        "settings/worksheet_version.html", found=found, questions=_questions(found.template)
    )


@bp.route("/worksheets/<uuid:family>/<any(archive, offer):act>", methods=["POST"])
def archive_worksheet(family: UUID, act: str) -> ResponseReturnValue:
    title = own_worksheets.archive(actor=current_actor(), family=family, archived=act == "archive")
    if act == "archive":
        flash(f"“{title}” is not offered any more. Where it was given, it goes on.", "success")
    else:
        flash(f"“{title}” is offered again.", "success")
    return redirect(url_for(".worksheets"), code=303)


def _new() -> tuple[WorksheetForm, HalfFinished]:
    actor, key = current_actor(), request.args.get("copy", "")
    sheet = own_worksheets.begun_from(actor=actor, key=key)
    # What was begun as a copy is another form than what was begun on an empty page.
    half = half_finished.begin(actor, DraftKind.WORKSHEET, uuid5(actor.person_id, key))
    return worksheet_form(sheet), half


def _existing(family: UUID) -> tuple[WorksheetPage, WorksheetForm, HalfFinished]:
    actor = current_actor()
    page = own_worksheets.worksheet_page(actor=actor, family=family)
    half = half_finished.begin(actor, DraftKind.WORKSHEET, family)
    template = page.newest.template
    sheet = sheet_of(template) if template else Sheet()
    return page, worksheet_form(sheet, page.newest.number), half


def _changed(page: WorksheetPage, form: WorksheetForm, half: HalfFinished) -> ResponseReturnValue:
    number = own_worksheets.change(
        actor=half.actor,
        family=page.newest.family,
        new_id=form.row_id,
        shown=form.shown_version,
        sheet=form.sheet(),
    )
    half.was_sent(form)
    if number == page.newest.number:
        flash("Nothing was changed, so it stays as it is.", "success")
    else:
        flash(f"Saved as version {number}. What was given before keeps its words.", "success")
    return redirect(url_for(".worksheet", family=page.newest.family), code=303)


def _rearranged(
    form: WorksheetForm, half: HalfFinished, row: int, page: WorksheetPage | None
) -> ResponseReturnValue:
    half.keep(form)
    return _page(form, half, page, row=row)


def _clash(family: UUID, form: WorksheetForm, half: HalfFinished) -> ResponseReturnValue:
    """Show both: what was typed in the form, which may now be saved, and what is stored."""
    page = own_worksheets.worksheet_page(actor=half.actor, family=family)
    form.version.data = str(page.newest.number)
    half.keep(form)
    return _page(form, half, page, stored=page.newest)


def _page(
    form: WorksheetForm,
    half: HalfFinished,
    page: WorksheetPage | None,
    *,
    shown: Template | None = None,
    stored: Version | None = None,
    row: int | None = None,
) -> ResponseReturnValue:
    address = {"family": page.newest.family} if page else {"copy": request.args.get("copy") or None}
    ours = ".worksheet" if page else ".new_worksheet"
    status = 409 if stored else 422 if form.errors else 200
    return render_template(
        "settings/worksheet.html",
        form=form,
        page=page,
        kept=half.kept,
        shown=shown,
        stored=stored,
        questions=_questions(stored.template if stored else shown),
        row=row,
        most=MOST_QUESTIONS,
        send_to=url_for(ours, **address),
        keep_address=url_for(".keep_worksheet" if page else ".keep_new_worksheet", **address),
    ), status


def _questions(template: Template | None) -> Questions | None:
    if template is None:
        return None
    return questions_form(template)(formdata=None, meta={"csrf": False})
