"""What is wrong with a lesson file: every fault in a line, and nothing drawn."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scenes.cli import main
from scenes.course.load import load
from scenes.parameters import UsageError


def faults(folder: Path, text: str | bytes) -> list[str]:
    """Return the lines that refuse a file, without its folder."""
    path = folder / "lesson.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    with pytest.raises(UsageError) as refused:
        load(path)
    return str(refused.value).replace(f"{folder}{os.sep}", "").split("\n")


WRONG = """\
title = "a"
autor = "me"
theme = "drak"
aspect = "16:10"

[notation]
rate = "x"
decmal = "comma"

[[scenes]]
scene = "Overshoot"
learning_rate = "fast"
max_steps = 0
beta1 = 0.5
beta2 = 0.5
[scenes.wording]
step = "{x.a}"
"jump-1" = 5

[[scenes]]
scene = "Overshot"

[[scenes]]
scene = "OneStep"
start = [
  1,
  2,
]

[[scenes]]
scen = "OneStep"
name = "Große Zahl"

[[scenes]]
scene = "OneStep"
learning_rat = 5
objective = "x**"
title = "a\\nb"

[[figures]]
figure = "RateZone"
"""


def test_all_faults_at_once(tmp_path: Path) -> None:
    said = faults(tmp_path, WRONG)
    expected = [
        "2: autor: there is no such key; did you mean author?",
        '3: theme = drak: theme "drak": no such file, and the built-in themes are dark, light',
        "4: aspect = 16:10: allowed: 16:9, 4:3, 1:1, 9:16",
        "7: notation.rate = x: allowed: η, α, λ",
        "8: notation.decmal: there is no such key; did you mean decimal?",
        "12: scenes[1].learning_rate = fast: allowed: a positive number such as 0.1",
        "13: scenes[1].max_steps = 0: allowed: a whole number from 1 to 100000",
        "14: scenes[1].beta1 = 0.5: GradientDescent has no beta1",
        "15: scenes[1].beta2 = 0.5: GradientDescent has no beta2",
        "17: scenes[1].wording.step = {x.a}: {x.a}: allowed: a plain name, as in {x}",
        "18: scenes[1].wording.jump-1 = 5: allowed: captions by the name of a still",
        "21: scenes[2].scene = Overshot: there is no such scene; did you mean Overshoot?",
        "25: scenes[3].start = (1.0, 2.0): allowed: one number for each variable",
        "30: scenes[4].scene: missing; allowed: the name of a scene",
        "31: scenes[4].scen: there is no such key; did you mean scene?",
        "32: scenes[4].name = Große Zahl: allowed: small letters, digits",
        "36: scenes[5].learning_rat: OneStep has no such parameter; did you mean learning_rate?",
        "37: scenes[5].objective = x**: 'x**' cannot be read",
        "38: scenes[5].title = a b: allowed: text without control characters; there is a U+000A",
        "41: figures[1].figure = RateZone: there is no such figure; did you mean RateZones?",
    ]
    assert len(said) == len(expected), said
    for line, start in zip(said, expected, strict=True):
        assert line.startswith(f"lesson.toml:{start}"), line


def test_the_command_says_them_and_draws_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, output = tmp_path / "lesson.toml", tmp_path / "out"
    path.write_text(WRONG, encoding="utf-8")
    for command in ("render", "stills", "sheet", "figure", "show"):
        more = [] if command == "show" else ["-o", str(output)]
        assert main([command, str(path), *more]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith(f"gd: {path}:2: autor")
        assert err.count("\n") == 20
        assert "Traceback" not in err
    assert not output.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = ", ":1:4: not TOML: Invalid value"),
        ("\n\n[[scenes]\n", ":3:9: not TOML: Expected ']]'"),
        ('title = "a', ":1:11: not TOML: Unterminated string"),
        ('title = "a"\ntitle = "b"\n', ":2:12: not TOML: Cannot overwrite a value"),
        ("[notation]\n[notation]\n", ":2:10: not TOML: Cannot declare"),
        (b'title = "\xff"', ":1: not UTF-8 text"),
        (b'a = 1\n# \x00', ":2:"),
        ("a = " + "[" * 5000, ":1: nested too deeply: allowed: 8 levels"),
        ("a = " + "{b = " * 500, ":1: nested too deeply"),
        ("\n[" + ".".join("a" * 1000) + "]", ":2: nested too deeply"),
        (".".join("a" * 100_000) + " = 1", ":1: nested too deeply"),
        ("\na = " + "9" * 5000, ":2: a: too long a number"),
        ("\nmax_steps = 99999999999999999999", ":2: max_steps: allowed: whole numbers up to"),
        ("a = [" + "1," * 30_000 + "]", ":1: too many keys: allowed: 20000"),
        ("a = 1\n" * 200_000, "larger than 1 MB"),
        ("#" + "a" * 1_000_000, "larger than 1 MB"),
        ("", ":1: nothing to show; allowed: [[scenes]]"),
        ("[[scenes]]\nscene = 'OneStep'\n" * 201, "201 entries; allowed: tables [[scenes]]"),
        ("scenes = 5", ":1: scenes = 5: allowed: tables [[scenes]]"),
        ("scenes = [5]", ":1: scenes[1] = 5: allowed: a table, as in [[scenes]]"),
        ("[scenes]\nscene = 'OneStep'", ":1: scenes = {'scene': 'OneStep'}: allowed: tables"),
        ("[[scene]]\nscene = 'OneStep'", ":1: scene: there is no such key; did you mean scenes?"),
        ("language = 'en_GB'", ":1: language = en_GB: allowed: the tag of a language"),
        ("author = 'a\u202eb'", ":1: author = a\\u202eb: allowed: text without control characters"),
    ],
)  # fmt: skip
def test_what_is_no_lesson_file(text: str | bytes, said: str, tmp_path: Path) -> None:
    lines = faults(tmp_path, text)
    assert said in lines[0], lines[:3]
    assert all(line.isprintable() for line in lines)
    assert len(lines) <= 101


ENTRY = '[[scenes]]\nscene = "OneStep"\n'


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('name = "../../etc/passwd"', "name = ../../etc/passwd: allowed: small letters"),
        ('name = "con"', "name = con: allowed"),
        ('name = ""', "name = : allowed"),
        ("name = 5", "name = 5: allowed"),
        (f'name = "{"a" * 61}"', "60 at most"),
        ('start = "1e999"', "start = 1e999: allowed: a number"),
        ("start = nan", "start = nan: allowed"),
        ("start = inf", "start = inf: allowed"),
        ("start = 2024-01-01", "allowed: a number, text, true or false, or a list of these"),
        ("start = {a = 1}", "allowed: a number, text, true or false, or a list of these"),
        ("start = [[1]]", "allowed: a number, text, true or false, or a list of these"),
        ("start = true", "start = True: allowed: a number"),
        ("objective = \"__import__('os').system('id')\"", "objective = "),
        ('objective = "x\\u001b"', "there is a U+001B"),
        ('theme = "/etc/passwd"', "theme = /etc/passwd: "),
        ('theme = "~nobody-at-all/x"', "no such file"),
        ('theme = "a\\u0000b"', "there is a U+0000"),
        (f'theme = "{"a" * 199}"', "no such file"),
        ('theme = "/dev/zero"', "no such file"),
        ('wording.slope = "{x.__class__}"', "wording.slope = {x.__class__}: "),
        ('wording.slope = "{x[0]}"', "allowed: a plain name"),
        ('wording.slope = "{x!r}"', "allowed: a plain name"),
        ('wording.slope = "{x:99}"', "allowed: significant digits up to 20"),
        ('wording.slope = "{"', "a brace is not closed"),
        ('wording.slope = "a\\u202eb"', "there is a U+202E"),
        ('wording."../x" = "a"', "wording.../x: there is no such beat"),
        ('notation = "rate=α"', "notation = rate=α: allowed: a table"),
        ("rates = 5", "OneStep has no such parameter"),
    ],
)
def test_a_hostile_entry(line: str, said: str, tmp_path: Path) -> None:
    lines = faults(tmp_path, ENTRY + line)
    assert len(lines) == 1, lines
    assert lines[0].startswith("lesson.toml:3: scenes[1].")
    assert said in lines[0]
    assert lines[0].isprintable()


def test_what_is_not_a_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no.toml", Path("a\0.toml"), Path("a" * 5000 + ".toml")):
        with pytest.raises(UsageError) as refused:
            load(path)
        assert str(refused.value).isprintable()


@pytest.mark.parametrize("text", ["\ufeff" + ENTRY, ENTRY.replace("\n", "\r\n")])
def test_files_from_windows(text: str, tmp_path: Path) -> None:
    (tmp_path / "lesson.toml").write_bytes(text.encode("utf-8"))
    assert len(load(tmp_path / "lesson.toml").scenes) == 1
