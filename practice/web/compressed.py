"""Style sheets and scripts are sent compressed: a partner's phone may be on a bus.

Pages are not. What is compressed together with a secret gives away its length, and a page holds
both its form token and words that somebody else may have chosen.
"""

import gzip
from functools import lru_cache

from flask import Flask, Response, request

TEXT_FILES = frozenset({"text/css", "text/javascript", "image/svg+xml"})


def init_app(app: Flask) -> None:
    """Compress static files of text for whoever can read them so."""

    @app.after_request
    def compress(response: Response) -> Response:
        if request.endpoint != "static" or response.mimetype not in TEXT_FILES:
            return response
        response.vary.add("Accept-Encoding")
        if response.status_code != 200 or not request.accept_encodings["gzip"]:
            return response
        response.direct_passthrough = False
        response.set_data(_compressed(response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
        response.headers.pop("Accept-Ranges", None)
        etag, _ = response.get_etag()
        if etag:
            response.set_etag(etag, weak=True)  # the same content, not the same bytes
        return response


@lru_cache(maxsize=32)
def _compressed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)
