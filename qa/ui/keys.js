// On an item's page j and → lead to the next item, k and ← to the one before, wherever nothing is being typed.

const WAYS = { j: "next", ArrowRight: "next", k: "prev", ArrowLeft: "prev" };
const OWN_KEYS =
  "input, textarea, select, [contenteditable=''], [contenteditable=true], [role=slider], [role=tab], [role=radio], " +
  "[role=listbox], [role=combobox], [role=menu], [role=grid], [role=dialog]";

function turn(event) {
  const way = WAYS[event.key];
  if (!way || event.defaultPrevented || event.repeat) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (event.target.closest?.(OWN_KEYS) || document.querySelector("dialog[open], [role=dialog]")) return;
  const link = document.querySelector(`.ps-item-head a[rel=${way}]`);
  if (!link) return;
  event.preventDefault();
  link.click();
}

export default function () {
  window.punktsvarKeys ??= (document.addEventListener("keydown", turn), true);
}
