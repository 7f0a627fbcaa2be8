// Forms: files dropped onto the page go one by one with their progress; the review page goes by keys alone.
"use strict";

(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  // --- Dropping files --------------------------------------------------------------------------------------------
  const zone = () => $("form[data-drop]");
  const waiting = [];
  let sending = false;

  const rowFor = (file, list) => {
    const row = document.createElement("tr");
    const name = document.createElement("td");
    name.dataset.label = "Tệp";
    name.textContent = file.name;
    const place = document.createElement("td");
    place.colSpan = 4;
    place.dataset.label = "Trạng thái";
    place.innerHTML = '<progress max="100" value="0"></progress> <span>đang chờ</span>';
    row.append(name, place);
    list.prepend(row);
    return row;
  };

  const tell = (row, text, again) => {
    const place = row.lastElementChild;
    place.textContent = text + " ";
    if (!again) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm";
    button.textContent = "Gửi lại";
    button.addEventListener("click", () => { waiting.push(again); row.remove(); next(); });
    place.append(button);
  };

  const take = (row, text) => {
    const box = document.createElement("template");
    box.innerHTML = text.trim();
    const made = Array.from(box.content.children);
    row.replaceWith(...made);
    for (const one of made) if (window.htmx) window.htmx.process(one);
  };

  const send = (form, file, row) => new Promise((done) => {
    const data = new FormData();
    for (const field of all("input[type=hidden], select", form)) data.append(field.name, field.value);
    data.append("tep", file);
    const call = new XMLHttpRequest();
    const bar = $("progress", row), words = $("span", row);
    call.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable || !bar) return;
      bar.value = (100 * event.loaded) / event.total;
      words.textContent = event.loaded < event.total ? `đang gửi ${Math.round(bar.value)} %` : "đã gửi, đang nhận";
    });
    call.addEventListener("load", () => {
      if (call.status < 300 && call.responseText.includes("<tr")) take(row, call.responseText);
      else if (call.status === 413 || call.status === 422) tell(row, "Không nhận: tệp quá lớn hoặc không đúng loại.");
      else if (call.status === 401 || call.status === 403 || call.responseURL.includes("/dang-nhap/")) tell(row, "Phiên làm việc đã hết. Tải lại trang, đăng nhập rồi gửi lại.");
      else tell(row, "Chưa gửi được.", file);
      done();
    });
    call.addEventListener("error", () => { tell(row, "Mất mạng khi gửi; tệp chưa tới nơi.", file); done(); });
    call.open("POST", form.action);
    call.setRequestHeader("X-Requested-With", "fetch");
    call.send(data);
  });

  const next = async () => {
    if (sending) return;
    sending = true;
    while (waiting.length) {
      const file = waiting.shift(), form = zone();
      const list = $(form.dataset.drop);
      list.closest(".taken").hidden = false;
      await send(form, file, file.row || rowFor(file, list));
    }
    sending = false;
  };

  const add = (files) => {
    const form = zone();
    if (!form || !files.length) return;
    const list = $(form.dataset.drop);
    list.closest(".taken").hidden = false;
    for (const file of files) { file.row = rowFor(file, list); waiting.push(file); }
    next();
  };

  const begin = () => {
    const form = zone();
    if (!form) return;
    form.classList.add("scripted");
    const input = $("input[type=file]", form);
    input.addEventListener("change", () => { add(Array.from(input.files)); input.value = ""; });
    form.addEventListener("submit", (event) => event.preventDefault());
    const holds = (event) => Array.from(event.dataTransfer?.types || []).includes("Files");
    let deep = 0;
    document.addEventListener("dragenter", (event) => { if (holds(event)) { deep += 1; document.body.classList.add("dropping"); } });
    document.addEventListener("dragleave", (event) => { if (holds(event) && --deep <= 0) document.body.classList.remove("dropping"); });
    document.addEventListener("dragover", (event) => { if (holds(event)) event.preventDefault(); });
    document.addEventListener("drop", (event) => {
      if (!holds(event)) return;
      event.preventDefault();
      deep = 0;
      document.body.classList.remove("dropping");
      add(Array.from(event.dataTransfer.files));
    });
    window.addEventListener("beforeunload", (event) => { if (sending) event.preventDefault(); });
  };

  // --- The review page -------------------------------------------------------------------------------------------
  const lines = () => all("#panel .rline");
  const lineOf = (element) => element?.closest?.("#panel .rline");
  const go = (line) => { if (!line) return; line.focus({ preventScroll: true }); line.scrollIntoView({ block: "nearest" }); };

  // After the line that was decided: the next open one, else the first open one, else the button at the end.
  const goOn = (id) => {
    const found = lines(), open = found.filter((line) => line.classList.contains("open"));
    if (!open.length) { $("#review-end")?.scrollIntoView({ block: "nearest" }); $("#panel [data-main]")?.focus(); return; }
    const at = found.findIndex((line) => line.id === id);
    go(open.find((line) => found.indexOf(line) >= at && at >= 0) || open[0]);
  };

  const frame = (line) => {
    for (const one of all(".frames rect.on")) one.classList.remove("on");
    if (!line) return;
    const own = all(".frames rect").filter((one) => one.dataset.for === line.id || (line.hasAttribute("data-row") && one.dataset.for.startsWith(`${line.id}-`)));
    for (const one of own) one.classList.add("on");
    const pane = $("#paper"), first = own[0];
    if (!first || !pane) return;
    const box = first.getBoundingClientRect(), view = pane.getBoundingClientRect();
    if (box.top < view.top + 30 || box.bottom > view.bottom - 30) pane.scrollTop += box.top - view.top - view.height / 3;
    if (box.left < view.left || box.right > view.right) pane.scrollLeft += box.left - view.left - 40;
  };

  const mend = (line) => {
    const box = $("details.mend", line);
    if (!box) return;
    box.open = true;
    const field = $("input:not([type=hidden]), select", box);
    field?.focus();
    if (field?.select) field.select();
  };

  const drop = (line) => {
    const button = $("[data-deed=drop]", line);
    if (!button) return;
    const sign = $(".twice", line);
    if (button.dataset.twice && sign && !sign.textContent) { sign.textContent = button.dataset.twice; return; }
    button.click();
  };

  const calm = (line) => { const sign = line && $(".twice", line); if (sign) sign.textContent = ""; };

  const zoom = (step) => {
    const pane = $("#paper");
    if (!pane) return;
    const now = pane.classList.contains("zoom-3") ? 3 : pane.classList.contains("zoom-2") ? 2 : 1;
    const wanted = step === 0 ? (now % 3) + 1 : Math.min(3, Math.max(1, now + step));
    pane.classList.remove("zoom-2", "zoom-3");
    if (wanted > 1) pane.classList.add(`zoom-${wanted}`);
    frame(lineOf(document.activeElement));
  };

  const keys = (event) => {
    if (!$("#panel") || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "F4") { event.preventDefault(); zoom(0); return; }
    const line = lineOf(event.target);
    const typing = event.target.closest("input, select, textarea");
    if (typing) {
      if (event.key === "Escape" && line) { event.preventDefault(); $("details.mend", line).open = false; go(line); }
      return;
    }
    if (event.target.closest("dialog, summary") && event.key !== "F2") return;
    if (event.key === "F2" && line) { event.preventDefault(); mend(line); return; }
    if (event.key === "Escape" && line) { event.preventDefault(); drop(line); return; }
    calm(line);
    if (event.key === "Enter" && line && event.target === line) {
      event.preventDefault();
      const right = $("[data-deed=right]", line);
      if (right) right.click();
      else goOn(line.nextElementSibling?.id || line.id);
      return;
    }
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && (line || event.target === document.body)) {
      event.preventDefault();
      const found = lines(), at = line ? found.indexOf(line) : -1;
      go(found[Math.max(0, Math.min(found.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)))]);
    }
  };

  document.addEventListener("keydown", keys);
  document.addEventListener("focusin", (event) => { const line = lineOf(event.target); if (line) frame(line); });
  document.addEventListener("focusout", (event) => calm(lineOf(event.target)));
  document.addEventListener("click", (event) => { const button = event.target.closest("[data-zoom]"); if (button) zoom(Number(button.dataset.zoom)); });
  // What was wrong with a value is said at its line; what was typed stays in the box.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const line = lineOf(event.detail.requestConfig?.elt);
    if (!line || event.detail.xhr.status < 400) return;
    const box = document.createElement("template");
    box.innerHTML = event.detail.xhr.responseText;
    const words = $("[role=alert]", box.content)?.textContent.trim();
    if (!words) return;
    event.detail.shouldSwap = false;
    let fault = $(".fault", line);
    if (!fault) { fault = document.createElement("p"); fault.className = "fault invalid"; fault.setAttribute("role", "alert"); line.append(fault); }
    fault.textContent = words;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const panel = $("#panel");
    if (event.detail.target?.id === "panel" && panel) goOn(panel.dataset.decided);
    else if (panel && $("[data-ready]", panel) && !lineOf(document.activeElement)) $("[data-ready]", panel).focus();
    else if ($("#paper")) frame(lineOf(document.activeElement));
  });
  document.addEventListener("DOMContentLoaded", () => {
    begin();
    if ($("#panel")) { const at = location.hash && $(location.hash); if (at && lineOf(at)) go(at); else goOn(""); }
  });
})();
