import { useTranslation } from "react-i18next";
import { CodeEditor, type CodeMark } from "../../kit/code/code-editor.tsx";
import type { Editing } from "./use-editing.ts";

/** The YAML with its remarks at their lines. */
export function YamlView({ editing }: { readonly editing: Editing }) {
  const { t } = useTranslation("procedures");
  const marks: CodeMark[] = [
    ...(editing.checked?.findings ?? []).map(({ line, level, sentence }) => mark(editing.yaml, line, level, sentence)),
    ...editing.complaints.map(({ message }) => {
      const line = /^line (\d+):/.exec(message)?.[1];
      return mark(editing.yaml, line === undefined ? null : Number(line), "error", message);
    }),
  ];
  return <CodeEditor text={editing.yaml} label={t("editor.views.yaml")} marks={marks} onChange={editing.write} />;
}

function mark(text: string, line: number | null, severity: "error" | "warning", message: string): CodeMark {
  const lines = text.split("\n");
  const before = lines.slice(0, (line ?? 1) - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return { from: before, to: before + (lines[(line ?? 1) - 1]?.length ?? 0), severity, message };
}
