"""The homework library and the handouts: what there is to give, on the screen and on paper."""

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.domain.homework.finding import found
from practice.domain.homework.own import family_of
from practice.domain.homework.terms import GivenTo
from practice.domain.words import capital
from practice.services import handouts, homework, resources
from practice.services.homework import preview, templates
from practice.web.library_forms import library_form
from practice.web.pdf import pdf
from practice.web.preview import Frame, preview_page
from practice.web.session import current_actor
from practice.web.therapist import bp
from practice.web.worksheets import worksheet_form


@bp.route("/library")
def homework_library() -> ResponseReturnValue:
    form = library_form()
    wanted, every = form.wanted(), homework.all_given().values()
    return render_template(
        "therapist/library.html",
        form=form,
        wanted=wanted,
        count=len(every),
        worksheets=found(every, wanted),
    )


@bp.route("/library/<key>")
def worksheet(key: str) -> ResponseReturnValue:
    chosen = templates.find(key, request.args.get("version", type=int)) or abort(404)
    return render_template(
        "therapist/worksheet.html",
        worksheet=chosen,
        own=family_of(chosen.key),
        smaller=homework.all_given().get(chosen.smaller or ""),
        form=worksheet_form(chosen)(),
    )


@bp.route("/library/<key>/preview")
def preview_worksheet(key: str) -> ResponseReturnValue:
    chosen = homework.all_given().get(key) or abort(404)
    asked = request.args.get("whom", chosen.for_whom.value)
    if asked not in list(GivenTo):
        abort(400)
    sheet = preview.library_preview(actor=current_actor(), template=chosen, given_to=GivenTo(asked))
    ways = [
        (capital(one.label), url_for(".preview_worksheet", key=key, whom=one.value), one == asked)
        for one in GivenTo
    ]
    frame = Frame("a partner", url_for(".worksheet", key=key), ways=ways)
    return preview_page(chosen, sheet, frame, secrets="")


@bp.route("/library/<key>/blank.pdf")
def blank_worksheet(key: str) -> Response:
    return pdf(homework.blank_worksheet(key), "worksheet")


@bp.route("/handouts")
def handout_list() -> ResponseReturnValue:
    return render_template(
        "therapist/handouts.html",
        handouts=tuple(handouts.all_handouts().values()),
        worksheets=homework.all_given(),
    )


@bp.route("/handouts/<key>.pdf")
def handout(key: str) -> Response:
    return pdf(handouts.handout_pdf(key), "handout")


@bp.route("/handouts/<key>/shelf", methods=["POST"])
def shelve_handout(key: str) -> ResponseReturnValue:
    resource_id = resources.add_handout(actor=current_actor(), key=key)
    return redirect(url_for("settings.resource", resource_id=resource_id), code=303)
