import { NewPlan, type PlanDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";
import { useSession } from "../session/session.tsx";

/** A plan that most programs begin with, to be changed. */
const FIRST_PLAN = (currency: string) =>
  JSON.stringify(
    {
      language: 1,
      currency,
      components: [
        {
          code: "acquisition",
          model: "cpa",
          amount: "100.00",
          qualification: { metric: "first_deposit", atLeast: "50.00" },
          window: { from: "registration", days: 30 },
          hold: { days: 30, from: "earned" },
        },
      ],
    },
    null,
    2,
  );

export function PlanForm({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("agreements");
  const { programs, program } = useSession();
  const go = useGo();
  const first = program ?? programs[0];
  const Entry = z.object({
    programId: z.string().min(1),
    code: NewPlan.shape.code,
    name: NewPlan.shape.name,
    document: z.string().refine(isJson, t("notJson")),
  });
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      wide
      title={t("createPlan")}
      submit={t("createPlanDo")}
      schema={Entry}
      initial={{ programId: first?.id ?? "", code: "", name: "", document: FIRST_PLAN(first?.currency ?? "EUR") }}
      draft="plan-new"
      fields={[
        {
          kind: "select",
          name: "programId",
          label: t("program"),
          required: true,
          options: programs.map((one) => ({ value: one.id, label: one.name })),
        },
        { kind: "text", name: "name", label: t("name"), required: true, half: true },
        { kind: "text", name: "code", label: t("code"), required: true, half: true },
        {
          kind: "textarea",
          name: "document",
          label: t("document"),
          hint: t("documentHint"),
          required: true,
          rows: 16,
          mono: true,
        },
      ]}
      send={({ document, ...values }, key) =>
        api.post<PlanDetail>("/plans", { ...values, document: JSON.parse(document) }, key)
      }
      done={(plan) => go(`/plans/${plan.id}`)}
      refresh={["plans", "audit"]}
    />
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
