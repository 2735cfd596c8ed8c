// The author line and the author rows say the same thing: once the line is changed, it decides.
"use strict";
{
  document.addEventListener("DOMContentLoaded", () => {
    const line = document.getElementById("id_authors_line");
    const rows = document.getElementById("authorships-group");
    if (!line || !rows) return;
    const note = document.createElement("p");
    note.className = "rows-note help";
    note.setAttribute("role", "status");
    rows.prepend(note);
    const before = line.value;
    line.addEventListener("input", () => {
      note.textContent =
        line.value === before || !rows.querySelector("tr.has_original")
          ? ""
          : "You changed the line above: it now decides who is on the paper, and in which order.";
    });
  });
}
