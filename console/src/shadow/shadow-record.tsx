import { Button } from "@mantine/core";
import type { Shadow } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { AgoText, DayText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Loaded, type NextStep, RecordPage } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";
import { DaysTab } from "./days-tab.tsx";
import { FilesTab } from "./files-tab.tsx";
import { Overview } from "./overview-tab.tsx";
import { PartnersTab } from "./partners-tab.tsx";
import { ResultsTab } from "./results-tab.tsx";
import { SettingsTab } from "./settings-tab.tsx";
import { Verdict } from "./shadow-list.tsx";
import { BUSY } from "./states.ts";
import { agreementOf, useSentence } from "./summary.tsx";

/** One comparison: whether it is safe to switch, what differs, and why. */
export function ShadowRecord() {
  const id = useParam("id");
  const [busy, setBusy] = useState(true);
  const shadow = useRecord<Shadow>(`/shadows/${id}`, {}, busy ? { liveSeconds: 2 } : {});
  const works = shadow.data !== undefined && BUSY.has(shadow.data.state);
  if (shadow.data !== undefined && busy !== works) setBusy(works);
  return <Loaded query={shadow}>{(one) => <ShadowPage shadow={one} />}</Loaded>;
}

function ShadowPage({ shadow }: { readonly shadow: Shadow }) {
  const { t } = useTranslation("shadow");
  const { can } = useSession();
  const format = useFormat();
  const { summary } = shadow;
  const again = useChange({
    send: () => api.post<Shadow>(`/shadows/${shadow.id}/compare`),
    refresh: ["shadows"],
  });
  const disputed =
    summary === null
      ? undefined
      : Object.entries(summary.classes).reduce((sum, [name, count]) => sum + (name === "agrees" ? 0 : count), 0);
  const facts =
    summary === null
      ? [{ label: t("incumbent"), value: t(`incumbents.${shadow.incumbent}`) }]
      : [
          { label: t("agreement"), value: format.share(agreementOf(summary)) },
          { label: t("theirs"), value: format.number(summary.theirs) },
          { label: t("ours"), value: format.number(summary.ours) },
          { label: t("until"), value: <DayText day={summary.to} /> },
          { label: t("comparedAt"), value: <AgoText at={summary.comparedAt} /> },
          { label: t("program"), value: <NameText id={shadow.programId} to={`/programs/${shadow.programId}`} /> },
        ];
  return (
    <RecordPage
      title={shadow.name}
      parent={{ label: t("title"), to: "/shadow" }}
      badge={<Verdict shadow={shadow} />}
      actions={
        can("events.write") && shadow.status === "active" ? (
          <Button
            variant="default"
            loading={BUSY.has(shadow.state) || again.isPending}
            onClick={() => again.mutate(undefined)}
          >
            {t("compareAgain")}
          </Button>
        ) : undefined
      }
      next={useNextStep(shadow)}
      facts={facts}
      tabs={[
        { id: "overview", label: t("tabs.overview"), content: () => <Overview shadow={shadow} /> },
        {
          id: "results",
          label: t("tabs.results"),
          ...(disputed === undefined ? {} : { count: disputed }),
          content: () => <ResultsTab shadow={shadow} />,
        },
        { id: "days", label: t("tabs.days"), content: () => <DaysTab id={shadow.id} /> },
        { id: "partners", label: t("tabs.partners"), content: () => <PartnersTab shadow={shadow} /> },
        { id: "files", label: t("tabs.files"), content: () => <FilesTab shadow={shadow} /> },
        { id: "settings", label: t("tabs.settings"), content: () => <SettingsTab shadow={shadow} /> },
      ]}
    />
  );
}

/** The sentence on top: what is missing before one dares to switch. */
function useNextStep(shadow: Shadow): NextStep | undefined {
  const { t } = useTranslation("shadow");
  const sentence = useSentence();
  const { summary, state } = shadow;
  if (state === "failed") return { title: t("failed"), text: shadow.problem ?? "", tone: "bad" };
  if (summary === null) return { title: t("noData"), text: t("noDataText"), tone: "info" };
  const clocks = summary.shifts.map((minutes) => t("hours", { hours: (minutes / 60).toString() })).join(", ");
  return {
    title: t(summary.safe ? "safe" : "notYet"),
    text: [sentence(summary), ...(clocks === "" ? [] : [t("clockText", { clocks })])].join(" "),
    tone: summary.safe ? "good" : "warn",
  };
}
