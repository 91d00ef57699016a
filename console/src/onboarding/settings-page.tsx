import { Select } from "@mantine/core";
import type { OnboardingSettings } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { DateText } from "../kit/date-text.tsx";
import { Go } from "../kit/link.tsx";
import { Page } from "../kit/page.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";

const TONES = { not_installed: "quiet", current: "good", update_waits: "info", edited: "quiet" } as const;
const BY_HAND = "by-hand";

/** By which procedure partners of each kind become active, and what became of the shipped procedures. */
export function OnboardingSettingsPage() {
  const { t, i18n } = useTranslation("onboarding");
  const settings = useRecord<OnboardingSettings>("/onboarding-settings", { language: i18n.language });
  return (
    <Page title={t("settings")} parent={{ label: t("title"), to: "/onboarding" }} subtitle={t("settingsText")}>
      <Loaded query={settings}>
        {(one) => (
          <>
            <Kinds settings={one} />
            <Templates settings={one} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Kinds({ settings }: { readonly settings: OnboardingSettings }) {
  const { t } = useTranslation("onboarding");
  const { can } = useSession();
  const change = useChange({
    send: (body: { kind: string; procedure: string | null }) => api.put("/onboarding-settings", body),
    refresh: ["onboarding-settings", "partners"],
  });
  const names = settings.templates.filter(({ procedure }) => procedure.endsWith("-onboarding"));
  const known = new Set(names.map(({ procedure }) => procedure));
  const others = settings.kinds.flatMap(({ procedure }) =>
    procedure === null || known.has(procedure) ? [] : [procedure],
  );
  const options = [
    { value: BY_HAND, label: t("activation.approval") },
    ...names.map(({ procedure, title }) => ({ value: procedure, label: title })),
    ...[...new Set(others)].map((value) => ({ value, label: value })),
  ];
  return (
    <Card title={t("activation.title")} flush>
      {change.isError ? <ProblemLine error={change.error} /> : null}
      <PlainTable
        label={t("activation.title")}
        rows={settings.kinds}
        rowId={(one) => one.kind}
        columns={[
          { id: "kind", label: t("kind"), cell: (one) => t(`kinds.${one.kind}`) },
          {
            id: "procedure",
            label: t("activation.by"),
            cell: (one) => (
              <Select
                aria-label={t(`kinds.${one.kind}`)}
                data={options}
                value={one.procedure ?? BY_HAND}
                allowDeselect={false}
                disabled={!can("settings.write") || change.isPending}
                onChange={(value) => change.mutate({ kind: one.kind, procedure: value === BY_HAND ? null : value })}
              />
            ),
          },
        ]}
      />
    </Card>
  );
}

function Templates({ settings }: { readonly settings: OnboardingSettings }) {
  const { t } = useTranslation("onboarding");
  return (
    <Card title={t("templates.title")} flush>
      <PlainTable
        label={t("templates.title")}
        rows={settings.templates}
        rowId={(one) => one.procedure}
        columns={[
          {
            id: "title",
            label: t("templates.name"),
            cell: (one) => <Go to={`/procedures/${one.procedure}`}>{one.title}</Go>,
          },
          {
            id: "state",
            label: t("state"),
            cell: (one) => <StatusBadge state={one.state} label={t(`templates.states.${one.state}`)} tones={TONES} />,
          },
          { id: "at", label: t("templates.installed"), cell: (one) => <DateText at={one.installedAt} detail="day" /> },
        ]}
      />
    </Card>
  );
}
