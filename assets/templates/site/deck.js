// A slide's video plays when the slide comes, and stands at its end when one goes back to it.
"use strict";
(() => {
  const box = document.querySelector(".reveal");
  const film = (slide) => slide?.querySelector("video");
  Reveal.initialize({
    width: Number(box.dataset.width), height: Number(box.dataset.height), margin: 0,
    minScale: 0.05, maxScale: 5, hash: true, controls: false, progress: true, center: false,
    transition: "none", backgroundTransition: "none", plugins: [RevealNotes],
  }).then(() => {
    let last = -1;
    const enter = ({ currentSlide, previousSlide }) => {
      film(previousSlide)?.pause();
      const video = film(currentSlide);
      const { h } = Reveal.getIndices(currentSlide);
      if (!video) return;
      if (h < last) {
        video.currentTime = video.duration || 0;
      } else {
        video.currentTime = 0;
        video.play().catch(() => {});
      }
      last = h;
    };
    Reveal.on("slidechanged", enter);
    enter({ currentSlide: Reveal.getCurrentSlide() });
  });
})();
