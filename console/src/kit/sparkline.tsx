import { useFormat } from "../i18n/use-format.ts";
import css from "./values.module.css";

interface SparklineProps {
  readonly values: readonly number[];
  /** What the line shows, read to those who cannot see it. */
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
}

/** A word-sized line: the course, not the figures. The last point is marked. */
export function Sparkline({ values, label, width = 88, height = 22 }: SparklineProps) {
  const format = useFormat();
  if (values.length < 2) return null;
  const low = Math.min(...values);
  const high = Math.max(...values);
  const span = high - low || 1;
  const points = values.map((value, index) => {
    const x = 1.5 + (index / (values.length - 1)) * (width - 4);
    const y = height - 2.5 - ((value - low) / span) * (height - 5);
    return [x, y] as const;
  });
  const line = points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
  const last = points.at(-1) ?? [0, 0];
  const summary = `${label}: ${format.number(values[0] ?? 0)} → ${format.number(values.at(-1) ?? 0)}`;
  return (
    <svg
      width={width}
      height={height}
      role="img"
      aria-label={summary}
      style={{ display: "block", overflow: "visible" }}
    >
      <path d={`${line}L${last[0]} ${height}L1.5 ${height}Z`} fill="var(--mantine-color-iris-6)" fillOpacity="0.08" />
      <path d={line} fill="none" stroke="var(--mantine-color-iris-5)" strokeWidth="1.4" strokeLinejoin="round" />
      <circle cx={last[0]} cy={last[1]} r="2" fill="var(--mantine-color-iris-5)" />
    </svg>
  );
}

interface DeltaTextProps {
  readonly now: number;
  readonly before: number;
  /** For costs and complaints, where less is better. */
  readonly lessIsBetter?: boolean;
}

const MANY = 9;

/** The change against the period before, as a percentage with its sign. */
export function DeltaText({ now, before, lessIsBetter }: DeltaTextProps) {
  const format = useFormat();
  if (before === 0) return null;
  const change = now / before - 1;
  const better = lessIsBetter === true ? change < 0 : change > 0;
  const tone = Math.abs(change) < 0.0005 ? "quiet" : better ? "good" : "bad";
  // from ten times on a percentage says less than the factor
  const digits = Math.abs(change) < 1 ? 1 : 0;
  const text =
    change >= MANY
      ? `×${format.number(Math.round(now / before))}`
      : format.number(change, { style: "percent", maximumFractionDigits: digits, signDisplay: "exceptZero" });
  return (
    <span className={css.delta} style={{ color: `var(--tb-${tone})` }}>
      {text}
    </span>
  );
}
