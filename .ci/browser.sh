#!/bin/sh
# Installs Chromium, in which the tests try web pages and decks. Nothing else needs it.
#
# Debian and Ubuntu have it as a package; elsewhere, and where that fails, Playwright brings its own.

set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

for name in chromium chromium-browser google-chrome-stable google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done

log=output/setup.log
mkdir -p output
as_root=
[ "$(id -u)" = 0 ] || as_root='sudo -n -E'

# Ubuntu's package is only a stub that asks for a snap.
if command -v apt-get >/dev/null 2>&1 && [ "$(. /etc/os-release && echo "$ID")" = debian ]; then
    echo 'Installing Chromium …' >&2
    export DEBIAN_FRONTEND=noninteractive
    if {
        $as_root apt-get -qq update &&
            $as_root apt-get -qq install -y --no-install-recommends chromium
    } >>"$log" 2>&1 </dev/null; then
        exit 0
    fi
    echo "apt could not install it ($log); trying Playwright's own." >&2
fi
if .venv/bin/playwright install chromium >>"$log" 2>&1; then
    exit 0
fi
echo "No Chromium could be installed. Install it yourself, then: make test (log: $log)" >&2
exit 1
