// For foreign sites, beside a form in a frame: the frame grows with the form, campaign parameters
// of the page's address are passed on, and the page goes where the form says once it is sent.
(() => {
  "use strict";
  const home = new URL(document.currentScript.src).origin;
  const ours = () => [...document.querySelectorAll("iframe")].filter((frame) => {
    try {
      const address = new URL(frame.src);
      return address.origin === home && address.pathname.startsWith("/f/");
    } catch { return false; }
  });
  const passOn = () => {
    const here = new URLSearchParams(location.search);
    for (const frame of ours()) {
      const address = new URL(frame.src);
      let changed = false;
      for (const [name, value] of here) {
        if (!name.startsWith("utm_") || address.searchParams.has(name)) continue;
        address.searchParams.set(name, value.slice(0, 200));
        changed = true;
      }
      if (changed) frame.src = address.href;
    }
  };
  addEventListener("message", (event) => {
    if (event.origin !== home || typeof event.data !== "object" || !event.data) return;
    const frame = ours().find((one) => one.contentWindow === event.source);
    if (!frame) return;
    if (event.data.evenhand === "height" && event.data.height > 0) {
      frame.style.height = `${Math.min(Number(event.data.height), 10000)}px`;
    }
    if (event.data.evenhand === "go" && /^https?:\/\//.test(event.data.to)) location.href = event.data.to;
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", passOn);
  else passOn();
})();
