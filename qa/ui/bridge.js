// Streamlit reads the address again on `popstate`, as it must for the Back button; so a link of ours is a step in the
// browser's history and no more. `view` is written on the footer, the last thing of a view to arrive; `arrived` is the
// view whose reader has been taken where they belong in it.

const QUESTION = ".st-key-field [data-testid='stChatInputTextArea']";
const state = (window.punktsvar ??= { view: null, arrived: null, said: "", voice: null });

function follow(event) {
  const link = event.target.closest?.(".stHtml a[href^='./']");
  if (!link || event.defaultPrevented || event.button) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  window.dispatchEvent(new PopStateEvent("popstate"));
}

function say(text) {
  if (!state.voice?.isConnected) {
    state.voice = document.createElement("div");
    state.voice.setAttribute("role", "status");
    state.voice.className = "ps-unseen";
    document.body.append(state.voice);
  }
  if (text !== state.said) setTimeout(() => (state.voice.textContent = text), 150);
  state.said = text;
}

function arrive(isFirst) {
  const mark = document.querySelector(".ps-item mark");
  const question = document.querySelector(QUESTION);
  const heading = document.querySelector(".stHtml h1");
  if (mark) mark.scrollIntoView({ block: "center" });
  else if (!isFirst) document.querySelector(".stMain")?.scrollTo(0, 0);
  const held = document.activeElement;
  if (held && held !== document.body && held !== question && !held.closest(".stHtml")) return; // at work elsewhere
  if (question && !matchMedia("(pointer: coarse)").matches) question.focus({ preventScroll: true });
  else if (heading && !isFirst) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
}

function isThere(address) {
  const footers = [...document.querySelectorAll("[data-view]")];
  const awaitsField = document.querySelector(".st-key-field") && !document.querySelector(QUESTION);
  return !awaitsField && footers.some((footer) => footer.dataset.view === address);
}

function settle(view, tries) {
  if (state.view !== view.address) return;
  if (isThere(view.address)) {
    requestAnimationFrame(() => {
      arrive(view.isFirst);
      state.arrived = view.address;
    });
  } else if (tries) setTimeout(() => settle(view, tries - 1), 50);
}

// Turning the pages of an item's source leaves the reader where they are in its text.
function placeOf(address) {
  return address.includes("punkt=") ? address.replace(/[?&]side=\d+/, "") : address;
}

export default function ({ data }) {
  document.documentElement.lang = data.language;
  document.querySelector(".stMain")?.setAttribute("role", "main");
  if (!state.listens) document.addEventListener("click", follow);
  state.listens = true;
  say(data.said);
  const before = state.view;
  state.view = data.view;
  if (before === null || placeOf(before) !== placeOf(data.view)) {
    settle({ address: data.view, isFirst: before === null }, 100);
  } else state.arrived = data.view;
}
