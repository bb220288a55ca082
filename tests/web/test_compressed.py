"""What a phone fetches for a partner's first page."""

import gzip
import io
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tests.portal_assets import portal_assets

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "practice" / "static"
STYLE = STATIC / "css" / "dyad.css"

BLANK = {0xA0, 0xAD}
"""Letters without a shape, which a font may leave out."""

HEAVIEST = 60_000
"""Bytes: what the first page may weigh with all it fetches."""

PHONE_LETTERS = ("portal/letters-400.woff2", "portal/letters-700.woff2")
"""A phone fetches these two; the whole fonts only for letters that are not in them."""

KEPT_ON_A_PHONE = ("portal/icon-192.png", "portal/icon-maskable-512.png", "portal/icon-512.png")
"""What it fetches of the icons besides, where somebody keeps the portal on it."""


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


FETCHED = re.compile(r'<(?:link|script)\b[^>]*(?:href|src)="(/[^"]+)"')
"""Whatever the head and the foot of a page ask for: style, scripts, manifest, icon."""


def test_the_first_page_is_light_with_everything_that_a_phone_fetches(world, sign_in, fetch):
    """From the sign-in to a full first page, as sent; and what keeping it on the phone takes."""
    ben = sign_in(world.cast.ben)
    pages = [fetch("/account/sign-in").text, ben.get("/my/").text]
    assert "more, when there is time" in pages[1], "the page is not full"
    names = {name for page in pages for name in FETCHED.findall(page)}
    for part in ("dyad.css", "leave.js", "app.webmanifest", "apple-touch-icon"):
        assert any(part in name for name in names), part
    names |= {f"/static/{name}" for name in (*PHONE_LETTERS, *KEPT_ON_A_PHONE)}
    files = {name: fetch(name) for name in names}
    assert {answer.status_code for answer in files.values()} == {200}
    weight = sum(len(answer.data) for answer in files.values())
    weight += sum(len(page.encode()) for page in pages)
    assert weight < HEAVIEST, {name: len(answer.data) for name, answer in files.items()}


def test_a_phone_has_the_letters_of_these_pages(world, sign_in):
    """One letter that is missing fetches a whole font beside them."""
    ranges = re.search(r"letters-400\.woff2.*?unicode-range: (.*?);", STYLE.read_text())
    bounds = [one.removeprefix("U+").split("-") for one in ranges[1].split(", ")]
    told = {
        letter
        for first, *last in bounds
        for letter in range(int(first, 16), int((last or [first])[0], 16) + 1)
    }
    assert told == set(portal_assets.LETTERS)
    for name in PHONE_LETTERS:
        font = TTFont(io.BytesIO((STATIC / name).read_bytes()))
        assert told - BLANK <= set(font.getBestCmap())
        assert "Braille Institute" in str(font["name"].getDebugName(0))
    said = {ord(one) for page in ("/my/", "/my/journal") for one in text_of(sign_in, world, page)}
    assert said - {0x0A, 0x0D} <= told
    assert (STATIC / "portal/LICENSE").read_bytes() == (STATIC / "fonts/LICENSE").read_bytes()


def text_of(sign_in, world, path):
    return re.sub("<[^>]*>", "", sign_in(world.cast.ben).get(path).text)
