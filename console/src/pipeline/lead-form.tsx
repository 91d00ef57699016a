import {
  type Lead,
  type LeadChange,
  type LeadDetail,
  NewLead,
  PartnerKind,
  type TakenLeads,
} from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { ApiProblem } from "../api/problem.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";
import { useSession } from "../session/session.tsx";
import { TOUCHED } from "./words.ts";

type Entry = Readonly<Record<string, unknown>>;

function useFields(fresh: boolean): readonly Field<Entry>[] {
  const { t } = useTranslation("pipeline");
  const { t: tPartners } = useTranslation("partners");
  const { program } = useSession();
  const record = (name: string, label: string, resource: string): Field<Entry> => ({
    kind: "record",
    name,
    label,
    half: true,
    resource,
    ...(resource === "/users" ? { query: () => ({ side: "operator" }) } : {}),
    toOption: (row) => ({ value: row.id, label: row.name }),
  });
  return [
    { kind: "text", name: "name", label: t("name"), required: true, half: true },
    { kind: "text", name: "contactName", label: t("contactName"), half: true },
    { kind: "email", name: "email", label: t("email"), half: true },
    { kind: "text", name: "phone", label: t("phone"), half: true },
    { kind: "url", name: "website", label: t("website"), half: true },
    {
      kind: "select",
      name: "kind",
      label: t("kind"),
      half: true,
      required: true,
      options: PartnerKind.options.map((value) => ({ value, label: tPartners(`kinds.${value}`) })),
    },
    { kind: "text", name: "vertical", label: t("vertical"), half: true },
    { kind: "text", name: "country", label: t("country"), placeholder: "MX", half: true },
    { kind: "text", name: "language", label: t("language"), placeholder: "es", half: true },
    record("programId", t("program"), "/programs"),
    record("regionId", t("region"), "/regions"),
    fresh
      ? { kind: "text", name: "source", label: t("source"), hint: t("sourceHint"), half: true }
      : { kind: "text", name: "source", label: t("source"), half: true },
    { ...record("ownerUserId", t("owner"), "/users"), hint: fresh ? t("ownerHint") : undefined } as Field<Entry>,
    ...(fresh
      ? [
          {
            kind: "text",
            name: "recruiter",
            label: t("recruiter"),
            hint: t("recruiterHint"),
            half: true,
          } as Field<Entry>,
        ]
      : []),
    { kind: "integer", name: "expectedFtds", label: t("expectedFtds"), half: true },
    {
      kind: "money",
      name: "expectedRevenue",
      label: t("expectedRevenue"),
      currency: program?.currency ?? "EUR",
      half: true,
    },
    { kind: "month", name: "expectedMonth", label: t("expectedMonth"), half: true },
    { kind: "text", name: "nextStep", label: t("nextStep"), half: true },
    { kind: "day", name: "nextStepOn", label: t("nextStepOn"), half: true },
    { kind: "textarea", name: "note", label: t("note"), rows: 3 },
  ];
}

interface LeadFormProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** A lead that somebody heard of: what is left out is decided by the rules. */
export function LeadForm({ opened, onClose }: LeadFormProps) {
  const { t } = useTranslation("pipeline");
  const go = useGo();
  const { program } = useSession();
  const fields = useFields(true);
  return (
    <FormDialog<Entry, string>
      opened={opened}
      onClose={onClose}
      title={t("newLead")}
      submit={t("newLeadDo")}
      wide
      schema={NewLead}
      initial={{
        name: "",
        contactName: "",
        email: "",
        phone: "",
        website: "",
        kind: "affiliate",
        vertical: "",
        country: "",
        language: "en",
        programId: program?.id ?? "",
        regionId: "",
        source: "",
        ownerUserId: "",
        recruiter: "",
        expectedFtds: "",
        expectedRevenue: null,
        expectedMonth: "",
        nextStep: "",
        nextStepOn: "",
        note: "",
      }}
      draft="lead-new"
      fields={fields}
      send={async (values, key) => {
        const done = await api.post<TakenLeads>("/leads", { leads: [values] }, key);
        const [refused] = done.refused;
        if (refused !== undefined) throw new ApiProblem(422, "invalid_input", refused.detail);
        return done.taken[0]?.id ?? "";
      }}
      done={(id) => go(`/leads/${id}`)}
      refresh={TOUCHED}
    />
  );
}

const Loose = z.looseObject({ name: z.string().trim().min(1).max(120) });

export function LeadChangeForm({ lead, opened, onClose }: LeadFormProps & { readonly lead: Lead }) {
  const { t } = useTranslation("pipeline");
  const fields = useFields(false);
  const { revision } = lead;
  return (
    <FormDialog<Entry, LeadDetail>
      opened={opened}
      onClose={onClose}
      title={t("change")}
      submit={t("save")}
      wide
      schema={Loose}
      initial={{
        name: lead.name,
        contactName: lead.contactName,
        email: lead.email,
        phone: lead.phone,
        website: lead.website,
        kind: lead.kind,
        vertical: lead.vertical,
        country: lead.country ?? "",
        language: lead.language,
        programId: lead.programId ?? "",
        regionId: lead.regionId ?? "",
        source: lead.source ?? "",
        ownerUserId: lead.ownerUserId ?? "",
        expectedFtds: lead.expectedFtds === null ? "" : String(lead.expectedFtds),
        expectedRevenue: lead.expectedRevenue,
        expectedMonth: lead.expectedMonth ?? "",
        nextStep: lead.nextStep,
        nextStepOn: lead.nextStepOn ?? "",
        note: lead.note,
      }}
      fields={fields}
      send={(values) => api.patch<LeadDetail>(`/leads/${lead.id}`, { ...changed(lead, values), revision })}
      done={() => undefined}
      refresh={TOUCHED}
    />
  );
}

const NULLABLE = new Set([
  "country",
  "programId",
  "regionId",
  "source",
  "ownerUserId",
  "expectedFtds",
  "expectedRevenue",
  "expectedMonth",
  "nextStepOn",
]);

/** What was typed anew; empty fields that may be unknown become null. */
function changed(lead: Lead, values: Entry): Partial<LeadChange> {
  const before = lead as unknown as Entry;
  const told = Object.entries(values).map(
    ([name, value]) => [name, value === "" && NULLABLE.has(name) ? null : value] as const,
  );
  const fresh = told.filter(([name, value]) => JSON.stringify(asText(value)) !== JSON.stringify(asText(before[name])));
  return Object.fromEntries(fresh) as Partial<LeadChange>;
}

function asText(value: unknown): unknown {
  return typeof value === "number" ? String(value) : (value ?? null);
}
