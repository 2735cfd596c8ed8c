// Care for the Markdown editor: Tab leaves the field (the editor would keep it), pictures can
// be chosen and not only dropped, what went wrong with one is said in a sentence, and a preview
// that comes late does not replace a newer one.
"use strict";
{
  document.addEventListener(
    "keydown",
    (event) => {
      const isEditor = event.target.matches?.(".markdownx-editor");
      if (isEditor && event.key === "Tab") event.stopImmediatePropagation();
    },
    true,
  );

  // The editor shows each answer when it comes. So let each field ask for its preview at an address
  // of its own, and give up what was asked there before.
  const PREVIEW = "data-markdownx-urls-path";
  const asked = new Map();

  window.XMLHttpRequest = class extends XMLHttpRequest {
    open(method, address, ...others) {
      if (asked.has(address)) {
        asked.get(address)?.abort();
        asked.set(address, this);
      }
      super.open(method, address, ...others);
    }
  };

  function askApart(textarea) {
    const address = `${textarea.getAttribute(PREVIEW)}?${encodeURIComponent(textarea.name)}`;
    textarea.setAttribute(PREVIEW, address);
    asked.set(address, null);
  }

  function say(editor, text) {
    let note = editor.querySelector(".markdownx-note");
    if (!note) {
      note = document.createElement("p");
      note.className = "markdownx-note errornote";
      note.setAttribute("role", "alert");
      editor.prepend(note);
    }
    note.textContent = text;
    note.hidden = !text;
  }

  function chooser(textarea) {
    const label = document.createElement("label");
    label.className = "markdownx-picture";
    label.textContent = "Add a picture: ";
    const input = document.createElement("input");
    input.type = "file";
    input.accept = "image/png,image/jpeg,image/webp";
    input.addEventListener("change", () => {
      // The editor takes pictures that are pasted.
      const clipboardData = new DataTransfer();
      clipboardData.items.add(input.files[0]);
      textarea.dispatchEvent(new ClipboardEvent("paste", { clipboardData }));
      input.value = "";
    });
    label.append(input);
    return label;
  }

  function care() {
    for (const editor of document.querySelectorAll(".markdownx")) {
      const textarea = editor.querySelector("textarea");
      askApart(textarea);
      const preview = editor.querySelector(".markdownx-preview");
      preview.setAttribute("aria-label", "Preview");
      preview.setAttribute("role", "region");
      editor.append(chooser(textarea));
      editor.addEventListener("markdownx.fileUploadEnd", () => say(editor, ""));
      editor.addEventListener("markdownx.fileUploadError", (event) => {
        say(editor, event.detail?.[0]?.error || "The picture could not be stored.");
        // Next the editor writes its own “Invalid response” into the text: take that back.
        const before = textarea.value;
        setTimeout(() => {
          textarea.value = before;
        });
      });
    }
  }

  document.addEventListener("DOMContentLoaded", care, true); // before the editor begins
}
