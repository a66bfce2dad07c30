// The studio: a tab for each side on a phone, fields that belong to a choice, examples that land in
// a condition, lines to jump to, and a text that no form overwrites unkept.
(() => {
  "use strict";
  const text = () => document.getElementById("text");
  let kept = "";

  // -- tabs: one side at a time where there is no room for both ---------------------------------
  document.addEventListener("click", (event) => {
    const tab = event.target.closest("[data-pane]");
    if (tab) show(tab.dataset.pane);
  });
  function show(pane) {
    const studio = document.querySelector(".studio");
    if (!studio) return;
    studio.dataset.shows = pane;
    for (const tab of document.querySelectorAll("[data-pane]")) {
      tab.classList.toggle("active", tab.dataset.pane === pane);
    }
  }

  // -- fields that belong to a choice: data-for="strategy" data-values="fair_share rotation" -----
  function fit() {
    for (const field of document.querySelectorAll("[data-for]")) {
      const choice = field.form?.elements[field.dataset.for];
      const box = field.closest(".field");
      if (!choice || !box) continue;
      const isShown = field.dataset.values.split(" ").includes(choice.value);
      box.hidden = !isShown;
      for (const help of document.querySelectorAll(`[data-said-of="${field.id}"], [data-for-condition="${field.id}"]`)) {
        help.hidden = !isShown;
      }
    }
  }
  document.addEventListener("change", (event) => {
    if ("switch" in (event.target.dataset ?? {})) fit();
  });

  // -- help: an example or a field is put where the cursor was -----------------------------------
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (!button) return;
    const field = document.getElementById(button.closest("[data-for-condition]")?.dataset.forCondition);
    if (!field) return;
    const before = field.value.slice(0, field.selectionStart);
    const space = before && !/[\s(]$/.test(before) ? " " : "";
    field.setRangeText(space + button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });

  // -- a finding leads to its line ---------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-line]");
    const field = text();
    if (!button || !field) return;
    show("yaml");
    const lines = field.value.split("\n");
    const number = Math.min(Number(button.dataset.line), lines.length);
    const start = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
    field.focus();
    field.setSelectionRange(start, start + lines[number - 1].length);
    field.scrollTop = Math.max(0, (field.scrollHeight / lines.length) * (number - 4));
  });

  // -- days to choose ----------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-day]");
    const field = document.getElementById("review_on");
    if (button && field) field.value = button.dataset.day;
  });

  // -- what was typed as YAML goes along with a form, so that neither side loses the other --------
  const isUnkept = () => text() && !text().readOnly && text().value !== kept;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if ("withText" in form.dataset && isUnkept()) {
      const field = document.createElement("textarea");
      field.name = "text";
      field.hidden = true;
      field.value = text().value;
      form.append(field);
    }
    kept = text()?.value ?? "";
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, xhr, successful, requestConfig } = event.detail;
    if (elt === text() && successful && !xhr.responseText.includes("data-not-kept")) {
      kept = String(requestConfig.parameters.text ?? text().value).replaceAll("\r\n", "\n");
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (isUnkept()) event.preventDefault();
  });

  function start() {
    kept = text()?.value ?? "";
    fit();
    if (location.hash === "#yaml") show("yaml");
  }
  if (document.readyState !== "loading") start();
  else document.addEventListener("DOMContentLoaded", start);
})();
