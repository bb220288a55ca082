"""One question at a time: without a script, kept with every press, sent as a whole."""

import re

from practice.domain.measures.registry import get_measure
from tests.browser import steady
from tests.measure_builders import csi16
from tests.web.test_portal_questions import asked, form_of, rows

__all__ = ["asked"]


def test_one_question_at_a_time_is_kept_with_every_press_and_sent_as_a_whole(
    app, cast, sign_in, asked
):
    whole, items = asked("csi16"), get_measure("csi16").items
    ada, ben = sign_in(cast.ada), sign_in(cast.ben)
    one = f"{whole}/one"
    assert f'href="{one}"' in ada.get(whole).text
    few = asked("ratings")
    assert f'href="{few}/one"' not in ada.get(few).text
    before = steady(ben.get("/my/").text)
    untouched = steady(ada.get(whole).text)
    nothing_kept = ada.post(one, {"keep": "yes"}).location
    assert "Kept for you" not in ada.get(nothing_kept).text
    assert ada.post(one, {}).status_code == 303
    assert steady(ada.get(whole).text) == untouched, "a press without a choice is no beginning"
    for number, item in enumerate(items[:3], start=1):
        page = ada.get(one).text
        assert f"Question {number} of 16" in page
        assert set(re.findall(r'name="(csi_\d+)"', page)) == {item.key}
        assert "Only you and Tess see your answers" in page
        gone_on = ada.post(f"{one}?at={number}", {item.key: "3", items[9].key: "1"})
        assert gone_on.location == f"{one}?at={number + 1}"
    ada.post(f"{one}?at=2", {items[1].key: "4"})
    ada.post(f"{one}?at=3", {items[2].key: "nonsense"})
    ada.post(f"{one}?at=4", {})
    assert f'data-keep="{whole}/keep?only={items[5].key}"' in ada.get(f"{one}?at=6").text
    dropped = {items[5].key: "4", items[9].key: "1"}
    assert ada.post(f"{whole}/keep?only={items[5].key}", dropped).json["kept"]
    assert "Question 4 of 16" in sign_in(cast.ada).get(one).text, "found again on another phone"
    later = ada.post(f"{one}?at=5", {items[4].key: "2", "keep": "yes"})
    assert "Kept for you" in ada.get(later.location).text
    last = ada.post(f"{one}?at=16", {items[15].key: "1"})
    assert last.location == f"{whole}#send"
    page = ada.get(whole).text
    chosen = re.findall(r'checked[^>]*name="(csi_\d+)"[^>]*value="(\d)"', page)
    assert dict(chosen) == {
        "csi_01": "3",
        "csi_02": "4",
        "csi_03": "3",
        "csi_05": "2",
        "csi_06": "4",
        "csi_16": "1",
    }
    assert rows(app) == 0
    assert ada.post(whole, form_of(csi16(40))).status_code == 303
    assert rows(app) == 1
    assert ada.get(one).location == f"{whole}/done"
    assert steady(ben.get("/my/").text) == before
    for wrong in ("0", "17", "-1", "x"):
        assert ada.get(f"{few}/one?at={wrong}").status_code == (200 if wrong == "x" else 404)
    assert ben.get(f"{few}/one").status_code == 404
    assert ben.post(f"{few}/one", {"csi_01": "1"}).status_code == 404
