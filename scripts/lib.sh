# Shared by the scripts of this directory: source it after `set -euo pipefail`.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# No build server outlives a script: it would keep the caller's pipes open.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false

# stdout belongs to results; what happens is reported on stderr. A caller that closed it must not stop a script half-way.
trap '' PIPE
say() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2 2>/dev/null || true; }
die() { say "$@"; exit 1; }
# For a wrong command line: no restart can fix it.
die_usage() { say "$@"; exit 2; }

# The comment at a script's head is its manual.
print_usage() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"; exit 0; }

require_dotnet() {
    command -v dotnet >/dev/null ||
        die "dotnet is not on PATH. Install the .NET SDK 10: https://dotnet.microsoft.com/download/dotnet/10.0"
    (cd "$root" && dotnet --version >/dev/null 2>&1) ||
        die "global.json asks for the .NET SDK 10, dotnet has: $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' ')." \
            "Install it: https://dotnet.microsoft.com/download/dotnet/10.0"
}

# The interpreter that setup prepared. A venv has to be named to the programs, the system's python they find themselves.
python=/usr/bin/python3
if [[ -x $root/.venv/bin/python ]]; then
    python=$root/.venv/bin/python
    export HPO_PYTHON=$python
fi

free_port() {
    "$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Whether a process runs: a zombie, which nobody has waited for, does not.
runs() { grep -q '^State:[[:space:]]*[^ZX[:space:]]' "/proc/$1/status" 2>/dev/null; }

first_command() {
    local name
    for name; do command -v "$name" && return; done
    return 1
}

# Whether there are npm and a Node.js that scripts/javascript can use.
has_node() {
    command -v npm >/dev/null &&
        node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 18 || (major === 18 && minor >= 19) ? 0 : 1)' 2>/dev/null
}

# quietly LOG COMMAND…: its output goes into the file, and is shown where it fails.
quietly() {
    local log=$1
    shift
    "$@" >"$log" 2>&1 || { cat "$log" >&2; return 1; }
}

# The version of DocFX that .config/dotnet-tools.json names, into NuGet's cache.
restore_docfx() {
    local log code=0
    log=$(mktemp)
    (cd "$root" && quietly "$log" dotnet tool restore) || code=$?
    rm -f "$log"
    return "$code"
}
