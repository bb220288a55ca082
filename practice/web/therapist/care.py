"""Who treats a couple: co-therapists, and passing the lead on."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from practice.services import care as service
from practice.services import clock
from practice.services.care import LONGEST_REASON, CarePage
from practice.services.errors import Invalid
from practice.web.fields import DateField
from practice.web.forms import add_errors
from practice.web.once import OnceForm
from practice.web.session import current_actor
from practice.web.therapist import bp


class ColleagueForm(OnceForm):
    """A colleague who joins the care of a couple, or takes it over."""

    therapist = SelectField("Colleague", validators=[InputRequired("Choose somebody.")])
    on = DateField("From", validators=[InputRequired("Enter a day.")])
    reason = TextAreaField("Reason", validators=[Length(max=LONGEST_REASON)])

    def offer(self, page: CarePage) -> None:
        """Let a colleague be chosen; for a hand-over, co-therapists as well."""
        self.therapist.choices = [
            SelectChoice("", "Choose one"),
            *(SelectChoice(str(person_id), name) for person_id, name in page.colleagues),
        ]


def _form(page: CarePage, *, with_present: bool = False) -> ColleagueForm:
    form = ColleagueForm(data={"on": clock.today()})
    form.offer(page)
    if with_present:
        me = current_actor().person_id
        form.therapist.choices += [
            SelectChoice(str(line.therapist_id), f"{line.name}, co-therapist now")
            for line in page.present
            if line.therapist_id != me
        ]
    return form


@bp.route("/couples/<uuid:couple_id>/care", methods=["GET", "POST"])
def care(couple_id: UUID) -> ResponseReturnValue:
    """Show who treats the couple; the form takes in a co-therapist."""
    actor = current_actor()
    page = service.care_page(actor=actor, couple_id=couple_id)
    if request.method == "POST":
        service.require_lead(actor=actor, couple_id=couple_id)
    form = _form(page)
    if form.validate_on_submit():
        try:
            service.take_in_co_therapist(
                actor=actor,
                couple_id=couple_id,
                new_id=form.row_id,
                therapist_id=UUID(form.therapist.data),
                since=form.on.data,
                reason=form.reason.data or "",
            )
        except Invalid as problem:
            add_errors(form, _beside(problem))
        else:
            flash("They treat the couple with you from now on.", "success")
            return redirect(url_for(".care", couple_id=couple_id), code=303)
    return render_template("therapist/care.html", form=form, care=page), (
        422 if form.errors else 200
    )


@bp.route("/couples/<uuid:couple_id>/care/<uuid:therapist_id>/end", methods=["POST"])
def end_co_therapist(couple_id: UUID, therapist_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    service.end_co_therapist(actor=actor, couple_id=couple_id, therapist_id=therapist_id)
    flash("From now on they see nothing of this record.", "success")
    if therapist_id == actor.person_id:
        return redirect(url_for(".caseload"), code=303)
    return redirect(url_for(".care", couple_id=couple_id), code=303)


@bp.route("/couples/<uuid:couple_id>/care/pass-on", methods=["GET", "POST"])
def pass_on(couple_id: UUID) -> ResponseReturnValue:
    """Pass the lead on; the page says first what that means."""
    actor = current_actor()
    page = service.care_page(actor=actor, couple_id=couple_id)
    service.require_lead(actor=actor, couple_id=couple_id)
    form = _form(page, with_present=True)
    if form.validate_on_submit():
        try:
            service.pass_on(
                actor=actor,
                couple_id=couple_id,
                new_id=form.row_id,
                to=UUID(form.therapist.data),
                on=form.on.data,
                reason=form.reason.data or "",
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash(f"{page.title} are passed on.", "success")
            return redirect(url_for(".caseload"), code=303)
    return render_template("therapist/care_pass_on.html", form=form, care=page), (
        422 if form.errors else 200
    )


def _beside(problem: Invalid) -> Invalid:
    """Name the field of the form: the service calls the day ``since``."""
    names = {"since": "on"}
    return Invalid({names.get(field, field): words for field, words in problem.errors.items()})
