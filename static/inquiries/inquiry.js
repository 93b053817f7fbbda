/* The page of one inquiry: print, open ticked files, next and previous by J and K. The page works without it. */
(() => {
  "use strict";
  /* Ticked files open each in a tab of its own; without scripts each name is a link. */
  for (const element of document.querySelectorAll("[data-needs-js]")) element.hidden = false;
  document.querySelector("[data-open-ticked]")?.addEventListener("click", () => {
    for (const box of document.querySelectorAll("[data-ticked]:checked")) open(box.dataset.ticked, "_blank", "noopener");
  });
  document.querySelector("[data-print]")?.addEventListener("click", () => print());
  if (document.documentElement.dataset.shortcuts === "off") return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
    const step = { KeyJ: "j", KeyK: "k" }[event.code];
    document.querySelector(`[data-row-step="${step}"]`)?.click();
  });
})();
