/* What the portal adds to plain pages. Every page works without it. */
(() => {
  "use strict";
  const $ = (selector, root = document) => $$(selector, root)[0];
  const $$ = (selector, root = document) => [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];

  /* ---- After a refused form: the focus goes to what is wrong, and the title says so ---- */
  function showErrors(root) {
    const summary = $("[data-error-summary]", root);
    if (!summary) return;
    summary.focus();
    const prefix = summary.dataset.titlePrefix;
    if (prefix && !document.title.startsWith(prefix)) document.title = `${prefix} ${document.title}`;
  }

  /* ---- A form is sent once ---- */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog" || form.target === "_blank" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sending) { event.preventDefault(); return; }
    form.dataset.sending = "1";
    // Later, so that the pressed button's own name and value are still sent.
    setTimeout(() => $$("button[type=submit], button:not([type])", form).forEach((button) => button.setAttribute("aria-disabled", "true")));
  });
  addEventListener("pageshow", () => $$("form[data-sending]").forEach((form) => { // back to a page the browser kept
    delete form.dataset.sending;
    $$("[aria-disabled]", form).forEach((button) => button.removeAttribute("aria-disabled"));
  }));

  /* ---- Toasts: six seconds, longer while looked at ---- */
  function startToast(toast) {
    let timer;
    const start = () => { timer = setTimeout(() => toast.remove(), 6000); };
    const stop = () => clearTimeout(timer);
    for (const name of ["mouseenter", "focusin"]) toast.addEventListener(name, stop);
    for (const name of ["mouseleave", "focusout"]) toast.addEventListener(name, start);
    start();
  }
  function showToast(text, tone) {
    const toast = $("#toast-template").content.firstElementChild.cloneNode(true);
    toast.dataset.tone = tone;
    $("span", toast).textContent = text;
    $("#toasts").append(toast);
    startToast(toast);
  }
  document.addEventListener("portal:toast", (event) => showToast(event.detail.text, event.detail.tone || "ok"));

  /* ---- Clicks: close a toast, open or close a dialog ---- */
  document.addEventListener("click", (event) => {
    const target = event.target;
    target.closest("[data-toast-close]")?.closest("[data-toast]").remove();
    const opener = target.closest("[data-opens]");
    const dialog = opener && $(opener.dataset.opens);
    if (dialog?.showModal) { event.preventDefault(); dialog.showModal(); }
    if (target.closest("[data-closes]")) { event.preventDefault(); target.closest("dialog")?.close(); }
    if (target.matches("dialog.modal")) target.close(); // the backdrop
    if (target.closest("[aria-disabled=true]")) event.preventDefault();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("input[type=file][multiple]")) listFiles(event.target);
    const form = event.target.closest("[data-autosubmit]")?.closest("form");
    if (form) form.requestSubmit();
    const all = event.target.closest("[data-check-all]");
    if (all) $$("tbody input[type=checkbox]:not(:disabled)", all.closest("table")).forEach((box) => { box.checked = all.checked; });
  });

  /* ---- Several files: the control itself tells only how many ---- */
  function listFiles(input) {
    let list = input.nextElementSibling;
    if (!list?.matches(".picked")) {
      list = document.createElement("ul");
      list.className = "picked";
      input.after(list);
    }
    list.replaceChildren(...(input.files.length > 1 ? [...input.files] : []).map((file) => {
      const item = document.createElement("li");
      item.append(Object.assign(document.createElement("bdi"), { textContent: file.name }));
      return item;
    }));
  }

  /* ---- Whatever comes new into the page, at its loading or through HTMX ---- */
  function prepare(root) {
    showErrors(root);
    $$("[data-toast]", root).forEach(startToast);
    $$("dialog[data-open]", root).forEach((dialog) => { if (!dialog.open) dialog.showModal(); });
    $$("input[type=file][multiple]", root).forEach((input) => { if (input.files.length) listFiles(input); });
    $$("[data-no-js]", root).forEach((element) => { element.hidden = true; });
  }
  document.addEventListener("DOMContentLoaded", () => prepare(document));
  document.addEventListener("htmx:load", (event) => { if (event.detail.elt !== document.body) prepare(event.detail.elt); });
  document.addEventListener("htmx:beforeSwap", (event) => {
    // A whole page where a part was asked for: the session ended, or somebody was led elsewhere.
    const { xhr, target } = event.detail;
    if (target !== document.body && /^\s*<!doctype/i.test(xhr.responseText)) {
      event.detail.shouldSwap = false;
      location.assign(xhr.responseURL || location.href);
    }
  });
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, (event) => {
      if (event.target.closest?.("[data-quiet]")) { if (event.detail.xhr?.status === 401) event.target.remove(); return; }
      showToast(document.body.dataset.failed, "bad");
    });
  }
  let slow;
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.closest?.("[data-quiet]")) return;
    slow ??= setTimeout(() => document.body.classList.add("is-slow"), 150);
  });
  document.addEventListener("htmx:afterRequest", () => {
    clearTimeout(slow); slow = undefined;
    document.body.classList.remove("is-slow");
  });

  /* ---- Keyboard (staff pages; by the physical key, so that it works in both layouts) ---- */
  const staff = document.documentElement.dataset.audience === "staff";
  const singleLetters = staff && document.documentElement.dataset.shortcuts !== "off";
  const typing = (element) => element.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]");
  const rows = () => $$("tbody tr").filter((row) => $("a.rowlink", row));
  let leader = "";

  function moveRow(step) {
    const all = rows();
    if (!all.length) return;
    const now = all.findIndex((row) => row.getAttribute("aria-current") === "true");
    const next = all[Math.min(Math.max(now + step, 0), all.length - 1)];
    all[now]?.removeAttribute("aria-current");
    next.setAttribute("aria-current", "true");
    $("a.rowlink", next).focus();
    next.scrollIntoView({ block: "nearest" });
  }
  function press(key) {
    const target = $$("[aria-keyshortcuts]").find((element) => element.getAttribute("aria-keyshortcuts").toLowerCase().split(" ").includes(key) && element.offsetParent);
    if (!target) return false;
    if (target.matches("input")) target.focus(); else target.click();
    return true;
  }
  function single(key, event) {
    if (leader) {
      const link = $(`[data-keys="${leader} ${key}"]`);
      leader = "";
      if (link) { link.click(); return true; }
    }
    if (key === "g") { leader = "g"; setTimeout(() => { leader = ""; }, 1200); return true; }
    if (key === "j") { moveRow(1); return true; }
    if (key === "k") { moveRow(-1); return true; }
    if (key === "x") {
      const box = $("tr[aria-current=true] input[type=checkbox]");
      // With Shift it is a click with Shift, which marks the rows since the last one.
      box?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: event.shiftKey }));
      return Boolean(box);
    }
    if (/^[1-8]$/.test(key)) {
      const tab = $$("[role=tab]")[Number(key) - 1];
      if (tab) tab.click();
      return Boolean(tab);
    }
    return press(event.key === "?" ? "?" : key);
  }
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const key = event.code.replace(/^(Key|Digit)/, "").toLowerCase();
    if (event.ctrlKey || event.metaKey) {
      if (key === "s" && press("control+s")) event.preventDefault();
      if (event.key === "Enter" && event.target.matches("textarea")) { event.preventDefault(); event.target.form?.requestSubmit(); }
      return;
    }
    if (event.target.matches("[role=tab]") && /^Arrow(Left|Right)$/.test(event.key)) {
      const tabs = $$("[role=tab]", event.target.closest("[role=tablist]"));
      const forward = (event.key === "ArrowLeft") === (document.documentElement.dir === "rtl");
      tabs[(tabs.indexOf(event.target) + (forward ? 1 : -1) + tabs.length) % tabs.length].focus();
      event.preventDefault();
      return;
    }
    if (typing(event.target) || $("dialog[open]")) return;
    if (event.key === "Escape") { $$("tbody input[type=checkbox]:checked").forEach((box) => box.click()); return; }
    if (staff && event.key === "/") { if (press("/")) event.preventDefault(); return; }
    if (singleLetters && single(event.key === "?" ? "?" : key, event)) event.preventDefault();
  });
})();
