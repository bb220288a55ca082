"""What a page says of who can see it comes from the policy: it names people, and follows them."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import delete

from practice.db import db
from practice.domain import onlookers
from practice.domain.people import Standing
from practice.domain.safety.contact import Channel, SafeContact
from practice.domain.visibility import Audience, Decision, Kind, decide
from practice.models.couples import Care
from practice.services import consents, intake, safe_contacts
from tests import staff
from tests.worlds import releases

SAID = re.compile("Who can see this: </span>(.*?)</span>")
TEAM = "You, Toni"
ALONE = "You alone (safety questions)"

PAGES = {
    ("tess", "/couples/{couple}/safety"): {
        f"{TEAM} and Sue (supervision)",
        ALONE,
        f"{TEAM}, Ada and the front desk",
        f"{TEAM}, Ben and the front desk",
    },
    ("tess", "/couples/{couple}/safety/joint-work"): {f"{TEAM} and Sue (supervision)"},
    ("tess", "/couples/{couple}/safety/log"): {f"{TEAM} and Sue (supervision)"},
    ("tess", "/couples/{couple}/people/{ada}/safety"): {ALONE},
    ("tess", "/couples/{couple}/people/{ada}/safety/talk"): {ALONE},
    ("tess", "/couples/{couple}/people/{ada}/contact"): {f"{TEAM}, Ada and the front desk"},
    ("tess", "/couples/{couple}/people/{ada}/plan"): {"You and Toni"},
    ("tess", "/couples/{couple}/agreements"): {f"{TEAM} and Ada", f"{TEAM} and Ben"},
    ("sue", "/couples/{couple}/safety/log"): {"You, Tess and Toni"},
    ("ada", "/my/agreements"): {"You, Tess and Toni"},
    ("tess", "/releases"): {
        "All of these: whoever treats the couple and whoever runs the practice"
    },
    ("rita", "/desk/couples/{couple}/people/{ada}"): {
        "You, Tess, Toni and Ada",
        "Whoever treats the couple, whoever it is with, a supervisor and the front desk",
    },
}


@pytest.fixture
def team(app, cast):
    """Toni treats Ada and Ben too, Sue supervises Tess, Rita is at the front desk.

    There is a case, and Ada said how she may be reached.
    """
    with app.app_context():
        found = staff.make_staff(cast)
        # Two who came on one day stand in no set order.
        db.session.execute(delete(Care).where(Care.therapist_id == found.vera.person_id))
        consents.ask(actor=cast.tess, couple_id=cast.couple, person_id=cast.ada.person_id)
        releases.open_case(cast)
        contact = SafeContact(ways={Channel.TEXT: "07700 900 100"})
        safe_contacts.save_own(actor=cast.ada, new_id=uuid4(), contact=contact)
        db.session.commit()
        return found


@pytest.fixture
def said(cast, team, sign_in):
    """Return the words of every badge on a page."""

    def words(who: str, page: str) -> set[str]:
        actor = getattr(cast, who, None) or getattr(team, who)
        path = page.format(couple=cast.couple, ada=cast.ada.person_id)
        answer = sign_in(actor).get(path)
        assert answer.status_code == 200
        return set(SAID.findall(answer.text))

    return words


@pytest.mark.parametrize(("who", "page"), PAGES, ids=lambda one: one)
def test_a_page_names_who_can_see_what_stands_on_it(said, who, page):
    assert said(who, page) == PAGES[who, page]


@pytest.mark.parametrize(
    ("who", "page", "line"),
    [
        ("ada", "/my/contact", "you, Tess, Toni and the front desk."),
        ("ada", "/my/record", "you, Tess, Toni and whoever runs the practice: that you asked"),
        ("tess", "/couples/{couple}/releases", "you and Toni."),
        ("rita", "/desk/couples/{couple}/sessions/new", "you, Tess, Toni and Sue (supervision);"),
    ],
)
def test_a_form_names_who_reads_what_it_collects(cast, team, sign_in, who, page, line):
    browser = sign_in(getattr(cast, who, None) or getattr(team, who))
    assert f"Who reads this: {line}" in browser.get(page.format(couple=cast.couple)).text


def test_an_owner_is_named_once_where_they_read_of_a_case(app, cast, team, sign_in):
    with app.app_context():
        case = releases.open_case(cast)
        db.session.commit()
    page = sign_in(team.olga).get(f"/releases/{case}").text
    assert "Who reads this: you, Tess and Toni." in page
    page = sign_in(cast.tess).get(f"/releases/{case}").text
    assert "Who reads this: you, Toni and whoever runs the practice." in page


def test_the_words_change_with_the_policy(said, monkeypatch):
    def stricter(reader, record):
        if reader.standing is Standing.SUPERVISING and record.kind is Kind.CLEARANCE:
            return Decision(False, "stricter")
        return decide(reader, record)

    monkeypatch.setattr(onlookers, "decide", stricter)
    assert said("tess", "/couples/{couple}/safety/joint-work") == {"You and Toni"}
    assert said("tess", "/couples/{couple}/safety/log") == {f"{TEAM} and Sue (supervision)"}


@pytest.mark.parametrize(
    ("shared", "hers", "theirs"),
    [
        (False, "You, Tess and Toni", "You, Toni and Ada"),
        (True, "You, Tess, Toni and Ben", "You, Toni, Ada and Ben"),
    ],
)
def test_each_view_of_the_intake_says_who_sees_it(app, cast, said, shared, hers, theirs):
    with app.app_context():
        written = uuid4()
        intake.save(
            actor=cast.ada,
            section_id=intake.section_id_of(cast.couple, cast.ada.person_id, "hope"),
            new_id=written,
            raw={"hope": "A quiet house."},
            audience=Audience.THERAPIST,
        )
        if shared:
            intake.share(actor=cast.ada, entry_id=written)
        db.session.commit()
    assert said("ada", "/my/about-you") == {hers}
    assert said("tess", "/couples/{couple}/intake") == {theirs}
