import { Button } from "@mantine/core";
import { type Absence, NewAbsence } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Page } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { DayText } from "../kit/date-text.tsx";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";

type Entry = Readonly<Record<string, unknown>>;

/** Who is away and gets no new leads, and who stands in. */
export function AbsenceCard() {
  const { t } = useTranslation("pipeline");
  const { can } = useSession();
  const [opened, setOpened] = useState(false);
  const found = useRecord<Page<Absence>>("/pipeline/absences", { limit: 50 });
  const remove = useChange<string, unknown>({
    send: (id) => api.delete(`/pipeline/absences/${id}`),
    refresh: ["pipeline"],
  });
  const add = can("pipeline.write") ? (
    <Button size="compact-sm" onClick={() => setOpened(true)}>
      {t("addAbsence")}
    </Button>
  ) : undefined;
  return (
    <Card title={t("absences")} actions={add} flush>
      <Loaded query={found}>
        {({ data }) => (
          <PlainTable
            label={t("absences")}
            rows={data}
            rowId={(one) => one.id}
            empty={<p style={{ padding: "0 14px" }}>{t("noAbsences")}</p>}
            columns={[
              { id: "who", label: t("away"), cell: (one) => <NameText id={one.userId} /> },
              { id: "deputy", label: t("deputy"), cell: (one) => <NameText id={one.deputyUserId} /> },
              { id: "from", label: t("firstDay"), cell: (one) => <DayText day={one.from} /> },
              { id: "until", label: t("backOn"), cell: (one) => <DayText day={one.until} /> },
              {
                id: "remove",
                label: t("decision"),
                align: "end",
                cell: (one) => (
                  <Button size="compact-sm" variant="default" onClick={() => remove.mutate(one.id)}>
                    {t("remove")}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      <AbsenceForm opened={opened} onClose={() => setOpened(false)} />
    </Card>
  );
}

function AbsenceForm({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("pipeline");
  const { me } = useSession();
  const person = (name: string, label: string, required: boolean): Field<Entry> => ({
    kind: "record",
    name,
    label,
    required,
    half: true,
    resource: "/users",
    query: () => ({ side: "operator" }),
    toOption: (row) => ({ value: row.id, label: row.name }),
  });
  return (
    <FormDialog<Entry, Absence>
      opened={opened}
      onClose={onClose}
      title={t("addAbsence")}
      submit={t("addAbsence")}
      schema={NewAbsence}
      initial={{ userId: me.id, from: "", until: "", deputyUserId: "" }}
      fields={[
        person("userId", t("away"), true),
        person("deputyUserId", t("deputy"), false),
        { kind: "day", name: "from", label: t("firstDay"), required: true, half: true },
        { kind: "day", name: "until", label: t("backOn"), required: true, half: true },
      ]}
      send={(values, key) => api.post<Absence>("/pipeline/absences", values, key)}
      done={() => undefined}
      refresh={["pipeline", "audit"]}
    />
  );
}
