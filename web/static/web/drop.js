// A file dropped anywhere on the page goes into the form with data-drop; choosing a file sends the form at once.
"use strict";

(() => {
  const form = () => document.querySelector("form[data-drop]");
  const input = () => form()?.querySelector("input[type=file]");
  const holdsFiles = (event) => Array.from(event.dataTransfer?.types || []).includes("Files");
  const over = (shown) => document.body.classList.toggle("dropping", shown);
  const send = () => { if (input().files.length) form().requestSubmit(); };

  document.addEventListener("dragover", (event) => {
    if (!form() || !holdsFiles(event)) return;
    event.preventDefault();
    over(true);
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) over(false); });
  document.addEventListener("drop", (event) => {
    if (!form() || !holdsFiles(event)) return;
    event.preventDefault();
    over(false);
    input().files = event.dataTransfer.files;
    send();
  });
  document.addEventListener("change", (event) => { if (event.target === input()) send(); });
  document.addEventListener("submit", (event) => {
    const sent = event.target.closest("form[data-drop]")?.querySelector("[data-sending]");
    if (sent) sent.hidden = false;
  });
})();
