// What is typed into a form stays in this browser until it is saved: a session that ended, a
// closed window or a crash loses nothing. Files cannot be kept, and passwords are not.
"use strict";
{
  const PREFIX = "draft:";
  const SENT = "draft-sent";
  const KEPT_FOR = 30 * 24 * 3600 * 1000;
  const UNSEEN = ["csrfmiddlewaretoken", "opened_state"];

  let isLoggingOut = false;

  // Browsers can refuse to store anything; then there are no drafts.
  function storage(action) {
    try {
      return action(localStorage, sessionStorage);
    } catch {
      return null;
    }
  }

  function forgetOld(local) {
    for (const key of Object.keys(local).filter((name) => name.startsWith(PREFIX))) {
      const draft = JSON.parse(local[key]);
      if (!(Date.now() - draft.at < KEPT_FOR)) local.removeItem(key);
    }
  }

  function forgetSaved(local, session) {
    const key = session.getItem(SENT);
    if (!key) return;
    session.removeItem(SENT);
    if (document.querySelector(".messagelist .success")) local.removeItem(key);
  }

  function fieldsOf(form) {
    return [...new FormData(form)].filter(
      ([name, value]) => typeof value === "string" && !UNSEEN.includes(name),
    );
  }

  function addRows(fields) {
    for (const [name, value] of fields) {
      if (!name.endsWith("-TOTAL_FORMS")) continue;
      const group = document.getElementById(`${name.slice(0, -"-TOTAL_FORMS".length)}-group`);
      const total = document.getElementsByName(name)[0];
      for (let tries = 0; total && Number(total.value) < Number(value) && tries < 500; tries++) {
        group?.querySelector(".add-row a, a.add-row, .add-row button")?.click();
      }
    }
  }

  function putBack(form, fields) {
    addRows(fields);
    const values = new Map();
    for (const [name, value] of fields) values.set(name, [...(values.get(name) || []), value]);
    for (const field of form.elements) {
      if (!field.name || UNSEEN.includes(field.name) || field.type === "file") continue;
      if (field.name.endsWith("_FORMS")) continue;
      const kept = values.get(field.name);
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = Boolean(kept?.includes(field.value));
      } else if (field.options) {
        select(field, kept || []);
      } else if (kept) {
        field.value = kept[0];
      }
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  function select(field, kept) {
    for (const value of kept) {
      const isThere = [...field.options].some((option) => option.value === value);
      // What an autocomplete chose is known by its number only; the server has the name.
      if (!isThere) field.add(new Option(`number ${value}`, value));
    }
    for (const option of field.options) option.selected = kept.includes(option.value);
  }

  function offer(form, key, draft) {
    const box = document.createElement("div");
    box.className = "draft-offer";
    box.setAttribute("role", "status");
    const text = document.createElement("p");
    const when = new Date(draft.at).toLocaleString();
    text.textContent = `On ${when} something was typed here that was not saved.`;
    const back = document.createElement("button");
    back.textContent = "Put it back";
    back.addEventListener("click", () => {
      putBack(form, draft.fields);
      box.remove();
    });
    const drop = document.createElement("button");
    drop.textContent = "Forget it";
    drop.addEventListener("click", () => {
      storage((local) => local.removeItem(key));
      box.remove();
    });
    for (const button of [back, drop]) {
      button.type = "button";
      button.className = "button";
    }
    box.append(text, back, drop);
    form.before(box);
  }

  function watch(form) {
    const key = PREFIX + location.pathname;
    const draft = storage((local) => JSON.parse(local.getItem(key) || "null"));
    const text = () => JSON.stringify(fieldsOf(form));
    // A form that came back with errors holds what is not saved.
    const saved = document.querySelector(".errornote") ? "" : text();
    let isLeaving = false;
    let timer = 0;

    const keep = () => {
      storage((local) => {
        if (text() === saved) return local.removeItem(key);
        return local.setItem(key, JSON.stringify({ at: Date.now(), fields: fieldsOf(form) }));
      });
    };
    if (draft && JSON.stringify(draft.fields) !== text()) offer(form, key, draft);

    for (const name of ["input", "change", "click"]) {
      form.addEventListener(name, () => {
        clearTimeout(timer);
        timer = setTimeout(() => !isLoggingOut && text() !== saved && keep(), 400);
      });
    }
    form.addEventListener("submit", (event) => {
      if (isLeaving) {
        event.preventDefault(); // clicked twice
        return;
      }
      isLeaving = true;
      clearTimeout(timer);
      keep();
      storage((local, session) => session.setItem(SENT, key));
    });
    window.addEventListener("pageshow", () => {
      isLeaving = false;
    });
    window.addEventListener("beforeunload", (event) => {
      if (isLeaving || isLoggingOut || text() === saved) return;
      keep();
      event.preventDefault();
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    storage(forgetSaved);
    storage(forgetOld);
    document.getElementById("logout-form")?.addEventListener("submit", () => {
      isLoggingOut = true;
      storage((local) => {
        for (const key of Object.keys(local)) if (key.startsWith(PREFIX)) local.removeItem(key);
      });
    });
    const state = document.querySelector("#content-main form input[name=opened_state]");
    // After the scripts of the page have made their rows and numbers.
    if (state) setTimeout(() => watch(state.form));
  });
}
