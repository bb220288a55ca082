"""The style sheet by day and by night: words can be read, and nothing moves that need not."""

import re
from pathlib import Path

import pytest

from practice.web.account.installed import DARK, PAPER

ROOT = Path(__file__).resolve().parents[2]
STYLE = (ROOT / "practice/static/css/dyad.css").read_text(encoding="utf-8")
NIGHT = "@media (prefers-color-scheme: dark)"
STILL = "@media (prefers-reduced-motion: no-preference)"

WORDS = (
    *(
        (words, ground)
        for words in ("ink", "soft", "green")
        for ground in ("paper", "card", "sunk")
    ),
    *((words, "paper") for words in ("clay", "person-1", "person-2", "person-3", "person-4")),
    *((words, "card") for words in ("clay", "person-1", "person-2", "person-3", "person-4")),
    ("ink", "green-soft"),
    ("green-deep", "green-soft"),
    ("clay", "clay-soft"),
    ("amber", "amber-soft"),
    ("person-1", "blue-soft"),
    ("on-green", "green"),
    ("on-green", "green-deep"),
    ("soft", "amber-soft"),
)
"""Colours of words and what they stand on: 4.5 to 1 at least."""

OUTLINES = tuple((line, ground) for line in ("edge", "focus") for ground in ("paper", "card"))
"""What outlines that which can be operated: 3 to 1 at least."""


def tokens(part):
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6})\b", part))


def block(start):
    """Return the block of the style sheet that begins with ``start``, braces and all."""
    begin = STYLE.index(start)
    end, depth = STYLE.index("{", begin) + 1, 1
    while depth:
        depth += {"{": 1, "}": -1}.get(STYLE[end], 0)
        end += 1
    return STYLE[begin:end]


DAY_COLOURS = tokens(STYLE[: STYLE.index(NIGHT)])
COLOURS = {"day": DAY_COLOURS, "night": DAY_COLOURS | tokens(block(NIGHT))}


def luminance(colour):
    text = colour.removeprefix("#")
    text = text if len(text) == 6 else "".join(2 * one for one in text)
    parts = [int(text[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """As WCAG 2.2 counts it."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("time", COLOURS)
def test_words_and_outlines_stand_out_by_day_and_by_night(time):
    colours = COLOURS[time]
    faint = [
        f"{one} on {other}: {contrast(colours[one], colours[other]):.2f}"
        for pairs, least in ((WORDS, 4.5), (OUTLINES, 3.0))
        for one, other in pairs
        if contrast(colours[one], colours[other]) < least
    ]
    assert not faint


def test_every_colour_of_the_day_has_one_of_the_night():
    assert set(tokens(block(NIGHT))) == set(DAY_COLOURS)


def test_nothing_moves_for_whoever_asked_for_rest():
    moving = re.compile(r"\b(animation|transition|scroll-behavior)\b[^;]*:|@keyframes")
    assert moving.search(block(STILL)), "the test looks for something that is not there"
    rest = STYLE.replace(block(STILL), "")
    assert not moving.search(rest)


def test_the_colour_around_a_page_is_that_of_its_paper():
    frame = (ROOT / "templates/base_portal.html").read_text(encoding="utf-8")
    for colour, time, said in ((PAPER, "light", "day"), (DARK, "dark", "night")):
        assert COLOURS[said]["paper"] == colour
        assert f'media="(prefers-color-scheme: {time})" content="{colour}"' in frame
