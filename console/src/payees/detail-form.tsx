import { Select, TextInput } from "@mantine/core";
import {
  type AccountDetail,
  NewPayeeVersion,
  type Payee,
  type PayeeFields,
  type PayeeMethod,
  type PayeeVersion,
} from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useSession } from "../session/session.tsx";
import { noteField, PAYEE_REFRESH } from "./identity-form.tsx";

interface Entry {
  readonly aspect: "detail";
  readonly detail: AccountDetail;
  readonly replaces: string;
  readonly note: string;
  readonly code: string;
}

interface DetailFormProps {
  readonly payee: Payee;
  /** The detail that the new one stands in for. */
  readonly replaces: PayeeVersion | null;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Where a payee is to be paid from now on: the fields are those that the country of the account asks for. */
export function DetailForm({ payee, replaces, opened, onClose }: DetailFormProps) {
  const { t } = useTranslation("payees");
  const { me } = useSession();
  const before = replaces?.detail ?? null;
  const holder = payee.identity?.legalName ?? payee.legalName;
  return (
    <FormDialog<Entry, PayeeVersion>
      opened={opened}
      onClose={onClose}
      title={t(replaces === null ? "addDetail" : "changeDetail")}
      submit={t("propose")}
      schema={NewPayeeVersion}
      initial={{
        aspect: "detail",
        detail: {
          method: before?.method ?? "bank",
          country: before?.country ?? payee.country,
          currency: before?.currency ?? "EUR",
          holder: before?.holder ?? holder,
          fields: {},
        },
        replaces: replaces?.id ?? "",
        note: "",
        code: "",
      }}
      fields={[
        {
          kind: "select",
          name: "detail.method",
          label: t("method"),
          half: true,
          options: (["bank", "paypal", "wise", "payoneer"] as const).map((value) => ({
            value,
            label: t(`methods.${value}`),
          })),
        },
        { kind: "text", name: "detail.currency", label: t("currency"), half: true, required: true },
        { kind: "text", name: "detail.country", label: t("accountCountry"), half: true, required: true },
        { kind: "text", name: "detail.holder", label: t("holder"), hint: t("holderHint"), half: true, required: true },
        {
          kind: "own",
          name: "detail.fields",
          label: t("account"),
          content: (values, change) => <AccountFields detail={values.detail} change={change} />,
        },
        ...(me.twoFactor
          ? [{ kind: "text" as const, name: "code", label: t("code"), hint: t("codeHint"), half: true }]
          : []),
        noteField(t),
      ]}
      send={(values, key) => api.post<PayeeVersion>(`/payees/${payee.id}/versions`, values, key)}
      done={() => undefined}
      refresh={PAYEE_REFRESH}
    />
  );
}

interface AccountFieldsProps {
  readonly detail: AccountDetail;
  readonly change: (name: string, value: unknown) => void;
}

function AccountFields({ detail, change }: AccountFieldsProps) {
  const { t, i18n } = useTranslation("payees");
  const { method, country, currency } = detail;
  const ready = /^[A-Z]{2}$/.test(country) && /^[A-Z]{3}$/.test(currency);
  const asked = useRecord<PayeeFields>(
    "/payee-fields",
    { method: method as PayeeMethod, country, currency },
    { enabled: ready },
  );
  if (!ready) return <p>{t("countryFirst")}</p>;
  const set = (name: string, value: string | null) =>
    change("detail.fields", { ...detail.fields, [name]: value ?? "" });
  return (
    <div style={{ display: "grid", gap: 8 }}>
      {(asked.data?.fields ?? []).map((field) => {
        const shared = {
          // A country's own name for it, where there is one; names of tax numbers are the same in every language.
          label: i18n.language === "en" || field.name === "taxNumber" ? field.label : t(`field.${field.name}`),
          description: t(`fieldShape.${field.shape.code}`, field.shape),
          withAsterisk: !field.optional,
          value: detail.fields[field.name] ?? "",
        };
        return field.choices === null ? (
          <TextInput
            key={field.name}
            {...shared}
            placeholder={field.example}
            onChange={(event) => set(field.name, event.currentTarget.value)}
          />
        ) : (
          <Select
            key={field.name}
            {...shared}
            data={field.choices.map((value) => ({ value, label: t(`accountTypes.${value}`, value) }))}
            onChange={(value) => set(field.name, value)}
          />
        );
      })}
    </div>
  );
}
