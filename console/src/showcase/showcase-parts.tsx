import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { ApiProblem } from "../api/problem.ts";
import { useFormat } from "../i18n/use-format.ts";
import { Chart } from "../kit/chart/chart.tsx";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { doWithUndo, say } from "../kit/notices.ts";
import { Page } from "../kit/page.tsx";
import { NoteLine, ProblemState } from "../kit/problem-state.tsx";
import { ProgressLine } from "../kit/progress-line.tsx";
import { Card, Figure, Figures } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { DeltaText, Sparkline } from "../kit/sparkline.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { WorkingView } from "../kit/why/working-view.tsx";
import { sampleRows } from "./sample.ts";
import { sampleWorking } from "./sample-working.ts";

const days = Array.from({ length: 30 }, (_, index) => `2026-10-${String(index + 1).padStart(2, "0")}`);
const wave = (phase: number, size: number) =>
  days.map((_, index) => Math.round(size * (1.4 + Math.sin(index / 3 + phase))));

export function ShowcaseParts() {
  const { t } = useTranslation("showcase");
  const format = useFormat();
  return (
    <Page title={t("parts")} subtitle={t("partsText")} actions={<Dialogs />}>
      <SampleFigures />
      <Card title={t("course")}>
        <Chart
          label={t("course")}
          categoryLabel={t("lastClick")}
          categories={days.map((day) => format.day(day))}
          format={(value) => format.number(value)}
          series={[
            { name: t("ftds"), values: wave(0, 100), kind: "area" },
            { name: t("list"), values: wave(2, 60) },
            { name: t("views.all"), values: wave(0.6, 90), quiet: true },
          ]}
        />
      </Card>
      <Card title={t("status")}>
        <Group>
          {["active", "paused", "open", "rejected", "draft"].map((state) => (
            <StatusBadge key={state} state={state} label={t(`state.${state}`)} />
          ))}
        </Group>
      </Card>
      <Card title={t("list")} flush>
        <PlainTable
          label={t("list")}
          rows={sampleRows.slice(0, 4)}
          rowId={(row) => row.id}
          columns={[
            { id: "name", label: t("name"), cell: (row) => row.name, foot: t("name") },
            {
              id: "balance",
              label: t("balance"),
              cell: (row) => <MoneyText money={row.balance} />,
              align: "end",
              foot: "42",
            },
          ]}
        />
      </Card>
      <Card title={t("why")}>
        <WorkingView working={sampleWorking} />
      </Card>
      <ProgressLine label={t("edit")} done={40_000} total={1_000_000} />
      <NoteLine tone="warn">{t("partsText")}</NoteLine>
      <ProblemState
        error={new ApiProblem(409, "wrong_state", "wrong", "agr_1 is closed")}
        retry={() => say(t("edit"))}
      />
    </Page>
  );
}

function SampleFigures() {
  const { t } = useTranslation("showcase");
  const format = useFormat();
  const course = [3, 5, 4, 8, 7, 9, 12, 10, 14];
  return (
    <Figures>
      <Figure
        label={t("ftds")}
        value={format.number(1284)}
        compare={<DeltaText now={1284} before={1100} />}
        course={<Sparkline values={course} label={t("ftds")} />}
      />
      <Figure
        label={t("balance")}
        value={<MoneyText money={{ minor: "123456789", currency: "EUR" }} />}
        compare={<DeltaText now={80} before={100} />}
        course={<Sparkline values={course.toReversed()} label={t("balance")} />}
        onOpen={() => say(t("balance"))}
      />
      <Figure label={t("country")} value={format.share(0.0342)} />
    </Figures>
  );
}

const schema = z.object({
  name: z.string().min(3),
  email: z.email(),
  kind: z.string(),
  amount: z.object({ minor: z.string(), currency: z.string() }).optional(),
});

function Dialogs() {
  const { t } = useTranslation("showcase");
  const [form, setForm] = useState(false);
  const [confirm, setConfirm] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => doWithUndo(t("history.paused"), () => say(t("history.created")))}>
        {t("undo")}
      </Button>
      <Button variant="default" onClick={() => setConfirm(true)}>
        {t("confirm")}
      </Button>
      <Button onClick={() => setForm(true)}>{t("create")}</Button>
      <FormDialog
        opened={form}
        onClose={() => setForm(false)}
        title={t("create")}
        submit={t("create")}
        draft="showcase"
        schema={schema}
        initial={{ name: "", email: "", kind: "affiliate", amount: null, active: true }}
        fields={[
          { kind: "text", name: "name", label: t("name"), required: true },
          { kind: "email", name: "email", label: t("email"), half: true },
          {
            kind: "select",
            name: "kind",
            label: t("kind"),
            half: true,
            options: [{ value: "affiliate", label: t("list") }],
          },
          { kind: "money", name: "amount", label: t("balance"), currency: "EUR", half: true },
          { kind: "switch", name: "active", label: t("state.active") },
        ]}
        send={async (values) => values}
        done={() => say(t("create"))}
        refresh={[]}
      />
      <ConfirmDialog
        opened={confirm}
        onClose={() => setConfirm(false)}
        title={t("confirm")}
        text={t("nextText")}
        action={t("edit")}
        danger
        reason="required"
        send={async (reason) => reason}
        refresh={[]}
      />
    </>
  );
}
