// Keeps what is typed: in this browser, and at the server where the page gives an address.

import { meta } from "./page.js";

const PAUSE = 800; // ms without a change, after which a draft is kept

/** What this browser keeps under a key: `{source, at}`, or nothing. */
function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // no storage here, or nothing of ours in it
  }
}

/** Whether this browser has kept the text. */
function store(key, source) {
  try {
    localStorage.setItem(key, JSON.stringify({ source, at: Date.now() }));
    return true;
  } catch {
    return false; // storage is full, or forbidden
  }
}

/** Sends the text to the server; returns what was wrong, or an empty text. */
async function send(url, source) {
  const headers = { "Content-Type": "application/json", "X-CSRF-Token": meta("csrf-token") };
  const body = JSON.stringify({ source });
  try {
    const answer = await fetch(url, { method: "PUT", mode: "same-origin", headers, body });
    if (answer.ok && !answer.redirected) return "";
    const said = await answer.json().catch(() => ({}));
    return said?.error?.message ? String(said.error.message) : `the server answered ${answer.status}`;
  } catch {
    return "the server cannot be reached";
  }
}

/** Keeps the text in both places; returns the sentence that says how it went. */
async function save({ draft, draftUrl }, source) {
  const local = Boolean(draft) && store(draft, source);
  const wrong = draftUrl ? await send(draftUrl, source) : "";
  if (wrong) return `Not saved: ${wrong}${local ? ". This browser keeps your text." : ""}`;
  return local || draftUrl ? "Saved" : "Not saved: this browser keeps no drafts";
}

/** Shows a sentence in `[data-draft-state]`; one that is there already is not said again. */
function say(textarea, sentence) {
  const place = textarea.form?.querySelector("[data-draft-state]");
  const state = place ?? document.querySelector("[data-draft-state]");
  if (state && state.textContent !== sentence) state.textContent = sentence;
}

/** The draft of this browser, where it is another text than the page's, and a newer one. */
function newer({ draft, draftSaved }, source) {
  const found = draft ? kept(draft) : null;
  if (typeof found?.source !== "string" || found.source === source) return null;
  return draftSaved && found.at <= Date.parse(draftSaved) ? null : found;
}

function offer(found, frame, restore) {
  const place = document.createElement("div");
  place.className = "editor-offer";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Restore your draft";
  button.addEventListener("click", () => {
    place.remove();
    restore(found.source);
  });
  const when = new Date(found.at).toLocaleString();
  place.append(`This browser keeps another text of yours, of ${when}.`, button);
  frame.before(place);
}

/** Saves the text, never twice at once, so that the last one stays. */
function saver(textarea) {
  let busy = false;
  let again = false;
  return async () => {
    again = true;
    if (busy) return;
    busy = true;
    while (again) {
      again = false;
      say(textarea, await save(textarea.dataset, textarea.value));
    }
    busy = false;
  };
}

/**
 * Offers a newer draft before `frame`; one that is wanted is given to `restore`.
 * Returns what to call after each change, which saves once changes pause.
 */
export function keepDraft(textarea, frame, restore) {
  const { draft, draftUrl } = textarea.dataset;
  if (!draft && !draftUrl) return () => {};
  const found = newer(textarea.dataset, textarea.value);
  if (found) offer(found, frame, restore);
  const saveNow = saver(textarea);
  let timer = 0;
  addEventListener("pagehide", () => timer && draft && store(draft, textarea.value));
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = 0;
      saveNow();
    }, PAUSE);
  };
}
