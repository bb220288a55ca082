"""The homework library: what there is to give, and each worksheet as a couple sees it."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from practice.domain.homework.finding import found
from practice.services import homework
from practice.web.library_forms import library_form
from practice.web.therapist import bp
from practice.web.worksheets import worksheet_form


@bp.route("/library")
def homework_library() -> ResponseReturnValue:
    form = library_form()
    wanted, every = form.wanted(), homework.worksheets().values()
    return render_template(
        "therapist/library.html",
        form=form,
        wanted=wanted,
        count=len(every),
        worksheets=found(every, wanted),
    )


@bp.route("/library/<key>")
def worksheet(key: str) -> ResponseReturnValue:
    chosen = homework.worksheets().get(key) or abort(404)
    return render_template(
        "therapist/worksheet.html", worksheet=chosen, form=worksheet_form(chosen)()
    )
