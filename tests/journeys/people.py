"""Who signs in during the journeys."""

from dataclasses import dataclass
from uuid import UUID

from practice.domain.visibility import Audience
from tests import builders


@dataclass(frozen=True, slots=True)
class SignIn:
    """A name and what opens the account."""

    name: str
    sign_in_name: str
    password: str


DEMO_PASSWORD = "a quiet room with two chairs"

NELL = SignIn("Nell Carrow", "nell@practice.example", "green kettle under the stairs")
"""A therapist whose caseload is empty at first."""

TESS = SignIn("Tess Okafor", "tess@demo.example", DEMO_PASSWORD)
OTTO = SignIn("Otto Brandt", "otto@demo.example", DEMO_PASSWORD)
ADA = SignIn("Ada Lind", "ada@demo.example", DEMO_PASSWORD)
BEN = SignIn("Ben Morrow", "ben@demo.example", DEMO_PASSWORD)
"""Ada and Ben are in the care of Tess."""

ROBIN = SignIn("Robin Vale", "robin@demo.example", DEMO_PASSWORD)
"""One of three members of a couple that Tess treats too."""

JULES = SignIn("Jules Hart", "jules@demo.example", DEMO_PASSWORD)
"""Another of the three."""

MARIT = SignIn("Marit Stein", "marit@demo.example", DEMO_PASSWORD)
TONI = SignIn("Toni Abara", "toni@demo.example", DEMO_PASSWORD)
HESTER = SignIn("Hester Lindgren", "hester@demo.example", DEMO_PASSWORD)
RITA = SignIn("Rita Moss", "rita@demo.example", DEMO_PASSWORD)
"""Who runs the practice, treats a couple with Tess, supervises her, and keeps the diary."""

FERN = SignIn("Fern Hollis", "fern@mail.example", builders.PASSWORD)
"""Who has left the couple they came with."""

IDA = SignIn("Ida Thorne", "ida@post.example", "seven herons on a grey roof")
JON = SignIn("Jon Abbas", "jon@post.example", "marbles behind the boiler")
"""The couple that Nell takes on; they have no account yet."""

NORA = SignIn("Nora Field", "nora@mail.example", builders.PASSWORD)
IRIS = SignIn("Iris Dunn", "iris@mail.example", builders.PASSWORD)
JUDE = SignIn("Jude Okoro", "jude@mail.example", builders.PASSWORD)
"""A couple in the care of Nora, of which the schedule asks nothing; all of them can sign in."""

MIRA = SignIn("Mira Lunn", "mira@mail.example", builders.PASSWORD)
ASTA = SignIn("Asta Bohr", "asta@mail.example", builders.PASSWORD)
NILS = SignIn("Nils Rask", "nils@mail.example", builders.PASSWORD)
"""A couple in the care of Mira, with a worksheet under each rule and a session of today."""

WORKSHEETS = dict(
    zip(
        Audience,
        ("private_journal", "trigger_list", "feeling_share", "daily_check_in", "gratitude"),
        strict=True,
    )
)
TASKS = {rule: UUID(int=number) for number, rule in enumerate(Audience, start=100)}
MET = UUID(int=200)
"""Ids of those worksheets by rule, and of that session."""

NOTE = "They spoke of the move to the coast."
"""What Nora wrote about their session, and signed."""
