import { Button } from "@mantine/core";
import { NewReferralCode, type ReferralCode } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { DateText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";

const CodeEntry = NewReferralCode.pick({ programId: true, partnerId: true, code: true });

export function CodeList() {
  const { t } = useTranslation("tracking");
  const { can } = useSession();
  const [adding, setAdding] = useState(false);
  const create = can("links.write") ? <Button onClick={() => setAdding(true)}>{t("createCode")}</Button> : undefined;
  return (
    <>
      <ListPage<ReferralCode>
        name="codes"
        title={t("codes")}
        resource="/codes"
        fixed={useProgramQuery()}
        rowId={(one) => one.id}
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
        columns={useCodeColumns()}
        empty={{ title: t("emptyCodes"), text: t("emptyCodesText"), action: create }}
        actions={create}
      />
      <CodeForm opened={adding} onClose={() => setAdding(false)} />
    </>
  );
}

function useCodeColumns(): readonly Column<ReferralCode>[] {
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
  ];
}

function CodeForm({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("tracking");
  const { programs, program } = useSession();
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("createCode")}
      submit={t("createCode")}
      schema={CodeEntry}
      initial={{ programId: program?.id ?? programs[0]?.id ?? "", partnerId: "", code: "" }}
      fields={[
        {
          kind: "select",
          name: "programId",
          label: t("program"),
          required: true,
          half: true,
          options: programs.map((one) => ({ value: one.id, label: one.name })),
        },
        {
          kind: "record",
          name: "partnerId",
          label: t("partner"),
          required: true,
          half: true,
          resource: "/partners",
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        { kind: "text", name: "code", label: t("code"), hint: t("codeHint"), required: true },
      ]}
      send={(values, key) => api.post<ReferralCode>("/codes", values, key)}
      done={() => undefined}
      refresh={["codes", "audit"]}
    />
  );
}
