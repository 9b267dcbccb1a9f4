"use strict";

// Lets a table that is wider than its page be scrolled by keys: it takes the focus for as long as it is, under the name of its caption or heading.
const widths = new ResizeObserver((frames) => frames.forEach(({ target }) => letKeysScroll(target)));
document.querySelectorAll(".wide").forEach((frame) => widths.observe(frame));

function letKeysScroll(frame) {
  const scrolls = frame.scrollWidth > frame.clientWidth;
  const attributes = { tabindex: "0", role: "region", "aria-label": nameOf(frame) };
  for (const [attribute, value] of Object.entries(attributes)) {
    if (scrolls) frame.setAttribute(attribute, value);
    else frame.removeAttribute(attribute);
  }
}

function nameOf(frame) {
  const heading = "preceding::*[self::h1 or self::h2 or self::h3][1]";
  const named = frame.querySelector("caption")
    ?? document.evaluate(heading, frame, null, XPathResult.FIRST_ORDERED_NODE_TYPE).singleNodeValue;
  return named.textContent.trim();
}

// Draws each table with data-chart as bars above it. The table stays: it is what a screen reader and a spreadsheet read.
for (const table of document.querySelectorAll("table[data-chart]")) {
  const rows = [...table.tBodies[0].rows];
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", table.caption ? table.caption.textContent : "");
  const frame = document.createElement("div");
  frame.className = "chart";
  frame.append(canvas);
  table.before(frame);
  const style = getComputedStyle(document.documentElement);
  new Chart(canvas, {
    type: "bar",
    data: {
      labels: rows.map((row) => row.cells[0].textContent.trim()),
      datasets: [{
        label: canvas.getAttribute("aria-label"),
        data: rows.map((row) => Number(row.cells[1].dataset.value)),
        backgroundColor: style.getPropertyValue("--pico-primary-background").trim(),
      }],
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      plugins: { legend: { display: false } },
      scales: { y: { beginAtZero: true } },
    },
  });
}

// Says while it is typed whether a user name is free. Without this script the form says it when it is sent.
for (const field of document.querySelectorAll("input[data-free]")) {
  const answer = document.createElement("small");
  answer.setAttribute("role", "status");
  field.after(answer);
  let asked = 0;
  field.addEventListener("input", async () => {
    const mine = ++asked;
    const reply = await fetch(field.dataset.free + "?user-name=" + encodeURIComponent(field.value)).catch(() => null);
    const text = reply?.status < 500 ? await reply.text() : null; // of no answer, nothing is said
    if (mine === asked && text !== null) {
      answer.textContent = text;
      field.setAttribute("aria-invalid", String(!reply.ok));
    }
  });
}
