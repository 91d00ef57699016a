import { Alert, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ManyDone, Suggestion, SuggestionPreview } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { FormDialogFrame } from "../kit/dialog-frame.tsx";
import { complain, sayWithUndo } from "../kit/notices.ts";
import { ProblemLine } from "../kit/problem-state.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";

interface DoDialogProps {
  readonly rows: readonly Suggestion[];
  readonly onClose: () => void;
  readonly onDone: () => void;
  readonly onUndo: (ids: readonly string[]) => void;
}

/** Every change before it is made, and what cannot be done; afterwards it can be undone. */
export function DoDialog({ rows, onClose, onDone, onUndo }: DoDialogProps) {
  const { t } = useTranslation("governance");
  const ids = rows.map(({ id }) => id);
  const preview = useQuery({
    queryKey: ["suggestions", "preview", ids],
    queryFn: () => api.post<SuggestionPreview>("/suggestions/preview", { ids }),
    staleTime: 0,
  });
  const run = useChange<readonly string[], ManyDone>({
    send: (chosen) => api.post("/suggestions/do", { ids: chosen }),
    refresh: ["suggestions", "links", "offers", "caps"],
    done: ({ done, refused }) => {
      if (refused.length > 0) complain(t("notAll"), refused.map(({ detail }) => detail).join(" "));
      if (done > 0) sayWithUndo(t("doneMany", { count: done }), () => onUndo(changes.map(({ id }) => id)));
      onDone();
      onClose();
    },
  });
  const changes = preview.data?.changes ?? [];
  const refused = preview.data?.refused ?? [];
  return (
    <FormDialogFrame
      opened
      wide
      danger={false}
      title={t("doTitle", { count: changes.length })}
      submit={t("doIt")}
      onClose={onClose}
      onSubmit={() => run.mutate(changes.map(({ id }) => id))}
      busy={run.isPending || preview.isPending || changes.length === 0}
    >
      <PlainTable
        dense
        label={t("doIt")}
        rows={changes}
        rowId={(one) => one.id}
        empty={<Text size="sm">{preview.isPending ? t("looking") : t("nothingToDo")}</Text>}
        columns={[
          { id: "name", label: t("record"), cell: (one) => one.name },
          { id: "from", label: t("from"), cell: (one) => t(`statusNames.${one.from}`) },
          { id: "to", label: t("then"), cell: (one) => t(`statusNames.${one.to}`) },
        ]}
      />
      {refused.length === 0 ? null : (
        <Alert mt="xs" p="xs" title={t("notDone", { count: refused.length })}>
          {refused.slice(0, 5).map(({ id, detail }) => (
            <Text key={id} size="xs">
              {detail}
            </Text>
          ))}
        </Alert>
      )}
      {run.isError ? <ProblemLine error={run.error} /> : null}
    </FormDialogFrame>
  );
}
