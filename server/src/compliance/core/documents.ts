import type { DocumentBook, DocumentKind, DocumentNeed, DocumentSet, PartnerEntity } from "@tributary/contract";

/** A document as far as it answers a need. Days are ISO dates. */
export interface HeldDocument {
  readonly documentId: string;
  readonly personId: string | null;
  readonly kind: string;
  readonly state: string;
  readonly expiresOn: string | null;
}

interface PersonBehind {
  readonly personId: string;
  readonly name: string;
  readonly kind: string;
  /** its own role, and `beneficial_owner` where its shares make it one */
  readonly roles: readonly string[];
}

interface NeedInput {
  readonly entity: PartnerEntity;
  readonly country: string | null;
  readonly regimes: readonly string[];
  readonly people: readonly PersonBehind[];
  readonly documents: readonly HeldDocument[];
  readonly today: string;
  /** the first day that is not "soon" any more */
  readonly soon: string;
}

/** Every document that is asked of a partner and of the people behind it, each with how it stands. */
export function documentNeeds(book: DocumentBook, input: NeedInput): DocumentNeed[] {
  const kinds = new Map(book.kinds.map((kind) => [kind.code, kind]));
  const sets = book.sets.filter((set) => speaksOf(set, input));
  const own = sets
    .filter(({ owner }) => owner === input.entity)
    .flatMap((set) => set.needed.map((line) => ({ set, line, person: null })));
  const behind =
    input.entity === "individual"
      ? []
      : input.people
          .filter(({ kind }) => kind === "person")
          .flatMap((person) =>
            sets
              .filter(
                ({ owner, roles }) =>
                  owner === "person" && (roles.length === 0 || roles.some((role) => person.roles.includes(role))),
              )
              .flatMap((set) => set.needed.map((line) => ({ set, line, person }))),
          );
  return withoutTwins([...own, ...behind].map(({ set, line, person }) => needOf(kinds, input, set, line, person)));
}

function speaksOf({ countries, regimes }: DocumentSet, { country, regimes: own }: NeedInput): boolean {
  if (countries.length > 0 && (country === null || !countries.includes(country))) return false;
  return regimes.length === 0 || regimes.some((one) => own.includes(one));
}

/** Two sets that ask for the same of the same are asked once. */
function withoutTwins(needs: readonly DocumentNeed[]): DocumentNeed[] {
  const seen = new Map<string, DocumentNeed>();
  for (const need of needs) {
    const key = `${need.personId ?? ""} ${need.kinds.map(({ code }) => code).join(",")}`;
    if (!seen.has(key)) seen.set(key, need);
  }
  return [...seen.values()];
}

const RANK = [
  "held",
  "ending",
  "waiting",
  "expired",
  "rejected",
  "missing",
] as const satisfies readonly DocumentNeed["state"][];

function needOf(
  kinds: ReadonlyMap<string, DocumentKind>,
  input: NeedInput,
  set: DocumentSet,
  line: readonly string[],
  person: PersonBehind | null,
): DocumentNeed {
  const answers = input.documents
    .filter(({ kind, personId }) => line.includes(kind) && personId === (person?.personId ?? null))
    .map((document) => ({ document, state: stateOf(document, input) }))
    .sort((a, b) => RANK.indexOf(a.state) - RANK.indexOf(b.state) || compareEnd(b.document, a.document));
  const [best] = answers;
  const nothing = best === undefined || best.state === "missing";
  return {
    set: set.code,
    personId: person?.personId ?? null,
    personName: person?.name ?? null,
    kinds: line.flatMap((code) => {
      const kind = kinds.get(code);
      return kind === undefined ? [] : [{ code, name: kind.name, hint: kind.hint }];
    }),
    state: nothing ? "missing" : best.state,
    documentId: nothing ? null : best.document.documentId,
    until: nothing ? null : best.document.expiresOn,
  };
}

/** No end is later than any end. */
function compareEnd(a: HeldDocument, b: HeldDocument): number {
  return (a.expiresOn ?? "9999").localeCompare(b.expiresOn ?? "9999");
}

/** A document holds up to and with its last day. */
function stateOf({ state, expiresOn }: HeldDocument, { today, soon }: NeedInput): DocumentNeed["state"] {
  if (state === "submitted" || state === "proposed") return "waiting";
  if (state === "rejected") return "rejected";
  if (state !== "accepted") return "missing";
  if (expiresOn === null) return "held";
  return expiresOn < today ? "expired" : expiresOn < soon ? "ending" : "held";
}

interface AcceptedFields {
  readonly number: string;
  readonly issuedOn: string | null;
  readonly expiresOn: string | null;
}

/**
 * Why a document of this kind cannot be accepted with these values; empty: it can.
 * @param handedIn the day on which it was uploaded: age counts up to then
 */
export function acceptanceProblems(
  kind: DocumentKind,
  fields: AcceptedFields,
  handedIn: string,
  today: string,
): { field: "number" | "issuedOn" | "expiresOn"; message: string }[] {
  const problems: { field: "number" | "issuedOn" | "expiresOn"; message: string }[] = [];
  if (kind.number === "needed" && fields.number === "")
    problems.push({ field: "number", message: "is needed for this kind" });
  if (kind.expiry === "needed" && fields.expiresOn === null)
    problems.push({ field: "expiresOn", message: "is needed for this kind" });
  if (fields.expiresOn !== null && fields.expiresOn < today)
    problems.push({ field: "expiresOn", message: "has passed: the document is not valid any more" });
  if (fields.issuedOn !== null && fields.issuedOn > handedIn)
    problems.push({ field: "issuedOn", message: "is after the day on which it was handed in" });
  if (kind.maxAgeDays !== null && fields.issuedOn === null)
    problems.push({ field: "issuedOn", message: "is needed for this kind" });
  if (kind.maxAgeDays !== null && fields.issuedOn !== null && daysBetween(fields.issuedOn, handedIn) > kind.maxAgeDays)
    problems.push({ field: "issuedOn", message: `is more than ${kind.maxAgeDays} days before it was handed in` });
  return problems;
}

/** Whole days from one ISO date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
