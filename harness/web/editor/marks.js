import { RangeSet, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, gutterLineClass } from "@codemirror/view";

const line = Decoration.line({ class: "editor-marked" });
const number = new (class extends GutterMarker {
  elementClass = "editor-marked";
})();

/** Where the named lines start; a line that the text does not have is left out. */
function starts(doc, names) {
  const lines = names.split(",").map(Number);
  const there = lines.filter((each) => Number.isInteger(each) && each >= 1 && each <= doc.lines);
  return there.map((each) => doc.line(each).from);
}

/** A field whose ranges stay with their lines while the text around them changes. */
function field(names, mark, provide) {
  return StateField.define({
    create: ({ doc }) => RangeSet.of(starts(doc, names).map((at) => mark.range(at)), true),
    update: (ranges, transaction) => ranges.map(transaction.changes),
    provide,
  });
}

/** Marks lines given as "3,7", and their numbers, with the class `editor-marked`. */
export function marks(names) {
  return [
    field(names, line, (found) => EditorView.decorations.from(found)),
    field(names, number, (found) => gutterLineClass.from(found)),
  ];
}
