// The form of a new to-do: fields that belong to a choice are shown only with it.
(() => {
  "use strict";
  const follow = () => {
    for (const one of document.querySelectorAll("[data-for]")) {
      const choice = one.form?.elements[one.dataset.for];
      const field = one.closest(".field");
      if (choice && field) field.hidden = !one.dataset.values.split(" ").includes(choice.value);
    }
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-switch]")) follow();
  });
  document.addEventListener("DOMContentLoaded", follow);
  follow();
})();
