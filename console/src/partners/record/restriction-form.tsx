import { NewRestriction, type Restriction } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../../api/client.ts";
import { FormDialog } from "../../kit/form/record-form.tsx";
import { RESTRICTIONS } from "../states.ts";

const Entry = NewRestriction.extend({
  until: z.iso
    .datetime({ offset: true })
    .or(z.literal(""))
    .nullish()
    .transform((value) => value || null),
});

interface Props {
  readonly partnerId: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Stops something of a partner at once. */
export function RestrictionForm({ partnerId, opened, onClose }: Props) {
  const { t } = useTranslation("partners");
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("record.restrict")}
      submit={t("record.restrict")}
      danger
      schema={Entry}
      initial={{ kind: "stop_links", reason: "", until: "" }}
      fields={[
        {
          kind: "select",
          name: "kind",
          label: t("record.what"),
          required: true,
          options: RESTRICTIONS.map((value) => ({ value, label: t(`restriction.${value}`) })),
        },
        {
          kind: "own",
          name: "effect",
          label: "",
          content: (values) => t(`restrictionEffect.${values.kind ?? "stop_links"}`),
        },
        { kind: "textarea", name: "reason", label: t("record.reason"), required: true, rows: 3 },
        { kind: "instant", name: "until", label: t("record.until"), hint: t("record.untilHint") },
      ]}
      send={(values, key) => api.post<Restriction>(`/partners/${partnerId}/restrictions`, Entry.parse(values), key)}
      done={() => undefined}
      refresh={["partners", "payees", "links", "audit"]}
    />
  );
}
