import { NewPayoutSource, type PayoutChange, type PayoutSource } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormDialog } from "../kit/form/record-form.tsx";

const FORMATS = [
  "pain.001.001.09",
  "pain.001.001.03",
  "pain.001.001.09.ch.03",
  "pain.001.001.03.ch.02",
  "nacha",
  "bacs",
  "mt101",
  "payoneer-csv",
  "paypal-csv",
  "wise-csv",
  "csv",
] as const;
const PROVIDERS = ["paypal", "wise", "payoneer"] as const;
const CREDENTIALS = {
  paypal: ["clientId", "clientSecret", "webhookId"],
  wise: ["token", "profileId", "privateKey", "webhookPublicKey"],
  payoneer: ["clientId", "clientSecret", "programId", "webhookSecret"],
} as const;
const ACCOUNT = ["iban", "bic", "accountNumber", "routingNumber", "sortCode"] as const;

/** As a person types it: lists are texts with commas. */
type Typed = Omit<NewPayoutSource, "currencies" | "countries" | "initiator"> & {
  readonly currenciesText: string;
  readonly countriesText: string;
  readonly initiatorName: string;
  readonly initiatorId: string;
};

interface Props {
  readonly via: "file" | "api";
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Changed as a whole: what is sealed has to be typed again. */
  readonly source?: PayoutSource;
}

/** Proposes an account or a connection; a second person puts it in force. */
export function SourceForm({ via, opened, onClose, source }: Props) {
  const { t } = useTranslation("payouts");
  const title = t(source === undefined ? (via === "file" ? "newAccount" : "newConnection") : "changeSource");
  return (
    <FormDialog<Typed, PayoutChange>
      opened={opened}
      onClose={onClose}
      title={title}
      submit={t("propose")}
      schema={NewPayoutSource.partial().loose() as never}
      initial={initialOf(via, source)}
      fields={[...generalFields(via, t), ...(via === "file" ? accountFields(t) : credentialFields(t))]}
      send={(values, key) =>
        source === undefined
          ? api.post<PayoutChange>("/payout-sources", bodyOf(values), key)
          : api.put<PayoutChange>(`/payout-sources/${source.id}`, bodyOf(values))
      }
      done={() => undefined}
      refresh={["payout-changes", "payout-sources", "audit"]}
    />
  );
}

function initialOf(via: "file" | "api", source: PayoutSource | undefined): Typed {
  const initiator = (source?.shown.initiator ?? {}) as { readonly name?: string; readonly id?: string };
  return {
    name: source?.name ?? "",
    method: source?.method ?? (via === "file" ? "bank" : "paypal"),
    via,
    format: source?.format ?? (via === "file" ? "pain.001.001.09" : null),
    currenciesText: source?.currencies.join(", ") ?? "EUR",
    countriesText: source?.countries.join(", ") ?? "",
    cutOff: source?.cutOff ?? "15:00",
    timeZone: source?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    leadDays: source?.leadDays ?? 0,
    arrivalDays: source?.arrivalDays ?? 1,
    fees: source?.fees ?? {},
    position: source?.position ?? 100,
    initiatorName: initiator.name ?? "",
    initiatorId: initiator.id ?? "",
    holder: String(source?.shown.holder ?? ""),
    country: null,
    account: Object.fromEntries(ACCOUNT.map((name) => [name, ""])),
    credentials: Object.fromEntries(Object.values(CREDENTIALS).flatMap((names) => names.map((name) => [name, ""]))),
    environment: (source?.shown.environment as "live" | undefined) ?? "live",
    options: {},
  };
}

function bodyOf(values: Typed) {
  const { currenciesText, countriesText, initiatorName, initiatorId, country, leadDays, arrivalDays, ...rest } = values;
  const list = (text: string) =>
    text
      .toUpperCase()
      .split(/[\s,;]+/)
      .filter(Boolean);
  const filled = (all: Readonly<Record<string, string>>, names: readonly string[]) =>
    Object.fromEntries(names.flatMap((name) => (all[name] ? [[name, all[name]]] : [])));
  const names = rest.via === "api" ? CREDENTIALS[rest.method as "paypal"] : [];
  return {
    ...rest,
    currencies: list(currenciesText),
    countries: list(countriesText),
    country: country === null || (country as string) === "" ? null : country.toUpperCase(),
    leadDays: Number(leadDays),
    arrivalDays: Number(arrivalDays),
    initiator: initiatorName === "" ? null : { name: initiatorName, id: initiatorId },
    account: filled(rest.account, ACCOUNT),
    credentials: filled(rest.credentials, names),
  };
}

type Translate = (key: string) => string;

function generalFields(via: "file" | "api", t: Translate): readonly Field<Typed>[] {
  const methods = via === "file" ? (["bank", "paypal", "wise", "payoneer"] as const) : PROVIDERS;
  const shape: Field<Typed> =
    via === "file"
      ? {
          kind: "select",
          name: "format",
          label: t("format"),
          half: true,
          options: FORMATS.map((value) => ({ value, label: value })),
        }
      : {
          kind: "select",
          name: "environment",
          label: t("environment"),
          half: true,
          options: (["live", "sandbox"] as const).map((value) => ({ value, label: t(`environments.${value}`) })),
        };
  return [
    { kind: "text", name: "name", label: t("name"), required: true },
    {
      kind: "select",
      name: "method",
      label: t("method"),
      half: true,
      options: methods.map((value) => ({ value, label: t(`methods.${value}`) })),
    },
    shape,
    {
      kind: "text",
      name: "currenciesText",
      label: t("currencies"),
      hint: t("currenciesHint"),
      half: true,
      required: true,
    },
    { kind: "text", name: "countriesText", label: t("countries"), hint: t("countriesHint"), half: true },
    { kind: "text", name: "cutOff", label: t("cutOff"), placeholder: "15:00", half: true, required: true },
    { kind: "text", name: "timeZone", label: t("timeZone"), placeholder: "Europe/Madrid", half: true, required: true },
    { kind: "integer", name: "leadDays", label: t("leadDays"), half: true },
    { kind: "integer", name: "arrivalDays", label: t("arrivalDays"), half: true },
  ];
}

function accountFields(t: Translate): readonly Field<Typed>[] {
  return [
    {
      kind: "text",
      name: "initiatorName",
      label: t("initiator"),
      hint: t("initiatorHint"),
      half: true,
      required: true,
    },
    { kind: "text", name: "initiatorId", label: t("initiatorId"), hint: t("initiatorIdHint"), half: true },
    { kind: "text", name: "holder", label: t("holder"), half: true, required: true },
    { kind: "text", name: "country", label: t("country"), placeholder: "ES", half: true, required: true },
    ...ACCOUNT.map(
      (name): Field<Typed> => ({
        kind: "text",
        name: `account.${name}`,
        label: t(`accountFields.${name}`),
        half: true,
      }),
    ),
  ];
}

function credentialFields(t: Translate): readonly Field<Typed>[] {
  const all = [...new Set(Object.values(CREDENTIALS).flat())];
  const isMultiline = (name: string) => name === "privateKey" || name === "webhookPublicKey";
  const isOpen = (name: string) => name.endsWith("Id");
  return all.map((name): Field<Typed> => {
    const when = (values: Typed) =>
      (CREDENTIALS[values.method as "wise"] as readonly string[] | undefined)?.includes(name) ?? false;
    const base = { name: `credentials.${name}`, label: t(`credentialFields.${name}`), when };
    if (isMultiline(name)) return { ...base, kind: "textarea", rows: 3, mono: true };
    return { ...base, kind: isOpen(name) ? "text" : "password", autoComplete: "off" };
  });
}
