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
  const below = new Set(standingBelow(sentences));
  return (
    <ul className={css.sentences}>
      {sentences.map((sentence) => {
        const own = !others.has(sentence);
        const place = below.has(sentence) ? css.below : "";
        if (!own)
          return (
            <li key={sentence} className={place}>
              {sentence}
            </li>
          );
        return (
          <li key={sentence} className={`${css[mark] ?? ""} ${place}`}>
            {mark === "added" ? <ins>{sentence}</ins> : <del>{sentence}</del>}
          </li>
        );
      })}
    </ul>
  );
}

/** What a sentence that ends in a colon lists: up to the one that ends in a point. */
function standingBelow(sentences: readonly string[]): string[] {
  let isListing = false;
  return sentences.filter((sentence) => {
    const stands = isListing;
    if (sentence.endsWith(":")) isListing = true;
    else if (sentence.endsWith(".")) isListing = false;
    return stands;
  });
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
