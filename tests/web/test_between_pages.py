"""Pages of logs, agreements, promises and cards, by real requests."""

import re
from uuid import UUID, uuid4

import pytest

from practice.domain.homework.registry import get_template
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.visibility import Audience
from practice.services import clock, homework
from tests.browser import steady
from tests.builders import leave
from tests.exercises import form_data, give, settled
from tests.reports import pdf_checks

COUPLE = Audience.COUPLE


def given(app, cast, key, given_to=GivenTo.TOGETHER):
    with app.app_context():
        task = give(
            cast, template_key=key, given_to=given_to, frequency=Frequency.ONCE, audience=COUPLE
        )
        settled()
    return f"/my/homework/{task}"


def sent(browser, path, key, **more):
    page = browser.get(path)
    answer = browser.post(
        path,
        form_data(get_template(key))
        | {"new_id": str(uuid4()), "audience": "couple"}
        | dict(re.findall(r'name="(for_day)" type="radio" value="([^"]+)"', page.text)[:1])
        | more,
    )
    if answer.status_code == 303:
        browser.get(answer.location)  # says once that it is saved
    return answer


def test_a_log_shows_rows_and_keeps_them_when_one_needs_another_look(app, cast, sign_in):
    ada = sign_in(cast.ada)
    path = given(app, cast, "bids_log", GivenTo.EACH)
    page = ada.get(path)
    assert "Room for 5 more" in page.text
    assert page.text.count('<legend class="small soft">Row ') == 8
    rows = {f"answer_invitations-row{n}-what": f"heron {n}" for n in (2, 4)}
    rows |= {f"answer_invitations-row{n}-made_by": "me" for n in (1, 2)}
    page = sent(ada, path, "bids_log", **rows, **{"answer_invitations-row1-what": ""})
    assert page.status_code == 422
    assert "Row 1: please fill in “What it was”, or empty the row." in page.text
    assert re.search(r'aria-invalid="true"[^>]*name="answer_invitations-row1-what"', page.text)
    assert 'href="#answer_invitations-row1-what"' in page.text
    assert 'value="heron 4"' in page.text
    assert "Room for 2 more" in page.text  # two open rows below the last filled one
    rows["answer_invitations-row4-made_by"] = "partner"
    saved = sent(ada, path, "bids_log", **rows)
    assert saved.status_code == 303
    assert "heron 4 – My partner&#39;s" in ada.get(saved.location).text


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ("row2-made_by", "the cat", "Row 2: choose one of the answers"),
        ("row2-what", "x" * 301, "Row 2, “What it was”, has 301 characters"),
    ],
)
def test_a_row_that_does_not_fit_is_named(app, cast, sign_in, cell, value, words):
    path = given(app, cast, "bids_log", GivenTo.EACH)
    more = {"answer_invitations-row2-what": "a", "answer_invitations-row2-made_by": "me"}
    page = sent(sign_in(cast.ada), path, "bids_log", **more | {f"answer_invitations-{cell}": value})
    assert page.status_code == 422
    assert words in page.text
    wrong = re.findall(r'aria-invalid="true"[^>]*name="answer_invitations-([^"]+)"', page.text)
    assert wrong == [cell]


def test_rows_that_were_not_sent_yet_are_kept(app, cast, sign_in):
    ada = sign_in(cast.ada)
    path = given(app, cast, "promises", GivenTo.EACH)
    kept = sent(ada, path, "promises", keep="1", **{"answer_promises-row4-what": "half a promise"})
    assert kept.status_code == 303
    page = ada.get(path)
    assert 'value="half a promise"' in page.text
    assert "Room for" not in page.text.split("What could make it harder")[0]


def test_both_sign_on_their_own_pages_and_each_can_end_it(app, cast, sign_in):
    ada, ben, tess = sign_in(cast.ada), sign_in(cast.ben), sign_in(cast.tess)
    path = given(app, cast, "boundary_agreement")
    too_soon = sent(ada, path, "boundary_agreement", answer_review_on="2020-01-01")
    assert too_soon.status_code == 422
    assert "Choose a day that is still to come." in too_soon.text
    entry = sent(ada, path, "boundary_agreement").location
    assert "It is proposed" in ben.get(entry).text
    for browser, name in ((ben, "Ben Morrow"), (ada, cast.ada.name)):
        page = browser.get(f"{entry}/sign")
        assert "no way to follow a person" in page.text
        assert "can tell that the other has not" in page.text
        assert "How far did you get?" not in page.text
        digest = re.search(r'name="digest"[^>]*value="([0-9a-f]{64})"', page.text).group(1)
        data = {"digest": digest, "name": name, "agreed": "y"}
        unsigned = browser.post(f"{entry}/sign", {"digest": digest, "name": name})
        assert unsigned.status_code == 422
        assert f'value="{name}"' in unsigned.text
        assert browser.post(f"{entry}/sign", data | {"digest": "0" * 64}).status_code == 422
        before = steady((ada if browser is ben else ben).get(entry).text)
        assert browser.post(f"{entry}/sign", data).status_code == 303
        after = steady((ada if browser is ben else ben).get(entry).text)
        assert (after == before) == (browser is ben)  # hers is the second
    assert "It holds." in ben.get(entry).text
    assert "What we can rely on" in ben.get("/my/").text
    copy = re.search(r'href="(/my/signed/[^"]+)"', ben.get("/my/agreements").text).group(1)
    assert "You signed this as “Ben Morrow”" in ben.get(copy).text
    assert ada.get(copy).status_code == 404
    board = tess.get(f"/couples/{cast.couple}/homework").text
    assert "It holds." in board
    assert ben.post(f"{entry}/end").status_code == 200  # nothing pressed
    assert "It holds." in ada.get(entry).text
    assert ben.post(f"{entry}/end", {"end": "1"}).status_code == 303
    assert "It has ended." in ada.get(entry).text
    for browser in (ada, ben):
        assert not re.search(r"Ben (has )?ended|Ada (has )?ended", browser.get(entry).text)
    assert "Ben ended it" in tess.get(f"/couples/{cast.couple}/homework").text


def test_a_promise_is_marked_and_the_other_says_who_reads_what_they_saw(app, cast, sign_in):
    ada, ben = sign_in(cast.ada), sign_in(cast.ben)
    path = given(app, cast, "promises", GivenTo.EACH)
    entry = sent(ada, path, "promises").location
    line = f"{entry}/lines/promises/1"
    page = ben.get(line)
    assert re.search(r'checked[^>]*name="audience"[^>]*value="therapist"', page.text)
    day = re.search(r'name="on_day"[^>]*value="([^"]+)"', page.text).group(1)
    new_id = str(uuid4())
    data = {"new_id": new_id, "word": "kept", "on_day": day, "audience": "therapist"}
    before = steady(ada.get(entry).text)
    assert ben.post(line, data).status_code == 303
    assert steady(ada.get(entry).text) == before
    assert ben.post(line, data | {"new_id": str(uuid4()), "audience": "couple"}).status_code == 303
    assert "Ben: kept" in ada.get(entry).text
    for wrong in ({"word": "broken"}, {"on_day": "soon"}, {"audience": "private"}):
        page = ben.post(line, data | wrong)
        assert page.status_code == 422
    for nowhere in ("promises/9", "harder/1", "promises/%00", "x/1"):
        assert ben.get(f"{entry}/lines/{nowhere}").status_code == 404


def test_a_card_is_printed_without_a_name(app, cast, sign_in):
    ada, ben = sign_in(cast.ada), sign_in(cast.ben)
    path = given(app, cast, "repair_signals")
    entry = sent(ada, path, "repair_signals", answer_signals="pause button\n<b>kettle</b>").location
    home = ben.get("/my/").text
    assert "&lt;b&gt;kettle&lt;/b&gt;" in home
    file = re.search(r'href="(/my/cards/[^"]+)"', home).group(1)
    pdf = ben.get(file)
    assert pdf.headers["Content-Disposition"] == 'inline; filename="notes.pdf"'
    text = pdf_checks.text_of(pdf.data)
    assert "pause button" in text
    assert "<b>kettle</b>" in text
    for word in ("Ada", "Ben", "Dyad", "practice", "Tess"):
        assert word not in text
    assert file.endswith(entry.rpartition("/")[2] + ".pdf")
    assert sign_in(cast.cleo).get(file).status_code == 404


def test_who_leaves_keeps_their_signed_copy_and_loses_the_rest(app, cast, sign_in):
    ben = sign_in(cast.ben)
    entry = sent(sign_in(cast.ada), given(app, cast, "boundary_agreement"), "boundary_agreement")
    entry_id = UUID(entry.location.rpartition("/")[2])
    with app.app_context():
        found = homework.portal_agreement(actor=cast.ben, entry_id=entry_id)
    assert ben.post(
        f"{entry.location}/sign",
        {"digest": found.digest, "name": cast.ben.name, "agreed": "y"},
    ).status_code == 303  # fmt: skip
    copy = re.search(r'href="(/my/signed/[^"]+)"', ben.get("/my/agreements").text).group(1)
    with app.app_context():
        leave(cast.couple, cast.ben, clock.today())
        settled()
    assert ben.get(copy).status_code == 200
    for path in (entry.location, f"{entry.location}/sign", f"{entry.location}/end"):
        assert ben.get(path).status_code == 404
