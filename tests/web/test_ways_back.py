"""What stands first on a page, and the way back from it, by real requests."""

import pytest


@pytest.fixture
def tess(world, sign_in):
    return sign_in(world.cast.tess)


@pytest.mark.parametrize("page", ["goals", "homework", "measures/new", "battery"])
def test_the_way_back_stands_above_the_heading(tess, world, page):
    couple = f"/couples/{world.cast.couple}"
    above, heading, _ = tess.get(f"{couple}/{page}").text.partition("<h1>")
    assert heading
    inner = above.partition("<main")[2]
    back = couple if page in ("goals", "homework") else f"{couple}/measures"
    assert f'href="{back}"' in inner


def test_the_battery_of_the_practice_leads_back_to_its_settings(tess):
    above, heading, _ = tess.get("/settings/battery").text.partition("<h1>")
    assert heading
    assert 'href="/settings"' in above.partition("<main")[2]


def test_on_a_couples_page_what_comes_next_is_read_before_the_long_cards(tess, world):
    page = tess.get(f"/couples/{world.cast.couple}").text
    order = [
        page.index('class="notice notice-warning"'),
        page.index('<h2 id="next">'),
        page.index('<h2 id="safety">'),
        page.index('aria-label="The people of this record"'),
    ]
    assert order == sorted(order)


def test_the_log_of_a_couple_lists_one_thing_a_line(tess, world):
    address = f"/couples/{world.cast.couple}"
    tess.get(address)
    page = tess.get(f"{address}/log").text
    assert "<li>the couple’s page</li>" in page
