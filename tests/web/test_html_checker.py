"""A page of every kind is what the HTML standard wants, for the Nu checker."""

import re

from tests.crawler import crawl, kind_of
from tests.support import nu

pytestmark = nu.needed

PAGES = re.compile(r'href="(/(?![^"#]*\.(?:pdf|csv|ics|zip)\b)[^"#]*)')


def test_every_kind_of_page_that_somebody_is_led_to_is_good_html(world, sign_in, tmp_path):
    pages = {}
    for name in ("ada", "tess"):
        browser = sign_in(world.actor(name))
        browser.reads_markup = False  # that is the checker's part here
        starts = ["/", "/my/", "/nowhere"]
        for path, answer in crawl(browser, starts, links=PAGES, one_of_a_kind=True):
            if answer.mimetype == "text/html" and not answer.location:
                pages[f"{name}: {kind_of(path)}"] = answer.text
                if name == "ada" and 'method="post"' in answer.text:  # sent empty: with its errors
                    sent = browser.post(path)
                    if sent.status_code == 422:
                        pages[f"ada sends {kind_of(path)}"] = sent.text
    assert len([one for one in pages if "sends" in one]) > 8
    assert len(pages) > 150
    assert not nu.findings(pages, tmp_path)
