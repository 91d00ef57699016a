import { Button, Group } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconAdjustments, IconCircleCheck } from "@tabler/icons-react";
import type { Morning, MorningItem, TodayReport } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { ChoiceMenu } from "../kit/choice-menu.tsx";
import { dayIn } from "../kit/day-ranges.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { useGo } from "../kit/link.tsx";
import { Page } from "../kit/page.tsx";
import { usePreference } from "../kit/preferences.ts";
import { Beside } from "../kit/queue/queue.tsx";
import { Board } from "../kit/record/board.tsx";
import { Card } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { TodayAttention } from "../reporting/today-attention.tsx";
import { TodayFigures } from "../reporting/today-figures.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";
import { ItemDetail } from "./item-detail.tsx";
import { ItemQueue } from "./item-queue.tsx";
import { useItemKeys } from "./use-item-keys.ts";

/** The start page: what is worth doing today, for me, the most worth first; the day so far in figures. */
export function Today() {
  const { t } = useTranslation("morning");
  const format = useFormat();
  const go = useGo();
  const narrowed = useProgramQuery();
  const [whose, setWhose] = usePreference<string>("morning-whose", "mine");
  const [state, setState] = useState<"open" | "answered">("open");
  const query = { language: format.language, whose, state, limit: 100, ...narrowed };
  const morning = useRecord<Morning>("/morning", query, { liveSeconds: 60 });
  const actions = (
    <Group gap="xs">
      <ChoiceMenu
        label={t("whose")}
        value={whose}
        choices={["mine", "all"].map((value) => ({ value, label: t(`whoseIs.${value}`) }))}
        onChange={setWhose}
      />
      <ChoiceMenu
        label={t("shown")}
        value={state}
        choices={["open", "answered"].map((value) => ({ value, label: t(`shownIs.${value}`) }))}
        onChange={(value) => setState(value === "open" ? "open" : "answered")}
      />
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconAdjustments size={14} />}
        onClick={() => go("/morning/weights")}
      >
        {t("weights")}
      </Button>
    </Group>
  );
  return (
    <Page title={t("today")} subtitle={<Subtitle morning={morning.data} />} actions={actions}>
      <DayFigures />
      <Loaded query={morning}>
        {(one) => <Items morning={one} whose={whose} answered={state === "answered"} onAll={() => setWhose("all")} />}
      </Loaded>
    </Page>
  );
}

function Subtitle({ morning }: { readonly morning: Morning | undefined }) {
  const { t } = useTranslation("morning");
  const format = useFormat();
  if (morning === undefined) return null;
  const parts = [
    morning.readAt === null ? t("notRead") : format.instant(morning.readAt, "full"),
    t("openWorth", {
      count: morning.counts.reduce((sum, { count }) => sum + count, 0),
      worth: format.money(morning.worth),
    }),
    ...(morning.asDeputyFor.length === 0
      ? []
      : [t("deputyFor", { names: morning.asDeputyFor.map(({ name }) => name).join(", ") })]),
  ];
  return <>{parts.join(" · ")}</>;
}

/** The day so far beside the same weekday a week ago; each figure opens its report. */
function DayFigures() {
  const format = useFormat();
  const { can } = useSession();
  const report = useDay(can("reports.read"));
  if (report === undefined) return null;
  return <TodayFigures report={report} day={dayIn(format.zone, new Date(report.now))} />;
}

function useDay(enabled: boolean): TodayReport | undefined {
  return useRecord<TodayReport>("/reports/today", useProgramQuery(), { liveSeconds: 30, enabled }).data;
}

interface ItemsProps {
  readonly morning: Morning;
  readonly whose: string;
  readonly answered: boolean;
  readonly onAll: () => void;
}

function Items({ morning, whose, answered, onAll }: ItemsProps) {
  const { t } = useTranslation("morning");
  const { can } = useSession();
  const narrow = useMediaQuery("(max-width: 62em)", undefined, { getInitialValueInEffect: false });
  const report = useDay(can("reports.read"));
  const [chosenId, choose] = useState<string>();
  const items = morning.data;
  const chosen: MorningItem | undefined = items.find(({ id }) => id === chosenId) ?? (narrow ? undefined : items[0]);
  useItemKeys(items, chosen, choose);
  const detail = chosen === undefined ? undefined : <ItemDetail key={chosen.id} item={chosen} />;
  const nothing = (
    <EmptyState
      icon={IconCircleCheck}
      title={t(answered ? "noneAnswered" : "nothing")}
      text={t(answered ? "noneAnsweredText" : "nothingText")}
      {...(whose === "mine" && !answered ? { action: <Button onClick={onAll}>{t("lookAtAll")}</Button> } : {})}
    />
  );
  return (
    <Board
      main={
        <Card title={t(answered ? "answered" : "queue", { count: morning.total })} flush>
          {items.length === 0 ? (
            nothing
          ) : (
            <ItemQueue items={items} chosen={chosen?.id} onChoose={choose} inside={narrow ? detail : undefined} />
          )}
        </Card>
      }
      side={
        <>
          {detail === undefined || narrow || chosen === undefined ? null : (
            <Beside>
              <Card title={t("why")}>{detail}</Card>
            </Beside>
          )}
          {report === undefined ? null : <TodayAttention attention={report.attention} />}
        </>
      }
    />
  );
}
