"""No title of a therapist’s page tells what it was about."""

import re
from pathlib import Path

import pytest

from tests.worlds.safety import ALL_NO, screen

TELLING = re.compile(
    r"private|safe|screen|risk|secret|plan\b|alone|aloud|together|answer to|safeguard",
    re.IGNORECASE,
)
"""What no page of a therapist says in its title: browsers list titles behind "Back", also on the
device that is handed to a partner."""


@pytest.mark.parametrize(
    "template",
    sorted(path.name for path in Path("templates/therapist").glob("*.html")),
)
def test_no_title_of_a_therapists_page_tells_what_it_was_about(template):
    text = Path("templates/therapist", template).read_text(encoding="utf-8")
    for title in re.findall(r"{% block title %}(.*?){% endblock title %}", text):
        assert not TELLING.search(title), title


def test_the_pages_of_safety_have_a_neutral_title_and_their_own_heading(cast, sign_in, write):
    write(screen, cast.tess, cast.couple, cast.ada, ALL_NO)
    tess = sign_in(cast.tess)
    ada = f"/couples/{cast.couple}/people/{cast.ada.person_id}"
    for path, heading in {
        f"/couples/{cast.couple}/safety": "Safety",
        f"/couples/{cast.couple}/safety/log": "Safeguarding log",
        f"{ada}/plan": "Safety plan",
        f"{ada}/safety": "Private questions",
    }.items():
        page = tess.get(path).text
        assert "<title>Couple · Dyad</title>" in re.sub(r"\s*\n\s*", "", page), path
        assert heading in page.partition("<h1")[2].partition("</h1>")[0], path
