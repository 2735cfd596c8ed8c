// Rows that are ordered by a number, those of an inline and those of a list with editable
// positions: dragged, or moved by buttons. The numbers stay the truth; without this script one
// types them.
"use strict";
{
  const positionOf = (row) => row.querySelector("td.field-position input");
  const rowsOf = (body) =>
    [...body.querySelectorAll(":scope > tr")].filter(
      (row) => !row.classList.contains("empty-form") && positionOf(row),
    );
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

  function update(body) {
    const rows = rowsOf(body);
    rows.forEach((row, index) => {
      const [up, down] = row.querySelectorAll(".move-row .step");
      if (!up) return;
      up.disabled = index === 0;
      down.disabled = index === rows.length - 1;
    });
  }

  function moved(row) {
    const body = row.parentElement;
    const rows = rowsOf(body);
    rows.forEach((one, index) => {
      positionOf(one).value = index + 1;
    });
    update(body);
    desk.announce(`${nameOf(row)}: ${rows.indexOf(row) + 1} of ${rows.length}`);
    body.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function button(row, step, sign, label, moveTo) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "step";
    element.textContent = sign;
    element.title = label;
    const name = () => element.setAttribute("aria-label", `${label}: ${nameOf(row)}`);
    element.addEventListener("focus", name);
    name();
    element.addEventListener("click", () => {
      moveTo(rowsOf(row.parentElement).indexOf(row) + step);
      // At the end of the list its own button goes grey: the other one takes the focus.
      const next = element.disabled ? row.querySelector(".step:not(:disabled)") : element;
      next?.focus();
    });
    return element;
  }

  function equip(row) {
    const input = positionOf(row);
    if (!input || row.querySelector(".move-row")) return;
    const grip = desk.grip(`Move ${nameOf(row)}`);
    grip.addEventListener("focus", () => grip.setAttribute("aria-label", `Move ${nameOf(row)}`));
    const moveTo = desk.draggable(row, grip, {
      items: () => rowsOf(row.parentElement),
      parts: withErrors,
      moved,
    });
    const buttons = document.createElement("span");
    buttons.className = "move-row";
    buttons.append(
      grip,
      button(row, -1, "↑", "Move up", moveTo),
      button(row, 1, "↓", "Move down", moveTo),
    );
    input.classList.add("visually-hidden");
    input.tabIndex = -1;
    input.setAttribute("aria-hidden", "true");
    input.after(buttons);
  }

  function equipAll(bodies) {
    for (const body of bodies) {
      rowsOf(body).forEach(equip);
      update(body);
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    equipAll(document.querySelectorAll("tbody"));
  });
  for (const type of ["formset:added", "formset:removed"]) {
    document.addEventListener(type, () => {
      equipAll(document.querySelectorAll(".inline-group tbody"));
    });
  }
}
