import { diffWordsWithSpace } from "diff";
import css from "./difference.module.css";

interface TextDifferenceProps {
  readonly before: string;
  readonly after: string;
}

/** A text with the words that went struck out and those that came marked. */
export function TextDifference({ before, after }: TextDifferenceProps) {
  let place = 0;
  return (
    <p className={css.words}>
      {diffWordsWithSpace(before, after).map((part) => {
        place += part.value.length;
        const key = `${place}-${part.added}-${part.removed}`;
        if (part.added) return <ins key={key}>{part.value}</ins>;
        if (part.removed) return <del key={key}>{part.value}</del>;
        return <span key={key}>{part.value}</span>;
      })}
    </p>
  );
}
