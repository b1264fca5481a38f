// Puts an editor for Python in the place of every <textarea data-editor>, which stays in its form.

import { indentWithTab } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { search, searchKeymap } from "@codemirror/search";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { minimalSetup } from "codemirror";

import { keepDraft } from "./draft.js";
import { look } from "./look.js";
import { marks } from "./marks.js";
import { meta } from "./page.js";

const LEAVE = "Tab indents. To leave the editor with the keyboard, press Escape, then Tab.";
const SUBMIT = "Ctrl+Enter, or Cmd+Enter on a Mac, submits.";
const PATIENCE = 60_000; // ms in which Tab leaves after Escape; any other key ends them

/** Submits the form as its button would; a text in no form leaves the key to others. */
function submitting(form) {
  const run = () => {
    form?.requestSubmit();
    return Boolean(form);
  };
  return Prec.highest(keymap.of(["Mod-Enter", "Ctrl-Enter"].map((key) => ({ key, run }))));
}

/** Escape lets the next Tab leave, for longer than the two seconds that CodeMirror gives. */
const leaving = EditorView.domEventObservers({
  keyup(event, view) {
    if (event.key === "Escape") view.setTabFocusMode(PATIENCE);
  },
});

function hint(textarea, number) {
  const found = document.createElement("p");
  found.className = "editor-hint";
  found.id = `editor-hint-${number}`;
  found.textContent = textarea.form && !textarea.readOnly ? `${LEAVE} ${SUBMIT}` : LEAVE;
  return found;
}

/** What a screen reader says: the textarea's name and descriptions, and how to leave. */
function spoken(textarea, explanation) {
  const described = [textarea.getAttribute("aria-describedby"), explanation.id];
  const name = textarea.labels?.[0]?.textContent.trim() || textarea.getAttribute("aria-label");
  return EditorView.contentAttributes.of({
    "aria-label": name || "Source",
    "aria-describedby": described.filter(Boolean).join(" "),
    tabindex: "0",
    ...(textarea.readOnly && { "aria-readonly": "true" }),
  });
}

function extensions(textarea, explanation, changed) {
  return [
    EditorView.cspNonce.of(meta("csp-nonce")),
    submitting(textarea.form),
    keymap.of([...searchKeymap, indentWithTab]),
    leaving,
    minimalSetup,
    lineNumbers(),
    pythonLanguage,
    bracketMatching(),
    indentOnInput(),
    indentUnit.of("    "),
    EditorState.tabSize.of(4),
    EditorState.readOnly.of(textarea.readOnly),
    search({ top: true }),
    marks(textarea.dataset.markLines ?? ""),
    look,
    spoken(textarea, explanation),
    EditorView.updateListener.of((update) => update.docChanged && changed(update.state)),
  ];
}

function replaceText(view, text) {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}

/** Hides the textarea, to which labels, focus and the form's button to reset still belong. */
function stepBack(textarea, view) {
  const focused = textarea.autofocus || document.activeElement === textarea;
  textarea.hidden = true;
  textarea.required = false; // a browser cannot show what it misses in a field that is hidden
  for (const label of textarea.labels ?? []) label.addEventListener("click", () => view.focus());
  textarea.form?.addEventListener("reset", () => replaceText(view, textarea.defaultValue));
  if (focused) view.focus();
}

function enhance(textarea, number) {
  const frame = document.createElement("div");
  frame.className = "editor";
  frame.style.setProperty("--editor-rows", textarea.rows);
  const explanation = hint(textarea, number);
  let keep = () => {};
  const changed = (state) => {
    textarea.value = state.doc.toString();
    keep();
  };
  const view = new EditorView({
    doc: textarea.value,
    extensions: extensions(textarea, explanation, changed),
    parent: frame,
  });
  frame.append(explanation);
  textarea.after(frame);
  stepBack(textarea, view);
  if (!textarea.readOnly) {
    keep = keepDraft(textarea, frame, (text) => {
      replaceText(view, text);
      view.focus();
    });
  }
}

document.querySelectorAll("textarea[data-editor]").forEach(enhance);
