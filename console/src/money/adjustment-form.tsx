import { type Adjustment, type AdjustmentReason, NewAdjustment } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useSession } from "../session/session.tsx";
import { evidenceOf } from "./inquiry-record.tsx";

const KINDS = ["correction", "bonus", "write_off", "set_off", "reserve", "reserve_release"] as const;
const OF_A_PROGRAM: ReadonlySet<string> = new Set(["correction", "bonus"]);

const Entry = NewAdjustment.pick({ kind: true, partnerId: true, month: true, reasonCode: true, reason: true }).extend({
  programId: z.string(),
  effectiveTo: z.string().optional(),
  otherPartnerId: z.string().optional(),
  ofId: z.string().optional(),
  releaseOn: z.string().optional(),
  evidence: z.string().optional(),
  lineKey: z.string().optional(),
  money: z.object({ minor: NewAdjustment.shape.amount, currency: NewAdjustment.shape.currency }),
});
type Values = z.input<typeof Entry>;

/** The catalogue's active reasons that a kind may have, in the reader's language. */
export function useReasons(): (kind: string) => readonly { readonly value: string; readonly label: string }[] {
  const { i18n } = useTranslation();
  const reasons = useRecord<{ data: readonly AdjustmentReason[] }>("/adjustment-reasons");
  const language = i18n.language.startsWith("es") ? "es" : "en";
  return (kind) => {
    const wanted = kind === "reserve_release" ? "reserve" : kind;
    const fit = (reasons.data?.data ?? []).filter((one) => one.active && one.kinds.some((each) => each === wanted));
    return fit.map((one) => ({ value: one.code, label: one.names[language] }));
  };
}

/** Proposes an adjustment; what its kind needs is asked for, and nothing else. */
export function AdjustmentForm({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("money");
  const { programs, program } = useSession();
  const first = program ?? programs[0];
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("createAdjustment")}
      submit={t("propose")}
      wide
      schema={Entry}
      initial={
        {
          kind: "correction",
          partnerId: "",
          programId: first?.id ?? "",
          month: new Date().toISOString().slice(0, 7),
          effectiveTo: "",
          reasonCode: "other",
          reason: "",
          evidence: "",
          lineKey: "",
          otherPartnerId: "",
          ofId: "",
          releaseOn: "",
          money: { minor: "", currency: first?.currency ?? "EUR" },
        } as Values
      }
      draft="adjustment-new"
      fields={useFields()}
      send={(values, key) => api.post<Adjustment>("/adjustments", bodyOf(values), key)}
      done={() => undefined}
      refresh={["adjustments", "audit"]}
    />
  );
}

/** Fields that the kind does not have are not sent, whatever was typed before the kind was changed. */
function bodyOf(values: Values): NewAdjustment {
  const kind = values.kind ?? "correction";
  const given = (text: string | undefined) => (text === undefined || text === "" ? null : text);
  return {
    kind,
    partnerId: values.partnerId,
    programId: OF_A_PROGRAM.has(kind) ? values.programId : null,
    currency: values.money.currency,
    amount: values.money.minor,
    month: values.month,
    effectiveTo: given(values.effectiveTo),
    reasonCode: values.reasonCode ?? "other",
    reason: values.reason,
    evidence: evidenceOf(values.evidence),
    lineKey: given(values.lineKey),
    otherPartnerId: kind === "set_off" ? given(values.otherPartnerId) : null,
    ofId: kind === "reserve_release" ? given(values.ofId) : null,
    releaseOn: kind === "reserve" ? given(values.releaseOn) : null,
  };
}

function useFields(): readonly Field<Values>[] {
  const { t } = useTranslation("money");
  const { programs } = useSession();
  const reasons = useReasons();
  const partner = {
    resource: "/partners",
    toOption: (row: { id: string; name: string }) => ({ value: row.id, label: row.name }),
  };
  const only = (...kinds: readonly string[]) => ({
    when: (values: Values) => kinds.includes(values.kind ?? "correction"),
  });
  return [
    {
      kind: "select",
      name: "kind",
      label: t("kind"),
      required: true,
      half: true,
      options: KINDS.map((value) => ({ value, label: t(`adjustmentKind.${value}`) })),
    },
    {
      kind: "select",
      name: "reasonCode",
      label: t("adjust.code"),
      required: true,
      half: true,
      options: (values) => [...reasons(values.kind ?? "correction")],
    },
    { kind: "record", name: "partnerId", label: t("partner"), required: true, half: true, ...partner },
    {
      kind: "select",
      name: "programId",
      label: t("program"),
      half: true,
      hint: t("adjust.programHint"),
      options: programs.map((one) => ({ value: one.id, label: one.name })),
      ...only("correction", "bonus"),
    },
    { kind: "record", name: "otherPartnerId", label: t("adjust.other"), half: true, ...partner, ...only("set_off") },
    { kind: "text", name: "ofId", label: t("adjust.of"), placeholder: "adj_…", half: true, ...only("reserve_release") },
    {
      kind: "money",
      name: "money",
      label: t("amount"),
      hint: t("amountHint"),
      required: true,
      half: true,
      currency: (values) => programs.find((one) => one.id === values.programId)?.currency ?? "EUR",
    },
    { kind: "month", name: "month", label: t("month"), required: true, half: true },
    { kind: "month", name: "effectiveTo", label: t("adjust.until"), half: true, ...only("correction", "bonus") },
    {
      kind: "day",
      name: "releaseOn",
      label: t("adjust.releaseOn"),
      hint: t("adjust.releaseHint"),
      half: true,
      ...only("reserve"),
    },
    { kind: "textarea", name: "reason", label: t("reason"), hint: t("adjust.reasonHint"), required: true, rows: 3 },
    { kind: "text", name: "evidence", label: t("evidence.title"), hint: t("evidence.hint") },
    { kind: "text", name: "lineKey", label: t("adjust.line"), hint: t("adjust.lineHint"), ...only("correction") },
  ];
}
