"""How the portal speaks: nothing shames, setbacks are part of it, minutes are said."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "templates" / "portal").glob("*.html"))
CODE = sorted((ROOT / "practice" / "web" / "portal").glob("*.py"))
SHAMING = re.compile(
    r"\bfail(ed|ure|s)?\b|\boverdue\b|complian|\bmissed\b|\bstreak|should have|\blate\b|\bguilt|!",
    re.IGNORECASE,
)


def words_of(path: Path) -> str:
    """Return what of a file can come onto a page: its text, and what stands in quotes."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return "\n".join(re.findall(r'(?<!")"((?:[^"\\\n])+)"(?!")', text))
    plain = re.sub(r"\{#.*?#\}", " ", text, flags=re.DOTALL)
    said = re.findall(r'"([^"\n]*)"', " ".join(re.findall(r"\{[{%].*?[}%]\}", plain)))
    return "\n".join([re.sub(r"\{[{%].*?[}%]\}|<[^>]*>", " ", plain, flags=re.DOTALL), *said])


def test_nothing_shames_and_nothing_cheers():
    found = {path.name: SHAMING.findall(words_of(path)) for path in (*PAGES, *CODE)}
    assert not {name: words for name, words in found.items() if words}


def test_the_look_is_keen_enough():
    assert len(PAGES) > 50
    assert "Take your time." in "".join(map(words_of, PAGES))
    assert "it still helps, when you are ready" in "".join(map(words_of, CODE))
    assert SHAMING.search("This is overdue")


def test_the_first_page_says_so_whatever_happened(cast, sign_in):
    for person in (cast.ada, cast.ben):
        page = sign_in(person).get("/my/").text
        assert "Setbacks are part of it." in page
        lead = re.search(r'<p class="lead">\s*(.*?)\s*</p>', page, re.DOTALL)[1]
        assert re.search(r"Nothing is waiting for you today|about \d+ minutes?", lead), lead
