import {
  type AgreementDetail,
  type AgreementTemplate,
  type AgreementVersionDetail,
  NewTerms,
  type Plan,
  type PlanDetail,
} from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api, type Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { typedValues } from "../kit/difference/value-form.tsx";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";
import { useSession } from "../session/session.tsx";
import { EvidenceField } from "./evidence-field.tsx";
import { PlanValues, type PlanValuesOf, publishedOf, type TypedValues } from "./plan-values.tsx";

const Entry = z
  .object({
    partnerId: z.string().min(1),
    programId: z.string().min(1),
    templateId: z.string().nullish(),
    planId: z.string().nullish(),
    validFrom: NewTerms.shape.validFrom,
    validTo: z.iso
      .date()
      .or(z.literal(""))
      .nullish()
      .transform((value) => value || null),
    customers: z.enum(["move", "stay"]),
    message: z.string().max(4000).default(""),
    note: z.string().max(2000).default(""),
    values: z.record(z.string(), z.string()).default({}),
    evidence: z.string().nullish(),
    draft: z.boolean().default(false),
  })
  .refine((one) => Boolean(one.planId) || Boolean(one.templateId), { path: ["planId"], message: "–" });
type Values = z.input<typeof Entry>;

interface ProposalFormProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Fixed when new terms are proposed in an agreement that exists. */
  readonly agreement?: AgreementDetail;
  readonly partnerId: string;
}

/** Terms for a partner: a template or the newest published version of a plan, from a day on. Others approve them. */
export function ProposalForm({ opened, onClose, agreement, partnerId }: ProposalFormProps) {
  const { t } = useTranslation("agreements");
  const { programs, program } = useSession();
  const plans = useRecord<Page<Plan>>("/plans", { limit: 200 }, { enabled: opened });
  const templates = useRecord<Page<AgreementTemplate>>("/agreement-templates", { limit: 200 }, { enabled: opened });
  const go = useGo();
  return (
    <FormDialog<Values, AgreementVersionDetail>
      opened={opened}
      onClose={onClose}
      wide
      title={t(agreement === undefined ? "propose" : "proposeNew")}
      submit={t("proposeDo")}
      schema={Entry}
      initial={{
        partnerId,
        programId: agreement?.programId ?? program?.id ?? programs[0]?.id ?? "",
        templateId: "",
        planId: "",
        validFrom: new Date().toISOString().slice(0, 10),
        validTo: "",
        customers: "move",
        message: "",
        note: "",
        values: {},
        evidence: null,
        draft: false,
      }}
      draft={`agreement-new-${agreement?.id ?? ""}`}
      fields={useProposalFields(agreement !== undefined, plans.data?.data ?? [], templates.data?.data ?? [])}
      send={(values, key) => send(Entry.parse(values), templates.data?.data ?? [], key)}
      done={(version) => go(`/agreements/${version.agreementId}`)}
      refresh={["agreements", "audit"]}
    />
  );
}

/** Values of the plan that this partner gets otherwise. */
function useValuesField(templates: readonly AgreementTemplate[]): Field<Values> {
  const { t } = useTranslation("agreements");
  return {
    kind: "own",
    name: "values",
    label: t("changedValues"),
    content: ({ planId, templateId, values }, change) => (
      <PlanValues
        key={`${planId} ${templateId}`}
        planId={planId ?? ""}
        planVersionId={templates.find((one) => one.id === templateId)?.latest.planVersionId ?? null}
        typed={values ?? {}}
        onType={(typed) => change("values", typed)}
      />
    ),
  };
}

function useEvidenceField(): Field<Values> {
  const { t } = useTranslation("agreements");
  return {
    kind: "own",
    name: "evidence",
    label: t("evidence"),
    content: ({ evidence }, change) => (
      <EvidenceField value={evidence ?? null} onChange={(id) => change("evidence", id)} />
    ),
  };
}

function useProposalFields(
  fixed: boolean,
  plans: readonly Plan[],
  templates: readonly AgreementTemplate[],
): Field<Values>[] {
  const { t } = useTranslation("agreements");
  const { programs } = useSession();
  const published = plans.filter((plan) => plan.publishedVersion !== null);
  const option = (one: { readonly id: string; readonly name: string }) => ({ value: one.id, label: one.name });
  return [
    {
      kind: "record",
      name: "partnerId",
      label: t("partner"),
      required: true,
      disabled: fixed,
      resource: "/partners",
      toOption: (row) => ({ value: row.id, label: row.name }),
    },
    {
      kind: "select",
      name: "programId",
      label: t("program"),
      required: true,
      disabled: fixed,
      half: true,
      options: programs.map(option),
    },
    {
      kind: "select",
      name: "templateId",
      label: t("template"),
      hint: t("templateHint"),
      half: true,
      clearable: true,
      options: ({ programId }) => templates.filter((one) => one.programId === programId).map(option),
    },
    {
      kind: "select",
      name: "planId",
      label: t("plan"),
      hint: t("planHint"),
      half: true,
      clearable: true,
      options: ({ programId }) => published.filter((one) => one.programId === programId).map(option),
    },
    {
      kind: "select",
      name: "customers",
      label: t("customers"),
      required: true,
      half: true,
      options: (["move", "stay"] as const).map((value) => ({ value, label: t(`customersWill.${value}`) })),
    },
    useValuesField(templates),
    { kind: "day", name: "validFrom", label: t("validFrom"), required: true, half: true },
    { kind: "day", name: "validTo", label: t("validTo"), hint: t("validToHint"), half: true },
    { kind: "textarea", name: "message", label: t("message"), hint: t("messageHint"), rows: 2 },
    { kind: "textarea", name: "note", label: t("note"), hint: t("noteHint"), rows: 2 },
    useEvidenceField(),
    { kind: "switch", name: "draft", label: t("keepDraft") },
  ];
}

/** What was typed, as the API takes it; values of a plan that was chosen before and left again are not sent. */
async function changedValues(planVersionId: string | null, typed: TypedValues) {
  if (planVersionId === null || Object.values(typed).every((one) => one.trim() === "")) return {};
  const { data } = await api.get<PlanValuesOf>(`/plan-values/${planVersionId}`);
  return { values: typedValues(data, typed) };
}

async function send(
  { planId, templateId, draft, values, evidence, ...terms }: z.output<typeof Entry>,
  templates: readonly AgreementTemplate[],
  key: string,
): Promise<AgreementVersionDetail> {
  const plan = planId ? await api.get<PlanDetail>(`/plans/${planId}`) : undefined;
  const published = publishedOf(plan);
  const template = templates.find((one) => one.id === templateId)?.latest;
  const from = template === undefined ? {} : { templateVersionId: template.id };
  const standard = published === null ? {} : { planVersionId: published };
  const changed = await changedValues(published ?? template?.planVersionId ?? null, values);
  const body = { ...terms, ...from, ...standard, ...changed, evidence: evidence || null, submit: !draft };
  return await api.post("/agreements", body, key);
}
