// Lists and items: how many rows are ticked, questions that name the number, pops that close.
(() => {
  "use strict";
  const ticked = (of) => document.querySelectorAll(`${of}:checked`).length;

  function count() {
    for (const place of document.querySelectorAll("[data-count-of]")) {
      const number = ticked(place.dataset.countOf);
      place.textContent = number ? String(number) : "";
      const several = place.closest("details");
      if (several && number) several.open = true;
    }
  }
  document.addEventListener("change", (event) => {
    if (event.target.matches(".tick-one, [data-check-all]")) setTimeout(count);
  });
  document.addEventListener("DOMContentLoaded", count);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-confirm-several]");
    if (!button) return;
    const all = document.querySelector("[data-all-number]:checked");
    const number = all ? all.dataset.allNumber : ticked(".tick-one");
    // Nothing ticked: the page itself says so.
    if (number) button.dataset.confirm = button.dataset.confirmSeveral.replace("{n}", number);
    else delete button.dataset.confirm;
  }, true);

  // A pop closes when something else is clicked, or by Escape.
  const pops = () => document.querySelectorAll("details.pop[open]");
  document.addEventListener("click", (event) => {
    for (const pop of pops()) if (!pop.contains(event.target)) pop.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const pop of pops()) { pop.open = false; pop.querySelector("summary").focus(); }
  });
})();
