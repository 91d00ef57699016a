import type { RunSettings } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { Page as ListOf } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { DateText } from "../kit/date-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";
import { DelegationsTab } from "./delegations-tab.tsx";
import { SettingsForm } from "./settings-form.tsx";

/** How runs go: when, by which thresholds, who signs what; and who stands in for whom. */
export function SettingsPage() {
  const settings = useRecord<RunSettings>("/runs/settings");
  return <Loaded query={settings}>{(one) => <SettingsTabs settings={one} />}</Loaded>;
}

function SettingsTabs({ settings }: { readonly settings: RunSettings }) {
  const { t } = useTranslation("runs");
  const { can } = useSession();
  const locked = !can("settings.write");
  const form = (part: "schedules" | "times" | "thresholds" | "matrix") => () => (
    <SettingsForm key={`${settings.version} ${part}`} settings={settings} part={part} locked={locked} />
  );
  return (
    <RecordPage
      title={t("settings")}
      parent={{ label: t("title"), to: "/runs" }}
      subtitle={t("settingsText", { version: settings.version })}
      tabs={[
        { id: "matrix", label: t("matrix"), content: form("matrix") },
        { id: "delegations", label: t("delegations"), content: () => <DelegationsTab /> },
        { id: "schedules", label: t("schedules"), content: form("schedules") },
        { id: "times", label: t("times"), content: form("times") },
        { id: "thresholds", label: t("thresholds"), content: form("thresholds") },
        { id: "versions", label: t("versions"), content: () => <VersionsTab /> },
      ]}
    />
  );
}

function VersionsTab() {
  const { t } = useTranslation("runs");
  const versions = useRecord<ListOf<RunSettings>>("/runs/settings/versions", { limit: 100 });
  return (
    <Loaded query={versions}>
      {({ data }) => (
        <Card title={t("versions")} flush>
          <PlainTable
            label={t("versions")}
            rows={data}
            rowId={(one) => String(one.version)}
            columns={[
              { id: "version", label: t("version"), cell: (one) => one.version },
              { id: "why", label: t("reason"), cell: (one) => one.reason },
              {
                id: "who",
                label: t("who"),
                cell: (one) => (one.savedBy.startsWith("usr_") ? <NameText id={one.savedBy} /> : t("program")),
              },
              { id: "at", label: t("at"), align: "end", cell: (one) => <DateText at={one.savedAt} /> },
            ]}
          />
        </Card>
      )}
    </Loaded>
  );
}
