import css from "./difference.module.css";
import { TextDifference } from "./text-difference.tsx";

export interface ChangedText {
  readonly key: string;
  readonly title: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Texts that changed, each under its title with its words marked. */
export function ClauseDifference({ changes }: { readonly changes: readonly ChangedText[] }) {
  return changes.map((one) => (
    <section key={one.key} className={css.clause}>
      <h3>{one.title || one.key}</h3>
      <TextDifference before={one.before ?? ""} after={one.after ?? ""} />
    </section>
  ));
}
