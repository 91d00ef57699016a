import type { OwnershipStructure, Sentence } from "@tributary/contract";
import {
  asPercent,
  compared,
  dividedBy,
  type Fraction,
  minus,
  NONE,
  ofPercent,
  plus,
  times,
  WHOLE,
} from "./fraction.ts";

export interface Holder {
  readonly id: string;
  readonly name: string;
  readonly kind: "person" | "organization";
  readonly role: string;
  /** per cent of the partner itself, held directly */
  readonly direct: string | null;
  /** how it controls the partner otherwise */
  readonly control: string;
}

export interface Holding {
  readonly holderId: string;
  readonly heldId: string;
  readonly share: string;
}

interface OwnershipInput {
  readonly partnerId: string;
  readonly partnerName: string;
  readonly holders: readonly Holder[];
  readonly holdings: readonly Holding[];
  /** per cent; whoever has more is a beneficial owner */
  readonly threshold: string;
  /** why the shares do not make up the whole; empty: nobody said */
  readonly unexplained: string;
}

type Ownership = Pick<OwnershipStructure, "nodes" | "edges" | "sentences" | "holds">;

/**
 * Who owns a partner in the end. What somebody has through others is the product of the shares on each way, summed over all ways; where
 * companies hold each other, that sum has no end and is the solution of x = direct + shares · x, solved exactly in fractions. Holdings that
 * own each other wholly have no solution and are refused in a sentence.
 */
export function ownershipOf(input: OwnershipInput): Ownership {
  const { partnerId, holders, holdings } = input;
  const names = new Map<string, string>([
    [partnerId, input.partnerName],
    ...holders.map((one) => [one.id, one.name] as const),
  ]);
  const direct = holders.flatMap(({ id, direct: share }) =>
    share === null ? [] : [{ holderId: id, heldId: partnerId, share }],
  );
  const edges = [...direct, ...holdings.filter(({ holderId, heldId }) => names.has(holderId) && names.has(heldId))];
  const effective = effectiveShares(holders, edges, partnerId);
  const threshold = ofPercent(input.threshold);
  const nodes = holders.map((one) => nodeOf(one, effective?.get(one.id), threshold));
  const sentences = [
    ...(effective === undefined ? [CIRCULAR] : []),
    ...sumSentences(input, edges, names, effective),
    ...endSentences(holders, edges, effective, threshold),
    ...(effective !== undefined && nodes.every((one) => !one.isBeneficialOwner) ? [nobody(input.threshold)] : []),
  ];
  const partner = {
    id: partnerId,
    name: input.partnerName,
    kind: "partner",
    role: null,
    control: "",
    effective: null,
    isBeneficialOwner: false,
    why: "",
  } as const;
  return { nodes: [partner, ...nodes], edges, sentences, holds: sentences.length === 0 };
}

function nodeOf(one: Holder, share: Fraction | undefined, threshold: Fraction): Ownership["nodes"][number] {
  const owns = one.kind === "person" && share !== undefined && compared(share, threshold) > 0;
  const controls = one.kind === "person" && one.control !== "";
  return {
    id: one.id,
    name: one.name,
    kind: one.kind,
    role: one.role,
    control: one.control,
    effective: share === undefined ? null : asPercent(share),
    isBeneficialOwner: owns || controls,
    why: owns ? "share" : controls ? "control" : "",
  };
}

/** The share of each in the partner through all ways. @returns undefined when holdings that own each other leave it open */
function effectiveShares(
  holders: readonly Holder[],
  edges: readonly Holding[],
  partnerId: string,
): ReadonlyMap<string, Fraction> | undefined {
  const at = new Map(holders.map(({ id }, index) => [id, index]));
  // Row i: x_i − Σ share(i in j) · x_j = direct_i
  const rows = holders.map((_, i) => {
    const row = new Map<number, Fraction>([[i, WHOLE]]);
    return { row, right: NONE };
  });
  for (const { holderId, heldId, share } of edges) {
    const line = rows[at.get(holderId) ?? -1];
    if (line === undefined) continue;
    const part = ofPercent(share);
    const held = at.get(heldId);
    if (heldId === partnerId) line.right = plus(line.right, part);
    else if (held !== undefined) line.row.set(held, minus(line.row.get(held) ?? NONE, part));
  }
  if (!solve(rows)) return undefined;
  return new Map(holders.map(({ id }, index) => [id, rows[index]?.right ?? NONE]));
}

interface Line {
  row: Map<number, Fraction>;
  right: Fraction;
}

/** Gauss and Jordan on sparse rows, in place. @returns false when there is no single solution */
function solve(lines: Line[]): boolean {
  for (let column = 0; column < lines.length; column += 1) {
    const from = lines.findIndex((line, index) => index >= column && line.row.get(column) !== undefined);
    const pivot = lines[from];
    if (pivot === undefined) return false;
    [lines[from], lines[column]] = [lines[column] as Line, pivot];
    scale(pivot, dividedBy(WHOLE, pivot.row.get(column) as Fraction));
    for (const line of lines) {
      const factor = line === pivot ? undefined : line.row.get(column);
      if (factor !== undefined) subtractLine(line, pivot, factor);
    }
  }
  return true;
}

function scale(line: Line, by: Fraction): void {
  for (const [column, value] of line.row) line.row.set(column, times(value, by));
  line.right = times(line.right, by);
}

function subtractLine(line: Line, pivot: Line, factor: Fraction): void {
  for (const [column, value] of pivot.row) {
    const left = minus(line.row.get(column) ?? NONE, times(value, factor));
    if (left.over === 0n) line.row.delete(column);
    else line.row.set(column, left);
  }
  line.right = minus(line.right, times(pivot.right, factor));
}

const CIRCULAR: Sentence = {
  en: "Organizations behind the partner own each other wholly, so nobody can be found at the end: correct their shares.",
  es: "Organizaciones detrás del socio se poseen entre sí por completo y no se llega a nadie: corrija sus participaciones.",
};

/** More than the whole is always wrong; less is unless somebody said why. */
function sumSentences(
  input: OwnershipInput,
  edges: readonly Holding[],
  names: ReadonlyMap<string, string>,
  effective: ReadonlyMap<string, Fraction> | undefined,
): Sentence[] {
  const sums = new Map<string, Fraction>([[input.partnerId, NONE]]);
  for (const { heldId, share } of edges) sums.set(heldId, plus(sums.get(heldId) ?? NONE, ofPercent(share)));
  return [...sums].flatMap(([heldId, sum]): Sentence[] => {
    const name = names.get(heldId) ?? heldId;
    const side = compared(sum, WHOLE);
    if (side > 0)
      return [
        {
          en: `The shares of ${name} make up ${asPercent(sum)} %: more than the whole.`,
          es: `Las participaciones en ${name} suman ${asPercent(sum)} %: más que el total.`,
        },
      ];
    if (side === 0 || input.unexplained !== "" || (heldId !== input.partnerId && !counts(effective, heldId))) return [];
    const rest = asPercent(minus(WHOLE, sum));
    return [
      {
        en: `${rest} % of ${name} is unexplained: the shares make up ${asPercent(sum)} %.`,
        es: `Falta explicar el ${rest} % de ${name}: las participaciones suman ${asPercent(sum)} %.`,
      },
    ];
  });
}

const counts = (effective: ReadonlyMap<string, Fraction> | undefined, id: string): boolean =>
  effective === undefined || compared(effective.get(id) ?? NONE, NONE) > 0;

/** An organization with a share that matters, and nobody behind it. */
function endSentences(
  holders: readonly Holder[],
  edges: readonly Holding[],
  effective: ReadonlyMap<string, Fraction> | undefined,
  threshold: Fraction,
): Sentence[] {
  const held = new Set(edges.map(({ heldId }) => heldId));
  return holders
    .filter(
      ({ id, kind }) => kind === "organization" && !held.has(id) && compared(effective?.get(id) ?? NONE, threshold) > 0,
    )
    .map(({ id, name }) => ({
      en: `${name} has ${asPercent(effective?.get(id) ?? NONE)} % and nobody is recorded behind it.`,
      es: `${name} tiene el ${asPercent(effective?.get(id) ?? NONE)} % y no consta nadie detrás.`,
    }));
}

const nobody = (threshold: string): Sentence => ({
  en: `Nobody owns more than ${threshold} %: record who controls the partner otherwise.`,
  es: `Nadie posee más del ${threshold} %: indique quién controla al socio de otro modo.`,
});
