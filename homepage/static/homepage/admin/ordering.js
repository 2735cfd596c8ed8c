// Up and down buttons for rows that are ordered by a number: the rows of an inline, and the
// rows of a list with editable positions. The numbers stay the truth; without this script
// one types them.
"use strict";
{
  const rowsOf = (body) =>
    [...body.querySelectorAll(":scope > tr")].filter(
      (row) => !row.classList.contains("empty-form") && positionOf(row),
    );
  const positionOf = (row) => row.querySelector("td.field-position input");
  // An error of a row stands in a row of its own before it.
  const withErrors = (row) => {
    const before = row.previousElementSibling;
    return before?.classList.contains("row-form-errors") ? [before, row] : [row];
  };
  const nameOf = (row) => {
    const chosen = row.querySelector("select option:checked");
    const typed = row.querySelector("input[type=text]");
    const text = row.querySelector("th, .original p")?.textContent;
    return (text || typed?.value || chosen?.textContent || "this row").trim();
  };

  function renumber(body) {
    rowsOf(body).forEach((row, index) => {
      positionOf(row).value = index + 1;
    });
  }

  function move(row, step, button) {
    const body = row.parentElement;
    const rows = rowsOf(body);
    const index = rows.indexOf(row);
    const other = rows[index + step];
    if (!other) return;
    if (step < 0) withErrors(other)[0].before(...withErrors(row));
    else other.after(...withErrors(row));
    renumber(body);
    update(body);
    // At the end of the list its own button goes grey: the other one takes the focus.
    const next = button.disabled ? row.querySelector(".move-row button:not(:disabled)") : button;
    next?.focus();
    announce(`${nameOf(row)}: ${index + step + 1} of ${rows.length}`);
  }

  function update(body) {
    const rows = rowsOf(body);
    rows.forEach((row, index) => {
      const [up, down] = row.querySelectorAll(".move-row button");
      if (!up) return;
      up.disabled = index === 0;
      down.disabled = index === rows.length - 1;
    });
  }

  function announce(text) {
    let live = document.getElementById("row-moved");
    if (!live) {
      live = document.createElement("p");
      live.id = "row-moved";
      live.className = "visually-hidden";
      live.setAttribute("role", "status");
      document.body.append(live);
    }
    live.textContent = text;
  }

  function button(row, step, sign, label) {
    const element = document.createElement("button");
    element.type = "button";
    element.textContent = sign;
    element.title = label;
    element.addEventListener("focus", () => {
      element.setAttribute("aria-label", `${label}: ${nameOf(row)}`);
    });
    element.setAttribute("aria-label", `${label}: ${nameOf(row)}`);
    element.addEventListener("click", () => move(row, step, element));
    return element;
  }

  function equip(row) {
    const input = positionOf(row);
    if (!input || row.querySelector(".move-row")) return;
    const buttons = document.createElement("span");
    buttons.className = "move-row";
    buttons.append(button(row, -1, "↑", "Move up"), button(row, 1, "↓", "Move down"));
    input.classList.add("visually-hidden");
    input.tabIndex = -1;
    input.setAttribute("aria-hidden", "true");
    input.after(buttons);
  }

  function equipAll(body) {
    rowsOf(body).forEach(equip);
    update(body);
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const body of document.querySelectorAll("tbody")) equipAll(body);
  });
  for (const type of ["formset:added", "formset:removed"]) {
    document.addEventListener(type, () => {
      for (const body of document.querySelectorAll(".inline-group tbody")) equipAll(body);
    });
  }
}
