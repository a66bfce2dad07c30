// The live stream: a topic that changed becomes an event on the body, and every part of the page
// with hx-trigger="live:<topic> from:body" fetches itself anew.
(() => {
  "use strict";
  const address = document.body?.dataset.live;
  if (!address || !window.EventSource) return;
  const TOPICS = ["notices", "inbox", "decisions", "pool"];
  let stream = null;

  const say = (topic) => document.body.dispatchEvent(new CustomEvent(`live:${topic}`));

  function open() {
    if (stream) return;
    stream = new EventSource(address);
    for (const topic of TOPICS) stream.addEventListener(topic, () => say(topic));
    // What was said before, or while nobody listened, is said again: the address and the browser
    // name the latest that this page knows.
    stream.addEventListener("error", () => {
      if (stream?.readyState !== EventSource.CLOSED) return;
      close();
      setTimeout(open, 15_000);
    });
  }
  function close() {
    stream?.close();
    stream = null;
  }

  // A page that nobody looks at needs no stream.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", () => { if (!document.hidden) open(); });
  if (!document.hidden) open();
})();
