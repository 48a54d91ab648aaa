// Streamlit's field for files speaks English whatever the page does. What it says is put into the page's words, here
// where a text is one whole node, so that React goes on where it was. Not found: it stays in English, and works.

const FIELD = "[data-testid='stFileUploader']";

function translate(words) {
  for (const button of document.querySelectorAll(`${FIELD} [data-testid='stFileUploaderDropzone'] button`)) {
    for (const node of texts(button)) if (/^(browse files?|upload)$/i.test(node.data.trim())) node.data = words.choose;
  }
  const drop = document.querySelector(`${FIELD} [data-testid='stFileUploaderDropzoneInstructions']`);
  if (drop) for (const node of texts(drop)) if (/drag and drop/i.test(node.data)) node.data = words.drop;
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
