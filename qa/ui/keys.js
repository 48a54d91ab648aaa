// Keys: an element that says which keys press it (`data-keys`, names as in KeyboardEvent.key, apart by spaces) is
// clicked by them, or, where `data-for` names another by a selector, that one is gone to. What the keys do (`data-does`, else the element's own words) is listed in a dialog under "?".
// Keys that write a character can be switched off there (WCAG 2.1.4), and none fires while something is typed.

const SWITCH = "punktsvar.keys";
const TYPED = "input, textarea, select, [contenteditable='true'], [role='combobox'], [role='listbox'], [role='slider']";
const OPEN = "dialog[open], [role='dialog'], [data-baseweb='popover']";
const SHOWN = { ArrowRight: "→", ArrowLeft: "←", Escape: "Esc" };
const state = (window.punktsvarKeys ??= { words: null, listens: false });

const isOff = () => localStorage.getItem(SWITCH) === "off";

function find(selector) {
  return [...document.querySelectorAll(selector)].filter((each) => each.getClientRects().length).pop();
}

function targetOf(element) {
  return element.dataset.for ? find(element.dataset.for) : element.getClientRects().length ? element : undefined;
}

// The keys of this page, each once; of two elements with the same keys the last one, which is the newer.
function offered() {
  const found = new Map();
  for (const each of document.querySelectorAll(".stHtml [data-keys]")) {
    const target = targetOf(each);
    if (target) found.set(each.dataset.keys, { keys: each.dataset.keys.split(" "), element: each, target });
  }
  return [...found.values()];
}

function press(entry) {
  if (!entry.element.dataset.for) return entry.target.click();
  entry.target.focus();
  entry.target.scrollIntoView({ block: "center" });
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (document.querySelector(OPEN)) return;
  const isTyping = event.target.closest?.(TYPED);
  if (isTyping && event.key !== "Escape") return;
  if (event.key.length === 1 && isOff()) return;
  const entry = offered().find((each) => each.keys.includes(event.key));
  const leaves = isTyping?.matches("textarea") && !isTyping.value; // an empty question is left, whatever Escape does here
  if (!entry && !leaves) return;
  event.preventDefault();
  event.stopImmediatePropagation(); // Streamlit has keys of its own
  if (event.repeat && event.key.length === 1) return;
  if (isTyping) {
    isTyping.blur(); // out of the field first; the next Escape leads back
    const heading = document.querySelector(".stHtml h1");
    if (heading) heading.tabIndex = -1;
    heading?.focus({ preventScroll: true });
  } else press(entry);
}

function onClick(event) {
  const button = event.target.closest?.(".stHtml button");
  if (!button) return;
  if (button.dataset.opens === "keys") open(button);
  else if (button.dataset.for) press({ element: button, target: targetOf(button) });
}

function make(name, text, properties = {}) {
  const { role, ...rest } = properties;
  const element = Object.assign(document.createElement(name), rest);
  if (role) element.setAttribute("role", role);
  if (text) element.textContent = text;
  return element;
}

function row(entry) {
  const does = make("dd", entry.element.dataset.does || entry.element.textContent.trim());
  const term = make("dt", "");
  entry.keys.forEach((key, index) => {
    if (index) term.append(` ${state.words.or} `);
    term.append(make("kbd", SHOWN[key] ?? key));
  });
  const pair = make("div", "");
  pair.append(term, does);
  return pair;
}

function toggle() {
  const label = make("label", "", { className: "ps-keys-switch" });
  const box = make("input", "", { type: "checkbox", checked: !isOff() });
  box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"));
  label.append(box, make("span", state.words.switch));
  return label;
}

function guide(dialog) {
  const link = make("a", state.words.guide, { href: state.words.guide_address });
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    dialog.close();
    history.pushState(null, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate"));
  });
  const line = make("p", "");
  line.append(link);
  return line;
}

// The browser keeps the focus inside, closes on Escape, and gives the focus back.
function open() {
  const dialog = make("dialog", "", { className: "ps-keys" });
  const title = make("h2", state.words.title, { id: "ps-keys-title", tabIndex: -1, autofocus: true });
  dialog.setAttribute("aria-labelledby", title.id);
  dialog.lang = document.documentElement.lang;
  const list = make("dl", "");
  list.append(...offered().map(row));
  const close = make("button", state.words.close, { type: "button" });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(title, list, make("p", state.words.typing, { className: "ps-meta" }), toggle());
  if (state.words.guide_address) dialog.append(guide(dialog));
  dialog.append(close);
  document.querySelector(".stApp").append(dialog);
  dialog.showModal();
}

export default function ({ data }) {
  state.words = data;
  if (state.listens) return;
  state.listens = true;
  window.addEventListener("keydown", onKey, true);
  document.addEventListener("click", onClick);
}
