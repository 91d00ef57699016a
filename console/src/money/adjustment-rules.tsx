import { Button, Group } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { type AdjustmentRule, NewAdjustmentRule } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { DayText } from "../kit/date-text.tsx";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { DECISIONS_TOUCH } from "./adjustment-decide.tsx";
import { useReasons } from "./adjustment-form.tsx";
import { amountOf } from "./minor.ts";

/** Adjustments that repeat every month: fees, bonuses, and the part of each month that is kept in reserve. */
export function AdjustmentRules() {
  const { t } = useTranslation("money");
  const { can } = useSession();
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const create = can("ledger.write") ? (
    <Button onClick={() => go("/adjustments/rules?new=1")}>{t("rules.create")}</Button>
  ) : undefined;
  return (
    <>
      <ListPage<AdjustmentRule>
        name="adjustment-rules"
        title={t("rules.title")}
        resource="/adjustment-rules"
        rowId={(one) => one.id}
        views={[
          { id: "all", label: t("views.all") },
          { id: "waiting", label: t("views.toApprove"), filters: { status: "proposed" } },
          { id: "running", label: t("rules.running"), filters: { status: "approved" } },
        ]}
        columns={useColumns()}
        empty={{ title: t("rules.empty"), text: t("rules.emptyText"), action: create }}
        actions={create}
      />
      <RuleForm opened={search.new === "1"} onClose={() => go("/adjustments/rules")} />
    </>
  );
}

function useColumns(): readonly Column<AdjustmentRule>[] {
  const { t } = useTranslation("money");
  return [
    { id: "partner", label: t("partner"), cell: (one) => <NameText id={one.partnerId} />, phone: "title" },
    {
      id: "status",
      label: t("status"),
      cell: (one) => <StatusBadge state={one.status} label={t(`rules.state.${one.status}`)} />,
      width: 130,
      phone: "line",
    },
    { id: "kind", label: t("kind"), cell: (one) => t(`adjustmentKind.${one.kind}`), width: 140 },
    { id: "reason", label: t("reason"), cell: (one) => one.reason, width: 210, phone: "line" },
    {
      id: "months",
      label: t("adjust.period"),
      cell: (one) => (
        <>
          <DayText day={one.fromMonth} /> –{" "}
          {one.untilMonth === null ? t("rules.open") : <DayText day={one.untilMonth} />}
        </>
      ),
      width: 215,
    },
    { id: "decide", label: t("decision"), cell: (one) => <DecideRule rule={one} />, width: 175 },
    {
      id: "amount",
      label: t("rules.each"),
      cell: (one) =>
        one.amount === null ? `${one.percent} %` : <MoneyText money={amountOf(one, one.amount)} signed />,
      width: 140,
      align: "end",
      phone: "value",
    },
  ];
}

function DecideRule({ rule }: { readonly rule: AdjustmentRule }) {
  const { t } = useTranslation("money");
  const { can, me } = useSession();
  const decide = useChange({
    send: (verb: "approve" | "decline" | "end") => api.post(`/adjustment-rules/${rule.id}/${verb}`),
    refresh: DECISIONS_TOUCH,
  });
  const button = (verb: "approve" | "decline" | "end", label: string) => (
    <Button
      size="compact-xs"
      variant={verb === "approve" ? "filled" : "default"}
      loading={decide.isPending}
      onClick={() => decide.mutate(verb)}
    >
      {label}
    </Button>
  );
  const problem = decide.isError ? <ProblemLine error={decide.error} /> : null;
  if (rule.status === "approved" && can("ledger.write"))
    return (
      <>
        {button("end", t("rules.end"))}
        {problem}
      </>
    );
  if (rule.status !== "proposed") return <NameText id={rule.decidedBy} />;
  if (!can("ledger.approve") || rule.proposedBy === me.id) return <>{t("waitsForOther")}</>;
  return (
    <>
      <Group gap="xs" wrap="nowrap">
        {button("approve", t("approve"))}
        {button("decline", t("decline"))}
      </Group>
      {problem}
    </>
  );
}

const Entry = NewAdjustmentRule.pick({
  kind: true,
  partnerId: true,
  fromMonth: true,
  reasonCode: true,
  reason: true,
}).extend({
  programId: z.string(),
  way: z.enum(["amount", "percent"]),
  money: z.object({ minor: z.string(), currency: NewAdjustmentRule.shape.currency }),
  percent: z.string().optional(),
  holdDays: z.string().optional(),
  untilMonth: z.string().optional(),
});
type Values = z.input<typeof Entry>;

function RuleForm({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("money");
  const { programs, program } = useSession();
  const first = program ?? programs[0];
  const initial: Values = {
    kind: "bonus",
    partnerId: "",
    programId: first?.id ?? "",
    way: "amount",
    money: { minor: "", currency: first?.currency ?? "EUR" },
    percent: "",
    holdDays: "",
    fromMonth: new Date().toISOString().slice(0, 7),
    untilMonth: "",
    reasonCode: "bonus",
    reason: "",
  };
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("rules.create")}
      submit={t("propose")}
      wide
      schema={Entry}
      initial={initial}
      draft="adjustment-rule-new"
      fields={useFields()}
      send={(values, key) => api.post<AdjustmentRule>("/adjustment-rules", bodyOf(values), key)}
      done={() => undefined}
      refresh={["adjustment-rules", "audit"]}
    />
  );
}

function bodyOf(values: Values): NewAdjustmentRule {
  const { kind, partnerId, programId, way, money, percent, holdDays, fromMonth, untilMonth, reasonCode, reason } =
    values;
  const isPercent = kind === "reserve" && way === "percent";
  return {
    kind,
    partnerId,
    programId: kind === "reserve" ? null : programId,
    currency: money.currency,
    amount: isPercent ? null : money.minor,
    percent: isPercent ? (percent ?? "") : null,
    holdDays: kind === "reserve" && holdDays ? Number(holdDays) : null,
    fromMonth,
    untilMonth: untilMonth ? untilMonth : null,
    reasonCode,
    reason,
  };
}

function useFields(): readonly Field<Values>[] {
  const { t } = useTranslation("money");
  const { programs } = useSession();
  const reasons = useReasons();
  return [
    {
      kind: "select",
      name: "kind",
      label: t("kind"),
      required: true,
      half: true,
      options: (["bonus", "correction", "reserve"] as const).map((value) => ({
        value,
        label: t(`adjustmentKind.${value}`),
      })),
    },
    {
      kind: "select",
      name: "reasonCode",
      label: t("adjust.code"),
      required: true,
      half: true,
      options: (values) => [...reasons(values.kind)],
    },
    {
      kind: "record",
      name: "partnerId",
      label: t("partner"),
      required: true,
      half: true,
      resource: "/partners",
      toOption: (row) => ({ value: row.id, label: row.name }),
    },
    {
      kind: "select",
      name: "programId",
      label: t("program"),
      half: true,
      options: programs.map((one) => ({ value: one.id, label: one.name })),
    },
    ...useAmountFields(),
    { kind: "month", name: "fromMonth", label: t("rules.from"), required: true, half: true },
    { kind: "month", name: "untilMonth", label: t("rules.until"), hint: t("rules.untilHint"), half: true },
    { kind: "textarea", name: "reason", label: t("reason"), hint: t("adjust.reasonHint"), required: true, rows: 3 },
  ];
}

const isReserve = (values: Values) => values.kind === "reserve";
const isPercent = (values: Values) => isReserve(values) && values.way === "percent";

/** How much each month: an amount, or of a reserve a percentage, and for how long it is kept. */
function useAmountFields(): readonly Field<Values>[] {
  const { t } = useTranslation("money");
  const { programs } = useSession();
  return [
    {
      kind: "select",
      name: "way",
      label: t("rules.way"),
      half: true,
      when: isReserve,
      options: (["amount", "percent"] as const).map((value) => ({ value, label: t(`rules.ways.${value}`) })),
    },
    { kind: "decimal", name: "percent", label: t("rules.percent"), unit: "%", half: true, when: isPercent },
    {
      kind: "money",
      name: "money",
      label: t("rules.each"),
      half: true,
      when: (values) => !isPercent(values),
      currency: (values) => programs.find((one) => one.id === values.programId)?.currency ?? "EUR",
    },
    {
      kind: "integer",
      name: "holdDays",
      label: t("rules.holdDays"),
      hint: t("rules.holdHint"),
      half: true,
      when: isReserve,
    },
  ];
}
