import { Button } from "@mantine/core";
import { type Licence, NewLicence } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { DayText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { useSession } from "../session/session.tsx";

const Entry = NewLicence.extend({
  validTo: z.iso
    .date()
    .or(z.literal(""))
    .nullish()
    .transform((value) => value || null),
});

/** Where the partner is licensed, as what and when: jurisdiction rules look at it. */
export function LicencePanel({ partnerId }: { readonly partnerId: string }) {
  const { t } = useTranslation("partners");
  const { can } = useSession();
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Licence | null>(null);
  const add = can("partners.approve") ? <Button onClick={() => setAdding(true)}>{t("addLicence")}</Button> : undefined;
  return (
    <>
      <ListPanel<Licence>
        embedded
        name="licences"
        title={t("licences")}
        resource={`/partners/${partnerId}/licences`}
        rowId={(one) => one.id}
        columns={useLicenceColumns(setEnding)}
        empty={{ title: t("emptyLicences"), text: t("emptyLicencesText"), action: add }}
        actions={add}
      />
      <ConfirmDialog
        opened={ending !== null}
        onClose={() => setEnding(null)}
        title={t("endLicence")}
        text={t("endLicenceText")}
        action={t("endLicence")}
        danger
        send={() => api.post(`/partners/${partnerId}/licences/${ending?.id}/end`, { validTo: today() })}
        refresh={["partners", "audit"]}
      />
      <LicenceForm partnerId={partnerId} opened={adding} onClose={() => setAdding(false)} />
    </>
  );
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function useLicenceColumns(end: (licence: Licence) => void): readonly Column<Licence>[] {
  const { t } = useTranslation("partners");
  const { can } = useSession();
  return [
    {
      id: "jurisdiction",
      label: t("licenceWhere"),
      cell: (one) => one.jurisdiction,
      text: (one) => one.jurisdiction,
      phone: "title",
    },
    {
      id: "class",
      label: t("licenceClass"),
      cell: (one) => one.class,
      text: (one) => one.class,
      width: 200,
      phone: "value",
    },
    {
      id: "reference",
      label: t("licenceReference"),
      cell: (one) => one.reference || "–",
      text: (one) => one.reference,
      width: 220,
      phone: "line",
    },
    {
      id: "from",
      label: t("licenceFrom"),
      cell: (one) => <DayText day={one.validFrom} />,
      text: (one) => one.validFrom,
      width: 120,
    },
    {
      id: "to",
      label: t("licenceTo"),
      cell: (one) =>
        one.validTo === null && one.validFrom < today() && can("partners.approve") ? (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => end(one)}>
            {t("endLicence")}
          </Button>
        ) : (
          <DayText day={one.validTo} />
        ),
      text: (one) => one.validTo,
      width: 120,
    },
  ];
}

interface LicenceFormProps {
  readonly partnerId: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

function LicenceForm({ partnerId, opened, onClose }: LicenceFormProps) {
  const { t } = useTranslation("partners");
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("addLicence")}
      submit={t("addLicence")}
      schema={Entry}
      initial={{ jurisdiction: "", class: "", reference: "", validFrom: "", validTo: "" }}
      fields={[
        {
          kind: "text",
          name: "jurisdiction",
          label: t("licenceWhere"),
          hint: t("licenceWhereHint"),
          required: true,
          half: true,
        },
        {
          kind: "text",
          name: "class",
          label: t("licenceClass"),
          hint: t("licenceClassHint"),
          required: true,
          half: true,
        },
        { kind: "text", name: "reference", label: t("licenceReference") },
        { kind: "day", name: "validFrom", label: t("licenceFrom"), required: true, half: true },
        { kind: "day", name: "validTo", label: t("licenceTo"), half: true },
      ]}
      send={(values, key) => api.post<Licence>(`/partners/${partnerId}/licences`, Entry.parse(values), key)}
      done={() => undefined}
      refresh={["partners", "audit"]}
    />
  );
}
