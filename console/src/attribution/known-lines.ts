/** A customer as it is sent: `knownSince` null means since ever. */
interface Known {
  readonly customerRef: string;
  readonly knownSince: string | null;
}

interface Refused {
  /** from 1 */
  readonly line: number;
  readonly text: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const HEADINGS = new Set(["customer", "customer_id", "customerid", "customer_ref", "id", "player_id", "user_id"]);

/** One id a line, with a day behind it where it is known since when: `17`, `17,2024-05-31`, `17;2024-05-31T10:00:00Z`. A heading is passed over. */
export function knownCustomersIn(text: string): { readonly customers: Known[]; readonly refused: Refused[] } {
  const customers = new Map<string, Known>();
  const refused: Refused[] = [];
  for (const [index, whole] of text.split(/\r\n|\n|\r/).entries()) {
    const [id = "", since = ""] = whole.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
    if (id === "" && since === "") continue;
    if (index === 0 && HEADINGS.has(id.toLowerCase())) continue;
    const at = since === "" ? null : instantOf(since);
    if (id === "" || id.length > 200 || at === undefined) refused.push({ line: index + 1, text: whole.slice(0, 80) });
    else customers.set(id, { customerRef: id, knownSince: at });
  }
  return { customers: [...customers.values()], refused };
}

function instantOf(text: string): string | undefined {
  const at = new Date(DAY.test(text) ? `${text}T00:00:00Z` : text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(at.getTime())) return undefined;
  return at.toISOString();
}
