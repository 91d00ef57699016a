import { Textarea } from "@mantine/core";
import type { ProcedureChange, ProcedureVersion } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useChange } from "../../api/records.ts";
import { FormDialogFrame } from "../../kit/dialog-frame.tsx";
import { ProblemLine } from "../../kit/problem-state.tsx";
import { ChangeLines } from "../change-lines.tsx";
import css from "../procedures.module.css";

interface PublishDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly procedure: string;
  readonly revision: number;
  readonly changes: readonly ProcedureChange[];
  readonly done: () => void;
  readonly refresh: readonly string[];
}

/** What differs from the version that is published, once more, and then it is. */
export function PublishDialog({ opened, onClose, procedure, revision, changes, done, refresh }: PublishDialogProps) {
  const { t } = useTranslation("procedures");
  const [summary, setSummary] = useState("");
  const publish = useChange<void, ProcedureVersion>({
    send: () => api.post<ProcedureVersion>(`/procedures/${procedure}/publish`, { revision, summary }),
    refresh,
    done: () => {
      onClose();
      done();
    },
  });
  return (
    <FormDialogFrame
      opened={opened}
      wide
      title={t("editor.publish")}
      submit={t("editor.publish")}
      onClose={onClose}
      onSubmit={() => publish.mutate()}
      busy={publish.isPending}
    >
      <p className={css.note}>{t("editor.publishText")}</p>
      {changes.length === 0 ? <p className={css.note}>{t("editor.firstOrSame")}</p> : <ChangeLines changes={changes} />}
      <Textarea
        label={t("summary")}
        autosize
        minRows={2}
        value={summary}
        onChange={(event) => setSummary(event.currentTarget.value)}
      />
      {publish.isError ? <ProblemLine error={publish.error} /> : null}
    </FormDialogFrame>
  );
}
