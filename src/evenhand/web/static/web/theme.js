// Runs before anything is painted: where nobody chose light or dark, the device decides.
(() => {
  const root = document.documentElement;
  if (root.hasAttribute("data-theme-chosen")) return;
  const device = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    if (!root.hasAttribute("data-theme-chosen")) root.dataset.bsTheme = device.matches ? "dark" : "light";
  };
  follow();
  device.addEventListener("change", follow);
})();
