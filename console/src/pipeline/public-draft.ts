export type Answers = Readonly<Record<string, string | readonly string[]>>;

const nameOf = (address: string): string => `tributary-application-${address}`;

/** What was typed before the window was closed. */
export function readDraft(address: string): Answers {
  try {
    return JSON.parse(window.localStorage.getItem(nameOf(address)) ?? "{}") as Answers;
  } catch {
    return {};
  }
}

/** In a frame of another page the browser may forbid to keep anything: the form works without. */
export function keepDraft(address: string, answers: Answers): void {
  try {
    window.localStorage.setItem(nameOf(address), JSON.stringify(answers));
  } catch {
    // nothing is kept
  }
}

export function forgetDraft(address: string): void {
  try {
    window.localStorage.removeItem(nameOf(address));
  } catch {
    // nothing was kept
  }
}
