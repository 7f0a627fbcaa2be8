// The chart of the first page: members won beside members asked, unit by unit; a click opens the unit.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector("[data-chart]");
  const source = box && document.getElementById(box.dataset.chart);
  if (!source || typeof Chart === "undefined") return;
  const data = JSON.parse(source.textContent);
  const open = (index) => { window.location.href = box.dataset.unitAddress.replace("MA", data.codes[index]); };
  const number = new Intl.NumberFormat("vi-VN");
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 13;
  Chart.defaults.color = "#556070";
  const chart = new Chart(box.querySelector("canvas"), {
    type: "bar",
    data: {
      labels: data.units,
      datasets: [
        { label: "Đoàn viên mới", data: data.joined, backgroundColor: "#1d3f72", maxBarThickness: 44 },
        { label: "Chỉ tiêu", data: data.members, backgroundColor: "#c9d4e4", maxBarThickness: 44 },
      ],
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      onClick: (_event, found) => { if (found.length) open(found[0].index); },
      onHover: (event, found) => { event.native.target.classList.toggle("clickable", found.length > 0); },
      scales: { x: { grid: { display: false } }, y: { beginAtZero: true, ticks: { callback: (value) => number.format(value) } } },
      plugins: {
        legend: { position: "bottom" },
        tooltip: {
          callbacks: {
            label: (item) => `${item.dataset.label}: ${number.format(item.parsed.y)}`,
            afterBody: (items) => {
              const at = items[0].dataIndex;
              return `Công đoàn cơ sở mới: ${number.format(data.founded[at])} / ${number.format(data.unions[at])}`;
            },
          },
        },
      },
    },
  });
  window.addEventListener("beforeprint", () => chart.resize());
});
