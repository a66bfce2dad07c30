// Entries made without a connection: forms with data-keep are kept on this device and sent later, with
// the moment at which they were made. Each has an entry_key, so that one sent twice counts once.
(() => {
  "use strict";
  const SHELF = "kept-entries";
  const viewer = document.querySelector('meta[name="viewer"]')?.content ?? "";
  const phrase = (name) => document.getElementById("phrases")?.dataset[name] ?? "";
  const toast = (text, tone) =>
    document.dispatchEvent(new CustomEvent("toast", { detail: { text, tone } }));

  function kept() {
    try { return JSON.parse(localStorage.getItem(SHELF) ?? "[]"); } catch { return []; }
  }
  function keep(entries) {
    if (entries.length) localStorage.setItem(SHELF, JSON.stringify(entries));
    else localStorage.removeItem(SHELF);
  }

  // What was taken says where to go on; an answer without that is the page that asks to log in.
  const placeOf = (response) => response.headers.get("X-Place");

  function send(entry, when) {
    const body = new URLSearchParams(entry.fields);
    const token = document.querySelector('meta[name="csrf-token"]')?.content;
    if (token) body.set("csrfmiddlewaretoken", token);
    return fetch(entry.address, {
      method: "POST", body, credentials: "same-origin", headers: { "X-Kept": when },
    });
  }

  // -- a form is sent: at once if there is a connection, else it is put on the shelf -------------
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!("keep" in form.dataset) || event.defaultPrevented) return;
    event.preventDefault();
    const fields = [...new FormData(form, event.submitter)].filter(([name]) => name !== "csrfmiddlewaretoken");
    const entry = { address: form.getAttribute("action"), fields, user: viewer };
    const late = { ...entry, fields: [...fields, ["at", new Date().toISOString()]] };
    form.setAttribute("aria-busy", "true");
    try {
      const response = await send(entry, "now");
      if (placeOf(response)) location.assign(placeOf(response));
      else if (response.ok) { // logged out meanwhile: it is sent after the next login
        keep([...kept(), late]);
        location.assign(response.url);
      } else { // the page says in words what is wrong; the entry key makes a second sending harmless
        delete form.dataset.keep;
        form.requestSubmit(event.submitter ?? undefined);
      }
    } catch {
      keep([...kept(), late]);
      form.closest("details")?.removeAttribute("open");
      form.reset();
      toast(phrase("kept"), "warning");
    } finally {
      form.removeAttribute("aria-busy");
    }
  });

  // -- later: what this person left on the shelf is sent, oldest first ---------------------------
  let isSending = false;
  async function sendKept() {
    if (isSending || !viewer || !navigator.onLine || !kept().some((one) => one.user === viewer)) return;
    isSending = true;
    let sent = 0;
    try {
      for (const entry of kept().filter((one) => one.user === viewer)) {
        const response = await send(entry, "later");
        const isTaken = Boolean(placeOf(response));
        if (response.status >= 500 || response.status === 403 || (response.ok && !isTaken)) break;
        keep(kept().filter((one) => JSON.stringify(one) !== JSON.stringify(entry)));
        if (isTaken) sent += 1;
        else toast(phrase("keptRefused").replace("{why}", await wordsOf(response)), "error");
      }
    } catch {
      // still no connection: it stays on the shelf
    } finally {
      isSending = false;
    }
    if (sent) toast(phrase("keptSent").replace("{n}", sent), "success");
  }
  async function wordsOf(response) {
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return page.querySelector("[data-failure-words]")?.textContent.trim() || String(response.status);
  }
  window.addEventListener("online", sendKept);
  document.addEventListener("DOMContentLoaded", sendKept);
  if (document.readyState !== "loading") sendKept();
})();
