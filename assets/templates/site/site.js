// What the pages do beyond playing: captions and chapters, speed, copying. Without it the video
// still plays, with the tracks of the page.
"use strict";
(() => {
  const video = document.querySelector("video");
  if (!video) return;

  // From a file:// page a browser loads no tracks, so the words are in the page as well.
  const cues = JSON.parse(document.getElementById("cues").textContent);
  const wasShown = video.querySelector('track[kind="captions"]').default;
  const { language } = cues;
  for (const track of video.querySelectorAll("track")) track.remove();
  const captions = video.addTextTrack("captions", "Captions", language);
  for (const [start, end, text] of cues.captions) {
    const cue = new VTTCue(start, end, "");
    cue.text = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
    captions.addCue(cue);
  }
  const chooser = document.querySelector("[data-captions]");
  captions.mode = wasShown ? "showing" : "hidden";
  chooser?.addEventListener("change", () => {
    captions.mode = chooser.value === "on" ? "showing" : "hidden";
  });
  video.textTracks.addEventListener?.("change", () => {
    if (chooser) chooser.value = captions.mode === "showing" ? "on" : "off";
  });

  const speed = document.querySelector("[data-speed]");
  speed?.addEventListener("change", () => { video.playbackRate = Number(speed.value); });

  const buttons = [...document.querySelectorAll("[data-seek]")];
  const seek = (time) => { video.currentTime = time; };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      // A little after its first frame: some players stop just before it.
      seek(Number(button.dataset.seek) + 0.01);
      video.scrollIntoView({ block: "nearest" });
      video.play().catch(() => {});
    });
  }
  const mark = () => {
    let current = null;
    for (const button of buttons) {
      if (Number(button.dataset.seek) <= video.currentTime + 0.005) current = button;
    }
    for (const button of buttons) {
      if (button === current) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  };
  video.addEventListener("timeupdate", mark);
  video.addEventListener("seeked", mark);

  const wanted = /^#t=([0-9.]+)$/.exec(location.hash);
  if (wanted) video.addEventListener("loadedmetadata", () => seek(Number(wanted[1])), { once: true });

  const status = document.querySelector("[data-status]");
  const say = (text) => {
    status.textContent = text;
    setTimeout(() => { status.textContent = ""; }, 2500);
  };
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
      const code = button.parentElement.querySelector("code");
      try {
        await navigator.clipboard.writeText(code.textContent);
        say("Copied");
      } catch {
        // Where a page may not write to the clipboard, what is to be copied is at least selected.
        getSelection().selectAllChildren(code);
        say("Selected: copy it with the keyboard");
      }
    });
  }
})();
