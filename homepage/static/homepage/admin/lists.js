// On a phone a list begins with its rows: filters that are not in use are folded.
"use strict";
{
  const isNarrow = window.matchMedia("(max-width: 767px)").matches;

  document.addEventListener("DOMContentLoaded", () => {
    if (!isNarrow) return;
    for (const filter of document.querySelectorAll("#changelist-filter details")) {
      const first = filter.querySelector("li");
      if (!first || first.classList.contains("selected")) filter.open = false;
    }
  });
}
