import { Button, Group } from "@mantine/core";
import { CodeState, type ReferralCode } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import type { Tone } from "../kit/tone.ts";
import { useProgramQuery, useSession } from "../session/session.tsx";
import { CodeForm } from "./code-form.tsx";

export function CodeList() {
  const { t } = useTranslation("tracking");
  const { can } = useSession();
  const go = useGo();
  const [editing, setEditing] = useState<ReferralCode | "new" | null>(null);
  const create = can("links.write") ? <Button onClick={() => setEditing("new")}>{t("createCode")}</Button> : undefined;
  return (
    <>
      <ListPage<ReferralCode>
        name="codes"
        title={t("codes")}
        resource="/codes"
        fixed={useProgramQuery()}
        rowId={(one) => one.id}
        views={[
          { id: "all", label: t("views.everything") },
          ...CodeState.options.map((state) => ({ id: state, label: t(`codeState.${state}`), filters: { state } })),
        ]}
        filters={[
          {
            kind: "record",
            field: "partnerId",
            label: t("partner"),
            resource: "/partners",
            toOption: (row) => ({ value: row.id, label: row.name }),
          },
        ]}
        search={t("searchCodes")}
        columns={useCodeColumns(can("links.write") ? setEditing : null)}
        empty={{ title: t("emptyCodes"), text: t("emptyCodesText"), action: create }}
        actions={
          create === undefined ? undefined : (
            <Group gap={8}>
              <Button variant="default" onClick={() => go("/codes/bulk")}>
                {t("bulk.title")}
              </Button>
              {create}
            </Group>
          )
        }
      />
      {editing === null ? null : (
        <CodeForm code={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
      )}
    </>
  );
}

const STATE_TONES: Readonly<Record<string, Tone>> = { coming: "info", valid: "good", ended: "quiet" };

function useCodeColumns(onEdit: ((code: ReferralCode) => void) | null): readonly Column<ReferralCode>[] {
  const { t } = useTranslation("tracking");
  return [
    { id: "code", label: t("code"), cell: (one) => one.code, text: (one) => one.code, phone: "title" },
    {
      id: "partner",
      label: t("partner"),
      cell: (one) => <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />,
      text: (one) => one.partnerId,
      width: 220,
      phone: "line",
    },
    {
      id: "program",
      label: t("program"),
      cell: (one) => <NameText id={one.programId} />,
      text: (one) => one.programId,
      width: 200,
      phone: "value",
    },
    {
      id: "state",
      label: t("status"),
      cell: (one) => <StatusBadge state={one.state} label={t(`codeState.${one.state}`)} tones={STATE_TONES} />,
      text: (one) => one.state,
      width: 110,
    },
    {
      id: "from",
      label: t("validFrom"),
      cell: (one) => <DateText at={one.validFrom} />,
      text: (one) => one.validFrom,
      width: 160,
      align: "end",
    },
    {
      id: "to",
      label: t("validTo"),
      cell: (one) => <DateText at={one.validTo} />,
      text: (one) => one.validTo,
      width: 160,
      align: "end",
    },
    ...(onEdit === null
      ? []
      : [
          {
            id: "edit",
            label: "",
            cell: (one: ReferralCode) => (
              <Button size="compact-xs" variant="default" onClick={() => onEdit(one)}>
                {t("changeCode")}
              </Button>
            ),
            width: 100,
            align: "end" as const,
            phone: "line" as const,
          },
        ]),
  ];
}
