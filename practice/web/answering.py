"""The questions form, shared by everybody who fills it in: portal, handed-over device, paper."""

from flask import request

from practice.domain.measures.definition import Measure
from practice.domain.visibility import Audience
from practice.domain.words import listed, with_you
from practice.services import clock
from practice.services.drafts import Keeping
from practice.services.measure_requests import Audiences
from practice.services.responses import Questions
from practice.web.forms import AnswerForm, answer_form
from practice.web.session import do_not_extend


def audience_choices(readers: Audiences, measure: Measure) -> dict[Audience, str]:
    """Return the choices of who may see a result, the narrowest first."""
    words = {Audience.THERAPIST: f"Only {with_you(readers.therapist)}"}
    if readers.others and measure.shareable:
        words[Audience.COUPLE] = f"Show my result to {listed(readers.others)} too"
    return words


def questions_form(asked: Questions) -> AnswerForm:
    """Return the form of a request, filled in as far as its author had come."""
    build = answer_form(asked.measure, audience_choices(asked.readers, asked.measure))
    kept = asked.kept.fields if asked.kept and request.method == "GET" else {}
    return build(data=dict(kept))


def with_one_more(asked: Questions, form: AnswerForm, key: str) -> dict[str, str]:
    """Return what was kept so far of a request, with what ``form`` holds for one question."""
    known = asked.kept.fields if asked.kept else {}
    return {**known, **{name: value for name, value in form.chosen().items() if name == key}}


def wants_to_keep() -> bool:
    """Whether the button "Keep for later" was pressed."""
    return "keep" in request.form


def kept_answer(keeping: Keeping | None) -> dict[str, str]:
    """Return what the script on the page is told: when it was kept; empty once it was sent.

    Nothing that changed is no sign of life: a page that sends the same again and again does not
    keep a session open.
    """
    if keeping is None or not keeping.changed:
        do_not_extend()
    at = "" if keeping is None else f"{clock.local(keeping.saved_at):%H:%M}"
    return {"kept": at}
