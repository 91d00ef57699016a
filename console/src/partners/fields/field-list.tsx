import { Button } from "@mantine/core";
import type { PartnerField } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Column } from "../../kit/list/list-declaration.ts";
import { ListPage } from "../../kit/list/list-page.tsx";
import { useSession } from "../../session/session.tsx";
import { useFieldText } from "../record/use-field-text.ts";
import { FieldForm } from "./field-form.tsx";

/** What the operator wants to know of its partners beyond the record: defined once, asked for where a stage needs it. */
export function FieldList() {
  const { t } = useTranslation("partners");
  const { can } = useSession();
  const [shown, setShown] = useState<PartnerField | "new" | null>(null);
  const keeper = can("settings.write");
  const add = keeper ? <Button onClick={() => setShown("new")}>{t("fields.add")}</Button> : undefined;
  return (
    <>
      <ListPage<PartnerField>
        name="partner-fields"
        title={t("fields.admin")}
        resource="/partner-fields"
        rowId={(one) => one.id}
        columns={useColumns(keeper ? setShown : undefined)}
        empty={{ title: t("fields.none"), text: t("fields.noneText"), action: add }}
        actions={add}
      />
      <FieldForm
        key={shown === null || shown === "new" ? "new" : shown.id}
        field={shown === "new" ? null : shown}
        opened={shown !== null}
        onClose={() => setShown(null)}
      />
    </>
  );
}

function useColumns(change: ((field: PartnerField) => void) | undefined): readonly Column<PartnerField>[] {
  const { t } = useTranslation("partners");
  const text = useFieldText();
  const states = (list: readonly string[]) => list.map((one) => t(`state.${one}`)).join(", ");
  return [
    { id: "title", label: t("fields.name"), cell: text.title, text: text.title, phone: "title" },
    { id: "key", label: t("fields.key"), cell: (one) => one.key, text: (one) => one.key, width: 140 },
    {
      id: "type",
      label: t("fields.type"),
      cell: (one) => t(`fieldType.${one.type}`),
      text: (one) => one.type,
      width: 120,
      phone: "value",
    },
    {
      id: "kinds",
      label: t("fields.kinds"),
      cell: (one) => one.kinds.map((kind) => t(`kinds.${kind}`)).join(", ") || t("fields.every"),
      text: (one) => one.kinds.join(" "),
      width: 150,
    },
    {
      id: "required",
      label: t("fields.requiredFor"),
      cell: (one) => states(one.requiredFor) || "–",
      text: (one) => one.requiredFor.join(" "),
      width: 150,
      phone: "line",
    },
    {
      id: "read",
      label: t("fields.readPermission"),
      cell: (one) => t(`fields.permission.${one.readPermission}`, { defaultValue: one.readPermission }),
      text: (one) => one.readPermission,
      width: 140,
    },
    {
      id: "filled",
      label: t("fields.filled"),
      cell: (one) => one.filled,
      text: (one) => one.filled,
      width: 90,
      align: "end",
    },
    {
      id: "archived",
      label: t("status"),
      cell: (one) => t(one.archivedAt === null ? "fields.inUse" : "fields.putAway"),
      text: (one) => one.archivedAt,
      width: 110,
    },
    ...(change === undefined
      ? []
      : [
          {
            id: "change",
            label: t("change"),
            cell: (one: PartnerField) => (
              <Button size="compact-xs" variant="default" onClick={() => change(one)}>
                {t("change")}
              </Button>
            ),
            text: () => "",
            width: 110,
          },
        ]),
  ];
}
