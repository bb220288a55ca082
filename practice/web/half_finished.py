"""Half-finished forms: one way for every form of a partner to keep what was typed and not sent.

A view says what its form is about (``begin``) before it builds the form; on the page the form then
holds what its author had come to. Its template carries ``data-keep`` with the address to which
``static/js/keep.js`` sends it and the bar of ``_macros/drafts.html`` with the button that does the
same without a script. Whether the form can be filled in at all the view has asked before.

The questions of a measure and the sections of an intake came first and have their own services;
they use the same drafts, script and macros.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import (
    Field,
    FieldList,
    FormField,
    HiddenField,
    PasswordField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectFieldBase

from practice.domain.people import Actor
from practice.services import drafts
from practice.services.drafts import DraftKind, Keeping, Kept
from practice.web import answering, typed

KEPT = "Kept for you, as far as you have come. Nobody else can see it."
NOTHING_KEPT = "The page is empty again."

LONGEST = 50_000
"""Characters of one field; more than any of these forms takes."""

_CLEARED_BY_HAND = frozenset(
    {
        DraftKind.HOMEWORK,
        DraftKind.HOMEWORK_VIEW,
        DraftKind.JOURNAL,
        DraftKind.LETTER,
        DraftKind.TIME_ALONE,
    }
)
"""Kinds that begin empty. Cleared again, nothing is left that says they were ever begun: whoever
looks over the author's shoulder finds an untouched page."""


@dataclass(frozen=True, slots=True)
class HalfFinished:
    """What one form of one person is about, and what they had begun of it."""

    actor: Actor
    kind: DraftKind
    about_id: UUID
    kept: Kept | None

    def is_to_keep(self) -> bool:
        """Whether "Keep for later" was pressed."""
        return request.method == "POST" and answering.wants_to_keep()

    def keep(self, form: FlaskForm) -> Keeping | None:
        """Keep what stands in the form; None where it was sent meanwhile."""
        fields = dict(_typed(form))
        if self.kind is DraftKind.GOAL_STEP_ON_DEVICE:
            # A place that is empty here may hold words at home, which this device never showed.
            fields = {name: value for name, value in fields.items() if value}
        if self._is_cleared(form):
            return drafts.clear(actor=self.actor, kind=self.kind, about_id=self.about_id)
        return drafts.keep_unless_sent(
            actor=self.actor,
            kind=self.kind,
            about_id=self.about_id,
            fields=fields,
            page=_page_of(form),
        )

    def keep_and_go(self, form: FlaskForm, to: str, words: str = KEPT) -> ResponseReturnValue:
        """Keep what stands in the form and go on to another page."""
        self.keep(form)
        flash(NOTHING_KEPT if self._is_cleared(form) else words, "success")
        return redirect(to, code=303)

    def _is_cleared(self, form: FlaskForm) -> bool:
        return self.kind in _CLEARED_BY_HAND and _is_untouched(form)

    def answer(self, form: FlaskForm) -> ResponseReturnValue:
        """Keep what stands in the form and tell the script on the page when."""
        return answering.kept_answer(self.keep(form))

    def was_sent(self, form: FlaskForm) -> None:
        """Let go of it: the form was sent."""
        drafts.sent(actor=self.actor, kind=self.kind, about_id=self.about_id, page=_page_of(form))


def begin(actor: Actor, kind: DraftKind, about_id: UUID) -> HalfFinished:
    """Return what ``actor`` had begun; the form that is built next for a page is filled with it."""
    found = None
    if request.method == "GET":
        found = drafts.kept(actor=actor, kind=kind, about_id=about_id)
    if found is not None:
        typed.fill_in(found.fields)
    return HalfFinished(actor, kind, about_id, found)


def not_any_more() -> ResponseReturnValue:
    """Tell the script of a page whose form can no longer be sent; nothing is kept."""
    return answering.kept_answer(None)


def _typed(form: Iterable[Field]) -> Iterator[tuple[str, str]]:
    """Yield what was typed or chosen by field name; what a form offers, and no more."""
    never = getattr(form, "NEVER_KEPT", ())
    for field in form:
        if isinstance(field, FormField):
            yield from _typed(field.form)
        elif isinstance(field, FieldList):
            yield from _typed(field.entries)
        elif isinstance(field, SelectFieldBase):
            yield from _chosen(field)
        elif _is_text(field) and field.name not in never:
            words = field.raw_data[0] if field.raw_data else ""
            yield field.name, words[:LONGEST]


def _chosen(field: SelectFieldBase) -> Iterator[tuple[str, str]]:
    offered = {str(choice.value) for choice in field.choices or ()}
    given = [one for one in field.raw_data or () if one in offered]
    if isinstance(field, SelectMultipleField):
        yield field.name, "\n".join(given)
    elif given:
        yield field.name, given[0]


def _is_untouched(form: Iterable[Field]) -> bool:
    """Whether a form holds no word and no choice but those it began with."""
    begun_with = {
        field.name: str(field.default)
        for field in form
        if isinstance(field, SelectFieldBase) and field.default is not None
    }
    return all(not value.strip() or value == begun_with.get(name) for name, value in _typed(form))


def _is_text(field: object) -> bool:
    return isinstance(field, StringField) and not isinstance(field, HiddenField | PasswordField)


def _page_of(form: FlaskForm) -> str:
    return str(form["new_id"].data or "") if "new_id" in form else ""
