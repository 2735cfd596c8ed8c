// Things in a row are dragged by a handle, with mouse, pen or finger alike, and moved by the
// arrow keys while the handle has the focus.
"use strict";
window.desk = window.desk || {};
{
  const EDGE = 60;
  const STEP = 12;

  // `item` is what moves; `parts(item)` all that goes with it, in order; `items()` all that may
  // change places; `moved(item)` is called after each move.
  desk.draggable = (item, grip, { items, parts = (one) => [one], moved }) => {
    // What is dragged stays in the document, or the pointer would let go of it: others move.
    const moveTo = (index) => {
      const all = items();
      const from = all.indexOf(item);
      const mine = parts(item);
      if (index < from) {
        for (const other of all.slice(index, from).reverse()) mine.at(-1).after(...parts(other));
      } else if (index > from) {
        for (const other of all.slice(from + 1, index + 1)) mine[0].before(...parts(other));
      } else {
        return;
      }
      moved(item);
    };

    grip.addEventListener("pointerdown", (start) => {
      if (start.button !== 0) return;
      start.preventDefault();
      grip.focus();
      grip.setPointerCapture(start.pointerId);
      item.classList.add("is-dragged");

      const follow = (event) => {
        const all = items();
        const others = all.filter((one) => one !== item);
        const middle = (one) => {
          const box = one.getBoundingClientRect();
          return box.top + box.height / 2;
        };
        moveTo(others.filter((one) => middle(one) < event.clientY).length);
        if (event.clientY < EDGE) window.scrollBy(0, -STEP);
        if (event.clientY > window.innerHeight - EDGE) window.scrollBy(0, STEP);
      };
      const drop = () => {
        item.classList.remove("is-dragged");
        grip.removeEventListener("pointermove", follow);
      };
      grip.addEventListener("pointermove", follow);
      grip.addEventListener("lostpointercapture", drop, { once: true });
    });

    grip.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const all = items();
      const index = all.indexOf(item) + step;
      if (index < 0 || index >= all.length) return;
      moveTo(index);
      grip.focus();
    });

    return moveTo;
  };

  desk.grip = (label) => {
    const grip = document.createElement("button");
    grip.type = "button";
    grip.className = "grip";
    grip.textContent = "⠿";
    grip.title = "Drag, or use the arrow keys";
    grip.setAttribute("aria-label", label);
    return grip;
  };

  desk.announce = (text) => {
    let live = document.getElementById("row-moved");
    if (!live) {
      live = document.createElement("p");
      live.id = "row-moved";
      live.className = "visually-hidden";
      live.setAttribute("role", "status");
      document.getElementById("content").append(live);
    }
    live.textContent = text;
  };
}
