import { CapEach, CapMetric, CapPeriod, type MoneyValue, NewTrafficCap, type TrafficCap } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useSession } from "../session/session.tsx";
import { overflowOf, useOverflowFields } from "./cap-overflow.ts";

const EVENT_TYPES = ["ftd", "registration", "kyc_passed", "deposit", "trade", "sale"] as const;

export interface CapValues {
  readonly programId: string;
  readonly name: string;
  readonly offerId: string;
  readonly partnerId: string;
  readonly each: CapEach;
  readonly metric: CapMetric;
  readonly eventType: string;
  readonly limit: string;
  readonly amount: MoneyValue | null;
  readonly period: CapPeriod;
  readonly overflow: "fallback" | "pend" | "stop";
  readonly overflowOfferId: string;
  readonly overflowUrl: string;
  readonly warnAt: number;
}
/** The limit is typed as a count or as an amount; everything else is the contract's. */
const Entry = NewTrafficCap.omit({ limit: true, overflow: true })
  .extend({
    limit: NewTrafficCap.shape.limit.optional(),
    amount: z.object({ minor: NewTrafficCap.shape.limit, currency: z.string() }).optional(),
  })
  .superRefine((one, context) => {
    const [field, value] =
      one.metric === "amount" ? (["amount", one.amount] as const) : (["limit", one.limit] as const);
    if (value === undefined)
      context.addIssue({ code: "invalid_type", expected: "string", input: undefined, path: [field] });
  });

interface CapFormProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly offerId: string;
  readonly programId?: string;
}

/** A new cap: what is counted, for whom, how much in which time, and what happens beyond. */
export function CapForm({ opened, onClose, offerId, programId }: CapFormProps) {
  const { t } = useTranslation("programs");
  const { programs, program } = useSession();
  return (
    <FormDialog<CapValues, TrafficCap>
      opened={opened}
      wide
      onClose={onClose}
      title={t("caps.create")}
      submit={t("caps.createDo")}
      schema={Entry}
      initial={{
        programId: programId ?? program?.id ?? programs[0]?.id ?? "",
        name: "",
        offerId,
        partnerId: "",
        each: "all",
        metric: "clicks",
        eventType: "",
        limit: "",
        amount: null,
        period: "day",
        overflow: "fallback",
        overflowOfferId: "",
        overflowUrl: "",
        warnAt: 80,
      }}
      fields={[...useScopeFields(), ...useLimitFields(), ...useOverflowFields()]}
      send={(values, key) => {
        const { amount, overflow: _kind, overflowOfferId: _offer, overflowUrl: _url, ...rest } = values;
        const limit = values.metric === "amount" ? amount?.minor : values.limit;
        return api.post<TrafficCap>("/caps", { ...rest, limit, overflow: overflowOf(values) }, key);
      }}
      done={() => undefined}
      refresh={["caps", "audit"]}
    />
  );
}

/** Of which offer and partner, and whether everybody has a counter of its own. */
function useScopeFields(): readonly Field<CapValues>[] {
  const { t } = useTranslation("programs");
  const { programs } = useSession();
  const option = (row: { readonly id: string; readonly name: string }) => ({ value: row.id, label: row.name });
  return [
    { kind: "text", name: "name", label: t("name"), required: true, half: true },
    {
      kind: "select",
      name: "programId",
      label: t("program"),
      required: true,
      half: true,
      options: programs.map(option),
    },
    {
      kind: "record",
      name: "offerId",
      label: t("offer"),
      hint: t("caps.offerHint"),
      half: true,
      resource: "/offers",
      query: ({ programId }) => ({ programId }),
      toOption: option,
    },
    {
      kind: "record",
      name: "partnerId",
      label: t("partner"),
      hint: t("caps.partnerHint"),
      half: true,
      resource: "/partners",
      toOption: option,
    },
    {
      kind: "select",
      name: "each",
      label: t("caps.counter"),
      half: true,
      options: CapEach.options.map((value) => ({ value, label: t(`caps.each.${value}`) })),
    },
  ];
}

/** What is counted, and how much of it in which time. */
function useLimitFields(): readonly Field<CapValues>[] {
  const { t } = useTranslation("programs");
  const { programs } = useSession();
  const currencyOf = ({ programId }: CapValues) => programs.find((one) => one.id === programId)?.currency ?? "EUR";
  return [
    {
      kind: "select",
      name: "metric",
      label: t("caps.metric"),
      half: true,
      options: CapMetric.options.map((value) => ({ value, label: t(`caps.metrics.${value}`) })),
    },
    {
      kind: "select",
      name: "eventType",
      label: t("caps.eventType"),
      half: true,
      when: ({ metric }) => metric !== "clicks",
      options: EVENT_TYPES.map((value) => ({ value, label: t(`caps.eventTypes.${value}`) })),
    },
    {
      kind: "decimal",
      name: "limit",
      label: t("caps.limit"),
      required: true,
      half: true,
      when: ({ metric }) => metric !== "amount",
    },
    {
      kind: "money",
      name: "amount",
      label: t("caps.limit"),
      required: true,
      half: true,
      currency: currencyOf,
      when: ({ metric }) => metric === "amount",
    },
    {
      kind: "select",
      name: "period",
      label: t("caps.period"),
      hint: t("caps.periodHint"),
      half: true,
      options: CapPeriod.options.map((value) => ({ value, label: t(`caps.periods.${value}`) })),
    },
    { kind: "integer", name: "warnAt", label: t("caps.warnAt"), unit: "%", half: true },
  ];
}
