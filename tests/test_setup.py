"""`make setup` on machines that are not this one, played by fakes on PATH."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / ".ci" / "setup.sh"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the script is for POSIX shells")

# What the script may rely on everywhere; all else comes from the fakes.
REAL_TOOLS = """
    sh cat cksum cp date dirname env head ln mkdir readlink rm sleep tail touch tr
"""

# A Python of a given version: makes venvs by copying itself, and notes what pip is told.
PYTHON = """#!/bin/sh
case "$*" in
    *version_info*) echo {version} ;;
    *Python.h*) [ -e "$FAKES/headers" ] ;;
    *ensurepip*) [ -e "$FAKES/ensurepip" ] ;;
    "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && echo venv >>"$FAKES/calls" ;;
    "-m pip --version") ;;
    "-m pip install"*)
        echo "pip $* [$PIP_CONSTRAINT]" >>"$FAKES/calls"
        [ ! -e "$FAKES/pip-fails" ] || { echo 'no route to the registry'; exit 1; } ;;
    *) echo "fake python: $*" >&2; exit 99 ;;
esac
"""
# Finds what the file `libraries` names.
PKG_CONFIG = """#!/bin/sh
while read -r name; do [ "$name" != "$2" ] || exit 0; done <"$FAKES/libraries"
exit 1
"""
# Installs all that Debian would.
APT_GET = """#!/bin/sh
echo "apt-get $* [$DEBIAN_FRONTEND]" >>"$FAKES/calls"
[ ! -e "$FAKES/apt-fails" ] || { echo 'E: no such package'; exit 100; }
case "$*" in
    *" install "*)
        printf 'cairo\\npangocairo\\n' >"$FAKES/libraries"
        touch "$FAKES/headers" "$FAKES/ensurepip"
        for tool in cc pkg-config python3; do
            [ -e "$FAKES/bin/$tool" ] || cp "$FAKES/shop/$tool" "$FAKES/bin/$tool"
        done ;;
esac
"""
SYSTEMS = {
    "debian": "ID=debian\n",
    "ubuntu": "ID=ubuntu\nID_LIKE=debian\n",
    "mint": 'ID=linuxmint\nID_LIKE="ubuntu debian"\n',
    "fedora": "ID=fedora\n",
    "rocky": 'ID="rocky"\nID_LIKE="rhel centos fedora"\n',
    "arch": "ID=arch\n",
    "manjaro": "ID=manjaro\nID_LIKE=arch\n",
    "tumbleweed": 'ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n',
    "alpine": "ID=alpine\n",
}


class Machine:
    """A pretended machine with a checkout of the project in a folder with a space."""

    def __init__(self, home: Path) -> None:
        self.fakes = home / "fakes"
        self.bin = self.fakes / "bin"
        self.shop = self.fakes / "shop"
        self.checkout = home / "my lectures" / "slopewise"
        for folder in (self.bin, self.shop, self.checkout / ".ci"):
            folder.mkdir(parents=True)
        shutil.copy(SCRIPT, self.checkout / ".ci" / "setup.sh")
        (self.checkout / "pyproject.toml").write_text("[project]\n")
        (self.checkout / "constraints.txt").write_text("manim==0.22.0\n")
        for tool in REAL_TOOLS.split():
            real = shutil.which(tool)
            assert real, tool
            (self.bin / tool).symlink_to(real)
        (self.fakes / "calls").touch()
        (self.fakes / "headers").touch()
        (self.fakes / "ensurepip").touch()
        (self.fakes / "libraries").write_text("cairo\npangocairo\n")
        self.system("debian")
        self.fake("uname", "#!/bin/sh\necho Linux\n")
        self.fake("id", "#!/bin/sh\necho 0\n")
        for folder in (self.bin, self.shop):
            self.fake("cc", "#!/bin/sh\nexit 0\n", folder)
            self.fake("pkg-config", PKG_CONFIG, folder)
            self.python("python3", "3.12", folder)
        self.fake("apt-get", APT_GET)

    def fake(self, name: str, text: str, folder: Path | None = None) -> None:
        path = (folder or self.bin) / name
        path.write_text(text)
        path.chmod(0o755)

    def python(self, name: str, version: str, folder: Path | None = None) -> None:
        self.fake(name, PYTHON.replace("{version}", version), folder)

    def system(self, name: str) -> None:
        (self.fakes / "os-release").write_text(SYSTEMS[name])

    def lacks(self, *names: str) -> None:
        for name in names:
            (self.bin / name).unlink(missing_ok=True)

    def bare(self) -> None:
        """Take away everything that the project needs."""
        self.lacks("cc", "pkg-config", "python3")
        self.libraries("")
        (self.fakes / "headers").unlink()
        (self.fakes / "ensurepip").unlink()

    def libraries(self, text: str) -> None:
        (self.fakes / "libraries").write_text(text)

    def setup(self, **variables: str) -> subprocess.CompletedProcess[str]:
        # No input and a PATH without anything real: a question would fail, not hang.
        return subprocess.run(
            [str(self.bin / "sh"), str(self.checkout / ".ci" / "setup.sh")],
            cwd=self.fakes,
            env={
                "PATH": str(self.bin),
                "FAKES": str(self.fakes),
                "OS_RELEASE_FILE": str(self.fakes / "os-release"),
                **variables,
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def calls(self) -> list[str]:
        """Give what was called since the last time."""
        path = self.fakes / "calls"
        lines = path.read_text().splitlines()
        path.write_text("")
        return lines


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


PIP = "pip -m pip install --no-input --progress-bar off -e .[dev,course] [constraints.txt]"


def test_makes_the_environment_then_has_nothing_to_do(machine: Machine) -> None:
    first = machine.setup()
    assert (first.returncode, first.stderr) == (0, "")
    assert machine.calls() == ["venv", PIP]
    second = machine.setup()
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert machine.calls() == []


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_updates_in_place_when_the_pins_change(machine: Machine, name: str) -> None:
    machine.setup()
    machine.calls()
    with (machine.checkout / name).open("a") as file:
        file.write("# changed\n")
    assert machine.setup().returncode == 0
    assert machine.calls() == [PIP]


def test_repairs_an_interrupted_set_up(machine: Machine) -> None:
    (machine.fakes / "pip-fails").touch()
    failed = machine.setup()
    assert failed.returncode == 1
    assert "no route to the registry" in failed.stderr
    assert str(machine.checkout / "output" / "setup.log") in failed.stderr
    (machine.fakes / "pip-fails").unlink()
    machine.calls()
    assert machine.setup().returncode == 0
    assert machine.calls() == ["venv", PIP]


@pytest.mark.parametrize("left", ["nothing", "no python", "broken link", "python too old"])
def test_replaces_an_environment_that_does_not_run(machine: Machine, left: str) -> None:
    folder = machine.checkout / ".venv" / "bin"
    folder.mkdir(parents=True)
    if left == "broken link":
        (folder / "python").symlink_to("/nowhere/python")
    elif left == "python too old":
        machine.python("python", "3.9", folder)
    elif left == "nothing":
        folder.rmdir()
    assert machine.setup().returncode == 0
    assert machine.calls() == ["venv", PIP]


def test_waits_for_a_set_up_that_is_running(machine: Machine) -> None:
    # A lock left by a process that is gone is of no effect.
    (machine.checkout / "output").mkdir()
    lock = machine.checkout / "output" / "setup.lock"
    gone = subprocess.Popen(["sleep", "0"])
    gone.wait()
    lock.symlink_to(str(gone.pid))
    assert machine.setup().returncode == 0
    assert not lock.is_symlink()
    machine.calls()

    with (machine.checkout / "pyproject.toml").open("a") as file:
        file.write("# changed\n")
    # As a child it would stay a zombie, which counts as alive, so the shell looks after it.
    with subprocess.Popen(["sh", "-c", "sleep 2 & echo $!; wait"], stdout=subprocess.PIPE) as other:
        assert other.stdout
        lock.symlink_to(other.stdout.readline().decode().strip())
        result = machine.setup()
    assert result.returncode == 0
    assert result.stdout.startswith("Waiting for the set-up that process ")
    assert machine.calls() == [PIP]


def test_keeps_an_environment_made_by_hand(machine: Machine) -> None:
    folder = machine.checkout / ".venv" / "bin"
    folder.mkdir(parents=True)
    machine.python("python", "3.12", folder)
    (folder / "own-tool").touch()
    assert machine.setup().returncode == 0
    assert machine.calls() == [PIP]
    assert (folder / "own-tool").exists()


def test_makes_it_anew_where_the_checkout_was_moved(machine: Machine) -> None:
    machine.setup()
    machine.calls()
    machine.checkout = machine.checkout.rename(machine.checkout.with_name("moved"))
    assert machine.setup().returncode == 0
    assert machine.calls() == ["venv", PIP]


# --- which Python ---------------------------------------------------------------------------


def test_prefers_python3_where_it_is_new_enough(machine: Machine) -> None:
    machine.python("python3", "3.11")
    machine.python("python3.13", "3.13")
    assert "with Python 3.11" in machine.setup().stdout


def test_takes_a_newer_one_where_python3_is_old(machine: Machine) -> None:
    machine.python("python3", "3.10")
    machine.python("python3.12", "3.12")
    assert "with Python 3.12" in machine.setup().stdout


def test_passes_over_a_name_that_does_not_run(machine: Machine) -> None:
    machine.python("python3", "3.9")
    machine.fake("python3.13", "#!/bin/sh\necho 'command not found' >&2\nexit 127\n")
    machine.python("python3.11", "3.11")
    assert "with Python 3.11" in machine.setup().stdout


def test_an_old_python_gives_one_clear_sentence(machine: Machine) -> None:
    machine.python("python3", "3.9")
    result = machine.setup()
    assert result.returncode == 2
    assert result.stderr.splitlines() == [
        "slopewise needs Python 3.11 or newer: found 3.9 (python3).",
        "If it is installed under another name: make PYTHON=python3.12 setup",
    ]
    assert machine.calls() == []
    assert not (machine.checkout / ".venv").exists()


def test_the_python_asked_for_is_the_one_used(machine: Machine) -> None:
    machine.setup()
    machine.calls()
    machine.python("python 3.13", "3.13")
    assert "with Python 3.13" in machine.setup(PYTHON=str(machine.bin / "python 3.13")).stdout
    assert machine.calls() == ["venv", PIP]
    # Said once, it stays.
    assert machine.setup().stdout == ""


def test_the_python_asked_for_must_run_and_be_new(machine: Machine) -> None:
    absent = machine.setup(PYTHON="python3.99")
    assert absent.returncode == 2
    assert "PYTHON=python3.99 does not run" in absent.stderr
    machine.python("python2", "2.7")
    old = machine.setup(PYTHON="python2")
    assert old.returncode == 2
    assert "found 2.7 (python2)" in old.stderr


# --- system packages ------------------------------------------------------------------------


@pytest.mark.parametrize("system", ["debian", "ubuntu", "mint"])
def test_a_bare_debian_gets_everything_through_apt(machine: Machine, system: str) -> None:
    machine.system(system)
    machine.bare()
    result = machine.setup()
    assert (result.returncode, result.stderr) == (0, "")
    update, install, *rest = machine.calls()
    assert update.endswith("-y update [noninteractive]")
    assert install.endswith(
        "-y install --no-install-recommends build-essential pkg-config libcairo2-dev "
        "libpango1.0-dev python3 python3-dev python3-venv [noninteractive]"
    )
    assert rest == ["venv", PIP]


def test_only_what_is_missing_is_installed(machine: Machine) -> None:
    machine.libraries("cairo\n")
    machine.setup()
    assert machine.calls()[1].endswith("recommends libpango1.0-dev [noninteractive]")


def test_the_headers_fit_the_python_in_use(machine: Machine) -> None:
    machine.python("python3", "3.10")
    machine.python("python3.12", "3.12")
    (machine.fakes / "headers").unlink()
    (machine.fakes / "ensurepip").unlink()
    machine.setup()
    assert "recommends python3.12-dev python3.12-venv [" in machine.calls()[1]


def test_sudo_is_used_where_it_asks_no_password(machine: Machine) -> None:
    machine.fake("id", "#!/bin/sh\necho 1000\n")
    machine.fake("sudo", '#!/bin/sh\n[ "$1" = -n ] || exit 9\nshift\n[ "$1" = true ] || "$@"\n')
    machine.libraries("")
    assert machine.setup().returncode == 0
    assert "recommends libcairo2-dev libpango1.0-dev [" in machine.calls()[1]


@pytest.mark.parametrize("sudo", [None, "#!/bin/sh\nexit 1\n"])
def test_without_rights_the_command_is_shown(machine: Machine, sudo: str | None) -> None:
    machine.fake("id", "#!/bin/sh\necho 1000\n")
    if sudo:
        machine.fake("sudo", sudo)
    machine.libraries("")
    result = machine.setup()
    assert result.returncode == 2
    assert "    sudo apt-get install -y libcairo2-dev libpango1.0-dev\n" in result.stderr
    assert machine.calls() == []


def test_a_failing_apt_shows_the_log(machine: Machine) -> None:
    machine.libraries("")
    (machine.fakes / "apt-fails").touch()
    result = machine.setup()
    assert result.returncode == 1
    assert "E: no such package" in result.stderr


@pytest.mark.parametrize(
    ("system", "command"),
    [
        ("fedora", "dnf install -y gcc pkgconf-pkg-config cairo-devel pango-devel python3-devel"),
        ("rocky", "dnf install -y gcc pkgconf-pkg-config cairo-devel pango-devel python3-devel"),
        ("arch", "pacman -S --needed --noconfirm base-devel pkgconf cairo pango python"),
        ("manjaro", "pacman -S --needed --noconfirm base-devel pkgconf cairo pango python"),
        (
            "tumbleweed",
            "zypper --non-interactive install gcc pkgconf-pkg-config cairo-devel pango-devel "
            "python312-devel",
        ),
    ],
)
@pytest.mark.parametrize("user", [0, 1000])
def test_elsewhere_the_exact_command_is_shown(
    machine: Machine, system: str, command: str, user: int
) -> None:
    machine.system(system)
    machine.fake("id", f"#!/bin/sh\necho {user}\n")
    machine.libraries("")
    result = machine.setup()
    assert result.returncode == 2
    assert "Not installed yet: cairo, pango." in result.stderr
    assert f"\n    {'sudo ' if user else ''}{command}\n" in result.stderr
    assert machine.calls() == []
    assert not (machine.checkout / ".venv").exists()


def test_an_unknown_system_is_told_what_is_missing(machine: Machine) -> None:
    machine.system("alpine")
    machine.bare()
    result = machine.setup()
    assert result.returncode == 2
    assert "Not installed yet: a C compiler, pkg-config, cairo, pango, Python 3." in result.stderr


def test_elsewhere_nothing_stops_when_all_is_there(machine: Machine) -> None:
    machine.system("fedora")
    assert machine.setup().returncode == 0
    assert machine.calls() == ["venv", PIP]


@pytest.mark.parametrize("tools", [True, False])
def test_macos_names_homebrew_and_the_command_line_tools(machine: Machine, tools: bool) -> None:
    machine.fake("uname", "#!/bin/sh\necho Darwin\n")
    machine.fake("xcode-select", f"#!/bin/sh\nexit {0 if tools else 2}\n")
    machine.fake("id", "#!/bin/sh\necho 501\n")
    machine.libraries("")
    result = machine.setup()
    assert result.returncode == 2
    xcode = "" if tools else "xcode-select --install; "
    assert f"    {xcode}brew install pkgconf cairo pango python\n" in result.stderr


@pytest.mark.parametrize("system", ["MINGW64_NT-10.0-26100", "MSYS_NT-10.0", "CYGWIN_NT-10.0"])
def test_windows_gets_its_own_commands(machine: Machine, system: str) -> None:
    machine.fake("uname", f"#!/bin/sh\necho {system}\n")
    result = machine.setup()
    assert result.returncode == 2
    assert r".venv\Scripts\python -m pip install -c constraints.txt" in result.stderr


# --- the Makefile ---------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("make") is None, reason="no make")
def test_the_last_line_of_make_video_is_the_path(machine: Machine) -> None:
    shutil.copy(ROOT / "Makefile", machine.checkout)
    for tool in ("make", "awk", "echo"):
        (machine.bin / tool).symlink_to(shutil.which(tool) or tool)
    machine.fake("film", "#!/bin/sh\necho output/overshoot.mp4\n")

    def make(*words: str) -> list[str]:
        done = subprocess.run(
            [str(machine.bin / "make"), *words],
            cwd=machine.checkout,
            env={
                "PATH": str(machine.bin),
                "FAKES": str(machine.fakes),
                "OS_RELEASE_FILE": str(machine.fakes / "os-release"),
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    first = make("video", "RENDER=film")
    assert first[-1] == "output/overshoot.mp4"
    assert len(first) == 4
    assert make("video", "RENDER=film") == ["output/overshoot.mp4"]
    assert any(line.startswith("  make video ") for line in make())
