// Streamlit's field for files speaks English whatever the page does. What it says is put into the page's words, here
// where a text is one whole node, so that React goes on where it was. Not found: it stays in English, and works.

const FIELD = "[data-testid='stFileUploader']";

const WORDS = [
  [/^(browse files?|upload)$/i, (words) => words.choose],
  [/^drag and drop files? here$/i, (words) => words.drop],
  [/^(?:limit )?(\d+ ?MB) per file\b.*$/i, (words, [, size]) => words.limit.replace("{size}", size)],
];

function translate(words) {
  for (const field of document.querySelectorAll(FIELD)) {
    for (const node of texts(field)) {
      if (node.parentElement.closest("[data-testid='stIconMaterial']")) continue; // a sign, written as a word
      for (const [said, ours] of WORDS) {
        const found = node.data.trim().match(said);
        if (found) node.data = ours(words, found);
      }
    }
  }
}

function texts(element) {
  const found = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

export default function ({ data }) {
  translate(data);
  const watcher = new MutationObserver(() => translate(data));
  watcher.observe(document.querySelector(".stMain") ?? document.body, { childList: true, subtree: true });
  return () => watcher.disconnect();
}
