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
    /* How a text is compared says nothing without the text, unless it is empty or not. */
    for (const name of [...parameters.keys()].filter((one) => one.endsWith("_how"))) {
      const says = ["empty", "filled"].includes(parameters.get(name)) || parameters.has(name.slice(0, -4));
      if (!says) parameters.delete(name);
    }
  });
  /* The list was sorted by a heading: the menus know it too, so that the next filter keeps the order. */
  document.addEventListener("htmx:afterSwap", () => {
    const sort = document.getElementById("list")?.dataset.sort;
    document.querySelectorAll("#filters input[name=sort]").forEach((radio) => { radio.checked = radio.value === sort; });
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
