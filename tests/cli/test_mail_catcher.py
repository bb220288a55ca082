"""The demo's mail catcher: keeps every mail on this machine and shows it as text."""

import http.client
import os
import signal
import smtplib
import subprocess
import sys
import time
from pathlib import Path

from tests.support.post_office import free_port

ROOT = Path(__file__).parents[2]
PATIENCE = 60


def test_it_takes_a_mail_shows_it_and_ends_cleanly(tmp_path):
    smtp, page = free_port(), free_port()
    code = f"from practice.cli.demo.mail_catcher import serve; serve({smtp}, {page})"
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    try:
        wait_for(page)
        with smtplib.SMTP("127.0.0.1", smtp, timeout=PATIENCE) as server:
            text = "Subject: <b>waiting</b>\r\nTo: ada@post.example\r\n\r\n<script>one</script>\r\n"
            server.sendmail("us@post.example", ["ada@post.example"], text)
        shown = http.client.HTTPConnection("127.0.0.1", page, timeout=PATIENCE)
        shown.request("GET", "/")
        answer = shown.getresponse()
        body = answer.read().decode()
        shown.close()
        assert answer.getheader("Content-Type") == "text/plain; charset=utf-8"
        assert "1 mail. None has left this machine." in body
        assert "Subject: <b>waiting</b>" in body
        assert "<script>one</script>" in body
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait()


def wait_for(port):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            probe = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
            probe.connect()
            probe.close()
            return
        except OSError:
            time.sleep(0.05)
