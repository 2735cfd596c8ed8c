// On every page: the menus in the head close as menus do, and Control-S saves a form and goes on.
"use strict";
{
  const openMenus = () => document.querySelectorAll("details.drop[open]");

  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  const formOfPage = () => document.querySelector(".change-form form:has(.submit-row)");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "s" || event.altKey || event.shiftKey) return;
    if (!event.ctrlKey && !event.metaKey) return;
    const form = formOfPage();
    const button = form?.querySelector("[name=_continue]") ?? form?.querySelector(".default");
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  // The field in which an autocomplete is searched has no name of its own.
  function nameSearch(input) {
    const field = input.closest(".form-row, td")?.querySelector("label");
    input.setAttribute("aria-label", `Search ${field?.textContent.replace(/:\s*$/, "") || ""}`);
  }
  const nameSearches = () =>
    document.querySelectorAll(".select2-search__field:not([aria-label])").forEach(nameSearch);

  window.addEventListener("load", nameSearches);
  document.addEventListener("focusin", nameSearches);
}
