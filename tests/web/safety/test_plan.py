"""The plan for a bad day."""

import io
from uuid import uuid4

import pikepdf

from practice.domain.safety.plan import LONGEST_PART, PlanPart
from tests.reports.pdf_checks import text_of


def save_plan(tess, base, **more):
    form = {"new_id": str(uuid4()), "signs": "Doors slam.", "numbers": "999"} | more
    return tess.post(f"{base}/plan", form)


def test_a_plan_is_saved_and_printed_on_one_neutral_page(cast, sign_in, base):
    tess = sign_in(cast.tess)
    assert tess.get(f"{base}/plan.pdf").status_code == 404
    assert save_plan(tess, base, signs="", numbers="").status_code == 422
    full = {part.value: ("word " * 100)[:LONGEST_PART] for part in PlanPart}
    assert save_plan(tess, base, **full).location == f"{base}/plan"
    answer = tess.get(f"{base}/plan.pdf")
    assert answer.headers["Content-Disposition"] == 'inline; filename="notes.pdf"'
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) == 1
        assert str(pdf.docinfo.get("/Title")) == "Notes"
        assert "/Author" not in pdf.docinfo
    text = text_of(answer.data).lower()
    for word in ("safety", "therap", "counsel", "session", "practice", "ada", "lind", "warning"):
        assert word not in text, word


def test_the_tallest_plan_is_one_page_too(cast, sign_in, base):
    tess = sign_in(cast.tess)
    tall = {part.value: "\n".join(["words " * 13] * 6)[:LONGEST_PART] for part in PlanPart}
    assert save_plan(tess, base, says_what_it_is="y", **tall).status_code == 303
    answer = tess.get(f"{base}/plan.pdf")
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) == 1
    assert "My safety plan" in text_of(answer.data)


def test_somebody_finds_their_plan_only_if_they_asked_and_takes_it_off(cast, sign_in, base):
    tess, ada, ben = sign_in(cast.tess), sign_in(cast.ada), sign_in(cast.ben)
    save_plan(tess, base)
    assert ada.get("/my/notes").status_code == 404
    assert "/my/notes" not in ada.get("/my/").text
    save_plan(tess, base, in_portal="y")
    assert "/my/notes" in ada.get("/my/").text
    page = ada.get("/my/notes").text
    assert "<title>Notes</title>" in page
    assert "Doors slam." in page
    for word in ("safety", "danger", "warning sign", "emergency"):
        assert word not in page.lower()
    assert ben.get("/my/notes").status_code == 404
    assert ada.post("/my/notes/put-away").location == "/my/"
    assert ada.get("/my/notes").status_code == 404
    assert "/my/notes" not in ada.get("/my/").text
    assert "Doors slam." in tess.get(f"{base}/plan").text
