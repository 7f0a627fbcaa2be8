// Composing: the buttons of the form, jumps to fields, rows that are added.
"use strict";

(() => {
  document.addEventListener("click", (event) => {
    const act = event.target.closest("[data-do]");
    if (act) {
      const form = act.closest("form");
      if (form.dataset.busy) return;
      if (act.dataset.do !== "xem") form.dataset.busy = "1";
      form.elements.do.value = act.dataset.do;
      htmx.trigger(form, "change");
      return;
    }
    const jump = event.target.closest("[data-jump]");
    if (jump) {
      const field = document.getElementById(jump.getAttribute("href").slice(1));
      if (!field) return;
      event.preventDefault();
      const fold = field.closest("details");
      if (fold) fold.open = true;
      field.scrollIntoView({ block: "center" });
      (field.matches("input, select, textarea") ? field : field.querySelector("input, select, textarea"))?.focus();
      return;
    }
    const add = event.target.closest("[data-add-row]");
    if (add) addRow(add.closest("fieldset").querySelector("[data-rows]"));
  });

  // A new empty row: the last one again, with the next number in names and ids.
  const addRow = (body) => {
    const last = body.lastElementChild;
    const number = body.children.length;
    const row = last.cloneNode(true);
    for (const one of row.querySelectorAll("[name]")) {
      one.name = one.name.replace(/\.\d+\./, `.${number}.`);
      if (one.type === "checkbox") one.checked = false; else if (one.type !== "hidden") one.value = "";
    }
    for (const one of row.querySelectorAll("[id]")) one.id = one.id.replace(/_\d+_/, `_${number}_`);
    for (const one of row.querySelectorAll("label")) {
      one.htmlFor = one.htmlFor.replace(/_\d+_/, `_${number}_`);
      const told = one.querySelector("span");
      if (told) told.textContent = `, dòng ${number + 1}`;
    }
    body.append(row);
    row.querySelector("input, select, textarea")?.focus();
  };

  // What a button asked for is asked once; a field that is left only looks.
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = document.getElementById("sheet-form");
    if (form && event.detail.elt === form) { form.elements.do.value = "xem"; delete form.dataset.busy; }
  });
})();
