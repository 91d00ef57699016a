import { type MoneyValue, NewPayeeVersion, type Payee, type PayeeTerms, type PayeeVersion } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { detailLabel } from "./detail-label.ts";
import { noteField, PAYEE_REFRESH } from "./identity-form.tsx";

interface Entry {
  readonly invoicing: PayeeTerms["invoicing"];
  readonly payoutCurrency: string;
  readonly thresholdCurrency: string;
  readonly threshold: MoneyValue | null;
  readonly thresholdKind: PayeeTerms["thresholdKind"];
  readonly feeBearer: PayeeTerms["feeBearer"];
  readonly paymentDays: string;
  readonly first: string;
  readonly note: string;
}

interface TermsFormProps {
  readonly payee: Payee;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** When and how it is paid. */
export function TermsForm({ payee, opened, onClose }: TermsFormProps) {
  const { t } = useTranslation("payees");
  const { terms } = payee;
  const currency = terms?.thresholdCurrency ?? "EUR";
  return (
    <FormDialog<Entry, PayeeVersion>
      wide
      opened={opened}
      onClose={onClose}
      title={t("changeTerms")}
      submit={t("propose")}
      schema={z.object({ thresholdCurrency: z.string().regex(/^[A-Z]{3}$/) })}
      initial={{
        invoicing: terms?.invoicing ?? "self_billing",
        payoutCurrency: terms?.payoutCurrency ?? "",
        thresholdCurrency: currency,
        threshold: terms?.thresholdMinor == null ? null : { minor: terms.thresholdMinor, currency },
        thresholdKind: terms?.thresholdKind ?? "at_least",
        feeBearer: terms?.feeBearer ?? "operator",
        paymentDays: String(terms?.paymentDays ?? 0),
        first: payee.details[0]?.id ?? "",
        note: "",
      }}
      fields={useFields(payee)}
      send={(values, key) => {
        const version = { aspect: "terms", terms: termsOf(values, payee), note: values.note ?? "" };
        return api.post<PayeeVersion>(`/payees/${payee.id}/versions`, NewPayeeVersion.parse(version), key);
      }}
      done={() => undefined}
      refresh={PAYEE_REFRESH}
    />
  );
}

function useFields(payee: Payee): readonly Field<Entry>[] {
  const { t } = useTranslation("payees");
  const choices = <T extends string>(values: readonly T[], key: string) =>
    values.map((value) => ({ value, label: t(`${key}.${value}`) }));
  return [
    {
      kind: "select",
      name: "invoicing",
      label: t("invoicing"),
      half: true,
      options: choices(["self_billing", "own_invoice", "none"], "invoicings"),
    },
    { kind: "text", name: "payoutCurrency", label: t("payoutCurrency"), hint: t("payoutCurrencyHint"), half: true },
    {
      kind: "money",
      name: "threshold",
      label: t("threshold"),
      half: true,
      currency: (values) => values.thresholdCurrency,
    },
    { kind: "text", name: "thresholdCurrency", label: t("thresholdCurrency"), half: true },
    {
      kind: "select",
      name: "thresholdKind",
      label: t("thresholdKind"),
      half: true,
      options: choices(["at_least", "exceeds"], "thresholdKinds"),
    },
    {
      kind: "select",
      name: "feeBearer",
      label: t("feeBearer"),
      half: true,
      options: choices(["operator", "payee", "shared"], "feeBearers"),
    },
    { kind: "integer", name: "paymentDays", label: t("paymentDays"), half: true },
    {
      kind: "select",
      name: "first",
      label: t("firstDetail"),
      half: true,
      when: () => payee.details.length > 1,
      options: payee.details.map((one) => ({ value: one.id, label: detailLabel(one.detail) })),
    },
    noteField(t),
  ];
}

function termsOf(values: Partial<Entry>, payee: Payee) {
  const others = payee.details.map((one) => one.id).filter((id) => id !== values.first);
  return {
    invoicing: values.invoicing,
    payoutCurrency: values.payoutCurrency || null,
    thresholdMinor: values.threshold?.minor ?? null,
    thresholdCurrency: values.threshold == null ? null : values.thresholdCurrency,
    thresholdKind: values.thresholdKind,
    feeBearer: values.feeBearer,
    paymentDays: Number(values.paymentDays ?? 0),
    detailOrder: values.first ? [values.first, ...others] : [],
  };
}
