"""Somebody's appointments in their own calendar, under a secret address and one neutral word."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField

from practice.domain.people import Role
from practice.services import calendar_feeds, clock
from practice.services.calendar_feeds import ASK_AGAIN, WORD, Appointment
from practice.web.account import bp
from practice.web.password_again import password_first
from practice.web.session import current_actor, layout, public


def _for_who_has_appointments(view: Callable[..., Any]) -> Callable[..., Any]:
    """Hide a view from the front desk before anything is asked of it."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        calendar_feeds.require_appointments(actor=current_actor())
        return view(*args, **kwargs)

    return checked


class FeedForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """What is in the feed."""

    with_alone = BooleanField("Put in the appointments that I have alone, too")


@bp.route("/calendar")
@_for_who_has_appointments
@password_first(sign_in_counts=True)
def calendar() -> ResponseReturnValue:
    return _page(FeedForm())


# Shown in the answer itself, once: an address to come back to would show the secret again.
@bp.route("/calendar", methods=["POST"])
@_for_who_has_appointments
@password_first(sign_in_counts=True)
def begin_calendar() -> ResponseReturnValue:
    form = FeedForm()
    if not form.validate():
        return _page(form, 422)
    secret = calendar_feeds.begin(actor=current_actor(), with_alone=form.with_alone.data)
    address = url_for(".appointments", secret=secret, _external=True)
    return _page(form, address=address)


@bp.route("/calendar/end", methods=["POST"])
@_for_who_has_appointments
def end_calendar() -> ResponseReturnValue:
    calendar_feeds.end(actor=current_actor())
    flash("The address leads nowhere any more.", "success")
    return redirect(url_for(".calendar"), code=303)


@bp.route("/appointments/<secret>.ics")
@public
def appointments(secret: str) -> ResponseReturnValue:
    """Answer a calendar program, which cannot sign in: the address is the secret."""
    found = calendar_feeds.appointments(secret)
    return Response(_as_calendar(found), content_type="text/calendar; charset=utf-8")


def _page(form: FeedForm, status: int = 200, address: str = "") -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "account/calendar.html",
        layout=layout(),
        form=form,
        feed=calendar_feeds.own_feed(actor=actor),
        address=address,
        is_partner=actor.role is Role.PARTNER,
        word=WORD,
    ), status


def _as_calendar(found: tuple[Appointment, ...]) -> bytes:
    from icalendar import Calendar, Event  # slow to import, and no page needs it

    calendar = Calendar()
    calendar.add("prodid", "-//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Appointments")
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    # The day and no more: the same appointments are the same file, whenever somebody asks.
    made = clock.beginning_of(clock.today())
    for one in found:
        event = Event()
        event.add("uid", str(one.key))
        event.add("dtstamp", made)
        event.add("dtstart", one.starts_at)
        event.add("dtend", one.ends_at)
        event.add("summary", WORD)
        event.add("class", "PRIVATE")
        event.add("transp", "OPAQUE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
