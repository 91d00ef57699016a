import { TagsInput } from "@mantine/core";
import { type EventSource, EventSourceChange, type SourceDialect, type SourceSettings } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { RecordForm } from "../kit/form/record-form.tsx";
import { useDialectOptions } from "./source-dialects.ts";
import { SourcePairs } from "./source-pairs.tsx";

interface Entry {
  readonly name: string;
  readonly dialect: SourceDialect;
  readonly incumbentToken: string;
  readonly requireSignature: boolean;
  readonly settings: SourceSettings;
}

const TYPES = [
  "registration",
  "kyc_passed",
  "deposit",
  "withdrawal",
  "sale",
  "refund",
  "chargeback",
  "trade",
  "activity",
];

/** What the words of the other platform mean here, and who may call. */
export function SourceSettingsForm({ source }: { readonly source: EventSource }) {
  const { t } = useTranslation("tracking");
  const fields = useFields();
  const { name, dialect, requireSignature, settings } = source;
  return (
    <RecordForm<Entry, EventSource>
      schema={EventSourceChange}
      initial={{ name, dialect, incumbentToken: "", requireSignature, settings }}
      fields={fields}
      submit={t("save")}
      send={(values) => api.patch<EventSource>(`/event-sources/${source.id}`, values)}
      done={() => undefined}
      refresh={["event-sources", "audit"]}
    />
  );
}

function useFields(): readonly Field<Entry>[] {
  const { t } = useTranslation("tracking");
  const options = useDialectOptions();
  const isForeign = ({ dialect }: Entry) => dialect !== "tributary";
  return [
    { kind: "text", name: "name", label: t("name"), required: true, half: true },
    { kind: "select", name: "dialect", label: t("dialect"), required: true, half: true, options },
    {
      kind: "switch",
      name: "requireSignature",
      label: t("requireSignature"),
      hint: t("signatureHint"),
      when: (values) => !isForeign(values),
    },
    ...useMeaningFields().map((field) => ({ ...field, when: isForeign })),
    ...useCallerFields().map((field) => ({ ...field, when: isForeign })),
  ];
}

/** Goals, statuses and what else the platform says of an event. */
function useMeaningFields(): readonly Field<Entry>[] {
  const { t } = useTranslation("tracking");
  const text = (name: "baseEvent" | "currency" | "customerParameter" | "orderParameter", label: string, hint: string) =>
    ({ kind: "text", name: `settings.${name}`, label, hint, half: true }) as const;
  return [
    ...useGoalFields(),
    text("baseEvent", t("baseEvent"), t("baseEventHint")),
    text("currency", t("currencyOfCalls"), t("currencyOfCallsHint")),
    ...useStatusFields(),
    text("customerParameter", t("customerParameter"), t("customerParameterHint")),
    text("orderParameter", t("orderParameter"), t("orderParameterHint")),
    ...usePartnerFields(),
  ];
}

function useGoalFields(): readonly Field<Entry>[] {
  const { t } = useTranslation("tracking");
  const words = {
    label: t("goalMap"),
    hint: t("goalMapHint"),
    name: t("goal"),
    value: t("eventHere"),
    add: t("addGoal"),
  };
  return [
    {
      kind: "own",
      name: "settings.events",
      label: words.label,
      content: ({ settings }, change, error) => (
        <SourcePairs
          words={words}
          pairs={settings.events}
          suggestions={[...TYPES, "ignore"]}
          error={error}
          onChange={(next) => change("settings.events", next)}
        />
      ),
    },
  ];
}

function useStatusFields(): readonly Field<Entry>[] {
  const { t } = useTranslation("tracking");
  const meanings = (["count", "void", "ignore"] as const).map((value) => ({
    value,
    label: t(`statusMeaning.${value}`),
  }));
  const words = {
    label: t("statusMap"),
    hint: t("statusMapHint"),
    name: t("status"),
    value: t("meaning"),
    add: t("addStatus"),
  };
  return [
    {
      kind: "own",
      name: "settings.statuses",
      label: words.label,
      content: ({ settings }, change, error) => (
        <SourcePairs
          words={words}
          pairs={settings.statuses}
          options={meanings}
          error={error}
          onChange={(next) => change("settings.statuses", next)}
        />
      ),
    },
  ];
}

/** Which partners and offers are meant by the platform's numbers. */
function usePartnerFields(): readonly Field<Entry>[] {
  const { t } = useTranslation("tracking");
  const words = {
    label: t("partnerMap"),
    hint: t("partnerMapHint"),
    name: t("partnerThere"),
    value: t("partnerHere"),
    add: t("addPartnerName"),
  };
  return [
    {
      kind: "own",
      name: "settings.partners",
      label: words.label,
      content: ({ settings }, change, error) => (
        <SourcePairs
          words={words}
          pairs={settings.partners}
          error={error}
          onChange={(next) => change("settings.partners", next)}
        />
      ),
    },
    {
      kind: "own",
      name: "settings.offers",
      label: t("offersOfSource"),
      content: ({ settings }, change, error) => (
        <TagsInput
          label={t("offersOfSource")}
          description={t("offersOfSourceHint")}
          value={settings.offers}
          error={error}
          onChange={(next) => change("settings.offers", next)}
        />
      ),
    },
  ];
}

/** What proves a call. */
function useCallerFields(): readonly Field<Entry>[] {
  const { t } = useTranslation("tracking");
  return [
    { kind: "text", name: "incumbentToken", label: t("incumbentToken"), hint: t("incumbentTokenHint"), half: true },
    { kind: "text", name: "settings.account", label: t("platformAccount"), hint: t("platformAccountHint"), half: true },
    { kind: "switch", name: "settings.withoutToken", label: t("withoutToken"), hint: t("withoutTokenHint") },
    {
      kind: "own",
      name: "settings.addresses",
      label: t("callerAddresses"),
      content: ({ settings }, change, error) => (
        <TagsInput
          label={t("callerAddresses")}
          description={t("callerAddressesHint")}
          placeholder="203.0.113.0/24"
          value={settings.addresses}
          error={error}
          onChange={(next) => change("settings.addresses", next)}
        />
      ),
    },
  ];
}
