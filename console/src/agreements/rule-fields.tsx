import { Button, Checkbox, Group, NumberInput, Select, TextInput } from "@mantine/core";
import { type ApprovalRule, ApproverRole } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { shiftPoint } from "../kit/difference/shift-point.ts";
import { Card } from "../kit/record/card.tsx";

type Kind = ApprovalRule["when"]["kind"];
const KINDS: readonly Kind[] = ["always", "amount", "rate", "margin", "deviation", "clauses"];

/** A rule as it is typed: limits as text, shares in per cent. */
export interface RuleEntry {
  readonly code: string;
  readonly name: string;
  readonly kind: Kind;
  readonly limit: string;
  readonly currency: string;
  readonly models: string;
  readonly asksWithoutEvidence: boolean;
  readonly approvers: ApprovalRule["approvers"];
}

export function ruleEntry({ code, name, when, approvers }: ApprovalRule): RuleEntry {
  return {
    code,
    name,
    kind: when.kind,
    limit: limitOf(when),
    currency: when.kind === "amount" ? when.currency : "EUR",
    models: "models" in when ? when.models.join(", ") : "",
    asksWithoutEvidence: when.kind !== "margin" || when.withoutEvidence === "asks",
    approvers,
  };
}

function limitOf(when: ApprovalRule["when"]): string {
  if (when.kind === "amount") return when.moreThan;
  if (when.kind === "rate") return shiftPoint(when.moreThan, 2);
  if (when.kind === "margin") return shiftPoint(when.costShareMoreThan, 2);
  return when.kind === "deviation" && when.byMoreThan !== null ? shiftPoint(when.byMoreThan, 2) : "";
}

/** What the API takes; the contract's schema says whether it is whole. */
export function ruleOf(entry: RuleEntry): unknown {
  const { code, name, approvers } = entry;
  return { code, name, approvers, when: conditionOf(entry) };
}

function conditionOf({ kind, limit, currency, models, asksWithoutEvidence }: RuleEntry): unknown {
  const named = models.split(/[,\s]+/).filter(Boolean);
  const share = shiftPoint(limit.trim(), -2);
  switch (kind) {
    case "amount":
      return { kind, models: named, moreThan: limit.trim(), currency };
    case "rate":
      return { kind, models: named, moreThan: share };
    case "margin":
      return { kind, costShareMoreThan: share, withoutEvidence: asksWithoutEvidence ? "asks" : "passes" };
    case "deviation":
      return { kind, byMoreThan: limit.trim() === "" ? null : share };
    default:
      return { kind };
  }
}

interface RuleFieldsProps {
  readonly rule: RuleEntry;
  readonly onChange: (rule: RuleEntry) => void;
  readonly onRemove?: (() => void) | undefined;
}

/** One approval rule: when it asks, and whom. */
export function RuleFields({ rule, onChange, onRemove }: RuleFieldsProps) {
  const { t } = useTranslation("agreements");
  return (
    <Card
      title={rule.name || t("rule")}
      actions={
        onRemove === undefined ? undefined : (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={onRemove}>
            {t("removeRule")}
          </Button>
        )
      }
    >
      <Group grow align="flex-start">
        <TextInput
          label={t("ruleName")}
          required
          value={rule.name}
          onChange={(event) => onChange({ ...rule, name: event.currentTarget.value })}
        />
        <Select
          label={t("ruleKind")}
          allowDeselect={false}
          data={KINDS.map((value) => ({ value, label: t(`kindOf.${value}`) }))}
          value={rule.kind}
          onChange={(value) => onChange({ ...rule, kind: (value ?? rule.kind) as Kind })}
        />
      </Group>
      <Condition rule={rule} onChange={onChange} />
      <Approvers rule={rule} onChange={onChange} />
    </Card>
  );
}

function Condition({ rule, onChange }: RuleFieldsProps) {
  const { t } = useTranslation("agreements");
  if (rule.kind === "always" || rule.kind === "clauses") return null;
  return (
    <Group grow align="flex-start">
      <TextInput
        label={t(`limitOf.${rule.kind}`)}
        inputMode="decimal"
        value={rule.limit}
        onChange={(event) => onChange({ ...rule, limit: event.currentTarget.value })}
      />
      {rule.kind === "amount" ? (
        <TextInput
          label={t("currency")}
          value={rule.currency}
          onChange={(event) => onChange({ ...rule, currency: event.currentTarget.value.toUpperCase() })}
        />
      ) : null}
      {rule.kind === "amount" || rule.kind === "rate" ? (
        <TextInput
          label={t("models")}
          value={rule.models}
          onChange={(event) => onChange({ ...rule, models: event.currentTarget.value })}
        />
      ) : null}
      {rule.kind === "margin" ? (
        <Checkbox
          mt={26}
          label={t("withoutEvidence")}
          checked={rule.asksWithoutEvidence}
          onChange={(event) => onChange({ ...rule, asksWithoutEvidence: event.currentTarget.checked })}
        />
      ) : null}
    </Group>
  );
}

function Approvers({ rule, onChange }: RuleFieldsProps) {
  const { t } = useTranslation("agreements");
  const free = ApproverRole.options.filter((role) => !rule.approvers.some((one) => one.role === role));
  const change = (index: number, part: Partial<ApprovalRule["approvers"][number]>) =>
    onChange({ ...rule, approvers: rule.approvers.map((one, at) => (at === index ? { ...one, ...part } : one)) });
  return (
    <>
      {rule.approvers.map((one, index) => (
        <Group key={one.role} align="flex-end" grow>
          <Select
            label={t("approverRole")}
            allowDeselect={false}
            data={[one.role, ...free].map((value) => ({ value, label: t(`role.${value}`) }))}
            value={one.role}
            onChange={(value) => change(index, { role: ApproverRole.parse(value ?? one.role) })}
          />
          <NumberInput
            label={t("approverCount")}
            min={1}
            max={5}
            allowDecimal={false}
            value={one.count}
            onChange={(value) => change(index, { count: Number(value) || 1 })}
          />
          {rule.approvers.length === 1 ? null : (
            <Button
              variant="subtle"
              color="gray"
              onClick={() => onChange({ ...rule, approvers: rule.approvers.filter((_, at) => at !== index) })}
            >
              {t("removeRule")}
            </Button>
          )}
        </Group>
      ))}
      {free[0] === undefined ? null : (
        <Button
          mt="xs"
          size="compact-xs"
          variant="default"
          onClick={() => onChange({ ...rule, approvers: [...rule.approvers, { role: free[0] ?? "any", count: 1 }] })}
        >
          {t("addApprover")}
        </Button>
      )}
    </>
  );
}
