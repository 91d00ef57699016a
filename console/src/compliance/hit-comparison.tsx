import type { ScreeningEvidence, ScreeningHitDetail, ScreeningStep } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";

const SHOWN_NAMES = 12;

/** Both sides beside each other, and each word's part in the score. */
export function HitComparison({ hit }: { readonly hit: ScreeningHitDetail }) {
  const { t } = useTranslation("compliance");
  return (
    <>
      <Card title={t("sides")} flush>
        <Sides hit={hit} />
      </Card>
      <Card title={t("why")} flush>
        <Steps hit={hit} />
      </Card>
      {hit.listed.remarks === "" ? null : <Card title={t("remarks")}>{hit.listed.remarks}</Card>}
    </>
  );
}

function Sides({ hit }: { readonly hit: ScreeningHitDetail }) {
  const { t } = useTranslation("compliance");
  const { language } = useFormat();
  const regions = new Intl.DisplayNames([language], { type: "region" });
  const joined = (values: readonly string[]) => values.join(", ");
  const countries = (codes: readonly string[]) => joined(codes.map((code) => regions.of(code) ?? code));
  const others = hit.listed.names.filter((name) => name !== hit.matchedName);
  const more = others.length > SHOWN_NAMES ? ` ${t("more", { count: others.length - SHOWN_NAMES })}` : "";
  const { asked, listed } = hit;
  const rows = [
    { id: "name", ours: hit.subjectName, theirs: hit.matchedName },
    { id: "otherNames", ours: "", theirs: joined(others.slice(0, SHOWN_NAMES)) + more },
    { id: "kind", ours: t(`kinds.${asked.kind}`), theirs: t(`kinds.${listed.kind}`) },
    { id: "births", ours: joined(asked.births), theirs: joined(listed.births) },
    { id: "countries", ours: countries(asked.countries), theirs: countries(listed.countries) },
    { id: "identifiers", ours: joined(asked.identifiers), theirs: joined(listed.identifiers) },
    { id: "programs", ours: "", theirs: joined(listed.programs) },
  ].filter(({ ours, theirs }) => ours !== "" || theirs !== "");
  return (
    <PlainTable
      label={t("sides")}
      rows={rows}
      rowId={(row) => row.id}
      columns={[
        { id: "what", label: t("what"), cell: (row) => t(`side.${row.id}`) },
        { id: "ours", label: t("ours"), cell: (row) => row.ours || "–" },
        { id: "theirs", label: t("theirs"), cell: (row) => row.theirs || "–" },
      ]}
    />
  );
}

interface Line {
  readonly id: string;
  readonly what: string;
  readonly ours: string;
  readonly theirs: string;
  readonly change: number;
}

function Steps({ hit }: { readonly hit: ScreeningHitDetail }) {
  const { t } = useTranslation("compliance");
  const format = useFormat();
  const word = (step: ScreeningStep, at: number): Line => ({
    id: `step ${at}`,
    what: t(`step.${step.what}`),
    ours: step.asked,
    theirs: step.listed,
    change: -step.cost,
  });
  const known = (one: ScreeningEvidence): Line => ({
    id: `known ${one.what}`,
    what: `${t(`evidence.${one.what}`)}: ${t(`says.${one.says}`)}`,
    ours: one.asked,
    theirs: one.listed,
    change: one.change,
  });
  const rows = [...hit.steps.map(word), ...hit.evidence.map(known)];
  const points = (value: number) => {
    const rounded = Math.round(value * 100);
    return rounded === 0 ? "–" : `${rounded > 0 ? "+" : "−"}${format.number(Math.abs(rounded))}`;
  };
  return (
    <PlainTable
      label={t("why")}
      rows={rows}
      rowId={(row) => row.id}
      columns={[
        { id: "ours", label: t("ours"), cell: (row) => row.ours || "–" },
        { id: "theirs", label: t("theirs"), cell: (row) => row.theirs || "–" },
        { id: "what", label: t("met"), cell: (row) => row.what, foot: t("score") },
        {
          id: "points",
          label: t("points"),
          align: "end",
          cell: (row) => points(row.change),
          foot: format.share(hit.score),
        },
      ]}
    />
  );
}
