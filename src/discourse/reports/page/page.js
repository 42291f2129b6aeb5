"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // what only a script can serve is hidden without one
  all(".tools, #theme").forEach((tool) => (tool.hidden = false));

  // light and dark
  const theme = document.getElementById("theme");
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const nameTheme = () => (theme.textContent = isDark() ? "Light" : "Dark");
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    nameTheme();
  });
  dark.addEventListener("change", nameTheme);
  nameTheme();

  // tables that sort: numbers from large to small first, words from a to z
  const compare = (a, b) => {
    const [x, y] = [a, b].map((cell) => cell.dataset.key);
    if (x === undefined && y === undefined) return a.textContent.localeCompare(b.textContent);
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    return Number(x) - Number(y);
  };
  for (const table of all("table[data-sortable]")) {
    const heads = all("thead th", table);
    for (const head of heads) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const numeric = head.classList.contains("num");
        const first = numeric ? "descending" : "ascending";
        const second = numeric ? "ascending" : "descending";
        const order = head.getAttribute("aria-sort") === first ? second : first;
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", order);
        const at = head.cellIndex;
        const sign = order === "ascending" ? 1 : -1;
        const body = table.tBodies[0];
        const rows = [...body.rows];
        rows.sort((a, b) => sign * compare(a.cells[at], b.cells[at]));
        body.append(...rows);
      });
    }
  }

  // search, and leaving out function words
  const name = (row) => row.querySelector("th, .target").textContent.toLowerCase();
  for (const input of all("input[data-find]")) {
    const rows = all(input.dataset.find);
    const box = input.closest(".tools").querySelector("input[type=checkbox]");
    const status = document.querySelector(input.dataset.status);
    const show = () => {
      const sought = input.value.trim().toLowerCase();
      for (const row of rows) {
        const left = box && box.checked && !sought && "function" in row.dataset;
        row.hidden = Boolean(left) || !name(row).includes(sought);
      }
      const shown = rows.filter((row) => !row.hidden).length;
      status.textContent = shown === rows.length ? "" : `${shown} of ${rows.length} shown`;
    };
    [input, box].forEach((control) => control && control.addEventListener("input", show));
    show();
  }

  // all targets at once, and all of the page for print
  for (const button of all("button[data-open]")) {
    button.addEventListener("click", () => {
      const details = all("details", document.querySelector(button.dataset.open));
      const open = details.some((one) => !one.open);
      details.forEach((one) => (one.open = open));
      button.textContent = open ? "Close all" : "Open all";
    });
  }
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    closed.forEach((one) => (one.open = true));
  });
  addEventListener("afterprint", () => closed.forEach((one) => (one.open = false)));

  // the paragraph on methods
  for (const button of all("button[data-copy]")) {
    button.addEventListener("click", async () => {
      const source = document.querySelector(button.dataset.copy);
      const status = button.parentNode.querySelector("[role=status]");
      try {
        await navigator.clipboard.writeText(source.innerText);
        status.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(source);
        status.textContent = "Selected: copy it with your keyboard";
      }
    });
  }
})();
