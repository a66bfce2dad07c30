// What every page shares: the csrf header, questions before acts, drawers, toasts, keys, theme.
// Pages work without it; it makes them quicker.
(() => {
  "use strict";
  const phrases = () => document.getElementById("phrases")?.dataset ?? {};

  // -- htmx: a header that proves the request is ours; failures are said, not swallowed --------
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector('meta[name="csrf-token"]')?.content;
    if (token) event.detail.headers["X-CSRFToken"] = token;
    if (event.detail.triggeringEvent?.type.startsWith("live:")) event.detail.headers["X-Live"] = "1";
  });
  const failureWords = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    return page.querySelector("[data-failure-words]")?.textContent.trim();
  };
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr, requestConfig } = event.detail;
    const cause = requestConfig?.triggeringEvent?.type ?? "";
    if (xhr.status === 503 && cause.startsWith("live:")) return later(cause, xhr);
    toast(failureWords(xhr.responseText) || phrases().failed, "error");
  });
  // Nobody asked for it by hand: a full server is asked again, not soon, and without a word.
  function later(cause, xhr) {
    const seconds = 5 * (Number(xhr.getResponseHeader("Retry-After")) || 1);
    setTimeout(() => document.body.dispatchEvent(new CustomEvent(cause)), seconds * 1000);
  }
  for (const kind of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(kind, () => toast(phrases().offline, "error"));
  }

  // -- toasts: HX-Trigger {"toast": {"text": …, "tone": "success"}} ---------------------------
  function toast(text, tone = "info") {
    const place = document.getElementById("toasts");
    if (!place || !text) return;
    const note = document.createElement("div");
    note.className = `note note-${tone}`;
    note.textContent = text;
    place.append(note);
    setTimeout(() => note.remove(), 6000);
  }
  document.addEventListener("toast", (event) => toast(event.detail.text ?? event.detail.value, event.detail.tone));

  // -- data-confirm="…": asks in the page's own words before a form is sent -------------------
  function ask(words, isDangerous) {
    const dialog = document.getElementById("ask");
    if (!dialog?.showModal) return Promise.resolve(window.confirm(words));
    document.getElementById("ask-words").textContent = words;
    document.getElementById("ask-yes").className = isDangerous ? "btn btn-danger" : "btn btn-primary";
    dialog.returnValue = "no";
    dialog.showModal();
    return new Promise((done) => {
      dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true });
    });
  }
  const question = (form, button) =>
    button?.dataset.confirm ? button : form.dataset.confirm ? form : null;
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const asking = question(form, event.submitter);
    if (!asking || form.dataset.confirmed) {
      delete form.dataset.confirmed;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (await ask(asking.dataset.confirm, "danger" in asking.dataset)) {
      form.dataset.confirmed = "1";
      form.requestSubmit(event.submitter ?? undefined);
    }
  }, true);
  document.addEventListener("htmx:confirm", (event) => {
    const words = event.target.dataset?.confirm;
    if (!words || event.target.tagName === "FORM") return;
    event.preventDefault();
    ask(words, "danger" in event.target.dataset).then((yes) => yes && event.detail.issueRequest(true));
  });

  // -- drawers: a link with hx-target="#drawer-body" opens beside the list --------------------
  const drawer = () => document.getElementById("drawer");
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "drawer-body" && window.tabler) {
      window.tabler.Offcanvas.getOrCreateInstance(drawer()).show();
    }
  });
  document.addEventListener("drawer:close", () => {
    window.tabler?.Offcanvas.getInstance(drawer())?.hide();
  });

  // -- light and dark without a reload -------------------------------------------------------
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-to]");
    if (!button) return;
    event.preventDefault();
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${button.dataset.themeTo}; path=/; max-age=31536000; SameSite=Lax${secure}`;
    document.documentElement.dataset.bsTheme = button.dataset.themeTo;
    document.documentElement.setAttribute("data-theme-chosen", "");
    document.dispatchEvent(new CustomEvent("theme", { detail: button.dataset.themeTo }));
    document.querySelector(`[data-theme-to="${button.dataset.themeTo === "dark" ? "light" : "dark"}"]`)?.focus();
  });

  // -- keys: / search, j k rows, Enter opens, ? help ------------------------------------------
  const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent);
  const link = (row) => (row.matches("a, button") ? row : row.querySelector("a, button"));
  function step(by) {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((row) => row.contains(document.activeElement));
    const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    link(next)?.focus();
    next.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable], dialog")) return;
    if (event.key === "/") {
      const field = document.getElementById("search") ?? document.querySelector('input[type="search"]');
      if (field) { event.preventDefault(); field.focus(); field.select(); }
    } else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "?") document.getElementById("keys")?.showModal?.();
  });

  // -- what scrolls sideways can be scrolled by keys ------------------------------------------
  function letKeysScroll() {
    for (const box of document.querySelectorAll(".table-wrap, .table-responsive, .table-sticky")) {
      if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  }
  letKeysScroll();
  document.addEventListener("htmx:afterSettle", letKeysScroll);
  window.addEventListener("resize", letKeysScroll);

  // -- small conveniences ---------------------------------------------------------------------
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
    if (event.target.matches("[data-check-all]")) {
      for (const box of document.querySelectorAll(event.target.dataset.checkAll)) {
        if (box.checked !== event.target.checked) box.click();
      }
    }
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const source = document.querySelector(button.dataset.copy);
    await navigator.clipboard?.writeText(source.value ?? source.textContent.trim());
    toast(button.dataset.copied, "success");
  });
})();
