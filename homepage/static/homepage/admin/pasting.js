// The box above the fields: what is pasted there is read by the server and fills them. Nothing is
// saved, and it can be taken back.
"use strict";
{
  const inputOf = (name) => document.getElementById(`id_${name}`);
  const say = (box, ...content) => box.querySelector(".paste-said").replaceChildren(...content);

  const make = (tag, text, className = "") => {
    const element = document.createElement(tag);
    element.textContent = text;
    element.className = className;
    return element;
  };

  function button(text, act) {
    const element = make("button", text, "quiet-button");
    element.type = "button";
    element.addEventListener("click", act);
    return element;
  }

  function set(input, value) {
    if (input.value === String(value)) return false;
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }

  const topics = () => [...inputOf("topics").options].filter((option) => option.selected);

  // Topics are options of a list that holds only those that were chosen.
  function choose(chosen) {
    const select = inputOf("topics");
    for (const option of select.options) option.selected = false;
    for (const [key, name] of chosen) {
      const known = [...select.options].find((option) => option.value === String(key));
      const option = known ?? select.appendChild(new Option(name, key));
      option.selected = true;
    }
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function fill({ values, details, links, topics: found, is_kept: isKept }, text) {
    const before = new Map();
    const linksBefore = desk.links.values();
    const topicsBefore = topics().map((option) => [option.value, option.text]);
    const remember = (name) => before.set(name, inputOf(name).value);
    for (const name of ["authors_details", "pasted"]) remember(name);
    if (values.authors_line !== undefined) desk.authors.take(details);
    let filled = 0;
    for (const [name, value] of Object.entries(values)) {
      const input = inputOf(name);
      if (!input) continue;
      remember(name);
      if (set(input, value)) {
        filled += 1;
        input.closest(".form-row, .fieldBox")?.classList.add("is-filled");
      }
    }
    desk.links.take(links);
    if (found.length) {
      choose([...topicsBefore, ...found]);
      inputOf("topics").closest(".form-row")?.classList.add("is-filled");
    }
    inputOf("pasted").value = isKept ? text : "";
    const undo = () => {
      for (const [name, value] of before) set(inputOf(name), value);
      desk.links.restore(linksBefore);
      if (found.length) choose(topicsBefore);
      for (const row of document.querySelectorAll(".is-filled")) row.classList.remove("is-filled");
    };
    return { filled, undo };
  }

  // Many entries are looked through on the import page, which is sent the text as it is.
  function lookThrough(text) {
    const { box, form } = parts();
    const sent = document.createElement("form");
    sent.method = "post";
    sent.action = box.dataset.import;
    for (const [name, value] of [["text", text], ["csrfmiddlewaretoken", token(form)]]) {
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = name;
      input.value = value;
      sent.append(input);
    }
    document.body.append(sent);
    sent.submit();
  }

  function report(box, answer, text, { filled, undo }) {
    const fields = filled === 1 ? "1 field" : `${filled} fields`;
    const content = [
      make("p", `Read as ${answer.label}: ${fields} filled in. Nothing is saved yet.`),
      ...answer.problems.map((problem) => make("p", problem, "problem")),
    ];
    if (answer.count > 1) {
      content.push(
        make("p", `There are ${answer.count} entries in it; the first is in the form.`),
        button(`Look through all ${answer.count}`, () => lookThrough(text)),
      );
    }
    content.push(
      button("Take it back", () => {
        undo();
        say(box, make("p", "The form is as it was before."));
        box.querySelector("textarea").focus();
      }),
    );
    say(box, ...content);
  }

  const parts = () => ({
    box: document.getElementById("paste"),
    form: document.getElementById("publication_form"),
  });
  const token = (form) => form.elements.csrfmiddlewaretoken.value;

  async function read() {
    const { box, form } = parts();
    const text = box.querySelector("textarea").value;
    const body = new FormData();
    body.append("text", text);
    body.append("csrfmiddlewaretoken", token(form));
    let answer;
    try {
      const response = await fetch(box.dataset.read, { method: "POST", body });
      answer = await response.json();
    } catch {
      const why = "It could not be read: are you still logged in? Your text is still here.";
      say(box, make("p", why, "errornote"));
      return;
    }
    if (answer.error) {
      say(box, make("p", answer.error, "errornote"));
      return;
    }
    report(box, answer, text, fill(answer, text));
    document.getElementById("id_title").focus();
  }

  document.addEventListener("DOMContentLoaded", () => {
    const { box } = parts();
    if (!box) return;
    const textarea = box.querySelector("textarea");
    box.querySelector("button").addEventListener("click", read);
    textarea.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) read();
    });
    // What is pasted into an empty box is all there is to read.
    textarea.addEventListener("paste", () => {
      if (!textarea.value) setTimeout(read);
    });
    // Typing here is no change of the form.
    textarea.addEventListener("input", (event) => event.stopPropagation());
    // The field itself, for a browser takes the focus from all but what an address leads to, and
    // it may do so later than this.
    if (location.hash === `#${textarea.id}`) {
      box.open = true;
      textarea.focus();
    }
  });
}
