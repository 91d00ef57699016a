import { SegmentedControl } from "@mantine/core";
import type { BulkDetail, BulkSubject } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { FormDialogFrame } from "../kit/dialog-frame.tsx";
import { useGo } from "../kit/link.tsx";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";
import { DropZone } from "./drop-zone.tsx";

const ACCEPTED = ".csv,.tsv,.txt,.xlsx,.xlsm,.xlsb,.xls,.ods,.gz,.zip";

/** Sends a file of partners or contacts; nothing is made before its preview was seen. */
export function NewBulkDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("bulk");
  const go = useGo();
  const [subject, setSubject] = useState<BulkSubject>("partner");
  const [file, setFile] = useState<File | null>(null);
  const send = useChange<File, BulkDetail>({
    send: (given) => api.upload<BulkDetail>("/bulk-changes", given, { subject }),
    refresh: ["bulk-changes"],
    done: (one) => go(`/bulk-changes/${one.id}`),
  });
  return (
    <FormDialogFrame
      opened={opened}
      wide
      title={t("create")}
      submit={t("upload")}
      onClose={onClose}
      onSubmit={() => file !== null && send.mutate(file)}
      ready={file !== null}
      busy={send.isPending}
    >
      <SegmentedControl
        aria-label={t("subject")}
        value={subject}
        onChange={(value) => setSubject(value as BulkSubject)}
        data={(["partner", "contact"] as const).map((value) => ({ value, label: t(`subjects.${value}`) }))}
      />
      <DropZone accept={ACCEPTED} file={file} onFile={setFile} />
      <NoteLine tone="info">{t("uploadNote")}</NoteLine>
      {send.isError ? <ProblemLine error={send.error} /> : null}
    </FormDialogFrame>
  );
}
