/* The tab of files: several at once, the note in a window of its own. Without it each name is a link, and so is each note. */
(() => {
  "use strict";
  const saved = new BroadcastChannel("portal-files");
  const closing = document.querySelector("[data-close-window]");
  if (closing) { /* in the note's window, after it was saved */
    saved.postMessage("saved");
    close();
    return;
  }
  saved.addEventListener("message", () => document.body.dispatchEvent(new CustomEvent("portal:file-saved")));

  const show = () => { for (const element of document.querySelectorAll("[data-needs-js]")) element.hidden = false; };
  document.addEventListener("htmx:afterSettle", show);

  /* A tab of its own; null when the browser holds it back. The tab does not know who opened it. */
  const openTab = (address) => {
    const tab = open("", "_blank");
    if (!tab) return null;
    tab.opener = null;
    tab.location.replace(address);
    return tab;
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-window]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      const [width, height] = link.dataset.window.split("x");
      if (open(link.href, "file-note", `popup,width=${width},height=${height}`)) event.preventDefault();
      return;
    }
    if (event.detail > 1 && event.target.closest("a.file")) event.preventDefault(); /* the first click opened it */
    if (!event.target.closest("[data-open-ticked]")) return;
    const held = [...document.querySelectorAll("[data-ticked]:checked")].filter((box) => !openTab(box.dataset.ticked));
    const alert = document.querySelector("[data-blocked]");
    alert.hidden = held.length === 0;
    alert.querySelector("[data-blocked-list]").replaceChildren(...held.map((box) => {
      const item = document.createElement("li"), link = document.createElement("a");
      Object.assign(link, { href: box.dataset.ticked, target: "_blank", rel: "noopener", textContent: box.dataset.name });
      item.append(link);
      return item;
    }));
  });
  document.addEventListener("dblclick", (event) => {
    const row = event.target.closest("[data-row-opens]");
    if (row && !event.target.closest("a, button, input")) openTab(row.dataset.rowOpens);
  });
})();
