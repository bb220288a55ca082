"""Who can see an own entry; showing it, taking it back, locking it away, and the locked ones."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.domain.visibility import Audience
from practice.services import own_entries
from practice.services.errors import Invalid, Refused
from practice.services.own_entries import EntryKind
from practice.web.password_again import password_first
from practice.web.portal import bp
from practice.web.session import current_actor

TAKEN_BACK = "Taken back. What was read in the meantime cannot be unread."


@bp.route("/entries/<kind>/<uuid:record_id>")
def own_entry(kind: str, record_id: UUID) -> ResponseReturnValue:
    entry = own_entries.own_entry(actor=current_actor(), kind=_kind(kind), record_id=record_id)
    return render_template("portal/own_entry.html", entry=entry)


@bp.route("/entries/<kind>/<uuid:record_id>/show", methods=["POST"])
def show_entry(kind: str, record_id: UUID) -> ResponseReturnValue:
    actor, which = current_actor(), _kind(kind)
    try:
        audience = Audience(request.form.get("audience", ""))
        own_entries.show(actor=actor, kind=which, record_id=record_id, audience=audience)
    except (Invalid, ValueError):
        entry = own_entries.own_entry(actor=actor, kind=which, record_id=record_id)
        return render_template(
            "portal/own_entry.html", entry=entry, wrong="Choose one of the readers in the list."
        ), 422
    flash("Shown. You can take it back whenever you like.", "success")
    return redirect(url_for(".own_entry", kind=kind, record_id=record_id), code=303)


@bp.route("/entries/<kind>/<uuid:record_id>/take-back", methods=["POST"])
def take_back_entry(kind: str, record_id: UUID) -> ResponseReturnValue:
    own_entries.take_back(actor=current_actor(), kind=_kind(kind), record_id=record_id)
    flash(TAKEN_BACK, "success")
    return redirect(url_for(".own_entry", kind=kind, record_id=record_id), code=303)


@bp.route("/entries/<kind>/<uuid:record_id>/lock", methods=["POST"])
def lock_entry(kind: str, record_id: UUID) -> ResponseReturnValue:
    own_entries.lock_away(actor=current_actor(), kind=_kind(kind), record_id=record_id)
    # No word of what was done: somebody may be looking when the next page opens.
    return redirect(url_for(".home"), code=303)


@bp.route("/locked")
@password_first(sign_in_counts=False)
def locked_entries() -> ResponseReturnValue:
    return render_template(
        "portal/locked.html", entries=own_entries.locked_entries(actor=current_actor())
    )


@bp.route("/locked/<kind>/<uuid:record_id>/open", methods=["POST"])
@password_first(sign_in_counts=False, back="portal.locked_entries")
def open_entry(kind: str, record_id: UUID) -> ResponseReturnValue:
    try:
        own_entries.open_again(actor=current_actor(), kind=_kind(kind), record_id=record_id)
    except Refused as problem:
        flash(str(problem), "warning")
    else:
        flash("It is back on your pages. Nobody else is shown it.", "success")
    return redirect(url_for(".locked_entries"), code=303)


def _kind(kind: str) -> EntryKind:
    try:
        return EntryKind(kind)
    except ValueError:
        abort(404)
