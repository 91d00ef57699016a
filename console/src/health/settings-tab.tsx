import { HEALTH_KINDS, type HealthSettings, HealthSettingsChange } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { RecordForm } from "../kit/form/record-form.tsx";
import { Properties } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";

/** How closely a program is watched, who is told, and on which days nothing is expected. */
export function HealthSettingsTab({ programId }: { readonly programId: string }) {
  const settings = useRecord<HealthSettings>(`/programs/${programId}/health-settings`);
  return <Loaded query={settings}>{(one) => <SettingsForm key={one.revision} settings={one} />}</Loaded>;
}

interface Entry {
  readonly revision: number;
  readonly sensitivity: HealthSettings["sensitivity"];
  readonly kinds: HealthSettings["kinds"];
  readonly partnerKinds: HealthSettings["partnerKinds"];
  readonly newNormalDays: string;
  readonly mail: boolean;
  readonly emails: string;
  readonly quiet: string;
}

const Typed = HealthSettingsChange.extend({
  newNormalDays: z.coerce.number().int().min(1).max(90),
  emails: z.string(),
  quiet: z.string(),
});

function SettingsForm({ settings }: { readonly settings: HealthSettings }) {
  const { t } = useTranslation("health");
  const { can } = useSession();
  const fields = useFields();
  const { programId, ...rest } = settings;
  if (!can("programs.write"))
    return (
      <Properties
        items={[
          [t("sensitivity"), t(`sensitivities.${settings.sensitivity}`)],
          [t("kinds_watched"), settings.kinds.map((kind) => t(`kinds.${kind}`)).join(", ")],
          [t("newNormalDays"), String(settings.newNormalDays)],
        ]}
      />
    );
  return (
    <RecordForm<Entry, HealthSettings>
      schema={Typed}
      initial={{
        ...rest,
        newNormalDays: String(rest.newNormalDays),
        emails: rest.emails.join("\n"),
        quiet: rest.quiet
          .map(({ from, to, name, partnerId }) => [from, to, partnerId ?? "", name].join(" ").trim())
          .join("\n"),
      }}
      fields={fields}
      submit={t("save")}
      send={(values) => api.put<HealthSettings>(`/programs/${programId}/health-settings`, toSettings(values))}
      done={() => undefined}
      refresh={["programs", "audit"]}
    />
  );
}

function useFields(): readonly Field<Entry>[] {
  const { t } = useTranslation("health");
  const kinds = HEALTH_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }));
  return [
    {
      kind: "select",
      name: "sensitivity",
      label: t("sensitivity"),
      hint: t("sensitivityHint"),
      half: true,
      options: (["low", "normal", "high"] as const).map((value) => ({ value, label: t(`sensitivities.${value}`) })),
    },
    { kind: "integer", name: "newNormalDays", label: t("newNormalDays"), hint: t("newNormalDaysHint"), half: true },
    { kind: "choices", name: "kinds", label: t("kinds_watched"), options: kinds },
    {
      kind: "choices",
      name: "partnerKinds",
      label: t("partnerKinds"),
      hint: t("partnerKindsHint"),
      options: kinds.filter(({ value }) => value !== "rejected_calls"),
    },
    { kind: "switch", name: "mail", label: t("mail"), hint: t("mailHint") },
    { kind: "textarea", name: "emails", label: t("emails"), hint: t("emailsHint"), rows: 2 },
    { kind: "textarea", name: "quiet", label: t("quiet"), hint: t("quietHint"), rows: 3, mono: true },
  ];
}

/** One line each: an address; a first day, the day after the last, perhaps a partner, a name. */
function toSettings(values: Entry): unknown {
  const lines = (text: string) =>
    text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
  const quiet = lines(values.quiet).map((line) => {
    const [from = "", to = "", ...words] = line.split(/\s+/);
    const partnerId = words[0]?.startsWith("prt_") ? words.shift() : null;
    return { from, to, name: words.join(" "), partnerId };
  });
  return { ...values, newNormalDays: Number(values.newNormalDays), emails: lines(values.emails), quiet };
}
