import { ActionIcon, Skeleton, useComputedColorScheme } from "@mantine/core";
import { IconChartLine, IconTable } from "@tabler/icons-react";
import type { EChartsType } from "echarts/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PlainTable } from "../record/plain-table.tsx";
import { type ChartDeclaration, chartColors, chartOption } from "./chart-options.ts";

interface ChartProps extends ChartDeclaration {
  readonly height?: number;
}

/** A picture of figures over days or kinds. The button beside it shows the same figures as a table. */
export function Chart({ height = 240, ...chart }: ChartProps) {
  const { t } = useTranslation("kit");
  const [asTable, setAsTable] = useState(false);
  const Other = asTable ? IconChartLine : IconTable;
  return (
    <figure style={{ margin: 0, position: "relative" }} aria-label={chart.label}>
      <ActionIcon
        size={24}
        onClick={() => setAsTable(!asTable)}
        aria-label={asTable ? t("chart.asPicture") : t("chart.asTable")}
        title={asTable ? t("chart.asPicture") : t("chart.asTable")}
        style={{ position: "absolute", insetInlineEnd: 0, top: 0, zIndex: 2 }}
      >
        <Other size={15} />
      </ActionIcon>
      {asTable ? <ChartTable {...chart} height={height} /> : <Picture {...chart} height={height} />}
    </figure>
  );
}

function Picture({ height, ...chart }: ChartDeclaration & { readonly height: number }) {
  const element = useRef<HTMLDivElement>(null);
  const engine = useRef<EChartsType | null>(null);
  const [ready, setReady] = useState(false);
  const [width, setWidth] = useState(0);
  const dark = useComputedColorScheme("light") === "dark";
  useEffect(() => {
    let gone = false;
    const observer = new ResizeObserver(() => {
      engine.current?.resize();
      setWidth(element.current?.clientWidth ?? 0);
    });
    void import("./chart-engine.ts").then(({ startChart }) => {
      if (gone || element.current === null) return;
      engine.current = startChart(element.current);
      observer.observe(element.current);
      setReady(true);
    });
    return () => {
      gone = true;
      observer.disconnect();
      engine.current?.dispose();
      engine.current = null;
    };
  }, []);
  // the declaration is a new object at every render; only new figures are drawn again
  const figures = JSON.stringify([chart.categories, chart.series]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const animation = !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const option = { ...chartOption(chart, chartColors(dark), width), animation };
    if (ready) engine.current?.setOption(option, { notMerge: true });
  }, [figures, dark, ready, width]);
  return (
    <div style={{ position: "relative", height }}>
      <div ref={element} style={{ height }} role="img" aria-label={chart.label} />
      {ready ? null : <Skeleton height={height} style={{ position: "absolute", inset: 0 }} />}
    </div>
  );
}

function ChartTable({ height, ...chart }: ChartDeclaration & { readonly height: number }) {
  const format = chart.format ?? String;
  const rows = chart.categories.map((category, index) => ({ category, index }));
  return (
    <div style={{ maxHeight: Math.max(height, 320), overflow: "auto", paddingInlineEnd: 32 }}>
      <PlainTable
        label={chart.label}
        rows={rows}
        rowId={(row) => `${row.index}`}
        columns={[
          { id: "category", label: chart.categoryLabel, cell: (row) => row.category },
          ...chart.series.map((series) => ({
            id: series.name,
            label: series.name,
            align: "end" as const,
            cell: (row: { index: number }) => {
              const value = series.values[row.index];
              return value === null || value === undefined ? "–" : format(value);
            },
          })),
        ]}
      />
    </div>
  );
}
