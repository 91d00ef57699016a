import { Input } from "@mantine/core";
import { RUN_MARKS, RUN_STATES, type RunSettings, RunSettingsDocument } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { RecordForm } from "../kit/form/record-form.tsx";
import { AmountCell } from "../money/amount-cell.tsx";
import { MatrixRows, ScheduleRows } from "./settings-rows.tsx";
import { TOUCHED } from "./states.ts";

export type Part = "schedules" | "times" | "thresholds" | "matrix";

/** What is typed: numbers and lists as text. */
export interface Entry {
  readonly schedules: RunSettingsDocument["schedules"];
  readonly matrix: RunSettingsDocument["matrix"];
  readonly lateDays: string;
  readonly timeZone: string;
  readonly weekend: readonly string[];
  readonly holidays: string;
  readonly dueHour: string;
  readonly due: Readonly<Record<string, string>>;
  readonly changePercent: string;
  readonly changeMinor: string;
  readonly spikePercent: string;
  readonly heldPercent: string;
  readonly topCount: string;
  readonly warn: readonly string[];
  readonly off: readonly string[];
  readonly reason: string;
}

const Typed = z.object({ reason: z.string().trim().min(1).max(500) }).loose();

/** One part of the settings; saving writes the next version of all of them, with its reason. */
export function SettingsForm({
  settings,
  part,
  locked,
}: {
  readonly settings: RunSettings;
  readonly part: Part;
  readonly locked: boolean;
}) {
  const { t } = useTranslation("runs");
  const fields = useFields(part);
  const reason: Field<Entry> = {
    kind: "text",
    name: "reason",
    label: t("reason"),
    hint: t("reasonHint"),
    required: true,
  };
  const form = (
    <RecordForm<Entry, RunSettings>
      schema={Typed}
      initial={toEntry(settings.document)}
      fields={locked ? fields : [...fields, reason]}
      submit={t("save")}
      send={(values) =>
        api.put<RunSettings>("/runs/settings", {
          version: settings.version,
          document: toDocument(values),
          reason: values.reason,
        })
      }
      done={() => undefined}
      refresh={TOUCHED}
    />
  );
  if (!locked) return form;
  return (
    <>
      <p style={{ margin: "0 0 12px", color: "var(--mantine-color-dimmed)" }}>{t("settingsLocked")}</p>
      <fieldset disabled style={{ border: 0, margin: 0, padding: 0, minInlineSize: 0 }}>
        {form}
      </fieldset>
    </>
  );
}

function useFields(part: Part): readonly Field<Entry>[] {
  const { t } = useTranslation("runs");
  if (part === "matrix")
    return [
      { kind: "note", name: "note", label: "", content: t("matrixText") },
      {
        kind: "own",
        name: "matrix",
        label: t("matrix"),
        content: (values, change) => <MatrixRows rows={values.matrix} onChange={(rows) => change("matrix", rows)} />,
      },
    ];
  if (part === "schedules")
    return [
      { kind: "note", name: "note", label: "", content: t("schedulesText") },
      {
        kind: "own",
        name: "schedules",
        label: t("schedules"),
        content: (values, change) => (
          <ScheduleRows rows={values.schedules} onChange={(rows) => change("schedules", rows)} />
        ),
      },
    ];
  return part === "times" ? timeFields(t) : thresholdFields(t);
}

type Translate = (key: string) => string;

const DUE_STATES = RUN_STATES.filter((state) => state !== "open" && state !== "cancelled");

function timeFields(t: Translate): readonly Field<Entry>[] {
  return [
    { kind: "text", name: "timeZone", label: t("timeZone"), half: true },
    { kind: "integer", name: "dueHour", label: t("dueHour"), half: true },
    { kind: "integer", name: "lateDays", label: t("lateDaysField"), hint: t("lateDaysHint"), half: true },
    {
      kind: "choices",
      name: "weekend",
      label: t("weekend"),
      options: ["1", "2", "3", "4", "5", "6", "7"].map((value) => ({ value, label: t(`weekday.${value}`) })),
    },
    { kind: "textarea", name: "holidays", label: t("holidays"), hint: t("holidaysHint"), rows: 4, mono: true },
    { kind: "note", name: "note", label: "", content: t("dueText") },
    ...DUE_STATES.map(
      (state): Field<Entry> => ({ kind: "integer", name: `due.${state}`, label: t(`states.${state}`), half: true }),
    ),
  ];
}

function thresholdFields(t: Translate): readonly Field<Entry>[] {
  const marks = RUN_MARKS.filter((mark) => mark !== "ledger_differs" && mark !== "not_calculated").map((value) => ({
    value,
    label: t(`marks.${value}`),
  }));
  return [
    { kind: "decimal", name: "changePercent", label: t("changePercent"), hint: t("changePercentHint"), half: true },
    {
      kind: "own",
      name: "changeMinor",
      label: t("changeMinor"),
      half: true,
      content: (values, change) => (
        <Input.Wrapper label={t("changeMinor")} description={t("changeMinorHint")}>
          <AmountCell
            label={t("changeMinor")}
            currency="*"
            minor={values.changeMinor}
            onChange={(minor) => change("changeMinor", minor)}
          />
        </Input.Wrapper>
      ),
    },
    { kind: "decimal", name: "spikePercent", label: t("spikePercent"), hint: t("spikePercentHint"), half: true },
    { kind: "decimal", name: "heldPercent", label: t("heldPercent"), half: true },
    { kind: "integer", name: "topCount", label: t("topCount"), half: true },
    { kind: "choices", name: "warn", label: t("asWarning"), options: marks },
    { kind: "choices", name: "off", label: t("notShown"), options: marks },
  ];
}

function toEntry(document: RunSettingsDocument): Entry {
  const { schedules, matrix, lateDays, calendar, dueDays, thresholds } = document;
  const severities = Object.entries(thresholds.severities);
  return {
    schedules,
    matrix,
    lateDays: String(lateDays),
    timeZone: calendar.timeZone,
    weekend: calendar.weekend.map(String),
    holidays: calendar.holidays.join("\n"),
    dueHour: String(calendar.dueHour),
    due: Object.fromEntries(DUE_STATES.map((state) => [state, String(dueDays[state] ?? "")])),
    changePercent: String(thresholds.changePercent),
    changeMinor: thresholds.changeMinor,
    spikePercent: String(thresholds.spikePercent),
    heldPercent: String(thresholds.heldPercent),
    topCount: String(thresholds.topCount),
    warn: RUN_MARKS.filter((mark) => (thresholds.severities[mark] ?? USUAL[mark]) === "warn"),
    off: severities.flatMap(([mark, severity]) => (severity === "off" ? [mark] : [])),
    reason: "",
  };
}

/** What is a warning when nobody says otherwise (server/src/runs/core/marks.ts); the rest is only told. */
const USUAL: Readonly<Record<string, "warn">> = Object.fromEntries(
  [
    ...["change_up", "change_down", "spike", "nothing", "negative", "manual", "open_adjustment", "terms_changed"],
    ...["bank_changed", "payee_missing", "payee_blocked", "document_expired", "screening", "moved"],
  ].map((mark) => [mark, "warn"]),
);

function toDocument(entry: Entry): RunSettingsDocument {
  const severity = (mark: string) => (entry.off.includes(mark) ? "off" : entry.warn.includes(mark) ? "warn" : "info");
  const marks = RUN_MARKS.filter((mark) => mark !== "ledger_differs" && mark !== "not_calculated");
  return RunSettingsDocument.parse({
    schedules: entry.schedules,
    matrix: entry.matrix,
    lateDays: Number(entry.lateDays),
    calendar: {
      timeZone: entry.timeZone.trim(),
      weekend: entry.weekend.map(Number),
      holidays: entry.holidays.split(/\s+/).filter(Boolean),
      dueHour: Number(entry.dueHour),
    },
    dueDays: Object.fromEntries(
      Object.entries(entry.due).flatMap(([state, days]) => (days === "" ? [] : [[state, Number(days)]])),
    ),
    thresholds: {
      changePercent: Number(entry.changePercent),
      changeMinor: entry.changeMinor,
      spikePercent: Number(entry.spikePercent),
      heldPercent: Number(entry.heldPercent),
      topCount: Number(entry.topCount),
      severities: Object.fromEntries(
        marks.flatMap((mark) => (severity(mark) === (USUAL[mark] ?? "info") ? [] : [[mark, severity(mark)]])),
      ),
    },
  });
}
