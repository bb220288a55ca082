"""A PDF as an answer: shown in the browser, under a neutral name."""

from flask import Response, make_response


def pdf(content: bytes, name: str) -> Response:
    """Return a PDF; ``name`` is a neutral word that a list of downloads may show."""
    response: Response = make_response(content)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
