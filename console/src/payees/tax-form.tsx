import {
  NewPayeeVersion,
  type Payee,
  type PayeeTax,
  type PayeeVersion,
  TaxForm,
  VatTreatment,
} from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { noteField, PAYEE_REFRESH } from "./identity-form.tsx";
import { percentOfShare, shareOfPercent } from "./percent.ts";

/** Percentages as people write them, one form at a time. */
interface Entry {
  readonly vat: PayeeTax["vat"];
  readonly vatPercent: string;
  readonly vatNumber: string;
  readonly vatReason: string;
  readonly withholdingPercent: string;
  readonly withholdingReason: string;
  readonly treatyCountry: string;
  readonly treatyArticle: string;
  readonly form: string;
  readonly tin: string;
  readonly signedBy: string;
  readonly signedOn: string;
  readonly note: string;
}

const Loose = z.object({ vat: VatTreatment });

interface TaxFormProps {
  readonly payee: Payee;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** How its invoices are taxed and what is withheld of them. */
export function TaxTreatmentForm({ payee, opened, onClose }: TaxFormProps) {
  const { t } = useTranslation("payees");
  return (
    <FormDialog<Entry, PayeeVersion>
      wide
      opened={opened}
      onClose={onClose}
      title={t("changeTax")}
      submit={t("propose")}
      schema={Loose}
      initial={entryOf(payee.tax)}
      fields={useFields()}
      send={(values, key) => {
        const version = { aspect: "tax", tax: taxOf(values), note: values.note ?? "" };
        return api.post<PayeeVersion>(`/payees/${payee.id}/versions`, NewPayeeVersion.parse(version), key);
      }}
      done={() => undefined}
      refresh={PAYEE_REFRESH}
    />
  );
}

function entryOf(tax: PayeeTax | null): Entry {
  return {
    vat: tax?.vat ?? "reverse_charge",
    vatPercent: percentOfShare(tax?.vatRate),
    vatNumber: tax?.vatNumber ?? "",
    vatReason: tax?.vatReason ?? "",
    withholdingPercent: percentOfShare(tax?.withholdingRate),
    withholdingReason: tax?.withholdingReason ?? "",
    treatyCountry: tax?.treatyCountry ?? "",
    treatyArticle: tax?.treatyArticle ?? "",
    form: "",
    tin: "",
    signedBy: "",
    signedOn: "",
    note: "",
  };
}

function useFields(): readonly Field<Entry>[] {
  const { t } = useTranslation("payees");
  const isDomestic = (values: Entry) => values.vat === "domestic";
  const hasForm = (values: Entry) => Boolean(values.form);
  return [
    {
      kind: "select",
      name: "vat",
      label: t("vat"),
      half: true,
      options: VatTreatment.options.map((value) => ({ value, label: t(`vats.${value}`) })),
    },
    { kind: "text", name: "vatNumber", label: t("vatNumber"), half: true },
    { kind: "decimal", name: "vatPercent", label: t("vatRate"), unit: "%", half: true, when: isDomestic },
    {
      kind: "text",
      name: "vatReason",
      label: t("vatReason"),
      hint: t("vatReasonHint"),
      when: (values) => !isDomestic(values),
    },
    { kind: "decimal", name: "withholdingPercent", label: t("withholding"), unit: "%", half: true },
    { kind: "text", name: "withholdingReason", label: t("withholdingReason"), half: true },
    { kind: "text", name: "treatyCountry", label: t("treatyCountry"), half: true, placeholder: "ES" },
    { kind: "text", name: "treatyArticle", label: t("treatyArticle"), half: true },
    {
      kind: "select",
      name: "form",
      label: t("taxForm"),
      hint: t("taxFormHint"),
      half: true,
      clearable: true,
      options: TaxForm.options.map((value) => ({ value, label: value })),
    },
    { kind: "text", name: "tin", label: t("tin"), half: true, when: hasForm },
    { kind: "text", name: "signedBy", label: t("signedBy"), half: true, when: hasForm },
    { kind: "day", name: "signedOn", label: t("signedOn"), half: true, when: hasForm },
    noteField(t),
  ];
}

function taxOf(values: Partial<Entry>) {
  const form = { form: values.form, tin: values.tin ?? "", signedBy: values.signedBy, signedOn: values.signedOn };
  return {
    vat: values.vat,
    vatRate: values.vat === "domestic" ? shareOfPercent(values.vatPercent ?? "") : null,
    vatNumber: values.vatNumber || null,
    vatReason: values.vat === "domestic" ? "" : (values.vatReason ?? ""),
    withholdingRate: shareOfPercent(values.withholdingPercent ?? ""),
    withholdingReason: values.withholdingReason ?? "",
    treatyCountry: values.treatyCountry || null,
    treatyArticle: values.treatyArticle ?? "",
    forms: values.form ? [form] : [],
  };
}
