"""Forms come from this site alone: what a browser says was sent by another site is refused.

The anti-forgery token is the first wall and this is the second: a token that was read over a
shoulder, or by a fault of ours, is still of no use to another site.
"""

from urllib.parse import urlsplit

from flask import Flask, abort, request

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN = frozenset({"same-origin", "none"})


def init_app(app: Flask) -> None:
    """Install the check. Before everything that reads a form."""

    @app.before_request
    def refuse_other_sites() -> None:
        if request.method not in SAFE_METHODS and not _is_from_here():
            abort(400)


def _is_from_here() -> bool:
    """Whether the browser says so, or is one that says nothing.

    ``Sec-Fetch-Site`` decides where it is sent: it holds behind any proxy. ``Origin`` is for
    browsers and networks that do without.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in OWN
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host
