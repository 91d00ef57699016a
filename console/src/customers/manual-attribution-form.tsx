import { type Customer, ManualAttribution } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { FormDialog } from "../kit/form/record-form.tsx";

const Entry = z.object({
  partnerId: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
  from: z.iso
    .date()
    .nullish()
    .transform((value) => value ?? null),
  reason: ManualAttribution.shape.reason,
});

interface ManualAttributionFormProps {
  readonly customer: Customer;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** A person decides whose the customer is; commissions of everybody concerned are calculated again. */
export function ManualAttributionForm({ customer, opened, onClose }: ManualAttributionFormProps) {
  const { t } = useTranslation("customers");
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("reassign")}
      submit={t("reassignDo")}
      schema={Entry}
      initial={{ partnerId: customer.partnerId ?? "", from: "", reason: "" }}
      fields={[
        {
          kind: "record",
          name: "partnerId",
          label: t("partner"),
          hint: t("nobodyHint"),
          resource: "/partners",
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        { kind: "day", name: "from", label: t("from"), hint: t("fromHint") },
        { kind: "textarea", name: "reason", label: t("reason"), hint: t("reasonHint"), required: true, rows: 3 },
      ]}
      send={(values, key) =>
        api.post<Customer>(
          `/customers/${customer.id}/attribution`,
          { ...Entry.parse(values), revision: customer.revision },
          key,
        )
      }
      done={() => undefined}
      refresh={["customers", "events", "lines", "audit"]}
    />
  );
}
