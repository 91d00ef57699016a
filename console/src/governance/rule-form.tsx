import { Alert, Button, Group, Text } from "@mantine/core";
import {
  DATA_CHECK_KINDS,
  DATA_FIELDS,
  DATA_FORMATS,
  DATA_RECORDS,
  DATA_SEVERITIES,
  type DataCheck,
  type DataRecord,
  type DataRule,
  type DataRuleDefinition,
  type DataRuleTried,
} from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { ConditionField, useFieldNames } from "./condition-field.tsx";

/** A rule as it is typed: flat, texts for both languages. */
interface Typed {
  readonly code: string;
  readonly titleEn: string;
  readonly titleEs: string;
  readonly record: DataRecord;
  readonly kind: DataCheck["kind"];
  readonly field: string;
  readonly format: (typeof DATA_FORMATS)[number];
  readonly pattern: string;
  readonly days: string;
  readonly compare: "exact" | "lower" | "letters" | "host";
  readonly must: string;
  readonly statuses: string;
  readonly kinds: string;
  readonly countries: string;
  readonly severity: DataRuleDefinition["severity"];
  readonly weight: string;
  readonly ownerRole: string;
  readonly meaning: string;
  readonly why: string;
  readonly mend: string;
}

const Valid = z.looseObject({
  titleEn: z.string().min(1),
  meaning: z.string().min(1),
  why: z.string().min(1),
  mend: z.string().min(1),
});
const ROLES = ["key_account_manager", "partner_operations", "compliance", "finance", "administrator"];
const COMPARES = ["lower", "exact", "letters", "host"];

/** A new rule or the next version of one; it can be tried before it is kept. */
export function RuleForm({ rule, onClose }: { readonly rule: DataRule | undefined; readonly onClose: () => void }) {
  const { t } = useTranslation("governance");
  return (
    <FormDialog<Typed, { id: string }>
      opened
      wide
      onClose={onClose}
      title={rule === undefined ? t("newRule") : t("changeRule", { version: rule.version })}
      submit={t("save")}
      schema={Valid as never}
      initial={typedOf(rule)}
      fields={useFields(rule)}
      send={(values) =>
        rule === undefined
          ? api.post("/data-rules", { code: values.code, definition: definitionOf(values, undefined) })
          : api.put(`/data-rules/${rule.id}`, {
              version: rule.version,
              active: rule.active,
              definition: definitionOf(values, rule.definition),
            })
      }
      done={onClose}
      refresh={["data-rules", "findings", "data-scores", "definitions"]}
    />
  );
}

function typedOf(rule: DataRule | undefined): Typed {
  const definition = rule?.definition;
  const check = definition?.check;
  return {
    code: rule?.code ?? "",
    titleEn: definition?.title.en ?? "",
    titleEs: definition?.title.es ?? "",
    record: definition?.record ?? "partner",
    kind: check?.kind ?? "completeness",
    field: check?.field ?? "email",
    format: check?.kind === "format" ? check.format : "email",
    pattern: check?.kind === "format" ? (check.pattern ?? "") : "",
    days: check?.kind === "freshness" ? String(check.days) : "180",
    compare: check?.kind === "uniqueness" ? check.compare : "lower",
    must: check?.kind === "cross_field" ? JSON.stringify(check.must, null, 2) : '{ "field": "links", "atLeast": 1 }',
    statuses: definition?.for.statuses.join(", ") ?? "active",
    kinds: definition?.for.kinds.join(", ") ?? "",
    countries: definition?.for.countries.join(", ") ?? "",
    severity: definition?.severity ?? "medium",
    weight: definition?.weight === null || definition === undefined ? "" : String(definition.weight),
    ownerRole: definition?.ownerRole ?? "key_account_manager",
    meaning: definition?.meaning.en ?? "",
    why: definition?.why.en ?? "",
    mend: definition?.mend.en ?? "",
  };
}

/** @param before the version that stands: what the form does not show stays as it was */
function definitionOf(values: Typed, before: DataRuleDefinition | undefined): unknown {
  const list = (text: string) => text.split(/[\s,;]+/).filter(Boolean);
  const words = (en: string, was: { readonly en: string; readonly es: string } | undefined) => ({
    en,
    es: was?.es ?? "",
  });
  return {
    title: { en: values.titleEn, es: values.titleEs },
    record: values.record,
    check: checkOf(values),
    for: {
      kinds: list(values.kinds),
      statuses: list(values.statuses),
      regions: before?.for.regions ?? [],
      countries: list(values.countries).map((code) => code.toUpperCase()),
    },
    severity: values.severity,
    weight: values.weight === "" ? null : Number(values.weight),
    ownerRole: values.ownerRole,
    meaning: words(values.meaning, before?.meaning),
    why: words(values.why, before?.why),
    mend: words(values.mend, before?.mend),
  };
}

function checkOf({ kind, field, format, pattern, days, compare, must }: Typed): unknown {
  switch (kind) {
    case "format":
      return { kind, field, format, ...(format === "pattern" ? { pattern } : {}) };
    case "freshness":
      return { kind, field, days: Number(days) };
    case "uniqueness":
      return { kind, field, compare };
    case "cross_field":
      return { kind, field, must: readJson(must) };
    case "completeness":
      return { kind, field };
  }
}

/** What is no JSON goes to the server as it is typed; its answer names the field. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What only some checks ask for. */
function useCheckFields(): readonly Field<Typed>[] {
  const { t } = useTranslation("governance");
  const options = (name: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`${name}.${value}`) }));
  const is = (kind: Typed["kind"]) => (values: Typed) => values.kind === kind;
  return [
    {
      kind: "select",
      name: "format",
      label: t("format"),
      half: true,
      when: is("format"),
      options: options("formats", DATA_FORMATS),
    },
    {
      kind: "text",
      name: "pattern",
      label: t("pattern"),
      hint: t("patternHint"),
      when: (values) => values.kind === "format" && values.format === "pattern",
    },
    { kind: "integer", name: "days", label: t("days"), half: true, when: is("freshness") },
    {
      kind: "select",
      name: "compare",
      label: t("compare"),
      half: true,
      when: is("uniqueness"),
      options: options("compares", COMPARES),
    },
    {
      kind: "own",
      name: "must",
      label: t("must"),
      when: is("cross_field"),
      content: (values, change, error) => (
        <ConditionField
          key={values.record}
          label={t("must")}
          record={values.record}
          value={values.must}
          change={(text) => change("must", text)}
          error={error}
        />
      ),
    },
  ];
}

function useFields(rule: DataRule | undefined): readonly Field<Typed>[] {
  const { t } = useTranslation("governance");
  const fieldNames = {
    partner: useFieldNames("partner"),
    contact: useFieldNames("contact"),
    offer: useFieldNames("offer"),
  };
  const options = (name: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`${name}.${value}`) }));
  return [
    ...(rule === undefined
      ? [{ kind: "text", name: "code", label: t("code"), required: true, hint: t("codeHint") } as const]
      : []),
    { kind: "text", name: "titleEn", label: t("titleEn"), required: true, half: true },
    { kind: "text", name: "titleEs", label: t("titleEs"), half: true },
    { kind: "select", name: "record", label: t("record"), half: true, options: options("recordKinds", DATA_RECORDS) },
    { kind: "select", name: "kind", label: t("check"), half: true, options: options("checks", DATA_CHECK_KINDS) },
    {
      kind: "select",
      name: "field",
      label: t("field"),
      half: true,
      options: ({ record }) => DATA_FIELDS[record].map((value) => ({ value, label: fieldNames[record](value) })),
    },
    ...useCheckFields(),
    { kind: "text", name: "statuses", label: t("statuses"), hint: t("emptyAll"), half: true },
    { kind: "text", name: "kinds", label: t("kinds"), hint: t("emptyAll"), half: true },
    { kind: "text", name: "countries", label: t("countries"), hint: t("emptyAll"), half: true },
    {
      kind: "select",
      name: "severity",
      label: t("severity"),
      half: true,
      options: options("severities", DATA_SEVERITIES),
    },
    { kind: "integer", name: "weight", label: t("weight"), hint: t("weightHint"), half: true },
    {
      kind: "select",
      name: "ownerRole",
      label: t("role"),
      half: true,
      options: ROLES.map((value) => ({ value, label: value.replaceAll("_", " ") })),
    },
    { kind: "textarea", name: "meaning", label: t("meaning"), rows: 2, required: true },
    { kind: "textarea", name: "why", label: t("why"), rows: 2, required: true },
    { kind: "textarea", name: "mend", label: t("mend"), rows: 2, required: true },
    { kind: "own", name: "try", label: "", content: (values) => <Try values={values} before={rule?.definition} /> },
  ];
}

interface TryProps {
  readonly values: Typed;
  readonly before: DataRuleDefinition | undefined;
}

/** What the rule as it is typed would find. */
function Try({ values, before }: TryProps) {
  const { t } = useTranslation("governance");
  const attempt = useChange<Typed, DataRuleTried>({
    send: (typed) => api.post("/data-rules/try", { definition: definitionOf(typed, before) }),
    refresh: [],
  });
  const tried = attempt.data;
  return (
    <>
      <Group gap="xs">
        <Button variant="default" loading={attempt.isPending} onClick={() => attempt.mutate(values)}>
          {t("try")}
        </Button>
        {tried === undefined ? null : (
          <Text size="sm">{t("tried", { faults: tried.faults, records: tried.records })}</Text>
        )}
      </Group>
      {attempt.isError ? <ProblemLine error={attempt.error} /> : null}
      {tried === undefined || tried.samples.length === 0 ? null : (
        <Alert mt="xs" p="xs">
          {tried.samples.slice(0, 6).map(({ id, name, value }) => (
            <Text key={id} size="xs">
              {value === "" ? name : `${name}: ${value}`}
            </Text>
          ))}
        </Alert>
      )}
    </>
  );
}
