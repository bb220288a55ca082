"""The process that makes PDFs: what it refuses, how it is stopped, that it leaves nothing."""

import os
import socket
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pikepdf
import pytest

from practice.config.settings import ROOT
from practice.reports import typesetting
from practice.reports.render import render, render_pdf
from practice.reports.renderer import Renderer, RenderFailed
from tests.reports import pdf_checks


def document(body, head=""):
    return (
        '<!doctype html><html lang="en-GB"><head><title>Outcome report</title>'
        f"{head}</head><body><h1>Outcome report</h1>{body}</body></html>"
    )


@pytest.fixture(scope="module")
def renderer():
    made = Renderer()
    yield made
    made.close()


def alive(process_id):
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_document_becomes_a_tagged_pdf_in_a_process_of_its_own(renderer):
    made = renderer.render(document("<p>Two quiet chairs.</p>"))
    assert made.pages == 1
    assert made.warnings == ()
    assert pdf_checks.text_of(made.pdf) == "Outcome report Two quiet chairs. Page 1 of 1"
    assert renderer.process_id != os.getpid()


def test_the_process_stays_warm_and_is_renewed_after_a_while():
    renderer = Renderer(reports_per_process=2)
    renderer.render(document("<p>1</p>"))
    first = renderer.process_id
    renderer.render(document("<p>2</p>"))
    assert renderer.process_id is None
    assert not alive(first)
    renderer.render(document("<p>3</p>"))
    assert renderer.process_id not in (None, first)
    renderer.close()


def test_both_ways_give_the_same_pdf():
    html = document("<p>The same.</p>")
    assert render_pdf(html) == render_pdf(html, in_process=True)


def test_a_runaway_document_is_stopped_and_the_next_one_is_made():
    renderer = Renderer(limit=30)
    renderer.render(document("<p>warm</p>"))
    renderer.limit = 1.0
    process_id = renderer.process_id
    runaway = document(f"<table><tr><td colspan=1000>{'<b>x' * 20000}</td></tr></table>" * 5)
    started = time.monotonic()
    with pytest.raises(RenderFailed, match="longer than 1 seconds"):
        renderer.render(runaway)
    assert time.monotonic() - started < 5
    assert not alive(process_id)
    renderer.limit = 30
    assert renderer.render(document("<p>next</p>")).pages == 1
    renderer.close()


def test_a_process_that_died_is_replaced(renderer):
    renderer.render(document("<p>1</p>"))
    os.kill(renderer.process_id, 9)
    time.sleep(0.2)
    assert renderer.render(document("<p>2</p>")).pages == 1


def test_memory_is_limited(renderer):
    renderer.render(document("<p>1</p>"))
    limits = Path(f"/proc/{renderer.process_id}/limits").read_text()
    line = next(line for line in limits.splitlines() if line.startswith("Max address space"))
    assert str(1024**3) in line.split()
    core = next(line for line in limits.splitlines() if line.startswith("Max core"))
    assert core.split()[4] == "0"


def test_the_process_learns_no_secret(monkeypatch):
    monkeypatch.setenv("PRACTICE_DATABASE_URL", "postgresql://somebody:secret@127.0.0.1/x")
    renderer = Renderer()
    renderer.render(document("<p>1</p>"))
    environment = Path(f"/proc/{renderer.process_id}/environ").read_bytes()
    renderer.close()
    assert environment
    assert b"PRACTICE" not in environment


def test_several_threads_take_turns(renderer):
    found = []

    def make(number):
        found.append(pdf_checks.text_of(renderer.render(document(f"<p>n{number}</p>")).pdf))

    threads = [threading.Thread(target=make, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [f"Outcome report n{number} Page 1 of 1" for number in range(4)]


def test_nothing_is_left_when_the_program_ends():
    program = textwrap.dedent(
        """
        from practice.reports.render import render
        from practice.reports.renderer import shared_renderer
        render('<!doctype html><html lang="en-GB"><title>t</title><h1>t</h1></html>')
        print(shared_renderer().process_id, flush=True)
        {end}
        """
    )
    for end in ("", "import os; os._exit(0)", "import os; os.kill(os.getpid(), 9)"):
        done = subprocess.run(
            [sys.executable, "-c", program.format(end=end)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
        )
        process_id = int(done.stdout)
        for _ in range(50):
            if not alive(process_id):
                break
            time.sleep(0.1)
        assert not alive(process_id), f"still there after {end or 'a plain end'}"


def test_a_fork_does_not_use_its_parents_process(renderer):
    program = textwrap.dedent(
        """
        import os
        from practice.reports.render import render
        from practice.reports.renderer import shared_renderer
        html = '<!doctype html><html lang="en-GB"><title>t</title><h1>t</h1></html>'
        render(html)
        parents = shared_renderer().process_id
        child = os.fork()
        if child == 0:
            assert shared_renderer().process_id is None
            render(html)
            own = shared_renderer().process_id
            shared_renderer().close()
            os._exit(0 if own != parents else 3)
        status = os.waitpid(child, 0)[1]
        render(html)
        assert shared_renderer().process_id == parents
        raise SystemExit(os.waitstatus_to_exitcode(status))
        """
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, timeout=60)
    assert done.returncode == 0


@pytest.fixture
def listener():
    """A local port that notes whether anybody knocked."""
    knocks = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1], knocks
        # Whoever knocked waits by now: the system answers for the port, and typesetting is over.
        server.setblocking(False)
        try:
            while True:
                connection, _ = server.accept()
                knocks.append(connection)
                connection.close()
        except BlockingIOError:
            pass
        assert knocks == []


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:{port}/x", "file://{file}", "data:text/plain,KESTREL", "//x/y"]
)
@pytest.mark.parametrize(
    "markup",
    [
        '<img alt="x" src="{address}">',
        '<p style="background:url({address})">x</p>',
        '<svg><title>t</title><image href="{address}" width="9" height="9"/></svg>',
        '<object data="{address}">x</object>',
        '<embed src="{address}">',
        '<a rel="attachment" href="{address}">x</a>',
        "HEAD<link rel=attachment href={address}>",
        "HEAD<link rel=stylesheet href={address}>",
        'HEAD<style>@import url("{address}");</style>',
        'HEAD<style>@font-face{{font-family:q;src:url("{address}")}}p{{font-family:q}}</style>',
    ],
)
def test_nothing_outside_is_ever_asked_for(listener, tmp_path, markup, address):
    port, _ = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("KESTREL")
    text = markup.format(address=address.format(port=port, file=secret))
    in_head = text.startswith("HEAD")
    html = document("<p>x</p>" if in_head else text, text[4:] if in_head else "")
    pdf = render(html, in_process=True).pdf
    assert b"KESTREL" not in pdf
    with pdf_checks.opened(pdf) as opened:
        names = opened.Root.get("/Names", {})
        assert "/EmbeddedFiles" not in names
        streams = [item for item in opened.objects if isinstance(item, pikepdf.Stream)]
        for stream in streams:
            if stream.get("/Type") != "/Metadata" and "/Length1" not in stream:
                assert b"KESTREL" not in stream.read_bytes()
    assert "KESTREL" not in pdf_checks.text_of(pdf)


@pytest.mark.parametrize(
    "address",
    ["dyad:fonts/../keys", "dyad:fonts/", "dyad:other", "DYAD:fonts/x", "file:///etc/passwd"],
)
def test_the_fetcher_knows_its_own_fonts_and_nothing_else(address):
    with pytest.raises(typesetting.Refused):
        typesetting.ClosedFetcher().fetch(address)
    name = "atkinson-hyperlegible-latin-400-normal.woff2"
    font = typesetting.ClosedFetcher().fetch(f"dyad:fonts/{name}")
    assert font.read()[:4] == b"wOF2"


def test_no_author_and_no_keywords_whatever_the_document_says():
    head = '<meta name="author" content="Tess"><meta name="keywords" content="divorce">'
    pdf = render_pdf(document("<p>x</p>", head), in_process=True)
    pdf_checks.check_properties(pdf)
    assert b"divorce" not in pdf


def test_warnings_of_the_typesetter_are_gathered():
    made = render(document('<p style="colour: red">x</p>'), in_process=True)
    assert len(made.warnings) == 1
    assert "colour" in made.warnings[0]
