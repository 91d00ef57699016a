import type { ReactNode } from "react";
import css from "./step-strip.module.css";

export interface Step {
  readonly id: string;
  readonly label: string;
  readonly value: ReactNode;
  /** Change against the period before. */
  readonly compare?: ReactNode;
  /** Of this step: "3.4% of the clicks". */
  readonly note?: string;
  /** Share of the step before that went on, 0 to 1; drawn as a line. */
  readonly share?: number | null;
}

/** How many get from one step to the next. */
export function StepStrip({ steps, label }: { readonly steps: readonly Step[]; readonly label: string }) {
  return (
    <ol className={css.strip} aria-label={label}>
      {steps.map((step) => (
        <li key={step.id} className={css.step}>
          <span>{step.label}</span>
          <div className={css.value}>
            <b>{step.value}</b>
            {step.compare}
          </div>
          <small>{step.note ?? "\u00a0"}</small>
          <div className={css.bar} aria-hidden="true">
            <i style={{ width: `${Math.min(Math.max((step.share ?? 1) * 100, 1), 100)}%` }} />
          </div>
        </li>
      ))}
    </ol>
  );
}
