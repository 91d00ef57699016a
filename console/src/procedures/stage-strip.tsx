import css from "./procedures.module.css";

interface StageStripProps {
  readonly stages: readonly { readonly title: string; readonly state: "done" | "here" | "ahead" }[];
  readonly label: string;
}

/** How far a case is. */
export function StageStrip({ stages, label }: StageStripProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <ol className={css.strip} aria-label={label} tabIndex={0}>
      {stages.map(({ title, state }) => (
        <li key={title} data-state={state} aria-current={state === "here" ? "step" : undefined}>
          {title}
        </li>
      ))}
    </ol>
  );
}
