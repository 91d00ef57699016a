import type { RunCauses } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { MoneyText } from "../kit/money-text.tsx";
import { type Tone, toneStyle } from "../kit/tone.ts";
import { CAUSES } from "./states.ts";
import css from "./waterfall.module.css";

interface WaterfallProps {
  readonly currency: string;
  readonly before: string;
  readonly after: string;
  readonly causes: RunCauses;
}

interface Bar {
  readonly id: string;
  readonly kind: "total" | "cause";
  readonly minor: bigint;
  /** where the bar begins and ends on the scale */
  readonly from: bigint;
  readonly to: bigint;
}

/** From what was earned before to what is earned now, each cause from where the one before it ended. */
export function Waterfall({ currency, before, after, causes }: WaterfallProps) {
  const { t } = useTranslation("runs");
  const bars = barsOf(BigInt(before), BigInt(after), causes);
  const ends = [0n, ...bars.flatMap((bar) => [bar.from, bar.to])];
  const least = ends.reduce((a, b) => (a < b ? a : b));
  const most = ends.reduce((a, b) => (a > b ? a : b));
  return (
    <ol className={css.rows} aria-label={t("whyChanged")}>
      {bars.map((bar) => (
        <li key={bar.id} className={css.row} data-kind={bar.kind}>
          <span className={css.name} title={t(`causeText.${bar.id}`)}>
            {t(`cause.${bar.id}`)}
          </span>
          <span className={css.track} style={toneStyle(toneOf(bar))} aria-hidden="true">
            {bar.from === bar.to ? null : <span style={place(bar, least, most)} />}
          </span>
          <span className={css.amount}>
            <MoneyText money={{ minor: String(bar.minor), currency }} signed={bar.kind === "cause"} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function barsOf(before: bigint, after: bigint, causes: RunCauses): Bar[] {
  let at = before;
  const steps = CAUSES.map((cause): Bar => {
    const minor = BigInt(causes[cause]);
    const bar = { id: cause, kind: "cause" as const, minor, from: at, to: at + minor };
    at += minor;
    return bar;
  });
  return [
    { id: "before", kind: "total", minor: before, from: 0n, to: before },
    ...steps,
    { id: "now", kind: "total", minor: after, from: 0n, to: after },
  ];
}

function toneOf(bar: Bar): Tone {
  return bar.minor < 0n ? "bad" : "good";
}

function place(bar: Bar, least: bigint, most: bigint): { insetInlineStart: string; inlineSize: string } {
  const whole = Number(most - least) || 1;
  const [low, high] = bar.from < bar.to ? [bar.from, bar.to] : [bar.to, bar.from];
  return {
    insetInlineStart: `${(Number(low - least) / whole) * 100}%`,
    inlineSize: `${(Number(high - low) / whole) * 100}%`,
  };
}
