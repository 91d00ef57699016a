import css from "./procedures.module.css";

interface StageStripProps {
  readonly stages: readonly { readonly title: string; readonly state: "done" | "here" | "ahead" }[];
  readonly label: string;
}

/** How far a case is. */
export function StageStrip({ stages, label }: StageStripProps) {
  return (
    <ol className={css.strip} aria-label={label}>
      {stages.map(({ title, state }) => (
        <li key={title} data-state={state} aria-current={state === "here" ? "step" : undefined}>
          {title}
        </li>
      ))}
    </ol>
  );
}
