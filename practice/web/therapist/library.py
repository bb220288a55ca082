"""The homework library: what there is to give, and each worksheet as a couple sees it."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from practice.domain.homework.own import family_of
from practice.services.homework import templates
from practice.web.therapist import bp
from practice.web.worksheets import worksheet_form


@bp.route("/library")
def homework_library() -> ResponseReturnValue:
    found = tuple(templates.all_given().values())
    return render_template("therapist/library.html", worksheets=found)


@bp.route("/library/<key>")
def worksheet(key: str) -> ResponseReturnValue:
    found = templates.find(key, request.args.get("version", type=int)) or abort(404)
    return render_template(
        "therapist/worksheet.html",
        worksheet=found,
        own=family_of(found.key),
        form=worksheet_form(found)(),
    )
