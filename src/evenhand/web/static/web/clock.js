// Countdowns in working time. The server says how much is left, whether the clock runs now and until
// when that holds; this lets it run, and asks for the truth when work begins or ends.
(() => {
  "use strict";
  const EVERY = 10_000;
  const started = new WeakMap();

  function words(seconds) {
    const data = document.getElementById("phrases")?.dataset;
    if (!data) return null;
    const minutes = Math.floor(Math.abs(seconds) / 60);
    const hours = Math.floor(minutes / 60);
    const side = seconds < 0 ? "over" : "left";
    const isWhole = hours >= 10 || (hours > 0 && minutes % 60 === 0);
    const form = isWhole ? "Many" : hours ? "Hours" : minutes ? "Minutes" : "Now";
    const pattern = data[`${side}${form}`];
    return pattern.replace("{h}", hours).replace("{m}", minutes % 60);
  }

  function tick() {
    const now = Date.now();
    let isStale = false;
    for (const clock of document.querySelectorAll("time[data-left]")) {
      if (!started.has(clock)) started.set(clock, now);
      if (clock.dataset.changes && now >= Date.parse(clock.dataset.changes)) isStale = true;
      if (!clock.dataset.running) continue;
      const passed = Math.floor((now - started.get(clock)) / 1000);
      const left = Number(clock.dataset.left) - passed;
      clock.classList.toggle("is-over", left < 0);
      clock.classList.toggle("is-soon", left >= 0 && left < 1800);
      clock.classList.toggle("is-calm", left >= 1800);
      clock.textContent = words(left) ?? clock.textContent;
    }
    if (isStale) document.body.dispatchEvent(new CustomEvent("live:inbox"));
  }
  setInterval(tick, EVERY);
  document.addEventListener("DOMContentLoaded", tick);
  document.addEventListener("htmx:afterSettle", tick);
})();
