import { type ComponentProps, useEffect, useRef } from "react";
import css from "./record.module.css";
import { RecordPage } from "./record-page.tsx";

export interface Stage {
  readonly id: string;
  readonly label: string;
  readonly state: "done" | "now" | "blocked" | "later";
  /** Who must act, what blocks, or when it was done. */
  readonly note?: string;
}

/** The stages of a procedure across the page. */
export function Stages({ stages, label }: { readonly stages: readonly Stage[]; readonly label: string }) {
  const list = useRef<HTMLOListElement>(null);
  const now = stages.findIndex((stage) => stage.state === "now" || stage.state === "blocked");
  useEffect(() => {
    // Where not all fit, the one that matters is shown, with a piece of the one before it.
    const item = list.current?.children[now];
    if (list.current !== null && item instanceof HTMLElement) list.current.scrollLeft = item.offsetLeft - 60;
  }, [now]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: many stages scroll, which must be possible without a mouse
    <ol ref={list} className={css.stages} aria-label={label} tabIndex={0}>
      {stages.map((stage) => (
        <li
          key={stage.id}
          className={css.stage}
          data-state={stage.state}
          aria-current={stage.state === "now" ? "step" : undefined}
        >
          {stage.label}
          {stage.note === undefined ? null : <small>{stage.note}</small>}
        </li>
      ))}
    </ol>
  );
}

type ProcessPageProps = Omit<ComponentProps<typeof RecordPage>, "above"> & {
  readonly stages: readonly Stage[];
  readonly stagesLabel: string;
};

/** A record that runs through stages: they stand across the page, above its tabs and beside its history. */
export function ProcessPage({ stages, stagesLabel, ...record }: ProcessPageProps) {
  return <RecordPage {...record} above={<Stages stages={stages} label={stagesLabel} />} />;
}
