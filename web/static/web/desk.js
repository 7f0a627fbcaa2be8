// The desk without inline script: left bar, keys, lists by arrow, forms that keep what was typed and send once.
"use strict";

(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  // --- Left bar on small screens, menus that close by a click elsewhere ---------------------------------------
  document.addEventListener("click", (event) => {
    const toggle = event.target.closest("[data-toggle-bar]");
    if (toggle) {
      const open = $("#bar").classList.toggle("open");
      toggle.setAttribute("aria-expanded", String(open));
    }
    for (const menu of all("details.drop[open]")) if (!menu.contains(event.target)) menu.open = false;
    if (!event.target.closest(".top-search")) $("#top-found")?.replaceChildren();
    if (event.target.closest("[data-show-keys]")) showKeys();
    const back = event.target.closest("[data-back]");
    if (back && history.length > 1) { event.preventDefault(); history.back(); }
    if (event.target.closest("[data-print]")) window.print();
  });

  const showKeys = () => { const keys = $("#keys"); if (keys && !keys.open) keys.showModal(); };

  // --- Keys: F-keys and Alt only; bare letters are Telex -------------------------------------------------------
  document.addEventListener("keydown", (event) => {
    if (event.key === "F1") { event.preventDefault(); showKeys(); return; }
    if (event.altKey && event.code === "KeyS") { const box = $("[data-search-box]"); if (box) { event.preventDefault(); box.focus(); box.select(); } return; }
    if (event.altKey && event.key === "Enter") { const main = $("[data-main]:not([disabled])"); if (main) { event.preventDefault(); main.click(); } return; }
    if (event.key === "Escape") { $("#top-found")?.replaceChildren(); for (const menu of all("details.drop[open]")) menu.open = false; }
    list(event);
  });

  // A table with data-list: arrows choose a row, Enter opens its first link.
  const list = (event) => {
    if (!["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return;
    if (event.target.closest("input, select, textarea, button, a, summary, dialog, [contenteditable]")) return;
    const rows = all("table[data-list] > tbody > tr");
    if (!rows.length) return;
    const at = rows.findIndex((row) => row.classList.contains("chosen"));
    if (event.key === "Enter") { if (at >= 0) $("a", rows[at])?.click(); return; }
    event.preventDefault();
    const next = Math.max(0, Math.min(rows.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)));
    rows.forEach((row, i) => row.classList.toggle("chosen", i === next));
    rows[next].scrollIntoView({ block: "nearest" });
  };

  // --- Forms: sent once; what was typed stays in this tab (data-keep="key") until it has arrived ---------------
  const kept = (form) => `docgen:${form.dataset.keep}`;
  const fields = (form) => all("input, select, textarea", form).filter((f) => f.name && !["hidden", "file", "password", "submit"].includes(f.type));

  const keep = (form) => {
    const values = fields(form).map((f) => [f.name, f.value, ["checkbox", "radio"].includes(f.type) ? f.checked : null]);
    try { sessionStorage.setItem(kept(form), JSON.stringify(values)); } catch { /* a full store keeps nothing */ }
  };

  const giveBack = (form) => {
    let values;
    try { values = JSON.parse(sessionStorage.getItem(kept(form)) || "null"); } catch { values = null; }
    if (!values) return;
    const seen = {};
    for (const field of fields(form)) {
      const same = values.filter((v) => v[0] === field.name);
      const index = (seen[field.name] = (seen[field.name] ?? -1) + 1);
      const value = field.type === "radio" ? same.find((v) => v[1] === field.value) : same[index];
      if (!value) continue;
      if (value[2] === null) { if (field.value !== value[1]) { field.value = value[1]; field.dispatchEvent(new Event("input", { bubbles: true })); } }
      else field.checked = value[2];
    }
  };

  const forget = (key) => sessionStorage.removeItem(`docgen:${key}`);

  document.addEventListener("input", (event) => { const form = event.target.closest("form[data-keep]"); if (form) keep(form); });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog" || form.hasAttribute("hx-post") || form.hasAttribute("hx-get")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (form.method === "post") {
      form.dataset.sent = "1";
      // Disabled a moment later: a disabled button would not be sent with its form.
      setTimeout(() => { for (const b of all("button[type=submit], button:not([type])", form)) b.disabled = true; }, 0);
    }
  });
  // Back from the next page: the form may be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of all("form[data-sent]")) { delete form.dataset.sent; for (const b of all("button", form)) b.disabled = false; }
  });

  const start = (root) => {
    for (const key of all("[data-forget]", root)) forget(key.dataset.forget);
    for (const form of all("form[data-keep]", root)) giveBack(form);
  };
  document.addEventListener("DOMContentLoaded", () => start(document));
  document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) start(event.target); });

  // --- htmx: one word while something runs, and a word when the line is gone -----------------------------------
  let running = 0;
  const busy = (change) => { running = Math.max(0, running + change); const sign = $("#busy"); if (sign) sign.hidden = running === 0; };
  document.addEventListener("htmx:beforeRequest", (event) => { if (!event.detail.elt.hasAttribute("data-quiet")) busy(1); });
  document.addEventListener("htmx:afterRequest", (event) => { if (!event.detail.elt.hasAttribute("data-quiet")) busy(-1); });
  const lost = () => {
    const box = $("#faults");
    if (box) box.innerHTML = '<div class="alert alert-warning" role="alert">Không nối được với máy chủ. Những gì đã gõ vẫn còn; kiểm tra mạng rồi làm lại bước vừa rồi.</div>';
  };
  document.addEventListener("htmx:sendError", lost);
  document.addEventListener("htmx:timeout", lost);
  document.addEventListener("htmx:afterOnLoad", (event) => {
    const box = $("#faults");
    if (box && event.detail.xhr.status < 400 && !event.detail.elt.hasAttribute("data-quiet")) box.replaceChildren();
  });
})();
