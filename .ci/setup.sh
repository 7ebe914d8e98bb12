#!/bin/sh
# Makes .venv ready: system packages, Python, the project and its pinned packages.
#
# `make setup`, `make video` and `make test` begin with it, and so does .ci/run: it lives beside
# that script because it is machinery, and the four folders of the project hold content only.
# Plain POSIX sh, since on a fresh machine there is nothing else to rely on.
#
# It never asks anything. When all is ready it says nothing and touches no network.
# Exit codes: 0 ready, 1 a step failed (the log is shown), 2 you have to do something first.
#
# Variables: PYTHON picks the interpreter. OS_RELEASE_FILE is for the tests.

set -eu
# Not CDPATH, not a symlink: the stamp compares this path.
CDPATH='' cd -- "$(dirname -- "$0")/.."
checkout=$(pwd -P)

log=output/setup.log
stamp=.venv/.slopewise-ready
unfinished=.venv/.slopewise-unfinished
lock=output/setup.lock
os_release=${OS_RELEASE_FILE:-/etc/os-release}

have() { command -v "$1" >/dev/null 2>&1; }

# Stop because a person has to act: the arguments are the lines to show.
ask_for() {
    printf '%s\n' "$@" >&2
    exit 2
}

# Run a command silently into the log; on failure show the end of the log and stop.
logged() {
    printf '\n$ %s\n' "$*" >>"$log"
    if ! "$@" >>"$log" 2>&1 </dev/null; then
        {
            tail -n 25 "$log"
            printf '\nThis failed: %s\nThe whole log: %s\n' "$*" "$checkout/$log"
        } >&2
        exit 1
    fi
}

# --- Python ---------------------------------------------------------------------------------

python_version() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null; }

# 3.11 or newer; a name that exists but does not run (a pyenv shim) prints no version.
new_enough() {
    case $1 in
        3.1[1-9] | 3.[2-9][0-9]) return 0 ;;
        *) return 1 ;;
    esac
}

# Sets `python` and `version`, both empty when there is none that is new enough.
find_python() {
    python='' version='' too_old=''
    # Before the loop, so that PYTHON may hold a path with a space.
    if [ -n "${PYTHON:-}" ]; then
        set -- "$PYTHON"
    else
        # What the machine calls python3 comes first: its headers and venv are likeliest there.
        set -- python3 python3.13 python3.12 python3.11 python3.14
    fi
    for candidate in "$@"; do
        found=$(python_version "$candidate") || continue
        if new_enough "$found"; then
            python=$candidate version=$found
            return
        fi
        too_old=${too_old:-"$found ($candidate)"}
    done
}

no_python() {
    found=${too_old:+"found $too_old"}
    if [ -n "${PYTHON:-}" ]; then
        found=${found:-"PYTHON=$PYTHON does not run"}
    fi
    ask_for "slopewise needs Python 3.11 or newer: ${found:-none found}." \
        "If it is installed under another name: make PYTHON=python3.12 setup"
}

# --- System packages ------------------------------------------------------------------------

# Which family of systems this is, hence how packages are called and installed.
system_family() {
    case $(uname -s) in
        Darwin) echo macos; return ;;
        MINGW* | MSYS* | CYGWIN* | Windows*) echo windows; return ;;
    esac
    # In a subshell: the file is a list of shell assignments.
    # shellcheck source=/dev/null
    names=$([ -r "$os_release" ] && . "$os_release" && echo "${ID:-} ${ID_LIKE:-}") || names=''
    for name in $names; do
        case $name in
            debian | ubuntu) echo debian; return ;;
            fedora | rhel | centos) echo fedora; return ;;
            arch | archlinux) echo arch; return ;;
            suse | opensuse*) echo opensuse; return ;;
        esac
    done
    echo unknown
}

# cc alone may be there without the C library's headers (Debian), or be a stub (macOS).
compiler_works() {
    if [ "$family" = macos ]; then
        xcode-select -p >/dev/null 2>&1
    else
        echo 'int main(void) { return 0; }' | cc -x c - -o /dev/null 2>/dev/null
    fi
}

library_found() { have pkg-config && pkg-config --exists "$1" 2>/dev/null; }

# Debian splits Python: the headers and ensurepip are packages of their own.
python_headers() {
    "$python" -c 'import os, sys, sysconfig
sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))' 2>/dev/null
}
python_makes_venv() { "$python" -c 'import ensurepip, venv' 2>/dev/null; }

# Sets `missing` (for people) and `debian_packages`.
# pycairo and manimpango have no wheels for Linux and pycairo none for macOS: pip compiles them.
find_missing() {
    missing='' debian_packages=''
    lack() {
        missing="$missing${missing:+, }$1"
        debian_packages="$debian_packages${debian_packages:+ }$2"
    }
    compiler_works || lack 'a C compiler' build-essential
    have pkg-config || lack pkg-config pkg-config
    library_found cairo || lack cairo libcairo2-dev
    library_found pangocairo || lack pango libpango1.0-dev
    if [ -z "$python" ]; then
        # Only where there is no python3 at all: one that is too old is not ours to replace.
        if [ -z "$too_old" ] && [ -z "${PYTHON:-}" ]; then
            lack 'Python 3' 'python3 python3-dev python3-venv'
        fi
        return
    fi
    debian_python=python$version
    if [ "$(python_version python3)" = "$version" ]; then
        debian_python=python3
    fi
    python_headers || lack "the headers of Python $version" "$debian_python-dev"
    python_makes_venv || lack "Python's venv" "$debian_python-venv"
}

# The exact command for this family, on one line.
install_command() {
    sudo='sudo '
    [ "$(id -u)" != 0 ] || sudo=''
    suse_python=python$(echo "${version:-3.12}" | tr -d .)
    case $family in
        debian) echo "${sudo}apt-get install -y $debian_packages" ;;
        fedora) echo "${sudo}dnf install -y gcc pkgconf-pkg-config cairo-devel pango-devel python3-devel" ;;
        arch) echo "${sudo}pacman -S --needed --noconfirm base-devel pkgconf cairo pango python" ;;
        opensuse) echo "${sudo}zypper --non-interactive install gcc pkgconf-pkg-config cairo-devel pango-devel $suse_python-devel" ;;
        macos)
            if compiler_works; then
                echo 'brew install pkgconf cairo pango python'
            else
                echo 'xcode-select --install; brew install pkgconf cairo pango python'
            fi
            ;;
    esac
}

apt_install() {
    # Word splitting is meant: each is a plain package name.
    # shellcheck disable=SC2086
    set -- env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 -y
    if [ "$(id -u)" != 0 ]; then
        set -- sudo -n "$@"
    fi
    echo "Installing system packages: $debian_packages"
    # The lists of a fresh machine are empty or old.
    logged "$@" update
    # shellcheck disable=SC2086
    logged "$@" install --no-install-recommends $debian_packages
}

ensure_system_packages() {
    find_missing
    [ -n "$missing" ] || return 0
    # sudo -n: with a password to ask for, the command is shown instead.
    if [ "$family" = debian ] && have apt-get &&
        { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
        apt_install
        find_python
        find_missing
        [ -n "$missing" ] || return 0
    fi
    command=$(install_command)
    if [ -n "$command" ]; then
        ask_for "Not installed yet: $missing. This installs it:" '' "    $command" '' \
            'Then say make again.'
    fi
    ask_for "Not installed yet: $missing." \
        'Install these with the package manager of your system, headers included, and say make again.'
}

# On Windows everything has a wheel, but the folders of a venv are called otherwise.
windows_commands() {
    ask_for 'On Windows make is not needed. Install Python (winget install Python.Python.3.12), then:' '' \
        '    py -m venv .venv' \
        '    .venv\Scripts\python -m pip install -c constraints.txt -e ".[dev,course]"' \
        '    .venv\Scripts\gd render Overshoot -q h'
}

# --- The environment ------------------------------------------------------------------------

# What the environment was made from. The path is part of it: a venv cannot be moved.
fingerprint() {
    echo "$checkout"
    cat pyproject.toml constraints.txt | cksum
}

venv_version() { python_version .venv/bin/python; }

# Another Python asked for than the one inside?
venv_has_wrong_python() {
    [ -n "${PYTHON:-}" ] && [ "$(python_version "$PYTHON")" != "$(venv_version)" ]
}

ready() {
    [ -f "$stamp" ] && [ -x .venv/bin/python ] && [ ! -e "$unfinished" ] &&
        [ "$(cat "$stamp")" = "$(fingerprint)" ] && ! venv_has_wrong_python
}

# Can the .venv that is there be brought up to date, or is a new one needed?
venv_can_stay() {
    [ ! -e "$unfinished" ] || return 1                 # a set-up was interrupted
    new_enough "$(venv_version)" || return 1           # gone with a system upgrade, or too old
    ! venv_has_wrong_python || return 1
    .venv/bin/python -m pip --version >/dev/null 2>&1 || return 1
    # Without a stamp somebody made it by hand: kept.
    [ ! -f "$stamp" ] || [ "$(head -n 1 "$stamp")" = "$checkout" ]
}

# Two at once (an editor's tests and a terminal) would delete each other's files. The lock is a
# link that names its process: made in one go, and of no effect once that process is gone.
take_turn() {
    told=''
    until ln -s "$$" "$lock" 2>/dev/null; do
        holder=$(readlink "$lock") || continue
        if ! kill -0 "$holder" 2>/dev/null; then
            rm -f "$lock"
            continue
        fi
        [ -n "$told" ] || echo "Waiting for the set-up that process $holder runs ($lock)"
        told=yes
        sleep 1
    done
    trap 'rm -f "$lock"' EXIT
    trap 'exit 130' INT TERM HUP
}

make_environment() {
    if ! venv_can_stay; then
        echo "Making .venv with Python $version"
        rm -rf .venv
        mkdir .venv
        : >"$unfinished"
        logged "$python" -m venv .venv
    fi
    rm -f "$stamp"
    : >"$unfinished"
    echo "Installing slopewise and its pinned packages (about a minute)"
    # As variables the pins also hold for the tools that compile pycairo and manimpango: older
    # pips read the first there, newer ones the second. Relative, since pip splits at spaces.
    # PIP_USER, where somebody has set it, would fail in a venv.
    logged env PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
        PIP_USER=no PIP_DISABLE_PIP_VERSION_CHECK=1 \
        .venv/bin/python -m pip install --no-input --progress-bar off -e '.[dev,course]'
    fingerprint >"$stamp"
    rm -f "$unfinished"
}

if ready; then
    exit 0
fi

start=$(date +%s)
mkdir -p output
take_turn
if ready; then
    exit 0
fi
: >"$log"
family=$(system_family)
[ "$family" != windows ] || windows_commands
find_python
ensure_system_packages
[ -n "$python" ] || no_python
make_environment
echo "Ready after $(($(date +%s) - start)) s"
