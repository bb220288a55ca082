"""The portal kept on a phone like a program: a neutral name and icon, and nothing stored."""

import json
import re
import struct
from pathlib import Path

import pytest

from practice.config.settings import Settings, SettingsError, load_settings
from tests.portal_assets import portal_assets

ROOT = Path(__file__).resolve().parents[2]
PORTAL_PAGES = ("/my/", "/my/journal", "/my/resources", "/my/answers", "/account/security")
TELLING = re.compile("couple|therap|dyad|counsel|partner|practice|relationship", re.IGNORECASE)


@pytest.fixture
def manifest(app):
    answer = app.test_client().get("/account/app.webmanifest")
    assert answer.status_code == 200
    assert answer.mimetype == "application/manifest+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "manifest-src 'self'" in answer.headers["Content-Security-Policy"]
    return json.loads(answer.text)


def test_its_name_and_address_say_nothing(manifest):
    assert (manifest["name"], manifest["short_name"]) == ("Notes", "Notes")
    assert manifest["display"] == "standalone"
    assert manifest["start_url"] == "/account/sign-in"
    assert manifest["scope"] == "/"
    assert not TELLING.search(json.dumps(manifest))


def test_it_says_nothing_of_anybody_whoever_asks(cast, app, sign_in):
    plain = app.test_client().get("/account/app.webmanifest").data
    for person in (cast.ada, cast.ben, cast.tess):
        assert sign_in(person).client.get("/account/app.webmanifest").data == plain


def test_every_icon_is_there_as_it_is_described_and_as_the_script_draws_it(app, manifest):
    drawn = portal_assets.ICONS
    assert {one["purpose"] for one in manifest["icons"]} == {"any", "maskable"}
    for one in manifest["icons"]:
        answer = app.test_client().get(one["src"], buffered=True)
        assert (answer.status_code, answer.mimetype) == (200, one["type"])
        name = one["src"].partition("?")[0].rpartition("/")[2]
        if one["type"] == "image/svg+xml":
            assert answer.text == portal_assets.drawing()
            continue
        width, height = struct.unpack(">II", answer.data[16:24])
        assert one["sizes"] == f"{width}x{height}"
        size, rounded = drawn[name]
        assert answer.data == portal_assets.icon(size, rounded=rounded)
    touch = ROOT / "practice/static/portal/apple-touch-icon.png"
    assert touch.read_bytes() == portal_assets.icon(180, rounded=False)


@pytest.mark.parametrize("path", PORTAL_PAGES)
def test_portal_pages_name_it_and_the_staffs_do_not(cast, sign_in, path):
    page = sign_in(cast.ada).get(path).text
    assert 'rel="manifest" href="/account/app.webmanifest"' in page
    assert 'rel="apple-touch-icon"' in page
    assert page.count('name="theme-color"') == 2
    assert "manifest" not in sign_in(cast.tess).get("/" if path == "/my/" else "/settings").text


def test_there_is_no_service_worker():
    """It would keep private pages on the device, where they outlive "Leave now"."""
    for path in (ROOT / "practice" / "static" / "js").glob("*.js"):
        assert "serviceWorker" not in path.read_text()
        assert "caches" not in path.read_text()


def test_the_way_out_leads_back_in_where_there_is_no_address_bar(cast, sign_in):
    page = sign_in(cast.ada).post("/account/leave").text
    assert 'data-back-to="/account/sign-in"' in page


def test_a_practice_may_choose_another_short_name(tmp_path, monkeypatch):
    monkeypatch.setenv("PRACTICE_APP_NAME", " Pages ")
    assert load_settings({"instance": tmp_path}).app_name == "Pages"
    for wrong in ("Our couple sessions", "No\u202ete"):
        monkeypatch.setenv("PRACTICE_APP_NAME", wrong)
        with pytest.raises(SettingsError, match="PRACTICE_APP_NAME"):
            load_settings({"instance": tmp_path})
    assert Settings.__dataclass_fields__["app_name"].default == "Notes"
