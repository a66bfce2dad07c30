// The public pool: `c` claims the row one stands on; what is ticked stays ticked when the list is
// fetched anew because somebody else claimed.
(() => {
  "use strict";
  document.addEventListener("keydown", (event) => {
    if (event.key !== "c" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.("input:not([type=checkbox]), textarea, select, dialog")) return;
    const row = document.activeElement?.closest?.("[data-row]");
    row?.querySelector("[data-claim]")?.click();
  });

  // While a claim is on its way the list stays: its answer needs its row. It is fetched anew soon.
  let claiming = 0;
  const isClaim = (event) => event.detail.elt?.matches?.(".pool-take > form");
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isClaim(event)) claiming += 1;
    else if (claiming && event.detail.elt?.matches?.("[data-keep-ticks]")) event.preventDefault();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (isClaim(event)) claiming = Math.max(0, claiming - 1);
  });

  let ticked = [];
  let focused = "";
  let answered = [];
  const list = (event) => event.detail.target.matches?.("[data-keep-ticks]");
  document.addEventListener("htmx:beforeSwap", (event) => {
    // A claim that came too late, or is not possible now: the answer says so in place of the row.
    if (event.detail.xhr.status === 409 && event.detail.target.matches?.(".pool-line")) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
    if (!list(event)) return;
    if (claiming) {
      event.detail.shouldSwap = false;
      return;
    }
    const boxes = document.querySelectorAll("[data-keep-ticks] .tick-one:checked");
    ticked = [...boxes].map((box) => box.value);
    focused = document.activeElement?.closest?.("[data-row]")?.id ?? "";
    // What was just claimed, or just missed, stays to be read.
    answered = [...document.querySelectorAll("#pool-list .pool-done")];
  });
  document.addEventListener("htmx:afterSettle", () => {
    for (const value of ticked) {
      const box = document.querySelector(`[data-keep-ticks] .tick-one[value="${CSS.escape(value)}"]`);
      if (box && !box.disabled) box.checked = true;
    }
    if (ticked.length) document.querySelector(".tick-one")?.dispatchEvent(new Event("change", { bubbles: true }));
    if (focused) document.getElementById(focused)?.querySelector("a, button")?.focus({ preventScroll: true });
    const lines = document.querySelector("#pool-list .pool-lines");
    if (answered.length && lines) {
      for (const row of answered.reverse()) if (!document.getElementById(row.id)) lines.prepend(row);
      window.htmx?.process(lines);
    }
    ticked = [];
    focused = "";
    answered = [];
  });
})();
