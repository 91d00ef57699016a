import { type AgreementVersionDetail, NewTerms, type Plan, type PlanDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api, type Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";
import { useSession } from "../session/session.tsx";

const Entry = z.object({
  partnerId: z.string().min(1),
  programId: z.string().min(1),
  planId: z.string().min(1),
  validFrom: NewTerms.shape.validFrom,
  validTo: z.iso
    .date()
    .nullish()
    .transform((value) => value ?? null),
  customers: z.enum(["move", "stay"]),
  note: z.string().max(2000).default(""),
});

/** Terms for a partner: the newest published version of a plan, from a day on. Another person approves them. */
export function ProposalForm({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("agreements");
  const { programs, program } = useSession();
  const plans = useRecord<Page<Plan>>("/plans", { limit: 200 }, { enabled: opened });
  const go = useGo();
  const published = (plans.data?.data ?? []).filter((plan) => plan.publishedVersion !== null);
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("propose")}
      submit={t("proposeDo")}
      schema={Entry}
      initial={{
        partnerId: "",
        programId: program?.id ?? programs[0]?.id ?? "",
        planId: "",
        validFrom: new Date().toISOString().slice(0, 10),
        validTo: "",
        customers: "move",
        note: "",
      }}
      draft="agreement-new"
      fields={[
        {
          kind: "record",
          name: "partnerId",
          label: t("partner"),
          required: true,
          resource: "/partners",
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        {
          kind: "select",
          name: "programId",
          label: t("program"),
          required: true,
          half: true,
          options: programs.map((one) => ({ value: one.id, label: one.name })),
        },
        {
          kind: "select",
          name: "planId",
          label: t("plan"),
          required: true,
          half: true,
          options: published.map((one) => ({ value: one.id, label: one.name })),
        },
        { kind: "day", name: "validFrom", label: t("validFrom"), required: true, half: true },
        { kind: "day", name: "validTo", label: t("validTo"), hint: t("validToHint"), half: true },
        {
          kind: "select",
          name: "customers",
          label: t("customers"),
          required: true,
          options: (["move", "stay"] as const).map((value) => ({ value, label: t(`customersWill.${value}`) })),
        },
        { kind: "textarea", name: "note", label: t("note"), rows: 2 },
      ]}
      send={(values, key) => send(Entry.parse(values), key)}
      done={(version) => go(`/agreements/${version.agreementId}`)}
      refresh={["agreements", "audit"]}
    />
  );
}

async function send({ planId, ...terms }: z.output<typeof Entry>, key: string): Promise<AgreementVersionDetail> {
  const plan = await api.get<PlanDetail>(`/plans/${planId}`);
  const version = plan.versions.find((one) => one.status === "published");
  return await api.post("/agreements", { ...terms, planVersionId: version?.id ?? "" }, key);
}
