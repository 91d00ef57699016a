import { useTranslation } from "react-i18next";
import css from "./difference-lines.module.css";

interface DifferenceLinesProps {
  readonly label: string;
  readonly lines: readonly { readonly text: string; readonly kind: "added" | "removed" | "same" }[];
  /** Said when nothing differs. */
  readonly same: string;
  readonly mono?: boolean;
}

/** Lines of two texts in one: what went, what came, and around it what stayed. */
export function DifferenceLines({ label, lines, same, mono }: DifferenceLinesProps) {
  const { t } = useTranslation("kit");
  const changed = lines.some((line) => line.kind !== "same");
  return (
    <section aria-label={label}>
      <h3 className={css.title}>{label}</h3>
      {changed ? (
        <div className={`${css.lines} ${mono === true ? css.mono : ""}`}>
          {numbered(lines).map(({ line, place }) => {
            return (
              <DifferenceLine
                key={place}
                text={line.text}
                kind={line.kind}
                words={{ added: t("changes.added"), removed: t("changes.removed") }}
              />
            );
          })}
        </div>
      ) : (
        <p className={css.none}>{same}</p>
      )}
    </section>
  );
}

/** Lines that changed and two around them, each with its place. */
function numbered(lines: DifferenceLinesProps["lines"]) {
  return lines
    .map((line, place) => ({ line, place }))
    .filter(({ place }) => lines.slice(Math.max(0, place - 2), place + 3).some((other) => other.kind !== "same"));
}

interface LineProps {
  readonly text: string;
  readonly kind: "added" | "removed" | "same";
  readonly words: { readonly added: string; readonly removed: string };
}

function DifferenceLine({ text, kind, words }: LineProps) {
  if (kind === "same") return <div className={css.line}>{text}</div>;
  const Tag = kind === "added" ? "ins" : "del";
  return (
    <Tag className={`${css.line} ${css[kind]}`} aria-label={`${words[kind]}: ${text}`}>
      {text}
    </Tag>
  );
}
