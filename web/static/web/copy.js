// Buttons with data-copy put their text on the clipboard and say so.
"use strict";

(() => {
  // The clipboard of the browser wants https or localhost; an office network often has neither.
  const byHand = (text) => {
    const box = document.createElement("textarea");
    box.value = text;
    box.setAttribute("readonly", "");
    box.className = "visually-hidden";
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  };

  const copied = async (text) => {
    try { await navigator.clipboard.writeText(text); return true; } catch { return byHand(text); }
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const done = await copied(button.dataset.copy);
    const word = button.querySelector("[data-word]");
    const before = word.textContent;
    word.textContent = done ? "Đã chép" : "Chưa chép được";
    button.focus();
    setTimeout(() => { word.textContent = before; }, 4000);
  });
})();
