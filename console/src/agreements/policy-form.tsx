import { Button, Group, NumberInput, TextInput } from "@mantine/core";
import { type AgreementPolicy, type ApprovalRule, PolicyDocument } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { FormDialogFrame } from "../kit/dialog-frame.tsx";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";
import { type RuleEntry, RuleFields, ruleEntry, ruleOf } from "./rule-fields.tsx";

interface PolicyFormProps {
  readonly policy: AgreementPolicy;
  readonly currency: string;
  readonly onClose: () => void;
}

/** Approval rules one under the other, and the days; saving writes the next version. */
export function PolicyForm({ policy, currency, onClose }: PolicyFormProps) {
  const { t } = useTranslation("agreements");
  const { document } = policy;
  const [rules, setRules] = useState<readonly RuleEntry[]>(() => document.rules.map(ruleEntry));
  const [days, setDays] = useState({ ...document.notice, answerDays: document.answerDays });
  const [reminders, setReminders] = useState(document.reminderDays.join(", "));
  const { worseDays, anyDays, answerDays } = days;
  const parsed = PolicyDocument.safeParse({
    rules: rules.map(ruleOf),
    notice: { worseDays, anyDays },
    answerDays,
    reminderDays: reminders
      .split(/[,\s]+/)
      .filter(Boolean)
      .map(Number),
  });
  const save = useChange({
    send: () => api.put(`/agreement-policies/${policy.programId}`, { version: policy.version, document: parsed.data }),
    refresh: ["agreement-policies", "audit"],
    done: onClose,
  });
  const change = (index: number, rule: RuleEntry) => setRules(rules.map((one, at) => (at === index ? rule : one)));
  return (
    <FormDialogFrame
      wide
      opened
      onClose={onClose}
      title={t("policyEdit")}
      submit={t("saveRules")}
      ready={parsed.success}
      busy={save.isPending}
      onSubmit={() => save.mutate(undefined)}
    >
      {rules.map((rule, index) => (
        <RuleFields
          key={rule.code}
          rule={rule}
          onChange={(next) => change(index, next)}
          onRemove={rules.length === 1 ? undefined : () => setRules(rules.filter((_, at) => at !== index))}
        />
      ))}
      <Button variant="default" size="xs" onClick={() => setRules([...rules, newRule(rules, currency)])}>
        {t("addRule")}
      </Button>
      <Days days={days} onChange={setDays} />
      <TextInput
        label={t("reminders")}
        description={t("reminderHint")}
        inputWrapperOrder={["label", "input", "description"]}
        value={reminders}
        onChange={(event) => setReminders(event.currentTarget.value)}
      />
      <p>{t("policyHint")}</p>
      {parsed.success ? null : (
        <NoteLine tone="warn">
          {parsed.error.issues[0]?.path.join(".")}: {parsed.error.issues[0]?.message}
        </NoteLine>
      )}
      {save.isError ? <ProblemLine error={save.error} /> : null}
    </FormDialogFrame>
  );
}

function newRule(rules: readonly RuleEntry[], currency: string): RuleEntry {
  const taken = new Set(rules.map((one) => one.code));
  let number = rules.length + 1;
  while (taken.has(`rule-${number}`)) number += 1;
  const rule: ApprovalRule = {
    code: `rule-${number}`,
    name: `${number}`,
    when: { kind: "amount", models: [], moreThan: "100.00", currency },
    approvers: [{ role: "approver", count: 1 }],
  };
  return { ...ruleEntry(rule), name: "" };
}

interface DaysProps {
  readonly days: { readonly worseDays: number; readonly anyDays: number; readonly answerDays: number };
  readonly onChange: (days: DaysProps["days"]) => void;
}

function Days({ days, onChange }: DaysProps) {
  const { t } = useTranslation("agreements");
  const input = (name: keyof DaysProps["days"], label: string) => (
    <DaysInput label={label} value={days[name]} onChange={(next) => onChange({ ...days, [name]: next })} />
  );
  return (
    <Group grow align="flex-start">
      {input("worseDays", t("noticeWorse"))}
      {input("anyDays", t("noticeAny"))}
      {input("answerDays", t("answerDays"))}
    </Group>
  );
}

interface DaysInputProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function DaysInput({ label, value, onChange }: DaysInputProps) {
  return (
    <NumberInput
      label={label}
      min={0}
      max={365}
      allowDecimal={false}
      value={value}
      onChange={(next) => onChange(Number(next) || 0)}
    />
  );
}
