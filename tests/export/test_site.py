"""The published site as its readers use it, in a real browser."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import served
from playwright.sync_api import Page

from scenes.course.targets import Target
from scenes.export.pages import Course, Published, pages
from scenes.export.publish import MANIFEST, Publication, package, publish
from scenes.export.snippets import snippets
from scenes.manifest import Manifest
from scenes.one_step import OneStep

NAME = "one-step-learning-rate-0.3-480p"
HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script> ]]> {{7*7}} \u202egnp'


def work(video: Path) -> Publication:
    target = Target("OneStep", OneStep, {"learning_rate": "0.3"})
    return Publication(Course("Gradient descent", "A. Lecturer"), [target], video.parent, "l")


@pytest.fixture(scope="session")
def site(video: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("www") / "course" / "site"
    publish(work(video), folder)
    return folder


@pytest.fixture
def page(chrome) -> Page:
    """A page that fails the test for an error on its console or a request to elsewhere."""
    context = chrome.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
    own = ("file://", "data:", "blob:", "http://127.0.0.1")
    page.on("request", lambda r: None if r.url.startswith(own) else faults.append(r.url))
    yield page
    context.close()
    assert faults == []


@pytest.fixture(scope="session")
def address(site):
    with served(site.parent.parent) as root:
        yield f"{root}/course/site"


@pytest.fixture(params=["file", "http"])
def lesson(request, site, address) -> str:
    """The address of the lesson, from the disk and from a server."""
    return f"{site.as_uri() if request.param == 'file' else address}/{NAME}/index.html"


PLAY = "v => { v.muted = true; return v.play() }"


def test_the_video_plays(page, lesson):
    page.goto(lesson)
    video = page.locator("video")
    video.evaluate(PLAY)
    page.wait_for_function("document.querySelector('video').currentTime > 0.5")
    frames = video.evaluate("v => v.getVideoPlaybackQuality().totalVideoFrames")
    assert frames > 3
    assert video.evaluate("v => v.videoWidth") == 854


def test_captions_are_off_where_they_are_drawn_and_can_be_chosen(page, lesson, site):
    manifest = Manifest.model_validate_json((site / NAME / MANIFEST).read_bytes())
    page.goto(lesson)
    track = "document.querySelector('video').textTracks[0]"
    assert page.evaluate(f"{track}.mode") == "hidden"
    page.get_by_label("Captions").select_option("on")
    assert page.evaluate(f"{track}.mode") == "showing"
    for beat in (manifest.beats[1], manifest.beats[3]):
        page.locator("video").evaluate("(v, t) => { v.currentTime = t }", beat.start + 0.5)
        page.wait_for_function(
            f"{track}.activeCues.length === 1 && {track}.activeCues[0].startTime === {beat.start}"
        )
        shown = page.evaluate(f"{track}.activeCues[0].getCueAsHTML().textContent")
        assert shown == beat.caption


def test_a_chapter_seeks(page, lesson):
    page.goto(lesson)
    page.locator("video").evaluate("v => { v.muted = true; v.play = () => Promise.resolve() }")
    for button in page.locator("[data-seek]").all()[1:]:
        button.click()
        wanted = float(button.get_attribute("data-seek"))
        page.wait_for_function("!document.querySelector('video').seeking")
        assert abs(page.locator("video").evaluate("v => v.currentTime") - wanted) < 0.2
        assert button.get_attribute("aria-current") == "true"


def test_the_keyboard_reaches_and_works_everything(page, lesson):
    page.goto(lesson)
    wanted = page.locator("a[href], button, select, summary, video, [tabindex='0']").evaluate_all(
        "all => all.filter(e => e.checkVisibility()).length"
    )
    seen = set()
    for _ in range(4 * wanted):
        page.keyboard.press("Tab")
        where = page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)")
        seen.add(where)
    assert (
        len(seen - {page.evaluate("[...document.querySelectorAll('*')].indexOf(document.body)")})
        >= wanted
    )
    page.locator("[data-seek]").nth(2).focus()
    page.keyboard.press("Enter")
    start = float(page.locator("[data-seek]").nth(2).get_attribute("data-seek"))
    page.wait_for_function(f"document.querySelector('video').currentTime >= {start}")
    page.get_by_label("Speed").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("video").evaluate("v => v.playbackRate") == 1.25
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details").first.evaluate("d => d.open")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 800, 1920])
def test_pages_fit_and_have_no_fault_that_axe_finds(page, address, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("index.html", f"{NAME}/index.html", f"{NAME}/embed.html"):
        page.goto(f"{address}/{path}")
        for details in page.locator("details").all():
            details.evaluate("d => { d.open = true }")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        faults = [(v["id"], v["nodes"][0]["html"]) for v in found.response["violations"]]
        assert faults == []


def test_snippets_are_copied(page, address):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}/{NAME}/index.html")
    first = page.locator("details.snippet").first
    first.evaluate("d => { d.open = true }")
    first.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == first.locator("code").inner_text()


def test_hostile_words_are_shown_as_words(page, site, tmp_path):
    own = tmp_path / "hostile"
    shutil.copytree(site / NAME, own / NAME)
    content = json.loads((own / NAME / MANIFEST).read_text(encoding="utf-8"))
    content |= {"title": HOSTILE, "summary": HOSTILE}
    content["parameters"]["title"] = HOSTILE
    for beat in content["beats"]:
        beat["caption"] = HOSTILE
    manifest = Manifest.model_validate(content)
    lessons = [Published(manifest, own / NAME, (f"{NAME}.mp4",))]
    for name, text in pages(Course(HOSTILE, HOSTILE), lessons).items():
        (own / name).write_text(text, encoding="utf-8")
    for path in ("index.html", f"{NAME}/index.html", f"{NAME}/embed.html"):
        page.goto((own / path).as_uri())
        # Only what the templates have is there.
        assert page.locator("img[onerror], script:not([src]):not([type])").count() == 0
        assert HOSTILE[:20] in page.locator("body").inner_text() or "embed" in path
    page.goto((own / NAME / "index.html").as_uri())
    cue = page.evaluate(
        "document.querySelector('video').textTracks[0].cues[0].getCueAsHTML().textContent"
    )
    assert cue == HOSTILE


def test_everything_that_a_page_names_is_there(site):
    for path in site.rglob("*.html"):
        if path.name.endswith("transcript.html"):
            continue
        for found in re.findall(
            r'(?:src|href|poster)="([^"#]+)"', path.read_text(encoding="utf-8")
        ):
            if not found.startswith(("data:", "https:")):
                assert (path.parent / found).exists(), (path.name, found)


def test_numbers_are_those_of_the_run(site):
    text = (site / NAME / "index.html").read_text(encoding="utf-8")
    for cell in ("1.6", "2.56", "0.64", "0.4096"):
        assert f"<td>{cell}</td>" in text


def test_publishing_again_draws_nothing_again(video, site):
    before = {path: path.stat().st_mtime_ns for path in site.rglob("stills/*.svg")}
    assert before
    publish(work(video), site)
    assert {path: path.stat().st_mtime_ns for path in site.rglob("stills/*.svg")} == before


def test_one_archive_for_a_learning_platform(video, tmp_path):
    first = package(work(video), tmp_path / "one.zip")
    second = package(work(video), tmp_path / "two.zip")
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    assert "index.html" in names
    assert f"{NAME}.mp4" in names
    assert not any(name.startswith(("/", "..")) for name in names)


@pytest.mark.parametrize("name", ["HTML: figure", "HTML: iframe"])
def test_html_snippets_play_in_a_page_of_somebody_else(page, address, site, name):
    manifest = Manifest.model_validate_json((site / NAME / MANIFEST).read_bytes())
    text = {s.name: s.text for s in snippets(manifest, "")}[name]
    host = site / "host.html"
    host.write_text(
        f"<!doctype html><title>Host</title><link rel=icon href=data:,><body>{text}",
        encoding="utf-8",
    )
    page.goto(f"{address}/host.html")
    frame = page.frames[1] if "iframe" in name else page
    frame.wait_for_selector("video")
    frame.evaluate("() => { const v = document.querySelector('video'); v.muted = true; v.play() }")
    frame.wait_for_function("document.querySelector('video').currentTime > 0.3")
    # Captions of the page's own track: from a server they are loaded as they are asked for.
    track = "document.querySelector('video').textTracks[0]"
    frame.evaluate(f"() => {{ {track}.mode = 'showing' }}")
    frame.wait_for_function(f"{track}.cues && {track}.cues.length === {len(manifest.beats)}")
    host.unlink()


def test_the_jupyter_snippet_shows_the_figure(site):
    manifest = Manifest.model_validate_json((site / NAME / MANIFEST).read_bytes())
    hostile = manifest.model_copy(update={"summary": HOSTILE + "'''\\"})
    texts = {s.name: s.text for s in snippets(hostile, "")}
    scope: dict[str, object] = {}
    exec(texts["Jupyter"].replace("HTML(", "shown = HTML("), scope)  # the snippet is a program
    shown = scope["shown"].data
    assert "".join(shown.split()) == "".join(texts["HTML: figure"].split())
    assert "<script" not in shown
