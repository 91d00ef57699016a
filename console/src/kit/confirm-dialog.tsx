import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChange } from "../api/records.ts";
import { FormDialogFrame } from "./dialog-frame.tsx";
import { ProblemLine } from "./problem-state.tsx";

interface ConfirmDialogProps<R> {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** What will happen, and what cannot be taken back. */
  readonly text: string;
  /** The action's own name, never "OK". */
  readonly action: string;
  readonly danger?: boolean;
  /** Asks for the reason, which goes into the trail. */
  readonly reason?: "required" | "optional";
  readonly send: (reason: string) => Promise<R>;
  readonly refresh: readonly string[];
  readonly done?: (result: R) => void;
}

/** For what cannot be undone: says what will happen and names the action. Where undo is possible use doWithUndo instead. */
export function ConfirmDialog<R>({
  opened,
  onClose,
  title,
  text,
  action,
  danger,
  reason,
  send,
  refresh,
  done,
}: ConfirmDialogProps<R>) {
  const { t } = useTranslation("kit");
  const [why, setWhy] = useState("");
  const change = useChange<string, R>({
    send,
    refresh,
    done: (result) => {
      setWhy("");
      onClose();
      done?.(result);
    },
  });
  return (
    <FormDialogFrame
      opened={opened}
      title={title}
      submit={action}
      onClose={onClose}
      onSubmit={() => change.mutate(why.trim())}
      ready={reason !== "required" || why.trim() !== ""}
      busy={change.isPending}
      danger={danger ?? false}
    >
      <div>{text}</div>
      {reason === undefined ? null : (
        <TextInput
          label={t("confirm.reason")}
          withAsterisk={reason === "required"}
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
          data-autofocus
        />
      )}
      {change.isError ? <ProblemLine error={change.error} /> : null}
    </FormDialogFrame>
  );
}
