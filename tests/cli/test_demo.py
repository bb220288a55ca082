"""The demo caseload: whole, always the same, and only into an empty instance."""

import pytest

from practice.cli.demo.build import PASSWORD
from practice.cli.demo.course import EARLIER
from practice.cli.demo.stories import STORIES
from practice.cli.demo_data import demo_couples, demo_data
from practice.domain.caseload_outcomes import Step
from practice.domain.people import Actor
from practice.services import (
    agendas,
    caseload,
    caseload_outcomes,
    couples,
    events,
    installation,
    people,
    responses,
    risk_flags,
    safety,
)
from tests.engines import one_engine
from tests.kept import empty

pytestmark = one_engine


@pytest.fixture(scope="module")
def demo(application):
    """What the command printed. Every test looks at the same caseload, and changes nothing."""
    done = application.test_cli_runner().invoke(demo_data, ["--print-sign-ins"])
    assert done.exit_code == 0, done.output
    yield done.output
    empty(application)


def test_it_prints_who_can_sign_in(demo):
    assert "tess@demo.example" in demo
    assert "ada@demo.example" in demo
    assert PASSWORD in demo
    assert "elias@" not in demo, "his invitation is still open"


def test_every_couple_is_listed_with_its_id(application, demo):
    done = application.test_cli_runner().invoke(demo_couples)
    with application.app_context():
        couples = installation.all_couples()
    assert done.output.splitlines() == [f"{one.couple_id}\t{one.title}" for one in couples]
    assert len(couples) > len(STORIES)


def test_the_stories_come_out_as_told(application, demo):
    classes = {}
    with application.app_context():
        for line in installation.all_couples():
            if line.title.startswith(tuple(one.names[0] for one in EARLIER)):
                continue
            therapist = people.treating_therapist(line.couple_id)
            measures = responses.couple_measures(actor=therapist, couple_id=line.couple_id)
            for panel in measures.tested:
                if panel.scale.key == "csi16":
                    classes[line.title] = panel.couple_class
    assert {title: str(found) for title, found in classes.items()} == {
        "Ada Lind and Ben Morrow": "improved",
        "Priya Nair and Tom Whitfield": "recovered",
        "Grace Holloway and Idris Bello": "partial",
        "Marta Kowalska and Sean Duffy": "deteriorated",
        "Helen Fry and Marcus Obi": "ended",
        "Robin Vale, Jules Hart and Sam Okoro": "partial",
        "Noor Haddad and Elias Sand": "incomplete",
        "Chloe Barnes and Will Ashdown": "unchanged",
        "Fiona MacRae and Callum Reid": "diverging",
        "Aisha Rahman and Omar Siddiq": "improved",
        "June Pemberton and Arthur Pemberton": "incomplete",
        "Lucy Tran and Daniel Cole": "incomplete",
        "Wendy Archer and Carl Lindqvist": "unchanged",
    }


def test_each_therapist_has_their_own(application, demo):
    with application.app_context():
        couples = installation.all_couples()
        tess = people.treating_therapist(
            next(line.couple_id for line in couples if line.title.startswith("Ada"))
        )
        assert isinstance(tess, Actor)
        found = caseload.caseload(actor=tess, search="", ended=False, page=1)
        titles = {person.name for couple in found.couples for person in couple.people}
    assert "Ada Lind" in titles
    assert "Wendy Archer" not in titles


def couple_of(name):
    (line,) = [one for one in installation.all_couples() if one.title.startswith(name)]
    return {"actor": people.treating_therapist(line.couple_id), "couple_id": line.couple_id}


def test_what_the_outcome_engine_does_can_be_seen(application, demo):
    with application.app_context():
        flags = risk_flags.flags_of(**couple_of("Marta"))
        assert sorted((flag.name, bool(flag.seen_at)) for flag in flags) == [
            ("Marta", False),
            ("Sean", True),
        ]
        assert len(events.couple_events(**couple_of("Ada")).events) == 2
        assert responses.couple_measures(**couple_of("Ada")).boards
        (latest, *_) = agendas.agendas_of(**couple_of("Marta"))[0].history
        assert latest.agenda.value == "leaning_out"
        assert couples.couple_header(**couple_of("Ada")).modality.value == "eft"
        (own,) = [
            panel
            for panel in responses.couple_measures(**couple_of("Grace")).ratings
            if panel.scale.key.startswith("own_")
        ]
        assert own.measure.version == 2
        assert all(line.earlier and line.scores for line in own.lines), "the line breaks"
        (rdas,) = [
            panel
            for panel in responses.couple_measures(**couple_of("Chloe")).tested
            if panel.scale.key == "rdas"
        ]
        assert [score.value for score in rdas.lines[1].scores] == [46, 50], "and corrected"


def test_what_concerns_safety_can_be_seen(application, demo):
    with application.app_context():
        marta = safety.couple_safety(**couple_of("Marta"))
        assert marta.joint_work.value == "paused"
        assert [one.first_name for one in marta.to_read] == ["Marta"]
        assert safety.couple_safety(**couple_of("Ada")).warning == ""
        new = safety.couple_safety(**couple_of("June"))
        assert [one.first_name for one in new.not_asked] == ["June", "Arthur"]
        assert len(safety.decisions(**couple_of("Marta")).entries) == 1


def test_the_practice_is_large_enough_for_figures(application, demo):
    with application.app_context():
        tess, otto = couple_of("Ada")["actor"], couple_of("Wendy")["actor"]
        for actor in (tess, otto):
            shown = caseload_outcomes.practice_outcomes(actor=actor)
            assert "Couple recovered" in shown.csv()
        own = caseload_outcomes.own_outcomes(actor=tess, choice=caseload_outcomes.Choice())
        assert own.figures.flow.couples_at(Step.BEGUN) == 16
