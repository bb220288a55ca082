"""The homework library: what there is to give, and each worksheet as a couple sees it."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from practice.domain.homework.registry import all_templates
from practice.web.therapist import bp
from practice.web.worksheets import worksheet_form


@bp.route("/library")
def homework_library() -> ResponseReturnValue:
    return render_template("therapist/library.html", worksheets=tuple(all_templates().values()))


@bp.route("/library/<key>")
def worksheet(key: str) -> ResponseReturnValue:
    found = all_templates().get(key) or abort(404)
    return render_template(
        "therapist/worksheet.html", worksheet=found, form=worksheet_form(found)()
    )
