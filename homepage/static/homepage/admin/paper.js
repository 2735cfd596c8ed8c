// The form of a paper looks at itself while one types: who its authors are, whether the venue is
// known, how the entry will stand on the page. The server says it, by the template of the page.
"use strict";
{
  const WAIT = 300;
  let form, frame, venueNote, twinNote;
  let waiting, asked = 0;

  const make = (tag, text, className = "") => {
    const element = document.createElement(tag);
    element.textContent = text;
    element.className = className;
    return element;
  };

  function data() {
    const values = new FormData(form);
    for (const [name, value] of [...values]) if (value instanceof File) values.delete(name);
    return values;
  }

  async function look() {
    const turn = ++asked;
    let answer;
    try {
      const response = await fetch(frame.dataset.look, { method: "POST", body: data() });
      answer = await response.json();
    } catch {
      if (turn === asked) showEntry("", "No preview: are you still logged in? What you typed is still here.");
      return;
    }
    // An answer that comes late says what was typed before.
    if (turn !== asked) return;
    desk.authors?.show(answer.authors);
    desk.links?.propose(answer.labels);
    showVenue(answer.venue);
    showTwin(answer.twin);
    showEntry(answer.entry, "The entry appears here while you type.");
  }

  function showEntry(html, otherwise) {
    const page = frame.contentDocument;
    const place = page?.getElementById("entry");
    if (!place) return;
    if (html) place.innerHTML = html;
    else place.replaceChildren(make("p", otherwise, "waiting"));
    frame.style.height = `${page.documentElement.offsetHeight + 2}px`;
  }

  function showVenue(venue) {
    venueNote.replaceChildren();
    if (!venue) return;
    if (venue.known) {
      const papers = venue.papers === 1 ? "1 paper" : `${venue.papers} papers`;
      venueNote.append(make("span", `Known, with ${papers}.`));
      return;
    }
    venueNote.append(make("span", venue.acronym ? `New, with the acronym ${venue.acronym}.` : "New."));
    for (const name of venue.alike) {
      const button = make("button", name, "quiet-button");
      button.type = "button";
      button.addEventListener("click", () => {
        const input = document.getElementById("id_venue_name");
        input.value = name;
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.focus();
      });
      venueNote.append(" ", button);
    }
  }

  function showTwin(twin) {
    twinNote.hidden = !twin;
    if (!twin) return;
    const link = make("a", `${twin.title}${twin.year ? `, ${twin.year}` : ""}`);
    link.href = twin.url;
    const where = twin.in_trash ? "It is in the trash: " : "It is here already: ";
    twinNote.replaceChildren(where, link);
  }

  // A folded part says what is in it.
  function sum(details) {
    const filled = [...details.querySelectorAll("input, textarea, select")]
      .filter((input) => input.type !== "hidden" && input.type !== "file" && input.value && input.value !== "0")
      .map((input) => input.labels?.[0]?.textContent.replace(/:\s*$/, ""))
      .filter(Boolean);
    const heading = details.querySelector("summary");
    let note = heading.querySelector(".holds");
    if (!note) {
      note = make("span", "", "holds");
      heading.append(note);
    }
    note.textContent = filled.join(", ");
  }

  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(look, WAIT);
  }

  document.addEventListener("DOMContentLoaded", () => {
    form = document.getElementById("publication_form");
    frame = document.getElementById("entry-preview");
    if (!form || !frame) return;
    twinNote = document.getElementById("entry-twin");
    venueNote = make("p", "", "venue-note");
    venueNote.setAttribute("role", "status");
    document.getElementById("id_venue_name").closest(".form-row").append(venueNote);

    const folded = [...form.querySelectorAll("fieldset.collapse details")];
    const sumAll = () => folded.forEach(sum);
    for (const type of ["input", "change"]) {
      form.addEventListener(type, () => {
        later();
        sumAll();
      });
    }
    document.addEventListener("formset:removed", later);
    if (frame.contentDocument?.getElementById("entry")) look();
    frame.addEventListener("load", look);
    sumAll();
  });
}
