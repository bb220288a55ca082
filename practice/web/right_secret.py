"""What a page that takes a secret tells the throttle (``practice.web.account.guards``)."""

from flask import g


def secret_was_right() -> None:
    """Say that this try was no wrong guess, whatever becomes of the request."""
    g.secret_was_right = True
