"""A page of every kind is what the HTML standard wants, for the Nu checker."""

import re

from tests.crawler import crawl
from tests.support import nu

pytestmark = nu.needed

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|own_\w+")


def test_every_kind_of_page_that_somebody_is_led_to_is_good_html(world, sign_in, tmp_path):
    pages = {}
    for name in ("ada", "tess"):
        browser = sign_in(world.actor(name))
        browser.reads_markup = False  # that is the checker's part here
        for path, answer in crawl(browser, ["/", "/my/", "/nowhere"]):
            if answer.mimetype == "text/html" and not answer.location:
                pages.setdefault(f"{name}: {ID.sub('*', path.split('?')[0])}", answer.text)
                if name == "ada" and 'method="post"' in answer.text:  # sent empty: with its errors
                    sent = browser.post(path)
                    if sent.status_code == 422:
                        pages.setdefault(f"ada sends {ID.sub('*', path)}", sent.text)
    assert len([one for one in pages if "sends" in one]) > 8
    assert len(pages) > 150
    assert not nu.findings(pages, tmp_path)
