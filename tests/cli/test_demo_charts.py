"""The couples whose charts are looked at have as many points as they say."""

import pytest

from practice.cli.demo.chart_stories import CHART_STORIES
from practice.cli.demo_data import fill
from practice.db import db
from practice.services import installation, people, responses
from tests.engines import one_engine

pytestmark = one_engine


@pytest.mark.parametrize(("story", "points"), list(zip(CHART_STORIES, (3, 12, 60), strict=True)))
def test_a_story_is_told_with_all_its_points(story, points):
    first, second = story.totals
    assert story.sessions == len(story.measured_at) == len(first) == points
    assert None not in first
    assert len(second) - second.count(None) >= points * 0.9
    assert all(0 <= total <= 81 for total in (*first, *second) if total is not None)


def test_the_shortest_comes_out_with_three_scores_each(app):
    with app.app_context():
        fill(CHART_STORIES[:1], ())
        db.session.commit()
        (couple,) = installation.all_couples()
        therapist = people.treating_therapist(couple.couple_id)
        panels = responses.couple_measures(actor=therapist, couple_id=couple.couple_id).tested
        (csi,) = [panel for panel in panels if panel.scale.key == "csi16"]
        assert [len(line.scores) for line in csi.lines] == [3, 3]
