import { MultiSelect, TagsInput } from "@mantine/core";
import { JurisdictionRule } from "@tributary/contract";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { MODELS } from "./models.ts";

/** A rule as it is filled in: components as `cpa` and `cpa flat`. */
const Entry = z.object({
  name: JurisdictionRule.shape.name,
  jurisdictions: JurisdictionRule.shape.jurisdictions,
  licences: JurisdictionRule.shape.licences,
  kind: JurisdictionRule.shape.kind,
  components: z.array(z.string()).max(60),
  effect: JurisdictionRule.shape.effect,
  sentenceEn: z.string().trim().min(1).max(600),
  sentenceEs: z.string().trim().min(1).max(600),
  source: JurisdictionRule.shape.source.default(""),
});
type Values = z.input<typeof Entry>;

interface RuleFormProps {
  /** null: a new rule */
  readonly rule: JurisdictionRule | null;
  readonly taken: ReadonlySet<string>;
  readonly onClose: () => void;
  readonly send: (rule: JurisdictionRule) => Promise<unknown>;
  readonly refresh: readonly string[];
}

/** One jurisdiction rule: where, for whom, what is allowed, what happens else, and the sentence that people read. */
export function JurisdictionRuleForm({ rule, taken, onClose, send, refresh }: RuleFormProps) {
  const { t } = useTranslation("agreements");
  return (
    <FormDialog<Values, unknown>
      opened
      wide
      onClose={onClose}
      title={rule === null ? t("ruleNew") : rule.name}
      submit={t("saveRules")}
      schema={Entry}
      initial={entryOf(rule)}
      fields={useRuleFormFields()}
      send={(values) => send(ruleOf(Entry.parse(values), rule?.code ?? freeCode(values.name, taken)))}
      done={() => undefined}
      refresh={refresh}
    />
  );
}

function entryOf(rule: JurisdictionRule | null): Values {
  return {
    name: rule?.name ?? "",
    jurisdictions: rule?.jurisdictions ?? [],
    licences: rule?.licences ?? [],
    kind: rule?.kind ?? "only",
    components: (rule?.components ?? []).map((one) => (one.flat ? `${one.model} flat` : one.model)),
    effect: rule?.effect ?? "forbid",
    sentenceEn: rule?.sentence.en ?? "",
    sentenceEs: rule?.sentence.es ?? "",
    source: rule?.source ?? "",
  };
}

function ruleOf({ components, sentenceEn, sentenceEs, ...rest }: z.output<typeof Entry>, code: string) {
  return JurisdictionRule.parse({
    ...rest,
    code,
    components: components.map((one) => ({ model: one.split(" ")[0], flat: one.endsWith(" flat") })),
    sentence: { en: sentenceEn, es: sentenceEs },
  });
}

/** `New Jersey: vendor` → `new-jersey-vendor`, with a number where it is taken. */
function freeCode(name: string, taken: ReadonlySet<string>): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? ["rule"];
  const code = words.join("-").slice(0, 34);
  let number = 2;
  let free = code;
  while (taken.has(free) || free.length < 2) {
    free = `${code}-${number}`;
    number += 1;
  }
  return free;
}

function useRuleFormFields(): Field<Values>[] {
  const { t } = useTranslation("agreements");
  const tags = (name: "jurisdictions" | "licences", label: string, hint: string, upper: boolean): Field<Values> => ({
    kind: "own",
    name,
    label,
    half: true,
    content: (values, change, error) => (
      <TagsInput
        label={label}
        description={hint}
        inputWrapperOrder={["label", "input", "error", "description"]}
        withAsterisk={upper}
        error={error}
        value={values[name]}
        onChange={(next) => change(name, upper ? next.map((one) => one.toUpperCase()) : next)}
      />
    ),
  });
  return [
    { kind: "text", name: "name", label: t("ruleName"), required: true },
    tags("jurisdictions", t("where"), t("whereHint"), true),
    tags("licences", t("licence"), t("licenceHint"), false),
    {
      kind: "select",
      name: "kind",
      label: t("ruleAllows"),
      required: true,
      half: true,
      options: (["only", "not"] as const).map((value) => ({ value, label: t(`allowsOf.${value}`) })),
    },
    {
      kind: "select",
      name: "effect",
      label: t("effect"),
      required: true,
      half: true,
      options: (["forbid", "warn"] as const).map((value) => ({ value, label: t(`effectOf.${value}`) })),
    },
    {
      kind: "own",
      name: "components",
      label: t("components"),
      content: (values, change, error) => (
        <ComponentsField value={values.components} error={error} onChange={(next) => change("components", next)} />
      ),
    },
    { kind: "textarea", name: "sentenceEn", label: t("sentenceIn.en"), required: true, rows: 2, half: true },
    { kind: "textarea", name: "sentenceEs", label: t("sentenceIn.es"), required: true, rows: 2, half: true },
    { kind: "text", name: "source", label: t("ruleSource"), hint: t("ruleSourceHint") },
  ];
}

interface ComponentsFieldProps {
  readonly value: readonly string[];
  readonly error: ReactNode;
  readonly onChange: (next: string[]) => void;
}

/** Models of components, each as a whole or only with one fixed amount. */
function ComponentsField({ value, error, onChange }: ComponentsFieldProps) {
  const { t } = useTranslation("agreements");
  return (
    <MultiSelect
      searchable
      clearable
      label={t("components")}
      description={t("componentsHint")}
      inputWrapperOrder={["label", "input", "error", "description"]}
      error={error}
      data={MODELS.flatMap((model) => [
        { value: model, label: t(`plans:models.${model}`) },
        { value: `${model} flat`, label: t("flatOnly", { model: t(`plans:models.${model}`) }) },
      ])}
      value={[...value]}
      onChange={onChange}
    />
  );
}
