import css from "./difference.module.css";

interface SentencesProps {
  readonly sentences: readonly string[];
  /** The sentences on the other side: what is not among them is marked. */
  readonly against?: readonly string[] | undefined;
  /** How a marked sentence is marked. */
  readonly mark?: "added" | "removed";
}

/** Sentences in their order, those that the other side does not have marked. */
export function MarkedSentences({ sentences, against, mark = "added" }: SentencesProps) {
  const others = new Set(against ?? sentences);
  return (
    <ul className={css.sentences}>
      {sentences.map((sentence) => {
        const own = !others.has(sentence);
        if (!own) return <li key={sentence}>{sentence}</li>;
        return (
          <li key={sentence} className={css[mark] ?? ""}>
            {mark === "added" ? <ins>{sentence}</ins> : <del>{sentence}</del>}
          </li>
        );
      })}
    </ul>
  );
}

interface SidesProps {
  readonly left: { readonly title: string; readonly sentences: readonly string[] };
  readonly right: { readonly title: string; readonly sentences: readonly string[] };
}

/** Two texts side by side, on a telephone one under the other. */
export function SentenceSides({ left, right }: SidesProps) {
  return (
    <div className={css.sides}>
      <section>
        <h3>{left.title}</h3>
        <MarkedSentences sentences={left.sentences} against={right.sentences} mark="removed" />
      </section>
      <section>
        <h3>{right.title}</h3>
        <MarkedSentences sentences={right.sentences} against={left.sentences} />
      </section>
    </div>
  );
}
