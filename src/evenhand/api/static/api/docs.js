// Copies an example; without JavaScript it is selected by hand.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const code = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(code.textContent);
  } catch {
    getSelection().selectAllChildren(code);
    return;
  }
  const said = button.textContent;
  button.textContent = document.querySelector("[data-copied]").dataset.copied;
  setTimeout(() => { button.textContent = said; }, 1500);
});
