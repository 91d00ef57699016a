import { COMMISSION_STATES, POSTBACK_MACROS, POSTBACK_OCCASIONS, type Postback } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";
import { useSession } from "../session/session.tsx";
import { EMPTY, type Entry, EntrySchema, OWN, toChange, toEntry, toInput } from "./postback-entry.ts";
import { TemplatePart } from "./template-part.tsx";
import { TranslatePart } from "./translate-part.tsx";
import { TrialPart } from "./trial-part.tsx";
import { useTemplates } from "./use-templates.ts";

interface PostbackFormProps {
  readonly own: boolean;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** A postback from a template or for an address of one's own; tried before it is saved. */
export function PostbackForm({ own, opened, onClose }: PostbackFormProps) {
  const { t } = useTranslation("postbacks");
  const go = useGo();
  const who = useWho(own);
  const where = useWhere();
  const when = useWhen();
  return (
    <FormDialog<Entry, Postback>
      opened={opened}
      onClose={onClose}
      wide
      title={t("create")}
      submit={t("create")}
      schema={EntrySchema}
      initial={EMPTY}
      draft="postback-new"
      fields={[
        ...who,
        ...where,
        ...when,
        { kind: "own", name: "trial", label: t("trial"), content: (values) => <TrialPart entry={values} /> },
      ]}
      send={(values, key) => api.post<Postback>("/postbacks", toInput(values), key)}
      done={(postback) => go(`/postbacks/${postback.id}`)}
      refresh={["postbacks", "audit"]}
    />
  );
}

interface PostbackChangeFormProps {
  readonly postback: Postback;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Changes a postback. Whose it is and the template it came from stay. */
export function PostbackChangeForm({ postback, opened, onClose }: PostbackChangeFormProps) {
  const { t } = useTranslation("postbacks");
  const who = useWho(true).filter((field) => field.name !== "template");
  const where = useWhere();
  const when = useWhen();
  return (
    <FormDialog<Entry, Postback>
      opened={opened}
      onClose={onClose}
      wide
      title={t("editTitle")}
      submit={t("save")}
      schema={EntrySchema}
      initial={toEntry(postback)}
      fields={[...who, ...where, ...when]}
      send={(values) => api.patch<Postback>(`/postbacks/${postback.id}`, toChange(postback, values))}
      done={() => undefined}
      refresh={["postbacks", "audit"]}
    />
  );
}

function useWho(own: boolean): readonly Field<Entry>[] {
  const { t } = useTranslation("postbacks");
  const templates = useTemplates();
  return [
    {
      kind: "record",
      name: "partnerId",
      label: t("partner"),
      required: true,
      when: () => !own,
      resource: "/partners",
      toOption: (row) => ({ value: row.id, label: row.name }),
    },
    {
      kind: "select",
      name: "template",
      label: t("template"),
      hint: t("templateHint"),
      half: true,
      options: [
        { value: OWN, label: t("templateNone") },
        ...templates.map((one) => ({ value: one.name, label: `${one.title} · ${t(`templateGroups.${one.kind}`)}` })),
      ],
    },
    { kind: "text", name: "name", label: t("name"), half: true },
    {
      kind: "choices",
      name: "occasions",
      label: t("occasions"),
      required: true,
      options: POSTBACK_OCCASIONS.map((value) => ({ value, label: t(`occasion.${value}`) })),
    },
  ];
}

function useWhere(): readonly Field<Entry>[] {
  const { t } = useTranslation("postbacks");
  const isOwn = ({ template }: Entry) => template === OWN;
  const macros = Object.keys(POSTBACK_MACROS)
    .map((name) => `{${name}}`)
    .join(" ");
  return [
    {
      kind: "own",
      name: "settings",
      label: t("template"),
      when: (values) => !isOwn(values),
      content: (values, change) => <TemplatePart entry={values} change={change} />,
    },
    {
      kind: "url",
      name: "url",
      label: t("url"),
      hint: t("urlHint", { macros, interpolation: { escapeValue: false } }),
      required: true,
      when: isOwn,
      placeholder: "https://tracker.example/postback?cid={partner_click_id}",
    },
    {
      kind: "own",
      name: "translation",
      label: t("translate"),
      when: isOwn,
      content: (values, change) => <TranslatePart url={values.url} change={change} />,
    },
    {
      kind: "select",
      name: "method",
      label: t("method"),
      half: true,
      when: isOwn,
      options: ["GET", "POST"].map((value) => ({ value, label: value })),
    },
    {
      kind: "textarea",
      name: "body",
      label: t("body"),
      rows: 4,
      mono: true,
      when: (values) => isOwn(values) && values.method === "POST",
    },
  ];
}

function useWhen(): readonly Field<Entry>[] {
  const { t } = useTranslation("postbacks");
  const { programs } = useSession();
  const currencyOf = ({ minAmount, programId }: Entry) =>
    programs.find((one) => one.id === programId)?.currency ?? minAmount?.currency ?? "EUR";
  return [
    {
      kind: "select",
      name: "programId",
      label: t("program"),
      hint: t("programHint"),
      half: true,
      clearable: true,
      options: programs.map((one) => ({ value: one.id, label: one.name })),
    },
    {
      kind: "record",
      name: "offerId",
      label: t("offer"),
      hint: t("offerHint"),
      half: true,
      resource: "/offers",
      query: ({ programId }): Readonly<Record<string, string>> => (programId ? { programId } : {}),
      toOption: (row) => ({ value: row.id, label: row.name }),
    },
    {
      kind: "select",
      name: "precedence",
      label: t("precedence"),
      half: true,
      when: ({ offerId }) => Boolean(offerId),
      options: (["overrides", "adds"] as const).map((value) => ({ value, label: t(`precedences.${value}`) })),
    },
    { kind: "integer", name: "delayMinutes", label: t("delay"), unit: t("minutes"), half: true },
    { kind: "text", name: "countries", label: t("countries"), hint: t("countriesHint"), half: true },
    {
      kind: "money",
      name: "minAmount",
      label: t("minAmount"),
      hint: t("minAmountHint"),
      half: true,
      // Amounts of a program have its currency: without one nobody could say what the limit is compared with.
      when: ({ programId, minAmount }) => Boolean(programId) || minAmount !== null,
      currency: currencyOf,
    },
    { kind: "text", name: "sub1", label: t("sub1"), hint: t("sub1Hint"), half: true },
    {
      kind: "choices",
      name: "commissionStates",
      label: t("commissionStates"),
      hint: t("commissionStatesHint"),
      when: ({ occasions }) => occasions.includes("commission"),
      options: COMMISSION_STATES.map((value) => ({ value, label: t(`commissionState.${value}`) })),
    },
    { kind: "switch", name: "firstPerCustomer", label: t("firstPerCustomer") },
  ];
}
