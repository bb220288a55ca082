"""What ``script/portal-assets`` writes: letters and icons of the portal.

The letters are those of the vendored typeface, whose licence lets them be cut down and asks that it
stands beside them. The icons are ours: three lines on a plain ground, as on a thousand others, so
that whoever looks over a shoulder learns nothing.
"""

import struct
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset

STATIC = Path(__file__).resolve().parents[2] / "practice" / "static"
FONTS, PORTAL = STATIC / "fonts", STATIC / "portal"

WEIGHTS = (400, 700)
LETTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *(0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026),
    *(0x20AC, 0x2212),
)
"""What portal pages say, and names of Western European languages; others come from the whole font,
which is then fetched beside these (``unicode-range`` in the style sheet)."""

GROUND, LINES = (0x4A, 0x5A, 0x6B), (0xFF, 0xFF, 0xFF)
"""Slate and white: no colour of this program or of any practice."""

BARS = ((0.30, 0.70), (0.30, 0.70), (0.30, 0.56))
"""From where to where each line goes, as parts of the width."""

TOPS, HEIGHT, ROUND = (0.33, 0.475, 0.62), 0.055, 0.22
"""Upper edges and height of the lines, and the corner of the ground, as parts of the width."""

ICONS = {
    "icon-192.png": (192, True),
    "icon-512.png": (512, True),
    # The telephone cuts these to its own shape: the ground goes to the edge.
    "icon-maskable-512.png": (512, False),
    "apple-touch-icon.png": (180, False),
}


def letters(weight: int) -> bytes:
    """Return the typeface of one weight with ``LETTERS`` alone, as woff2."""
    options = subset.Options()
    options.flavor, options.hinting, options.layout_features = "woff2", False, ["*"]
    options.name_IDs, options.name_languages = ["*"], ["*"]
    options.recalc_timestamp = False
    path = FONTS / f"atkinson-hyperlegible-latin-{weight}-normal.woff2"
    font = subset.load_font(str(path), options)
    cut = subset.Subsetter(options)
    cut.populate(unicodes=LETTERS)
    cut.subset(font)
    target = PORTAL / f"letters-{weight}.woff2"
    subset.save_font(font, str(target), options)
    return target.read_bytes()


def icon(size: int, *, rounded: bool) -> bytes:
    """Return the icon as PNG with three colours: nothing, ground, lines."""
    rows = (bytes([0, *_packed(_row(size, y, rounded))]) for y in range(size))
    head = struct.pack(">IIBBBBB", size, size, 2, 3, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", head),
            _chunk(b"PLTE", bytes((0, 0, 0, *GROUND, *LINES))),
            _chunk(b"tRNS", bytes((0, 255, 255))),
            _chunk(b"IDAT", zlib.compress(b"".join(rows), 9)),
            _chunk(b"IEND", b""),
        )
    )


def drawing() -> str:
    """Return the icon as SVG."""
    bars = "".join(
        f'<rect x="{left * 100:g}" y="{top * 100:g}" width="{(right - left) * 100:.3g}" '
        f'height="{HEIGHT * 100:g}" fill="#fff"/>'
        for (left, right), top in zip(BARS, TOPS, strict=True)
    )
    ground = "".join(f"{part:02x}" for part in GROUND)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
        f'<rect width="100" height="100" rx="{ROUND * 100:g}" fill="#{ground}"/>{bars}</svg>\n'
    )


def _row(size: int, y: int, rounded: bool) -> list[int]:
    return [_colour(size, x, y, rounded) for x in range(size)]


def _colour(size: int, x: int, y: int, rounded: bool) -> int:
    across, down = (x + 0.5) / size, (y + 0.5) / size
    if rounded and _is_cut_off(across, down):
        return 0
    for (left, right), top in zip(BARS, TOPS, strict=True):
        if left <= across <= right and top <= down <= top + HEIGHT:
            return 2
    return 1


def _is_cut_off(across: float, down: float) -> bool:
    beyond = [max(ROUND - one, one - (1 - ROUND), 0.0) for one in (across, down)]
    return beyond[0] ** 2 + beyond[1] ** 2 > ROUND**2


def _packed(row: list[int]) -> Iterator[int]:
    """Four pixels of two bits to a byte."""
    for start in range(0, len(row), 4):
        four = [*row[start : start + 4], 0, 0, 0][:4]
        yield four[0] << 6 | four[1] << 4 | four[2] << 2 | four[3]


def _chunk(name: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )


def write() -> None:
    """Write everything to ``practice/static/portal``."""
    PORTAL.mkdir(exist_ok=True)
    (PORTAL / "LICENSE").write_bytes((FONTS / "LICENSE").read_bytes())
    for weight in WEIGHTS:
        letters(weight)
    for name, (size, rounded) in ICONS.items():
        (PORTAL / name).write_bytes(icon(size, rounded=rounded))
    (PORTAL / "icon.svg").write_text(drawing(), encoding="utf-8")


if __name__ == "__main__":
    write()
    sys.stdout.write(f"Written to {PORTAL}.\n")
