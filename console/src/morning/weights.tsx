import { Button, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import {
  MORNING_KINDS,
  type MoneyValue,
  type MorningKind,
  type MorningTuning,
  type MorningTuningPreview,
} from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { NumberSlider } from "../kit/form/number-slider.tsx";
import { say } from "../kit/notices.ts";
import { Page } from "../kit/page.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Board } from "../kit/record/board.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";

/** What the day is ranked by: one's own weights and the operator's, tried out before they are kept. */
export function WeightsPage() {
  const { t } = useTranslation("morning");
  const tuning = useRecord<MorningTuning>("/morning-weights");
  return (
    <Page title={t("weights")} subtitle={t("weightsText")} parent={{ label: t("today"), to: "/" }}>
      <Loaded query={tuning}>
        {(one) => <Weights key={`${one.personal.revision} ${one.operator.revision}`} tuning={one} />}
      </Loaded>
    </Page>
  );
}

type Of = "personal" | "operator";
interface Draft {
  readonly of: Of;
  readonly weights: Partial<Record<MorningKind, number>>;
  readonly ftdWorth?: MoneyValue;
  readonly revision: number;
}

function draftOf(tuning: MorningTuning, of: Of): Draft {
  if (of === "personal") return { of, weights: tuning.personal.weights, revision: tuning.personal.revision };
  const { weights, ftdWorth, revision } = tuning.operator;
  return { of, weights, ftdWorth, revision };
}

function Weights({ tuning }: { readonly tuning: MorningTuning }) {
  const { t } = useTranslation("morning");
  const [draft, setDraft] = useState<Draft>(() => draftOf(tuning, "personal"));
  const save = useChange<Draft, MorningTuning>({
    send: (body) => api.put("/morning-weights", body),
    refresh: ["morning", "morning-weights"],
    done: () => say(t("saved")),
  });
  const set = (kind: MorningKind, value: number) =>
    setDraft({ ...draft, weights: { ...draft.weights, [kind]: value } });
  return (
    <Board
      main={
        <Card
          title={t("weights")}
          actions={
            tuning.operator.mayChange ? (
              <SegmentedControl
                size="xs"
                value={draft.of}
                onChange={(of) => setDraft(draftOf(tuning, of as Of))}
                data={(["personal", "operator"] as const).map((value) => ({ value, label: t(`of.${value}`) }))}
              />
            ) : undefined
          }
        >
          <Stack gap={10}>
            {draft.ftdWorth === undefined ? null : (
              <FtdWorth worth={draft.ftdWorth} onChange={(ftdWorth) => setDraft({ ...draft, ftdWorth })} />
            )}
            {MORNING_KINDS.map((kind) => (
              <KindWeight key={kind} kind={kind} value={draft.weights[kind] ?? 1} tuning={tuning} onChange={set} />
            ))}
            {save.isError ? <ProblemLine error={save.error} /> : null}
            <Group gap="xs">
              <Button loading={save.isPending} onClick={() => save.mutate(draft)}>
                {t("save")}
              </Button>
              <Button variant="default" onClick={() => setDraft({ ...draft, weights: {} })}>
                {t("reset")}
              </Button>
            </Group>
          </Stack>
        </Card>
      }
      side={<Preview draft={draft} />}
    />
  );
}

function FtdWorth({ worth, onChange }: { readonly worth: MoneyValue; readonly onChange: (worth: MoneyValue) => void }) {
  const { t } = useTranslation("morning");
  return (
    <NumberSlider
      label={t("ftdWorth")}
      value={Number(worth.minor) / 100}
      min={0}
      max={2000}
      step={10}
      unit={worth.currency}
      onChange={(value) => onChange({ ...worth, minor: String(Math.round(value * 100)) })}
    />
  );
}

interface KindWeightProps {
  readonly kind: MorningKind;
  readonly value: number;
  readonly tuning: MorningTuning;
  readonly onChange: (kind: MorningKind, value: number) => void;
}

/** A weight, with what it is multiplied with: the chance of the kind, and what was learnt. */
function KindWeight({ kind, value, tuning, onChange }: KindWeightProps) {
  const { t } = useTranslation("morning");
  const format = useFormat();
  const facts = tuning.chances.find((one) => one.kind === kind);
  const learnt = tuning.learnt.find((one) => one.kind === kind);
  const notes = [
    facts === undefined ? "" : t("chanceIs", { chance: format.share(facts.chance), count: facts.days }),
    learnt === undefined
      ? ""
      : t("learntIs", {
          done: learnt.done,
          notUseful: learnt.notUseful,
          factor: format.number(learnt.factor, { maximumFractionDigits: 2 }),
        }),
  ];
  return (
    <div>
      <NumberSlider
        label={t(`kinds.${kind}`)}
        value={value}
        min={0}
        max={5}
        step={0.25}
        onChange={(next) => onChange(kind, next)}
      />
      <Text size="xs" c="dimmed">
        {notes.filter(Boolean).join(" · ")}
      </Text>
    </div>
  );
}

/** The first of the day as they would stand, and where they stand now. */
function Preview({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation("morning");
  const format = useFormat();
  const preview = useQuery({
    queryKey: ["morning-weights", "preview", draft, format.language],
    queryFn: () => api.post<MorningTuningPreview>(`/morning-weights/preview?language=${format.language}`, draft),
    placeholderData: (before) => before,
  });
  const rows = preview.data?.rows ?? [];
  return (
    <Card title={t("preview")} flush>
      <PlainTable
        dense
        label={t("preview")}
        rows={rows}
        rowId={(row) => row.id}
        empty={<Text p="sm">{t("nothing")}</Text>}
        columns={[
          { id: "after", label: t("after"), align: "end", cell: (row) => row.after },
          { id: "before", label: t("before"), align: "end", cell: (row) => moved(row.before, row.after) },
          { id: "title", label: t("what"), cell: (row) => row.title },
          { id: "score", label: t("score"), align: "end", cell: (row) => format.number(Math.round(row.score)) },
        ]}
      />
    </Card>
  );
}

function moved(before: number | null, after: number): string {
  if (before === null) return "–";
  if (before === after) return String(before);
  return `${before} ${before > after ? "↑" : "↓"}`;
}
