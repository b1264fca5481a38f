// The editor's looks. A page changes them by custom properties: --editor-keyword and so on.

import { syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { StyleModule } from "style-mod";

// Every colour of text is readable on each of the backgrounds (WCAG AA, 4.5 to 1). That of a marked
// line is translucent: what is selected lies beneath it.
const LIGHT = {
  background: "#ffffff",
  panel: "#f3f5f7",
  mark: "rgb(164 14 38 / 9%)",
  selection: "#d3e5fb",
  match: "#fbe9b0",
  text: "#1b1f24",
  dim: "#535c66",
  rule: "#7a838d",
  focus: "#0550ae",
  alarm: "#a40e26",
  keyword: "#96124f",
  string: "#0c5424",
  number: "#0a4a96",
  definition: "#6127a0",
};
const DARK = {
  background: "#10141a",
  panel: "#1b222b",
  mark: "rgb(255 120 130 / 14%)",
  selection: "#1e3a56",
  match: "#40340f",
  text: "#e3e8ee",
  dim: "#b6c0cb",
  rule: "#77828f",
  focus: "#82bbff",
  alarm: "#ffa9b0",
  keyword: "#ffa3c8",
  string: "#86e29e",
  number: "#94c5ff",
  definition: "#d9b8ff",
};

const own = (name) => `var(--own-${name})`;

/** The properties used below: what the page says, or else what is written above. */
function properties(colours) {
  const pairs = Object.entries(colours);
  return Object.fromEntries(
    pairs.map(([name, value]) => [`--own-${name}`, `var(--editor-${name}, ${value})`]),
  );
}

const frame = new StyleModule({
  ".editor": properties(LIGHT),
  "@media (prefers-color-scheme: dark)": { ".editor": properties(DARK) },
  ".editor-hint": { margin: ".25rem 0", fontSize: ".875rem" },
  ".editor-offer": { margin: ".5rem 0" },
  ".editor-offer button": { marginInlineStart: ".5rem" },
});

const theme = EditorView.theme({
  "&": {
    background: own("background"),
    color: own("text"),
    border: `1px solid ${own("rule")}`,
    borderRadius: ".3rem",
    fontSize: "var(--editor-size, .9375rem)",
  },
  "&.cm-focused": { outline: `2px solid ${own("focus")}`, outlineOffset: "1px" },
  ".cm-scroller": {
    fontFamily: "var(--editor-font, ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace)",
    lineHeight: "1.5",
    maxHeight: "var(--editor-height, 75vh)",
  },
  ".cm-content, .cm-gutter": { minHeight: "calc(var(--editor-rows) * 1.5em)" },
  ".cm-content": { caretColor: own("text") },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: own("text") },
  ".cm-gutters": { background: own("panel"), color: own("dim"), border: "none" },
  ".cm-specialChar": { color: own("alarm") },
  ".cm-selectionBackground": { background: own("selection") },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    background: own("selection"),
  },
  "&.cm-focused .cm-matchingBracket": {
    background: own("match"),
    outline: `1px solid ${own("rule")}`,
  },
  "&.cm-focused .cm-nonmatchingBracket": { background: own("mark"), color: own("alarm") },
  ".cm-searchMatch": { background: own("match") },
  ".cm-searchMatch-selected": { outline: `2px solid ${own("focus")}` },
  ".cm-line.editor-marked": {
    background: own("mark"),
    boxShadow: `inset 3px 0 ${own("alarm")}`,
  },
  ".cm-gutterElement.editor-marked": { color: own("alarm"), fontWeight: "bold" },
  ".cm-panels": { background: own("panel"), color: own("text") },
  ".cm-panels-top": { borderBottom: `1px solid ${own("rule")}` },
  ".cm-textfield, .cm-button": {
    background: own("background"),
    color: own("text"),
    border: `1px solid ${own("rule")}`,
  },
  ".cm-textfield::placeholder": { color: own("dim"), opacity: "1" },
  ".cm-button:active": { background: own("selection") },
  ".cm-panel.cm-search [name=close]": { color: own("text") },
  ".tok-keyword, .tok-operatorKeyword": { color: own("keyword") },
  ".tok-string, .tok-string2": { color: own("string") },
  ".tok-number, .tok-bool, .tok-atom": { color: own("number") },
  ".tok-definition, .tok-className": { color: own("definition") },
  ".tok-comment, .tok-meta": { color: own("dim") },
  ".tok-comment": { fontStyle: "italic" },
});

/** Colours that follow light and dark; highlighting gives classes such as `tok-keyword`. */
export const look = [
  EditorView.styleModule.of(frame),
  theme,
  syntaxHighlighting(classHighlighter),
];
