import type { ReactNode } from "react";
import { type Tone, toneStyle } from "../tone.ts";
import css from "./queue.module.css";

export interface QueueEntry {
  readonly id: string;
  readonly tone: Tone;
  /** Whom it is about. */
  readonly subject?: ReactNode;
  /** What it is. */
  readonly title: ReactNode;
  /** Why. */
  readonly note?: ReactNode;
  /** What is at stake. */
  readonly value: ReactNode;
  /** How soon. */
  readonly due?: ReactNode;
}

interface QueueProps {
  readonly label: string;
  readonly entries: readonly QueueEntry[];
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
  /** Opens under the chosen row, where there is no room beside the queue. */
  readonly inside?: ReactNode;
}

/** Things to do in the order in which they are worth it; one is chosen, its details stand beside it. */
export function Queue({ label, entries, chosen, onChoose, inside }: QueueProps) {
  return (
    <ol className={css.queue} aria-label={label}>
      {entries.map((one, index) => (
        <li key={one.id} style={toneStyle(one.tone)}>
          <button
            type="button"
            id={`queue-${one.id}`}
            className={css.row}
            aria-current={one.id === chosen}
            onClick={() => onChoose(one.id)}
          >
            <span className={css.place}>{index + 1}</span>
            <span className={css.what}>
              <span className={css.line}>
                {one.subject === undefined ? null : <b>{one.subject}</b>}
                <span>{one.title}</span>
              </span>
              <div className={css.note}>{one.note}</div>
            </span>
            <span className={css.side}>
              {one.value}
              <small>{one.due}</small>
            </span>
          </button>
          {one.id === chosen && inside !== undefined ? <div className={css.inside}>{inside}</div> : null}
        </li>
      ))}
    </ol>
  );
}

/** Stays in sight while the queue beside it is scrolled. */
export function Beside({ children }: { readonly children: ReactNode }) {
  return <div className={css.sticky}>{children}</div>;
}

interface FactorsProps {
  readonly factors: readonly (readonly [label: string, value: ReactNode])[];
  readonly result: readonly [label: string, value: ReactNode];
}

/** What a number is made of, factor by factor, and what comes of it. */
export function Factors({ factors, result }: FactorsProps) {
  return (
    <dl className={css.factors}>
      {factors.map(([label, value]) => (
        <Factor key={label} label={label} value={value} />
      ))}
      <dt className={css.result}>{result[0]}</dt>
      <dd className={css.result}>{result[1]}</dd>
    </dl>
  );
}

function Factor({ label, value }: { readonly label: string; readonly value: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}

/** A figure on the ground of its tone: where a table runs hot or cold. */
export function Heat({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={css.heat} style={toneStyle(tone)}>
      {children}
    </span>
  );
}
