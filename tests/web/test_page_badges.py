"""What a page says of who can see it comes from the policy: it names people, and follows them."""

import re

import pytest

from practice.db import db
from practice.domain import onlookers
from practice.domain.people import Standing
from practice.domain.visibility import Decision, Kind, decide
from practice.services import safety_plans
from tests import staff
from tests.builders import end_care
from tests.worlds.safety import a_plan

SAID = re.compile(r'Who can see this: </span>(.*?)</span>')
TEAM = "You, Toni, Vera"

PAGES = {
    ("tess", "/couples/{couple}/safety"): {
        f"{TEAM} and Sue (supervision)",
        "You alone (safety questions)",
        f"{TEAM}, Ada and the front desk",
        f"{TEAM}, Ben and the front desk",
    },
    ("tess", "/couples/{couple}/safety/joint-work"): {f"{TEAM} and Sue (supervision)"},
    ("tess", "/couples/{couple}/safety/log"): {f"{TEAM} and Sue (supervision)"},
    ("tess", "/couples/{couple}/people/{ada}/safety"): {"You alone (safety questions)"},
    ("tess", "/couples/{couple}/people/{ada}/contact"): {f"{TEAM}, Ada and the front desk"},
    ("tess", "/couples/{couple}/people/{ada}/plan"): {f"{TEAM} and Ada"},
    ("tess", "/couples/{couple}/agreements"): {f"{TEAM} and Ada", f"{TEAM} and Ben"},
    ("sue", "/couples/{couple}/safety/log"): {"You, Tess, Toni and Vera"},
    ("ada", "/my/agreements"): {"You, Tess, Toni and Vera"},
    ("ada", "/my/notes"): {"You, Tess, Toni and Vera"},
}
