import { Button } from "@mantine/core";
import { type Deputy, NewDeputy } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { DateText, DayText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";

const TONES = { coming: "onboarding", active: "active", ended: "deactivated" } as const;

/** Who looks after whose portfolio while somebody is away. */
export function DeputyList() {
  const { t } = useTranslation("admin");
  const { can } = useSession();
  const [naming, setNaming] = useState(false);
  const [ending, setEnding] = useState<Deputy | null>(null);
  const create = <Button onClick={() => setNaming(true)}>{t("nameDeputy")}</Button>;
  return (
    <>
      <ListPage<Deputy>
        name="deputies"
        title={t("deputies")}
        subtitle={t("deputiesText")}
        resource="/deputies"
        fixed={can("users.read") ? { of: "all" } : {}}
        rowId={(one) => one.id}
        columns={useColumns(setEnding)}
        views={[
          { id: "all", label: t("views.all") },
          { id: "active", label: t("deputyState.active"), filters: { state: "active" } },
          { id: "coming", label: t("deputyState.coming"), filters: { state: "coming" } },
        ]}
        empty={{ title: t("emptyDeputies"), text: t("emptyDeputiesText"), action: create }}
        actions={create}
      />
      <NameForm opened={naming} onClose={() => setNaming(false)} />
      <ConfirmDialog
        opened={ending !== null}
        onClose={() => setEnding(null)}
        title={t("endDeputy")}
        text={t("endDeputyText")}
        action={t("endDeputy")}
        danger
        send={() => api.delete(`/deputies/${ending?.id}`)}
        refresh={["deputies", "audit"]}
      />
    </>
  );
}

function useColumns(onEnd: (one: Deputy) => void): readonly Column<Deputy>[] {
  const { t } = useTranslation("admin");
  return [
    {
      id: "principal",
      label: t("away"),
      cell: (one) => <NameText id={one.principalUserId} />,
      text: (one) => one.principalUserId,
      phone: "title",
    },
    {
      id: "deputy",
      label: t("deputy"),
      cell: (one) => <NameText id={one.deputyUserId} />,
      text: (one) => one.deputyUserId,
      width: 200,
      phone: "line",
    },
    {
      id: "state",
      label: t("status"),
      cell: (one) => <StatusBadge state={TONES[one.state]} label={t(`deputyState.${one.state}`)} />,
      text: (one) => one.state,
      width: 120,
      phone: "value",
    },
    {
      id: "from",
      label: t("from"),
      cell: (one) => <DateText at={one.startsAt} detail="day" />,
      text: (one) => one.startsAt,
      width: 130,
    },
    {
      id: "until",
      label: t("lastDay"),
      cell: (one) => <DayText day={lastDay(one)} />,
      text: lastDay,
      width: 130,
    },
    { id: "reason", label: t("reason"), cell: (one) => one.reason, text: (one) => one.reason, width: 220 },
    {
      id: "do",
      label: t("action"),
      width: 110,
      align: "end",
      cell: (one) =>
        one.state === "ended" ? null : (
          <Button size="compact-xs" variant="subtle" onClick={() => onEnd(one)}>
            {t("endDeputy")}
          </Button>
        ),
    },
  ];
}

/** It ends with this day, in UTC: `endsAt` is the beginning of the next one. */
function lastDay(one: Deputy): string {
  return new Date(Date.parse(one.endsAt) - 1).toISOString().slice(0, 10);
}

type Typed = Required<{ [K in keyof z.infer<typeof NewDeputy>]: string }>;

function NameForm({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("admin");
  const { can } = useSession();
  const person = {
    resource: "/users",
    query: () => ({ side: "operator" }),
    toOption: (row: { id: string; name: string }) => ({ value: row.id, label: row.name }),
  };
  return (
    <FormDialog<Typed, Deputy>
      opened={opened}
      onClose={onClose}
      title={t("nameDeputy")}
      submit={t("nameDeputy")}
      schema={NewDeputy}
      initial={{ principalUserId: "", deputyUserId: "", startsOn: "", endsOn: "", reason: "" }}
      fields={[
        ...(can("users.write")
          ? [{ kind: "record" as const, name: "principalUserId", label: t("away"), hint: t("awayHint"), ...person }]
          : []),
        { kind: "record", name: "deputyUserId", label: t("deputy"), required: true, ...person },
        { kind: "day", name: "startsOn", label: t("from"), required: true, half: true },
        { kind: "day", name: "endsOn", label: t("lastDay"), required: true, half: true },
        { kind: "text", name: "reason", label: t("reason"), required: true },
      ]}
      send={({ principalUserId, ...values }, key) =>
        api.post<Deputy>("/deputies", { ...values, ...(principalUserId ? { principalUserId } : {}) }, key)
      }
      done={() => undefined}
      refresh={["deputies", "audit"]}
    />
  );
}
