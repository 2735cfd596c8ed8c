// Links: a label is proposed from the address, and there is always one empty row more.
"use strict";
{
  const rows = () => [...document.querySelectorAll("#links-group tr.form-row:not(.empty-form)")];
  const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const isEmpty = (row) => !field(row, "label")?.value && !field(row, "url")?.value;

  function addRow() {
    document.querySelector("#links-group .add-row a")?.click();
    return rows().at(-1);
  }

  function keepOneEmpty() {
    if (rows().length && !rows().some(isEmpty)) addRow();
  }

  desk.links = {
    // Proposals come by the number of their row; what was typed is left alone.
    propose(labels) {
      for (const [number, proposed] of Object.entries(labels)) {
        const input = document.getElementById(`id_links-${number}-label`);
        const isOurs = input && (!input.value || input.value === input.dataset.proposed);
        if (!isOurs || input === document.activeElement) continue;
        input.value = input.dataset.proposed = proposed;
      }
    },
    take(links) {
      const known = new Set(rows().map((row) => field(row, "url")?.value));
      for (const { label, url } of links.filter((link) => !known.has(link.url))) {
        const row = rows().find(isEmpty) ?? addRow();
        if (!row) return;
        field(row, "label").value = label;
        field(row, "url").value = url;
      }
      keepOneEmpty();
    },
    values: () => rows().map((row) => [field(row, "label").value, field(row, "url").value]),
    restore(values) {
      rows().forEach((row, index) => {
        [field(row, "label").value, field(row, "url").value] = values[index] ?? ["", ""];
      });
    },
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.getElementById("links-group")?.addEventListener("input", keepOneEmpty);
  });
}
