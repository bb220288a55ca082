"""The page that stands before everything else while a device is with a partner."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue


def page(therapist: str = "", *, still_open: bool = False) -> ResponseReturnValue:
    """Ask for the device back. Names no couple and no partner.

    Args:
        therapist: First name of whoever handed it over; empty where that is not known any more.
        still_open: Whether there is a way back to the questions.
    """
    return render_template(
        "hand_over/give_back.html",
        therapist=therapist,
        back=url_for("hand_over.home") if still_open else "",
    ), 403
