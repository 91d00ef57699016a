import { Button, CopyButton, Group } from "@mantine/core";
import type { DealResult, SimulationDetail } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { DayText } from "../kit/date-text.tsx";
import { useGo, useParam } from "../kit/link.tsx";
import { MoneyText, ShareText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Loaded, RecordPage, type RecordTab } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { AttachForm } from "./attach-form.tsx";
import { Comparison } from "./comparison.tsx";
import { type Period, periodsOf } from "./periods.ts";
import { RiskTab } from "./risk-tab.tsx";
import { RunState } from "./run-state.tsx";
import { RUNNING, TONES } from "./states.ts";
import { ToldTab } from "./told-tab.tsx";

/** One simulated deal: while it runs how far it is, then what the plans come to side by side. */
export function DealRecord() {
  const id = useParam("id");
  const [running, setRunning] = useState(true);
  const simulation = useRecord<SimulationDetail>(`/simulations/${id}`, {}, running ? { liveSeconds: 1 } : {});
  const waits = simulation.data !== undefined && RUNNING.has(simulation.data.status);
  // What is not there, or not for this person, will not come by asking again every second.
  if ((simulation.data !== undefined || simulation.isError) && running !== waits) setRunning(waits);
  return <Loaded query={simulation}>{(one) => <DealPage simulation={one} />}</Loaded>;
}

function DealPage({ simulation }: { readonly simulation: SimulationDetail }) {
  const { t } = useTranslation("dealdesk");
  const { result } = simulation;
  const deal = result?.kind === "deal" ? result : null;
  const tabs: RecordTab[] =
    deal === null
      ? [{ id: "state", label: t("tabs.state"), content: () => <RunState simulation={simulation} /> }]
      : tabsOf(deal, simulation, t);
  return (
    <RecordPage
      title={simulation.name}
      parent={{ label: t("title"), to: "/deal-desk" }}
      badge={<StatusBadge state={simulation.status} label={t(`state.${simulation.status}`)} tones={TONES} />}
      actions={<Actions simulation={simulation} />}
      {...(deal === null ? {} : { facts: factsOf(deal, simulation, t) })}
      tabs={tabs}
    />
  );
}

type Translate = ReturnType<typeof useTranslation>["t"];

function tabsOf(deal: DealResult, simulation: SimulationDetail, t: Translate): RecordTab[] {
  const compare = { id: "compare", label: t("tabs.compare"), content: () => <Comparison deal={deal} /> };
  const told = { id: "told", label: t("tabs.told"), content: () => <ToldTab deal={deal} simulation={simulation} /> };
  const risks = { id: "risks", label: t("tabs.risks"), content: () => <RiskTab deal={deal} /> };
  return deal.plans.some((one) => one.stress.length > 0) ? [compare, risks, told] : [compare, told];
}

function factsOf(deal: DealResult, simulation: SimulationDetail, t: Translate) {
  const period: Period | undefined = periodsOf(deal).find((one) => one === "base") ?? periodsOf(deal)[0];
  const proposed = deal.plans.find((one) => one.role === "proposed");
  const measures =
    period === "history" ? proposed?.history : proposed?.forecast.find((one) => one.scenario === period)?.measures;
  const partner = simulation.partnerId;
  return [
    {
      label: t("who"),
      value:
        partner === null ? (
          t("partnersCount", { count: deal.partners })
        ) : (
          <NameText id={partner} to={`/partners/${partner}`} />
        ),
    },
    { label: t("measure.cost"), value: <MoneyText money={measures?.cost} /> },
    { label: t("measure.net"), value: <MoneyText money={measures?.net} signed /> },
    {
      label: t("measure.costShare"),
      value: <ShareText share={simulation.costShare === null ? null : Number(simulation.costShare)} />,
    },
    { label: t("measure.costPerFtd"), value: <MoneyText money={measures?.costPerFtd} /> },
    {
      label: t("measure.paybackMonth"),
      value: measures?.paybackMonth == null ? t("never") : <DayText day={measures.paybackMonth} />,
    },
  ];
}

function Actions({ simulation }: { readonly simulation: SimulationDetail }) {
  const { t } = useTranslation("dealdesk");
  const { can } = useSession();
  const go = useGo();
  const [attaching, setAttaching] = useState(false);
  const finished = simulation.status === "done";
  return (
    <Group gap={8}>
      <CopyButton value={window.location.href}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy}>
            {copied ? t("linkCopied") : t("copyLink")}
          </Button>
        )}
      </CopyButton>
      <Button variant="default" onClick={() => go(`/deal-desk/new?again=${simulation.id}`)}>
        {t("again")}
      </Button>
      {finished && can("agreements.write") ? <Button onClick={() => setAttaching(true)}>{t("attach")}</Button> : null}
      {attaching ? <AttachForm simulation={simulation} onClose={() => setAttaching(false)} /> : null}
    </Group>
  );
}
