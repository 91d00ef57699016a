/** A part of a plan in plain language, as the room plans tells it. */
export interface PlanPart {
  readonly title: string;
  readonly sentences: readonly { readonly text: string; readonly level: number }[];
}

/**
 * A plan as numbered clauses: a heading for every part, a number for every sentence (`3.1.2`), letters for what stands under one. People cite these numbers,
 * so they are written into the text that is signed and are not left to whoever shows it.
 * @param within number of the clause in which the plan stands; "" when its parts are the clauses
 */
export function planClauses(parts: readonly PlanPart[], within: string): string {
  const depth = within === "" ? "##" : "###";
  return parts
    .map(({ title, sentences }, index) => {
      const number = within === "" ? String(index + 1) : `${within}.${index + 1}`;
      const heading = `${depth} ${number}${within === "" ? "." : ""} ${asText(headingOf(title))}`;
      return [heading, ...numbered(sentences, number, title)].join("\n\n");
    })
    .join("\n\n");
}

/** `net_share` → `Net share` */
function headingOf(title: string): string {
  return capital(title.replaceAll("_", " "));
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function numbered(sentences: PlanPart["sentences"], within: string, title: string): string[] {
  let [main, below] = [0, 0];
  // The heading says whose sentence it is, and the clause has a number of its own.
  const own = (text: string) => (text.startsWith(`${title}: `) ? capital(text.slice(title.length + 2)) : text);
  return sentences.map(({ text, level }) => {
    if (level === 0) {
      main += 1;
      below = 0;
      return `${within}.${main} ${asText(own(text).replace(/^\d+\. /, ""))}`;
    }
    below += 1;
    return `(${letters(below)}) ${asText(text)}`;
  });
}

/** 1 → a, 26 → z, 27 → aa */
function letters(place: number): string {
  const rest = place > 26 ? letters(Math.floor((place - 1) / 26)) : "";
  return rest + String.fromCharCode(97 + ((place - 1) % 26));
}

/** A sentence that Markdown leaves as it is: a star is no emphasis, a bracket no link. */
function asText(sentence: string): string {
  return sentence.replaceAll(/[\\*`[\]<>]/g, "\\$&");
}
