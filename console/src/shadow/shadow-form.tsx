import { type EventSource, NewShadow, type Shadow, ShadowIncumbent } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";
import { useSession } from "../session/session.tsx";

export const TYPES = [
  "sale",
  "deposit",
  "registration",
  "refund",
  "withdrawal",
  "kyc_passed",
  "trade",
  "activity",
  "chargeback",
];

/** With whom to compare, and how their times and amounts are to be read. */
export function ShadowForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation("shadow");
  const { programs, program } = useSession();
  const go = useGo();
  const chosen = program ?? programs[0];
  return (
    <FormDialog
      opened
      wide
      onClose={onClose}
      title={t("create")}
      submit={t("createDo")}
      schema={NewShadow}
      initial={{
        name: "",
        programId: chosen?.id ?? "",
        incumbent: "other",
        timeZone: chosen?.timeZone ?? "UTC",
        currency: chosen?.currency ?? "EUR",
        types: ["sale", "deposit"],
        sourceId: null as string | null,
      }}
      draft="shadow-new"
      fields={useFields()}
      send={(values, key) => api.post<Shadow>("/shadows", values, key)}
      done={(shadow) => go(`/shadow/${shadow.id}?tab=files`)}
      refresh={["shadows", "audit"]}
    />
  );
}

interface Draft {
  readonly programId: string;
}

function useFields(): readonly Field<Draft>[] {
  const { t } = useTranslation("shadow");
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
      kind: "select",
      name: "incumbent",
      label: t("incumbent"),
      required: true,
      half: true,
      options: ShadowIncumbent.options.map((value) => ({ value, label: t(`incumbents.${value}`) })),
    },
    {
      kind: "select",
      name: "timeZone",
      label: t("timeZone"),
      hint: t("timeZoneHint"),
      required: true,
      half: true,
      options: zones(),
    },
    { kind: "text", name: "currency", label: t("currency"), hint: t("currencyHint"), required: true, half: true },
    {
      kind: "choices",
      name: "types",
      label: t("types"),
      hint: t("typesHint"),
      options: TYPES.map((value) => ({ value, label: t(`type.${value}`) })),
    },
    {
      kind: "record",
      name: "sourceId",
      label: t("liveSource"),
      hint: t("liveSourceHint"),
      resource: "/event-sources",
      query: (values) => ({ programId: values.programId }),
      toOption: (source: EventSource) => ({ value: source.id, label: source.name }),
    },
  ];
}

/** Every zone, UTC first: the list of the engine leaves it out. */
export function zones(): readonly { readonly value: string; readonly label: string }[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")].map((zone) => ({
    value: zone,
    label: zone,
  }));
}
