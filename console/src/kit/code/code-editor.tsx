import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useRef } from "react";
import css from "./code-editor.module.css";

/** Something to say about a part of the text; offsets count characters from its start. */
export interface CodeMark {
  readonly from: number;
  readonly to: number;
  readonly severity: "error" | "warning" | "hint";
  readonly message: string;
}

interface CodeEditorProps {
  readonly text: string;
  readonly label: string;
  readonly marks: readonly CodeMark[];
  readonly readOnly?: boolean;
  /** The part to be shown and selected; a new object selects anew. */
  readonly selected?: { readonly from: number; readonly to: number } | null;
  readonly onChange: (text: string) => void;
}

const colors = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--tb-code-name)" },
    { tag: [tags.string, tags.content, tags.attributeValue], color: "var(--tb-code-text)" },
    { tag: [tags.comment, tags.lineComment], color: "var(--mantine-color-dimmed)", fontStyle: "italic" },
    { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: "var(--mantine-color-dimmed)" },
  ]),
);

/** Tab leaves the editor, so that the keyboard is never caught in it. */
const base = [
  lineNumbers(),
  foldGutter(),
  history(),
  indentOnInput(),
  bracketMatching(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSelectionMatches(),
  keymap.of([...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...lintKeymap]),
];

/** YAML with line numbers, search (Ctrl+F), folding and remarks in the gutter. Loaded only where it is shown. */
export function CodeEditor({ text, label, marks, readOnly, selected, onChange }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const changed = useRef(onChange);
  changed.current = onChange;
  const first = useRef(text);

  useEffect(() => {
    const editor = new EditorView({
      parent: host.current ?? document.body,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          base,
          yaml(),
          colors,
          lintGutter(),
          EditorState.readOnly.of(readOnly === true),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed.current(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, [label, readOnly]);

  useEffect(() => {
    const editor = view.current;
    const shown = editor?.state.doc.toString();
    if (editor === null || shown === text) return;
    editor.dispatch({ changes: { from: 0, to: shown?.length ?? 0, insert: text } });
  }, [text]);

  useEffect(() => {
    const editor = view.current;
    if (editor === null) return;
    const length = editor.state.doc.length;
    const shown: Diagnostic[] = marks.map((mark) => ({
      from: Math.min(mark.from, length),
      to: Math.min(Math.max(mark.to, mark.from), length),
      severity: mark.severity === "hint" ? "info" : mark.severity,
      message: mark.message,
    }));
    editor.dispatch(setDiagnostics(editor.state, shown));
  }, [marks]);

  useEffect(() => {
    const editor = view.current;
    if (editor === null || selected === null || selected === undefined) return;
    const length = editor.state.doc.length;
    editor.dispatch({
      selection: { anchor: Math.min(selected.from, length), head: Math.min(selected.to, length) },
      effects: EditorView.scrollIntoView(Math.min(selected.from, length), { y: "center" }),
    });
    editor.focus();
  }, [selected]);

  return <div ref={host} className={css.editor} />;
}
