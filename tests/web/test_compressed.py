"""What a phone fetches for a partner's first page."""

import gzip
import re

import pytest

HEAVIEST = 60_000
"""Bytes: what the first page may weigh with all it fetches."""

FONTS_OF_A_PAGE = ("latin-400-normal", "latin-700-normal")
"""A browser fetches these two; the others only for slanted or foreign letters."""


@pytest.fixture
def fetch(app):
    def get(path, encoding="gzip, deflate, br", **more):
        headers = {"Accept-Encoding": encoding} | more
        return app.test_client().get(path, headers=headers, buffered=True)

    return get


@pytest.mark.parametrize("name", ["css/dyad.css", "js/leave.js", "js/keep.js"])
def test_files_of_text_are_compressed_for_whoever_can_read_them(fetch, name):
    plain, small = fetch(f"/static/{name}", ""), fetch(f"/static/{name}")
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data
    assert len(small.data) == int(small.headers["Content-Length"]) < len(plain.data) / 2
    for answer in (plain, small):
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert "immutable" in answer.headers["Cache-Control"]


def test_whoever_has_a_file_is_told_that_it_is_unchanged(fetch):
    tag = fetch("/static/css/dyad.css").headers["ETag"]
    assert tag.startswith("W/")
    again = fetch("/static/css/dyad.css", **{"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_fonts_and_pages_are_sent_as_they_are(fetch):
    """A page holds its form token; see the module."""
    font = fetch("/static/fonts/atkinson-hyperlegible-latin-400-normal.woff2")
    page = fetch("/account/sign-in")
    for answer in (font, page):
        assert answer.status_code == 200
        assert "Content-Encoding" not in answer.headers


def test_the_first_page_is_light(cast, sign_in, fetch):
    page = sign_in(cast.ada).get("/my/").text
    names = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert any("dyad.css" in name for name in names)
    fonts = [f"/static/fonts/atkinson-hyperlegible-{font}.woff2" for font in FONTS_OF_A_PAGE]
    files = sum(len(fetch(name).data) for name in [*names, *fonts])
    assert files + len(page.encode()) < HEAVIEST
