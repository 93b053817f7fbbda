/* The clerk's list: what plain links and forms cannot do. The list works without it. */
(() => {
  "use strict";
  /* An address holds only the filters that are on. */
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.detail.elt.closest("[data-drop-empty]")) return;
    const parameters = event.detail.parameters;
    for (const name of [...parameters.keys()]) {
      const values = parameters.getAll(name).filter((value) => value !== "");
      parameters.delete(name);
      values.forEach((value) => parameters.append(name, value));
    }
  });
  /* Shift and a click mark all rows since the last one. */
  let last = null;
  document.addEventListener("click", (event) => {
    const box = event.target.closest("#bulk tbody input[type=checkbox]");
    if (!box) return;
    const boxes = [...document.querySelectorAll("#bulk tbody input[type=checkbox]")];
    if (event.shiftKey && last && boxes.includes(last)) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      boxes.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
    }
    last = box;
  });
})();
