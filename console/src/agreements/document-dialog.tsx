import { Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { useChange } from "../api/records.ts";
import { FormDialogFrame } from "../kit/dialog-frame.tsx";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";

interface DocumentDialogProps<T> {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly hint: string;
  readonly document: unknown;
  readonly schema: z.ZodType<T>;
  readonly send: (document: T) => Promise<unknown>;
  readonly refresh: readonly string[];
}

/** Rules as the document that they are, checked by the contract while one types; the server checks the same. */
export function DocumentDialog<T>(props: DocumentDialogProps<T>) {
  return props.opened ? <OpenDocumentDialog {...props} /> : null;
}

function OpenDocumentDialog<T>({
  opened,
  onClose,
  title,
  hint,
  document,
  schema,
  send,
  refresh,
}: DocumentDialogProps<T>) {
  const { t } = useTranslation("agreements");
  const [text, setText] = useState(() => JSON.stringify(document, null, 2));
  const read = readDocument(text, schema);
  const save = useChange({ send, refresh, done: onClose });
  return (
    <FormDialogFrame
      wide
      opened={opened}
      onClose={onClose}
      title={title}
      submit={t("saveRules")}
      ready={read.document !== undefined}
      busy={save.isPending}
      onSubmit={() => (read.document === undefined ? undefined : save.mutate(read.document))}
    >
      <Textarea
        aria-label={title}
        description={hint}
        inputWrapperOrder={["input", "description"]}
        minRows={18}
        maxRows={26}
        autosize
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: "0.75rem" } }}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {read.problem === undefined ? null : <NoteLine tone="warn">{read.problem ?? t("notJson")}</NoteLine>}
      {save.isError ? <ProblemLine error={save.error} /> : null}
    </FormDialogFrame>
  );
}

function readDocument<T>(text: string, schema: z.ZodType<T>): { document?: T; problem?: string | null } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: null };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { document: parsed.data };
  const [issue] = parsed.error.issues;
  return { problem: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}` };
}
