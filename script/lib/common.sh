# Shared by the commands in script/; sourced by them, with $root set to the repository.
# shellcheck shell=sh

: "${root:?script/lib/common.sh is sourced by the commands in script/}"

# What the caller named from where they stood, before we go to the repository.
if [ -n "${PRACTICE_INSTANCE:-}" ]; then
    case "$PRACTICE_INSTANCE" in
    /*) ;;
    *) PRACTICE_INSTANCE="$PWD/$PRACTICE_INSTANCE" ;;
    esac
    export PRACTICE_INSTANCE
fi

# The virtual environment; another place is for read-only checkouts.
venv="${PRACTICE_VENV:-$root/.venv}"
python="$venv/bin/python"

# Homebrew's libraries are not where a Python from elsewhere looks.
if [ -d /opt/homebrew/lib ]; then
    export DYLD_FALLBACK_LIBRARY_PATH="/opt/homebrew/lib${DYLD_FALLBACK_LIBRARY_PATH:+:$DYLD_FALLBACK_LIBRARY_PATH}"
fi

say() {
    printf '%s\n' "$*"
}

fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

has() {
    command -v "$1" >/dev/null 2>&1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

can_make_environments() {
    "$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

# Sets PYTHON to the first Python that is new enough, one that can make environments first.
find_python() {
    PYTHON=
    if [ -n "${PRACTICE_PYTHON:-}" ]; then
        is_new_enough "$PRACTICE_PYTHON" || return 1
        PYTHON=$(command -v "$PRACTICE_PYTHON")
        return 0
    fi
    for candidate in python3.13 python3.12 python3.11 python3; do
        is_new_enough "$candidate" || continue
        if can_make_environments "$candidate"; then
            PYTHON=$(command -v "$candidate")
            return 0
        fi
        [ -n "$PYTHON" ] || PYTHON=$(command -v "$candidate")
    done
    [ -n "$PYTHON" ]
}

fail_python() {
    fail "Python 3.11 or newer was not found. Type one of these, then run this again:
  Debian 12, Ubuntu 24.04 or newer:
      sudo apt-get install -y python3 python3-venv
  Ubuntu 22.04:
      sudo add-apt-repository -y ppa:deadsnakes/ppa && sudo apt-get install -y python3.12 python3.12-venv
  macOS:
      brew install python@3.12
A Python in an unusual place can be named: PRACTICE_PYTHON=/path/to/python3 $0"
}

# Sets chromium to the browser for the tests: the one named, or the first of the usual names.
find_chromium() {
    for chromium in "${PRACTICE_CHROMIUM:-}" chromium google-chrome google-chrome-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        [ -n "$chromium" ] && chromium=$(command -v "$chromium") && return 0
    done
    chromium=
    return 1
}

flask() {
    "$python" -m flask --app practice "$@"
}

# A place for state that is gone when the script ends; sets $scratch.
use_scratch_instance() {
    scratch=$(mktemp -d "${TMPDIR:-/tmp}/dyad.XXXXXX")
    trap 'rm -rf "$scratch"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    PRACTICE_INSTANCE="$scratch/instance"
    export PRACTICE_INSTANCE
    unset PRACTICE_DATABASE_URL PRACTICE_KEY_FILE
}

check_port() {
    case "$1" in
    '' | *[!0-9]*) fail "a port is a number from 1024 to 65535, not \"$1\"" ;;
    esac
    [ "$1" -ge 1024 ] && [ "$1" -le 65535 ] || fail "a port is a number from 1024 to 65535, not $1"
}

# Tries the port as the server will; ends with advice if somebody else has it.
require_free_port() {
    "$python" - "$1" <<'PYTHON' || fail "port $1 is in use. Choose another: script/${0##*/} --port $(($1 < 65535 ? $1 + 1 : 8000))"
import socket, sys
with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", int(sys.argv[1])))
    except OSError:
        sys.exit(1)
PYTHON
}

# Prints the first port from $1 on that nobody listens on.
first_free_port() {
    "$python" - "$1" <<'PYTHON'
import socket, sys
for port in range(int(sys.argv[1]), 65536):
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            continue
    print(port)
    break
PYTHON
}
