import { NewTransition, type Partner, type Transition, type TransitionConsequence } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useRecord } from "../../api/records.ts";
import { FormDialog } from "../../kit/form/record-form.tsx";
import { KINDS } from "../states.ts";
import css from "./record-parts.module.css";

const SUBJECTS = ["kind", "entity", "region", "program"] as const;
const ENTITIES = ["individual", "company"] as const;

interface Props {
  readonly partner: Partner;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Makes the partner something else on a day; what follows from it stands there before anybody presses the button. */
export function TransitionForm({ partner, opened, onClose }: Props) {
  const { t } = useTranslation("partners");
  const record = (subject: "region" | "program") => ({
    ...{ kind: "record" as const, name: "to", label: t(`transition.of.${subject}`), required: true },
    resource: `/${subject}s`,
    when: (values: { subject?: string }) => values.subject === subject,
    toOption: (row: { id: string; name: string }) => ({ value: row.id, label: row.name }),
  });
  const choice = (subject: "kind" | "entity", options: readonly string[], words: string) => ({
    ...{ kind: "select" as const, name: "to", label: t(`transition.to`), required: true },
    when: (values: { subject?: string }) => values.subject === subject,
    options: options.map((value) => ({ value, label: t(`${words}.${value}`) })),
  });
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("transition.plan")}
      submit={t("transition.do")}
      schema={NewTransition}
      initial={{ subject: "kind", to: "", effectiveOn: new Date().toISOString().slice(0, 10), reason: "" }}
      fields={[
        {
          kind: "select",
          name: "subject",
          label: t("transition.subject"),
          required: true,
          half: true,
          options: SUBJECTS.map((value) => ({ value, label: t(`transition.of.${value}`) })),
        },
        { kind: "day", name: "effectiveOn", label: t("transition.on"), required: true, half: true },
        choice(
          "kind",
          KINDS.filter((kind) => kind !== partner.kind),
          "kinds",
        ),
        choice(
          "entity",
          ENTITIES.filter((entity) => entity !== partner.entity),
          "entities",
        ),
        record("region"),
        record("program"),
        {
          kind: "own",
          name: "consequences",
          label: t("transition.consequences"),
          content: (values) => (
            <Consequences partnerId={partner.id} subject={String(values.subject ?? "")} to={String(values.to ?? "")} />
          ),
        },
        { kind: "textarea", name: "reason", label: t("record.reason"), required: true, rows: 2 },
      ]}
      send={(values, key) => api.post<Transition>(`/partners/${partner.id}/transitions`, values, key)}
      done={() => undefined}
      refresh={["partners", "audit"]}
    />
  );
}

function Consequences({ partnerId, subject, to }: { partnerId: string; subject: string; to: string }) {
  const { t } = useTranslation("partners");
  const answer = useRecord<{ data: TransitionConsequence[] }>(
    `/partners/${partnerId}/transitions/consequences`,
    { subject, to },
    { enabled: to !== "" },
  );
  if (to === "" || answer.data === undefined)
    return <p className={css.muted}>{answer.error?.detail ?? t("transition.choose")}</p>;
  return (
    <ul style={{ margin: 0, paddingInlineStart: 18 }}>
      {answer.data.data.map((one) => (
        <li key={one.code}>{t(`consequence.${one.code}`, { count: one.count ?? 0, detail: one.detail })}</li>
      ))}
    </ul>
  );
}
