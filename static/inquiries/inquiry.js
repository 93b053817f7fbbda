/* The page of one inquiry: print, next and previous by J and K. The page works without it. */
(() => {
  "use strict";
  for (const element of document.querySelectorAll("[data-needs-js]")) element.hidden = false;
  document.querySelector('[role="tab"][aria-selected="true"]')?.scrollIntoView({ inline: "center", block: "nearest" });
  document.querySelector("[data-print]")?.addEventListener("click", () => print());
  if (document.documentElement.dataset.shortcuts === "off") return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
    const step = { KeyJ: "j", KeyK: "k" }[event.code];
    document.querySelector(`[data-row-step="${step}"]`)?.click();
  });
})();
