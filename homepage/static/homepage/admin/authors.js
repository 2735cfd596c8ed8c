// Beneath the author line: who each name is, in which order and role. The line stays the truth;
// what it cannot say goes along in a hidden field.
"use strict";
{
  let line, hidden, list, note;
  // What is known of the names of the line, in its order, and how the line was written.
  let people = [];
  let written = { others: false, conjunction: "" };
  // What a paste knew of its names: how they part into given and family name.
  let parts = new Map();

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };

  function readHidden() {
    try {
      return JSON.parse(hidden.value) || [];
    } catch {
      return [];
    }
  }

  // Only what says something else is written: a form that nobody changed has not changed.
  function writeHidden() {
    const value = JSON.stringify(
      people.map(({ text, chosen, equal, corresponding }) => ({
        text,
        person: chosen ?? null,
        equal,
        corresponding,
        ...(parts.has(text) ? { parts: parts.get(text) } : {}),
      })),
    );
    if (value !== JSON.stringify(readHidden())) hidden.value = value;
  }

  // The line as the list has it; names that hold a comma are parted by semicolons.
  function writeLine() {
    const names = people.map(({ text, marks }) => text + marks);
    const separator = names.some((name) => name.includes(",")) ? "; " : ", ";
    const word = written.conjunction && separator === ", " ? ` ${written.conjunction} ` : separator;
    const last = names.length > 1 ? word + names.pop() : "";
    const others = written.others ? `${names.length ? separator : ""}et al.` : "";
    line.value = names.join(separator) + last + others;
  }

  function changed() {
    writeLine();
    writeHidden();
    line.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function order() {
    const items = [...list.children];
    people.sort((a, b) => items.indexOf(a.item) - items.indexOf(b.item));
    update();
    changed();
  }

  function update() {
    people.forEach(({ item }, index) => {
      const [up, down] = item.querySelectorAll(".step");
      up.disabled = index === 0;
      down.disabled = index === people.length - 1;
    });
  }

  const papers = (count) => (count === 1 ? "1 paper" : `${count} papers`);

  function tag(person) {
    if (person.is_owner) return make("span", "tag is-owner", "you");
    if (person.person) return make("span", "tag", papers(person.papers));
    return make("span", "tag is-new", "new");
  }

  // Whom a name means is asked only where there is a choice.
  function choice(person) {
    const select = make("select");
    select.setAttribute("aria-label", `Who is ${person.text}?`);
    for (const { pk, name, papers: count } of person.choices) {
      select.append(new Option(`${name}, ${papers(count)} (${pk})`, pk));
    }
    select.append(new Option("somebody else of this name", "new"));
    select.value = person.person ?? "new";
    select.addEventListener("change", () => {
      person.chosen = select.value === "new" ? "new" : Number(select.value);
      changed();
    });
    return select;
  }

  function proposals(person) {
    const span = make("span", "proposals", "Did you mean ");
    person.alike.forEach((name, index) => {
      const button = make("button", "quiet-button", name);
      button.type = "button";
      button.addEventListener("click", () => {
        person.text = name;
        person.chosen = null;
        changed();
        line.focus();
      });
      span.append(index ? " or " : "", button);
    });
    span.append("?");
    return span;
  }

  function role(person, name, label) {
    const wrapper = make("label", "role");
    const box = make("input");
    box.type = "checkbox";
    box.checked = person[name];
    box.addEventListener("change", () => {
      person[name] = box.checked;
      changed();
    });
    box.setAttribute("aria-label", `${person.text}: ${label}`);
    wrapper.append(box, label);
    return wrapper;
  }

  function step(person, by, sign, label, moveTo) {
    const button = make("button", "step", sign);
    button.type = "button";
    button.title = label;
    button.setAttribute("aria-label", `${label}: ${person.text}`);
    button.addEventListener("click", () => {
      moveTo(people.indexOf(person) + by);
      const next = button.disabled ? person.item.querySelector(".step:not(:disabled)") : button;
      next?.focus();
    });
    return button;
  }

  function item(person) {
    const item = make("li");
    person.item = item;
    const grip = desk.grip(`Move ${person.text}`);
    const moveTo = desk.draggable(item, grip, {
      items: () => [...list.children],
      moved: () => {
        order();
        desk.announce(`${person.text}: ${people.indexOf(person) + 1} of ${people.length}`);
      },
    });
    const who = make("span", "who");
    who.append(make(person.is_owner ? "strong" : "span", "", person.text));
    if (person.marks) who.append(make("sup", "", person.marks));
    who.append(" ", tag(person));
    if (person.twice) who.append(" ", make("span", "tag is-new", "twice in this list"));
    const mayBeOther = person.choices.length > 1 || person.chosen === "new";
    if (mayBeOther) who.append(" ", choice(person));
    if (person.alike.length) who.append(" ", proposals(person));
    const roles = make("span", "roles");
    roles.append(role(person, "equal", "equal"), role(person, "corresponding", "corresponding"));
    const moves = make("span", "move-row");
    moves.append(
      step(person, -1, "↑", "Move up", moveTo),
      step(person, 1, "↓", "Move down", moveTo),
    );
    item.append(grip, who, roles, moves);
    return item;
  }

  function summary({ count, new: fresh, new_count: freshCount, names }) {
    if (!count) return "";
    const known = count - freshCount;
    const words = [`${count} ${count === 1 ? "name" : "names"}: ${known} known, ${freshCount} new`];
    if (!names.length && fresh.length) words.push(`New: ${fresh.join(", ")}`);
    return `${words.join(". ")}.`;
  }

  const key = (list) => JSON.stringify(list.map(({ item, ...person }) => person));

  function show(answer) {
    const before = readHidden();
    const found = answer.names.map((name) => {
      const index = before.findIndex((one) => one.text === name.text);
      const [kept] = index < 0 ? [{}] : before.splice(index, 1);
      return {
        ...name,
        chosen: kept.person ?? null,
        equal: Boolean(kept.equal),
        corresponding: Boolean(kept.corresponding),
      };
    });
    written = answer;
    note.textContent = summary(answer);
    // What the list shows already is left alone: somebody may be dragging in it.
    if (key(found) === key(people)) return;
    people = found;
    const focused = list.contains(document.activeElement) && document.activeElement.ariaLabel;
    list.replaceChildren(...people.map(item));
    update();
    if (focused) list.querySelector(`[aria-label="${CSS.escape(focused)}"]`)?.focus();
    if (people.length) writeHidden();
  }

  document.addEventListener("DOMContentLoaded", () => {
    line = document.getElementById("id_authors_line");
    hidden = document.getElementById("id_authors_details");
    if (!line || !hidden) return;
    for (const one of readHidden()) if (one.parts) parts.set(one.text, one.parts);
    note = make("p", "people-note");
    note.setAttribute("role", "status");
    list = make("ol", "people");
    list.setAttribute("aria-label", "Authors in their order");
    const row = line.closest(".form-row");
    row.append(note, list);
    desk.authors = {
      show,
      take(details) {
        parts = new Map(details.filter((one) => one.parts).map((one) => [one.text, one.parts]));
        hidden.value = JSON.stringify(details);
      },
    };
  });
}
