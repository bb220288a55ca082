"""The commands in ``script/``: help, syntax, and what they do on machines that lack something.

Each test that runs one gives it a copy of the repository's scripts and a search path of its own,
so that what this machine has, or lacks, plays no part.
"""

import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.interrupts import hear_interrupts

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = sorted(path.name for path in (ROOT / "script").iterdir() if path.is_file())
TOOLS = [
    *(
        "sh",
        "cat",
        "chmod",
        "cksum",
        "cp",
        "cut",
        "dirname",
        "env",
        "grep",
        "ls",
        "mkdir",
        "mktemp",
        "rm",
    ),
    *("sed", "sleep", "sort", "tail", "touch", "tr", "uname"),
]

# Stands for uv, which the scripts prefer to pip: writes down what it is asked, makes a "virtual
# environment" whose Python writes down what of ours it is asked to run.
FAKE_UV = """#!/bin/sh
echo "uv $*" >>"$LOG"
case "$1" in
venv)
    for folder; do :; done
    mkdir -p "$folder/bin"
    cat >"$folder/bin/python" <<'INNER'
#!/bin/sh
case "$1 ${2:-}" in
"-m "*)
    echo "$*" >>"$LOG"
    case "$*" in
    *gunicorn*) sleep 1 ;; # what was started beside it has got as far as its own line
    *visibility-table*) echo "partner note hidden" ;;
    *demo-couples*) printf '7\\tZoë & Sam / Ali\\n' ;;
    *mutmut*results*) printf '%s\\n' "${MUTANTS:-}" ;;
    *mutmut*show*) printf '%s\\n' "--- rules.py" "-if a > b:" "- a > b" "+ a >= b" ;;
    esac
    ;;
*) exec "$REAL_PYTHON" "$@" ;;
esac
INNER
    chmod +x "$folder/bin/python"
    ;;
pip)
    [ -z "${SLOWLY:-}" ] || { touch "$LOG.installing"; sleep "$SLOWLY"; }
    ;;
esac
"""


class Machine:
    """A copy of the scripts, and a search path with nothing on it but what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.repository = folder / "a clone"
        shutil.copytree(ROOT / "script", self.repository / "script")
        for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
            shutil.copy(ROOT / name, self.repository / name)
        self.bin = folder / "bin"
        self.bin.mkdir()
        for name in TOOLS:
            found = shutil.which(name)
            assert found, f"this machine has no {name}"
            (self.bin / name).symlink_to(found)
        self.log_file = folder / "log"
        self.elsewhere = folder / "elsewhere"
        self.elsewhere.mkdir()

    def add(self, name: str, text: str) -> None:
        path = self.bin / name
        path.write_text(text)
        path.chmod(0o755)

    def add_python(self, *, with_pango: bool = True) -> None:
        """Add a Python; without Pango, it fails the test for it (its only script on stdin)."""
        refuse = "" if with_pango else 'case "$1" in -) exit 1 ;; esac\n'
        self.add("python3", f'#!/bin/sh\n{refuse}exec {sys.executable} "$@"\n')

    def add_ready_parts(self) -> None:
        """Add what makes this a machine on which everything can be installed."""
        self.add_python()
        self.add("uv", FAKE_UV)

    def start(self, command: str, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        settings = {
            "PATH": str(self.bin),
            "HOME": str(self.elsewhere),
            "LOG": str(self.log_file),
            "REAL_PYTHON": sys.executable,
        }
        return subprocess.Popen(
            [str(self.repository / "script" / command), *arguments],
            cwd=self.elsewhere,
            env=settings | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=hear_interrupts,
        )

    def run(self, command: str, *arguments: str, **environment: str) -> tuple[int, str, str]:
        started = self.start(command, *arguments, **environment)
        output, errors = started.communicate(timeout=60)
        return started.returncode, output, errors

    @property
    def log(self) -> list[str]:
        return self.log_file.read_text().splitlines() if self.log_file.exists() else []


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_executable_portable_shell(name):
    path = ROOT / "script" / name
    assert path.stat().st_mode & stat.S_IXUSR
    assert path.read_text().startswith("#!/bin/sh\n")
    for shell in filter(None, map(shutil.which, ("sh", "dash"))):
        subprocess.run([shell, "-n", path], check=True)


@pytest.mark.parametrize("name", COMMANDS)
def test_command_says_what_it_does_and_does_nothing_else(name, machine):
    status, output, errors = machine.run(name, "--help")
    assert (status, errors) == (0, "")
    assert output.startswith(f"Usage: script/{name}")
    assert "--help" in output
    assert machine.log == []
    assert not (machine.repository / ".venv").exists()


@pytest.mark.parametrize(
    "name", ["bootstrap", "demo", "server", "visibility-table", "migration", "mutants"]
)
def test_unknown_option_is_refused_before_anything_happens(name, machine):
    machine.add_ready_parts()
    status, _, errors = machine.run(name, "--nonsense")
    assert status == 1
    assert "--nonsense" in errors
    assert machine.log == []


def test_shell_library_and_continuous_integration_are_valid_shell():
    subprocess.run(["sh", "-n", ROOT / "script/lib/common.sh"], check=True)
    subprocess.run(["bash", "-n", ROOT / ".ci/run"], check=True)


def test_too_old_python_ends_with_the_line_to_type(machine):
    machine.add("python3", "#!/bin/sh\nexit 1\n")
    status, _, errors = machine.run("bootstrap")
    assert status == 1
    assert "Python 3.11 or newer was not found" in errors
    assert "sudo apt-get install -y python3 python3-venv" in errors
    assert "brew install python@3.12" in errors
    assert not (machine.repository / ".venv").exists()


def test_named_python_that_is_too_old_is_not_replaced_by_another(machine):
    machine.add_ready_parts()
    (machine.bin / "uv").unlink()
    machine.add("old-python", "#!/bin/sh\nexit 1\n")
    status, _, errors = machine.run("bootstrap", PRACTICE_PYTHON="old-python")
    assert status == 1
    assert "PRACTICE_PYTHON" in errors


def test_missing_pango_without_root_ends_with_the_line_to_type(machine):
    machine.add_python(with_pango=False)
    machine.add("id", "#!/bin/sh\necho 1000\n")
    machine.add("apt-get", '#!/bin/sh\necho "apt-get $*" >>"$LOG"\n')
    status, _, errors = machine.run("bootstrap")
    assert status == 1
    line = (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends "
        "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    )
    assert line in errors
    assert machine.log == []
    assert not (machine.repository / ".venv").exists()


def test_missing_pango_on_a_mac_names_homebrew(machine):
    machine.add_python(with_pango=False)
    machine.add("id", "#!/bin/sh\necho 501\n")
    machine.add("brew", "#!/bin/sh\nexit 1\n")
    status, _, errors = machine.run("bootstrap")
    assert status == 1
    assert re.search(r"brew install .*\bpango\b", errors)


@pytest.mark.parametrize("user", ["root", "sudo"])
def test_missing_parts_are_installed_through_apt_without_questions(machine, user):
    machine.add_python(with_pango=False)
    machine.add("id", f"#!/bin/sh\necho {0 if user == 'root' else 1000}\n")
    machine.add("apt-get", '#!/bin/sh\necho "apt-get $* [$DEBIAN_FRONTEND]" >>"$LOG"\n')
    if user == "sudo":
        machine.add("sudo", '#!/bin/sh\n[ "$1" != -n ] || shift\nexec "$@"\n')
        (machine.bin / "true").symlink_to(shutil.which("true"))
    status, _, errors = machine.run("bootstrap")

    update, install = machine.log
    assert update.split()[-2:] == ["update", "[noninteractive]"]
    assert "install -y --no-install-recommends libpango-1.0-0" in install
    assert install.endswith("[noninteractive]")
    # This apt installed nothing: that is noticed.
    assert status == 1
    assert "Missing on this machine: Pango" in errors


def test_second_run_installs_nothing_and_a_new_lock_does(machine):
    machine.add_ready_parts()
    assert machine.run("bootstrap")[0] == 0
    first = machine.log
    assert any("--require-hashes" in line and "requirements.lock" in line for line in first)
    assert machine.run("bootstrap")[0] == 0
    assert machine.log == first

    with (machine.repository / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")
    assert machine.run("bootstrap")[0] == 0
    assert len(machine.log) > len(first)


def test_tools_include_what_the_application_needs(machine):
    machine.add_ready_parts()
    assert machine.run("bootstrap", "--tools")[0] == 0
    assert any("requirements-dev.lock" in line for line in machine.log)
    before = machine.log
    assert machine.run("bootstrap", "--web")[0] == 0
    assert machine.log == before


def test_builder_is_installed_first_and_by_its_hash(machine):
    machine.add_ready_parts()
    assert machine.run("bootstrap")[0] == 0
    installs = [line for line in machine.log if line.startswith("uv pip install")]
    assert [line.split()[-1].rsplit("/", 1)[1] for line in installs] == [
        ".builder",
        "requirements.lock",
    ]
    assert all("--require-hashes" in line for line in installs)
    builder = (machine.repository / ".venv/.builder").read_text()
    assert builder.startswith("setuptools==")
    assert "--hash=sha256:" in builder
    assert builder.count("==") == 1


def test_two_at_once_install_once(machine):
    machine.add_ready_parts()
    running = [machine.start("bootstrap", SLOWLY="1") for _ in range(2)]
    outputs = [one.communicate(timeout=60) for one in running]
    assert [one.returncode for one in running] == [0, 0], outputs
    assert sum(line.startswith("uv venv") for line in machine.log) == 1
    assert sum("requirements.lock" in line for line in machine.log) == 1


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_interrupted_set_up_is_made_afresh(machine, ending):
    machine.add_ready_parts()
    running = machine.start("bootstrap", SLOWLY="60")
    until = time.monotonic() + 30
    while not Path(f"{machine.log_file}.installing").exists() and time.monotonic() < until:
        time.sleep(0.05)
    os.killpg(running.pid, ending)
    running.communicate(timeout=30)
    assert (machine.repository / ".venv/.unfinished").exists()
    (machine.repository / ".venv/half-installed").touch()

    status, _, errors = machine.run("bootstrap")
    assert (status, errors) == (0, "")
    assert not (machine.repository / ".venv/half-installed").exists()
    assert (machine.repository / ".venv/.installed-web").exists()


def test_somebody_elses_broken_environment_is_left_alone(machine):
    machine.add_ready_parts()
    keepsake = machine.repository / ".venv" / "keepsake"
    keepsake.parent.mkdir()
    keepsake.touch()
    status, _, errors = machine.run("bootstrap")
    assert status == 1
    assert "Remove it" in errors
    assert keepsake.exists()


def test_demo_prepares_loads_and_serves_on_this_machine_only(machine):
    machine.add_ready_parts()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    status, output, errors = machine.run("demo", "--port", str(port))
    assert (status, errors) == (0, "")
    assert f"http://127.0.0.1:{port} " in output
    ours = [line for line in machine.log if line.startswith("-m")]
    assert ours[:3] == [
        "-m flask --app practice prepare",
        "-m flask --app practice demo-data",
        "-m flask --app practice demo-data --print-sign-ins",
    ]
    (server,) = (line.split() for line in ours if line.startswith("-m gunicorn"))
    assert "-m flask --app practice worker" in ours
    (catcher,) = (line.split() for line in ours if "demo-mail" in line)
    page = catcher[catcher.index("--page-port") + 1]
    assert f"http://127.0.0.1:{page}" in output
    assert len({str(port), page, catcher[catcher.index("--smtp-port") + 1]}) == 3
    assert server[server.index("--bind") + 1] == f"127.0.0.1:{port}"
    assert "--no-control-socket" in server
    assert not any(part.startswith("--access-log") for part in server)
    assert server[-1] == "practice.wsgi:app"


def test_demo_without_serving_starts_no_server(machine):
    machine.add_ready_parts()
    assert machine.run("demo", "--no-serve")[0] == 0
    assert not any("gunicorn" in line for line in machine.log)


@pytest.mark.parametrize("command", ["demo", "server"])
def test_busy_port_names_the_way_out(machine, command):
    machine.add_ready_parts()
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        status, _, errors = machine.run(command, "--port", str(port))
    assert status == 1
    assert f"port {port} is in use" in errors
    assert f"script/{command} --port " in errors
    assert not any("-m flask" in line for line in machine.log)


@pytest.mark.parametrize("port", ["", "eighty", "80", "70000", "-1"])
def test_impossible_port_is_refused(machine, port):
    status, _, errors = machine.run("demo", f"--port={port}")
    assert status == 1
    assert "from 1024 to 65535" in errors


@pytest.mark.parametrize(
    ("present", "number"),
    [([], "0001"), (["0001_first.py", "0009_ninth.py", "README"], "0010")],
)
def test_migration_takes_the_next_number(machine, present, number):
    machine.add_ready_parts()
    versions = machine.repository / "migrations/versions"
    versions.mkdir(parents=True)
    for name in present:
        (versions / name).touch()
    status, _, errors = machine.run("migration", "Let partners withdraw")
    assert (status, errors) == (0, "")
    assert machine.log[-1] == (
        f"-m flask --app practice db migrate --message Let partners withdraw --rev-id {number}"
    )


def test_visibility_table_prints_and_takes_nothing_else(machine):
    machine.add_ready_parts()
    assert machine.run("visibility-table")[1].endswith("partner note hidden\n")
    status, _, errors = machine.run("visibility-table", "--write")
    assert status != 0
    assert "unknown option --write" in errors


def test_a_mutant_that_no_test_notices_is_shown_and_fails(machine):
    machine.add_ready_parts()
    found = "    rules.x_1: killed\n    rules.x_2: survived\n    rules.x_3: timeout\n"
    status, output, errors = machine.run("mutants", "rules*", MUTANTS=found)
    assert status == 1
    assert "rules.x_2\n- a > b\n+ a >= b\n" in output
    assert "rules.x_1" not in output
    assert "rules.x_3" not in output
    assert "Noticed: 2 (of which 1 by running too long). Not noticed: 1." in output
    assert "not noticed: 1; each wants a test" in errors
    assert "-m mutmut run rules*" in machine.log


def test_a_mutant_that_no_test_reaches_counts_as_not_noticed(machine):
    machine.add_ready_parts()
    found = "    rules.x_1: killed\n    rules.x_2: no tests\n    rules.x_3: not checked\n"
    status, output, _ = machine.run("mutants", "--children", "2", MUTANTS=found)
    assert status == 1
    assert "rules.x_2\n" in output
    assert "rules.x_3" not in output
    assert "-m mutmut run --max-children 2" in machine.log


@pytest.mark.parametrize(
    ("found", "status", "said"),
    [
        ("    rules.x_1: killed\n    rules.x_2: killed", 0, "Noticed: 2 (of which 0"),
        ("    rules.x_1: not checked", 1, "Breaking the rules"),
        ("", 1, "Breaking the rules"),
    ],
)
def test_mutants_are_all_noticed_only_where_some_were_tried(machine, found, status, said):
    machine.add_ready_parts()
    result = machine.run("mutants", MUTANTS=found)
    assert result[0] == status
    assert said in result[1]
    assert ("no mutant was tried" in result[2]) is (status == 1)


@pytest.mark.parametrize("children", ["0", "two", "-1"])
def test_an_impossible_number_of_children_is_refused(machine, children):
    status, _, errors = machine.run("mutants", f"--children={children}")
    assert status == 1
    assert "a number above 0" in errors


def test_sample_report_writes_where_the_caller_stands(machine):
    machine.add_ready_parts()
    status, _, errors = machine.run("sample-report", "out")
    assert (status, errors) == (0, "")
    target = machine.elsewhere / "out"
    assert target.is_dir()
    assert machine.log[-1] == f"-m flask --app practice report all --to {target}"


def test_lock_without_uv_says_what_is_missing(machine):
    machine.add_python()
    status, _, errors = machine.run("lock")
    assert status == 1
    assert "uv is not installed" in errors
