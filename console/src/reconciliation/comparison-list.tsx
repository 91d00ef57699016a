import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { type Comparison, NewComparison, type Partner } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { AgoText, DayText } from "../kit/date-text.tsx";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";
import { COMPARISON_TONES } from "./states.ts";

const TYPES = ["sale", "deposit", "registration", "refund", "trade", "activity", "chargeback"];

/** Comparisons of what was tracked with the back office and the partner's claim. */
export function ComparisonList() {
  const { t } = useTranslation("reconciliation");
  const { can } = useSession();
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const create = can("reconciliation.write") ? (
    <Button onClick={() => go("/reconciliation/comparisons?new=1")}>{t("compare")}</Button>
  ) : undefined;
  return (
    <>
      <ListPage<Comparison>
        name="comparisons"
        title={t("comparisons")}
        resource="/reconciliation/comparisons"
        fixed={useProgramQuery()}
        rowId={(one) => one.id}
        open={(one) => `/reconciliation/comparisons/${one.id}`}
        columns={useColumns()}
        empty={{ title: t("noComparisons"), text: t("noComparisonsText"), action: create }}
        actions={create}
      />
      {search["new"] === "1" ? <NewComparisonForm onClose={() => go("/reconciliation/comparisons")} /> : null}
    </>
  );
}

function NewComparisonForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation("reconciliation");
  const { programs, program } = useSession();
  const go = useGo();
  const chosen = program ?? programs[0];
  const initial: NewComparison = {
    name: "",
    programId: chosen?.id ?? "",
    partnerId: null,
    from: "",
    until: "",
    currency: chosen?.currency ?? "EUR",
    types: ["deposit", "sale"],
    toleranceMinutes: 10,
    lateDays: 2,
  };
  return (
    <FormDialog<NewComparison, Comparison>
      opened
      wide
      onClose={onClose}
      title={t("compare")}
      submit={t("compare")}
      schema={NewComparison}
      initial={initial}
      draft="comparison-new"
      fields={useFields()}
      send={(values, key) =>
        api.post<Comparison>("/reconciliation/comparisons", { ...values, partnerId: values.partnerId || null }, key)
      }
      done={(one) => go(`/reconciliation/comparisons/${one.id}?tab=files`)}
      refresh={["reconciliation", "audit"]}
    />
  );
}

function useColumns(): readonly Column<Comparison>[] {
  const { t } = useTranslation("reconciliation");
  const total = (minor: string | null | undefined, one: Comparison) => (
    <MoneyText money={minor == null ? null : { minor, currency: one.currency }} display="code" />
  );
  return [
    { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
    {
      id: "partner",
      label: t("partner"),
      cell: (one) => (one.partnerId === null ? t("allPartners") : <NameText id={one.partnerId} />),
      text: (one) => one.partnerId,
      width: 180,
      phone: "line",
    },
    {
      id: "from",
      label: t("from"),
      cell: (one) => <DayText day={one.from} />,
      text: (one) => one.from,
      width: 110,
      phone: "line",
    },
    {
      id: "state",
      label: t("state"),
      cell: (one) => (
        <StatusBadge state={one.state} label={t(`comparisonState.${one.state}`)} tones={COMPARISON_TONES} />
      ),
      text: (one) => one.state,
      width: 120,
    },
    {
      id: "tracked",
      label: t("side.tracked"),
      cell: (one) => total(one.summary?.totals.tracked, one),
      text: (one) => one.summary?.totals.tracked,
      align: "end",
      width: 150,
      phone: "value",
    },
    {
      id: "office",
      label: t("side.office"),
      cell: (one) => total(one.summary?.totals.office, one),
      text: (one) => one.summary?.totals.office,
      align: "end",
      width: 150,
    },
    {
      id: "claim",
      label: t("side.claim"),
      cell: (one) => total(one.summary?.totals.claim, one),
      text: (one) => one.summary?.totals.claim,
      align: "end",
      width: 150,
    },
    {
      id: "at",
      label: t("comparedAt"),
      cell: (one) => <AgoText at={one.summary?.at ?? null} />,
      text: (one) => one.summary?.at,
      align: "end",
      width: 130,
    },
  ];
}

function useFields(): readonly Field<NewComparison>[] {
  const { t } = useTranslation("reconciliation");
  const { programs } = useSession();
  return [
    { kind: "text", name: "name", label: t("name"), required: true },
    {
      kind: "select",
      name: "programId",
      label: t("program"),
      required: true,
      half: true,
      options: programs.map((one) => ({ value: one.id, label: one.name })),
    },
    {
      kind: "record",
      name: "partnerId",
      label: t("partner"),
      hint: t("partnerHint"),
      half: true,
      resource: "/partners",
      toOption: (partner: Partner) => ({ value: partner.id, label: partner.name }),
    },
    { kind: "day", name: "from", label: t("from"), required: true, half: true },
    { kind: "day", name: "until", label: t("untilExclusive"), required: true, half: true },
    { kind: "text", name: "currency", label: t("currency"), required: true, half: true },
    {
      kind: "integer",
      name: "toleranceMinutes",
      label: t("toleranceMinutes"),
      hint: t("toleranceHint"),
      half: true,
    },
    { kind: "integer", name: "lateDays", label: t("lateDays"), hint: t("lateDaysHint"), half: true },
    {
      kind: "choices",
      name: "types",
      label: t("types"),
      options: TYPES.map((value) => ({ value, label: t(`type.${value}`) })),
    },
  ];
}
