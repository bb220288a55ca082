"""The practice's own templates for notes."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.domain.note_formats import SECTIONS, NoteFormat
from practice.services import note_templates
from practice.services.errors import Invalid
from practice.services.note_templates import TemplatePage
from practice.web.forms import add_errors
from practice.web.session import current_actor
from practice.web.settings import bp
from practice.web.settings.note_template_form import TemplateForm, template_form


@bp.route("/note-templates")
def note_template_list() -> ResponseReturnValue:
    return render_template(
        "settings/note_templates.html",
        templates=note_templates.templates(actor=current_actor()),
        formats=tuple(NoteFormat),
    )


@bp.route("/note-templates/new", methods=["GET", "POST"])
def new_note_template() -> ResponseReturnValue:
    asked = request.args.get("format", "")
    known = {one.value for one in NoteFormat}
    note_format = NoteFormat(asked if asked in known else NoteFormat.FREE)
    note_templates.templates(actor=current_actor())
    form = template_form(note_format)
    if form.validate_on_submit():
        try:
            family = note_templates.add(
                actor=current_actor(), new_id=form.row_id, details=form.details()
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            return _saved(family, "The template is saved. It can be chosen for any note.")
    return _page(form, None)


@bp.route("/note-templates/<uuid:family>", methods=["GET", "POST"])
def note_template(family: UUID) -> ResponseReturnValue:
    page = note_templates.template_page(actor=current_actor(), family=family)
    details = page.template.details
    form = template_form(details.format, details, page.template.version)
    if form.validate_on_submit():
        try:
            note_templates.change(
                actor=current_actor(),
                family=family,
                shown=form.shown_version,
                details=form.details(),
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            return _saved(family, "Saved. Notes that were begun before keep their hints.")
    return _page(form, page)


@bp.route("/note-templates/<uuid:family>/<any(archive, offer):act>", methods=["POST"])
def archive_note_template(family: UUID, act: str) -> ResponseReturnValue:
    name = note_templates.archive(actor=current_actor(), family=family, archived=act == "archive")
    flash(
        f"{name} is {'not offered any more' if act == 'archive' else 'offered again'}.", "success"
    )
    return redirect(url_for(".note_template_list"), code=303)


def _saved(family: UUID, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for(".note_template", family=family), code=303)


def _page(form: TemplateForm, page: TemplatePage | None) -> ResponseReturnValue:
    return render_template(
        "settings/note_template.html", form=form, page=page, sections=SECTIONS
    ), (422 if form.errors else 200)
