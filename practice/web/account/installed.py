"""The portal on a phone that keeps it: a name and an icon that say nothing, and nothing stored.

There is no service worker. It would keep pages on the device, where they outlive "Leave now", a
signing out and a taken-back entry; and the portal needs the server for everything it does.
"""

import json

from flask import Response, current_app, url_for

from practice.config.settings import Settings
from practice.web.account import bp
from practice.web.session import public

ICONS = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-maskable-512.png", "512x512", "maskable"),
)
PAPER, DARK = "#f8f4eb", "#161b19"
"""``--paper`` of the style sheet, by day and by night."""


@bp.route("/app.webmanifest")
@public
def manifest() -> Response:
    """Say how a phone keeps the portal, to everybody alike: a browser asks without a session."""
    settings: Settings = current_app.extensions["practice"]
    icons = [
        {
            "src": url_for("static", filename=f"portal/{name}"),
            "sizes": sizes,
            "type": "image/png",
            "purpose": purpose,
        }
        for name, sizes, purpose in ICONS
    ]
    svg = url_for("static", filename="portal/icon.svg")
    icons.append({"src": svg, "sizes": "any", "type": "image/svg+xml", "purpose": "any"})
    start = url_for("security.login")
    said = {
        "id": start,
        "name": settings.app_name,
        "short_name": settings.app_name,
        "lang": "en-GB",
        "start_url": start,
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
    }
    return Response(json.dumps(said, ensure_ascii=False), mimetype="application/manifest+json")
