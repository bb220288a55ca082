"""Goal, homework and measure in one place: for whoever treats them, from what they may see."""

from datetime import timedelta

import pytest

from practice.domain.homework.review import HomeworkReview, Reviewed, View
from practice.domain.homework.terms import GivenTo
from practice.domain.note_formats import NoteContent
from practice.domain.reports import Edition
from practice.domain.visibility import Audience
from practice.services import clock, couple_measures, goals, homework, notes, reports, threads
from practice.services.errors import Invalid, NotFound
from practice.services.notes import JOINT, NoteKind, Part, Typed
from tests.exercises import rate, set_goal
from tests.measure_builders import answer, csi16
from tests.records import make_entry, make_session, make_task


def thread(cast, goal):
    return threads.goal_thread(actor=cast.tess, goal_id=goal)


def lines(cast):
    about = {"actor": cast.tess, "couple_id": cast.couple}
    found = threads.couple_threads(
        **about,
        goals=goals.couple_goals(**about),
        homework=homework.couple_homework(**about),
        measures=couple_measures.couple_measures(**about),
    )
    return [(one.words, one.shows_both) for one in found]


def review(cast, days_ago, part, task, outcome, **view):
    session = make_session(cast.couple, cast.tess, starts_at=clock.now() - timedelta(days=days_ago))
    said = {task: HomeworkReview("A task", outcome, View(**view))}
    notes.save_notes(
        actor=cast.tess,
        session_id=session,
        typed={part: Typed(NoteContent(homework=said), 0)},
    )
    return session


@pytest.fixture
def goal(inside):
    return set_goal(inside, measure_key="csi16")


@pytest.fixture
def task(inside, goal):
    return make_task(
        inside.couple,
        inside.tess,
        [inside.ada, inside.ben],
        given_to=GivenTo.TOGETHER,
        goal_id=goal,
        created_at=clock.now() - timedelta(days=60),
    )


def test_the_thread_of_a_goal_stands_in_one_place_in_the_order_it_happened(inside, goal, task):
    make_entry(task, inside.couple, inside.ada, clock.today() - timedelta(days=9))
    make_task(inside.couple, inside.tess, [inside.ben])  # serves no goal
    ben = Part(NoteKind.MEMBER, inside.ben.person_id)
    review(inside, 8, JOINT, task, Reviewed.PARTLY, helpfulness=6)
    latest = review(inside, 2, ben, task, Reviewed.NOT_THIS_TIME, helpfulness=3)
    rate(inside.ada, goal, 1, Audience.THERAPIST)
    answer(inside, inside.ada, "csi16", csi16(30))
    found = thread(inside, goal)
    (one,) = found.tasks
    assert one.card.id == task
    assert one.helpful == "Helpful to Ben 3, to both 6 of 10"
    assert [figure.adherence.done for figure in one.card.figures] == [1]
    assert found.measure.key == "csi16"
    (panel,) = found.panels
    assert [line.latest is not None for line in panel.lines] == [True, False]
    assert [moment.kind for moment in found.moments] == [
        "assignment",
        "joint_note",
        "member_note",
        "goal",
        "goal_rating",
    ]
    assert [m.on for m in found.moments] == sorted(m.on for m in found.moments)
    assert found.moments[2].session_id == latest
    assert "shows no cause" in found.caution


def test_a_line_for_each_goal_that_has_a_thread(inside, goal, task):
    set_goal(inside, title="Nothing hangs on it")
    assert lines(inside) == [("1 homework task; CSI-16 now: no answer yet", False)]
    review(inside, 2, JOINT, task, Reviewed.PARTLY)
    answer(inside, inside.ada, "csi16", csi16(30))
    answer(inside, inside.ben, "csi16", csi16(41))
    assert lines(inside) == [
        ("1 homework task, last review: partly; CSI-16 now: Ada 30, Ben 41", True)
    ]


def test_the_measure_can_be_named_and_let_go_after_a_rating(inside):
    goal = set_goal(inside)
    rate(inside.ada, goal, 1, Audience.THERAPIST)
    for key in ("csi16", "phq9", ""):
        threads.name_measure(actor=inside.tess, goal_id=goal, measure_key=key)
        named = thread(inside, goal).measure
        assert (named.key if named else "") == key
    with pytest.raises(Invalid):
        threads.name_measure(actor=inside.tess, goal_id=goal, measure_key="nonsense")
    with pytest.raises(Invalid):
        set_goal(inside, measure_key="nonsense")


@pytest.mark.parametrize("who", ["otto", "ada", "ben", "finn", "cleo"])
def test_the_thread_is_for_whoever_treats_them_alone(inside, goal, who):
    actor = getattr(inside, who)
    with pytest.raises(NotFound):
        threads.goal_thread(actor=actor, goal_id=goal)
    with pytest.raises(NotFound):
        threads.name_measure(actor=actor, goal_id=goal, measure_key="")


def test_which_measure_a_goal_names_is_on_no_page_of_theirs(inside, goal):
    for person in (inside.ada, inside.ben):
        found = goals.portal_goal(actor=person, goal_id=goal)
        assert found.goal.measure_key is None
        assert "csi16" not in str(found)


def test_what_somebody_keeps_private_is_not_in_the_thread(inside, goal, task):
    before = thread(inside, goal)
    make_entry(task, inside.couple, inside.ben, clock.today(), audience=Audience.PRIVATE)
    homework.say_how_it_was(
        actor=inside.ben,
        assignment_id=task,
        new_id=task,
        for_day=clock.today(),
        view=View(helpfulness=1),
        audience=Audience.PRIVATE,
    )
    assert thread(inside, goal) == before


def test_on_their_goal_page_stands_what_they_were_given_themselves(inside, goal, task):
    alone = make_task(inside.couple, inside.tess, [inside.ben], goal_id=goal)
    given = {
        person.first_name: {one.id for one in homework.tasks_for_goal(actor=person, goal_id=goal)}
        for person in (inside.ada, inside.ben, inside.cleo)
    }
    assert given == {"Ada": {task}, "Ben": {task, alone}, "Cleo": set()}


@pytest.mark.parametrize("edition", Edition)
def test_a_report_says_what_a_task_serves_where_all_its_readers_may_know(
    inside, goal, task, edition
):
    own = set_goal(inside, title="Ben’s sleep", person_id=inside.ben.person_id)
    make_task(inside.couple, inside.tess, [inside.ben], goal_id=own)
    make_task(inside.couple, inside.tess, [inside.ada, inside.ben], goal_id=own)
    findings = reports.outcome_findings(actor=inside.tess, couple_id=inside.couple, edition=edition)
    serves = [one.serves for one in findings.homework]
    assert thread(inside, goal).goal.title in serves
    assert ("Ben’s sleep" in serves) is (edition is not Edition.JOINT)
