// Copying and printing. The buttons are plain markup ("data-copy" holds what to copy, "data-said" what to say then);
// without this script they do nothing, and all they copy stands on the page to be read.

const hand = (window.punktsvarHand ??= { listens: false, voice: null, timer: 0 });

function voice() {
  if (!hand.voice?.isConnected) {
    hand.voice = document.createElement("div");
    hand.voice.setAttribute("role", "status");
    hand.voice.className = "ps-toast";
    document.body.append(hand.voice);
  }
  return hand.voice;
}

function say(text) {
  const spoken = voice();
  spoken.textContent = "";
  clearTimeout(hand.timer);
  setTimeout(() => (spoken.textContent = text), 120); // so that it is heard, the same words again too
  hand.timer = setTimeout(() => (spoken.textContent = ""), 6000);
}

function copyOldWay(text) {
  const held = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "ps-unseen";
  document.body.append(field);
  field.select();
  const isDone = document.execCommand("copy");
  field.remove();
  held?.focus?.({ preventScroll: true });
  return isDone;
}

async function copy(text, said, refused) {
  let isDone = false;
  try {
    await navigator.clipboard.writeText(text); // not there on a plain-http address of the network
    isDone = true;
  } catch {
    isDone = copyOldWay(text);
  }
  say(isDone ? said : refused.replace("{text}", text));
}

function view() {
  const footers = [...document.querySelectorAll("[data-view]")];
  const there = footers.at(-1)?.dataset.view;
  return there ? new URL(there, location.href).href : location.href;
}

function act(button) {
  const { copy: text, copyLink, said, refused, print } = button.dataset;
  if (print !== undefined) window.print();
  else if (copyLink !== undefined) copy(view(), said, refused);
  else copy(text, said, refused);
}

function onClick(event) {
  const button = event.target.closest?.(".stHtml button[data-copy], .stHtml button[data-copy-link], .stHtml button[data-print]");
  if (button) act(button);
}

export default function () {
  if (hand.listens) return;
  hand.listens = true;
  document.addEventListener("click", onClick);
}
