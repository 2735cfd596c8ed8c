"use strict";
// Every page works without this file. It narrows a list as you type, and copies BibTeX.
(() => {
  const words = document.currentScript.dataset; // what it says, in the language of the site
  const part = (id, page = document) => page.getElementById(id);
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

  // Copying: a button below each BibTeX, a line that is read aloud.

  const voice = make("p", { className: "hidden", role: "status" });
  document.body.append(voice);

  const copy = async (pre) => {
    try {
      await navigator.clipboard.writeText(pre.textContent);
      return words.copied;
    } catch { // without https there is no clipboard: the old way
      getSelection().selectAllChildren(pre);
      return document.execCommand("copy") ? words.copied : words.marked;
    }
  };

  const addButtons = () => {
    for (const pre of document.querySelectorAll("pre.bibtex:not(:has(+ button))")) {
      const button = make("button", { type: "button", textContent: words.copy });
      button.addEventListener("click", async () => {
        button.textContent = voice.textContent = await copy(pre);
        setTimeout(() => {
          button.textContent = words.copy;
          voice.textContent = "";
        }, 4000);
      });
      pre.after(button);
    }
  };
  addButtons();

  // Narrowing: the server does it; in a copy of the site without one, entries are hidden.

  const form = part("filter");
  if (!form) return;
  const field = form.elements.q;
  const here = location.pathname;
  let whole, request, timer, isNoted, isCopy;

  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const asked = () => new URLSearchParams(location.search).get("q") ?? "";

  const address = () => {
    const query = new URLSearchParams(isCopy ? { q: field.value } : new FormData(form));
    for (const [name, value] of [...query]) if (!value.trim()) query.delete(name);
    return (isCopy ? here : form.action) + (query.size ? `?${query}` : "");
  };

  const load = async (url, options) => {
    const answer = await fetch(url, options);
    if (!answer.ok) throw answer;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };

  const show = (results, count) => {
    part("results").replaceWith(results);
    part("count").textContent = count;
    addButtons();
  };

  // The list with the entries of its other pages.
  const collect = async () => {
    const first = part("results");
    const list = first.cloneNode(true);
    const pages = list.querySelector(".pages");
    for (const link of list.querySelectorAll(".pages a:not([aria-current])")) {
      const page = await load(link.href).catch(() => 0);
      if (page) pages.before(...page.querySelectorAll("#results > :is(.group, .papers)"));
    }
    pages?.remove();
    return { first, list, count: part("count").textContent };
  };

  const hide = async () => {
    isCopy = true;
    history.replaceState(null, "", address());
    const { first, list, count } = await (whole ??= collect());
    const terms = fold(field.value).split(" ");
    if (!terms[0]) return show(first, count);
    const results = list.cloneNode(true);
    const entries = [...results.querySelectorAll(".papers > li")];
    for (const entry of entries) {
      const text = fold(entry.textContent);
      entry.hidden = !terms.every((term) => text.includes(term));
    }
    const found = entries.filter((entry) => !entry.hidden).length;
    show(results, words.found.replace("%1", found).replace("%2", entries.length));
  };

  const update = async () => {
    request?.abort();
    request = new AbortController();
    const page = await load(address(), request).catch((error) => error);
    if (page.name === "AbortError") return;
    // Who forgets what was asked is no server.
    if (!page.body || (fold(field.value) && !part("q", page)?.value)) return hide();
    document.title = page.title;
    const open = form.querySelector("[data-facet][open]")?.dataset.facet;
    part("choices").replaceWith(part("choices", page));
    form.querySelector(`[data-facet="${open}"]`)?.setAttribute("open", "");
    show(part("results", page), part("count", page).textContent);
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      // One step back leads to what was there before the first letter.
      history[isNoted ? "replaceState" : "pushState"](null, "", address());
      isNoted = true;
      update();
    }, 150);
  });
  field.addEventListener("change", () => { isNoted = false; });
  addEventListener("popstate", () => {
    isNoted = false;
    if (field.value === asked()) return;
    field.value = asked();
    update();
  });
  if (fold(asked()) && !field.value) {
    field.value = asked();
    hide();
  }
})();
