import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText } from "../kit/date-text.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { MoneyText, NumberText } from "../kit/money-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { ProcessPage } from "../kit/record/process-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { loadSample, sampleRows } from "./sample.ts";

export function ShowcaseRecord() {
  const { t } = useTranslation("showcase");
  const row = sampleRows[3];
  if (row === undefined) return null;
  const overview = () => (
    <Card title={t("details")}>
      <Properties
        items={[
          [t("id"), <CopyText key="id" text={row.id} />],
          [t("owner"), row.owner],
          [t("country"), row.country],
          [t("lastClick"), <DateText key="at" at={row.lastClickAt} zone />],
        ]}
      />
    </Card>
  );
  const links = () => (
    <ListPanel
      embedded
      name="showcase-links"
      title={t("list")}
      resource="/showcase"
      load={loadSample}
      rowId={(one) => one.id}
      columns={[
        { id: "name", label: t("name"), cell: (one) => one.name, sort: "name" },
        { id: "ftds", label: t("ftds"), cell: (one) => <NumberText value={one.ftds} />, align: "end" },
      ]}
      empty={{ title: t("empty") }}
    />
  );
  return (
    <ProcessPage
      title={row.name}
      parent={{ label: t("list"), to: "/showcase/list" }}
      badge={<StatusBadge state={row.status} label={t(`state.${row.status}`)} />}
      actions={<Button variant="default">{t("edit")}</Button>}
      next={{ title: t("next"), text: t("nextText"), action: <Button>{t("nextDo")}</Button> }}
      facts={[
        { label: t("ftds"), value: <NumberText value={row.ftds} /> },
        { label: t("balance"), value: <MoneyText money={row.balance} /> },
        { label: t("owner"), value: row.owner },
        { label: t("country"), value: row.country },
      ]}
      stagesLabel={t("stages.label")}
      stages={[
        { id: "apply", label: t("stages.apply"), state: "done" },
        { id: "check", label: t("stages.check"), state: "blocked", note: t("stages.blocked") },
        { id: "sign", label: t("stages.sign"), state: "now" },
        { id: "live", label: t("stages.live"), state: "later" },
      ]}
      tabs={[
        { id: "overview", label: t("details"), content: overview },
        { id: "links", label: t("links"), count: 12, content: links },
      ]}
      timeline={[
        {
          id: "1",
          at: "2026-11-20T09:00:00Z",
          what: t("history.paused"),
          who: row.owner,
          why: t("history.why"),
          tone: "warn",
        },
        { id: "2", at: "2026-11-02T09:00:00Z", what: t("history.created"), who: row.owner, tone: "good" },
      ]}
    />
  );
}
