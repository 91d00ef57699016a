import type { Match } from "@tributary/contract";
import { type Finding, finding, type Say } from "../findings.ts";
import type { Place } from "../walk.ts";
import type { Linted } from "./linted.ts";
import { covers, disjoint, excluded, matchText } from "./match.ts";

interface Row {
  readonly when: Match | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly value: string;
  readonly path: string;
}

/** Rows of a table, overrides and variants: of each list the first that matches applies, so an earlier one may hide a later one. */
export function rowsNeverReached({ places, components, say }: Linted): Finding[] {
  const lists = places.flatMap((place) => listsOf(place));
  return [
    ...lists.flatMap((rows) => hidden(rows, say)),
    ...lists.flatMap((rows) => crossing(rows, say)),
    ...components.flatMap(({ component, path }) => [
      ...outside(lists, component, path, say),
      ...valueHidden(component, path, say),
    ]),
  ];
}

function listsOf({ node, path }: Place): Row[][] {
  const list = (field: "rows" | "overrides" | "variants", when: "when" | "only"): Row[] =>
    (Array.isArray(node[field]) ? (node[field] as readonly Record<string, unknown>[]) : []).map((row, index) => ({
      when: row[when] as Match | undefined,
      from: row.from as string | undefined,
      until: row.until as string | undefined,
      value: JSON.stringify(row.value ?? row.terms),
      path: `${path}.${field}[${index}]`,
    }));
  return [list("rows", "when"), list("overrides", "only"), list("variants", "when")].filter((rows) => rows.length > 0);
}

function hidden(rows: readonly Row[], say: Say): Finding[] {
  return rows.flatMap((row, index) => {
    const earlier = rows.findIndex((other, at) => at < index && covers(other.when, row.when) && spans(other, row));
    if (earlier < 0) return [];
    const what = matchText(row.when) || say("everything", "todo");
    return [
      finding(
        "warning",
        "unreachable",
        row.path,
        say(
          `Row ${index + 1} (${what}) is never reached: row ${earlier + 1} matches all of it before.`,
          `La fila ${index + 1} (${what}) nunca se alcanza: la fila ${earlier + 1} la cubre antes.`,
        ),
        say(`Move it above row ${earlier + 1}, or take it out.`, `Póngala antes de la fila ${earlier + 1} o quítela.`),
      ),
    ];
  });
}

/** Rows that share some facts and differ in value, and neither is the special case of the other: said once for each list. */
function crossing(rows: readonly Row[], say: Say): Finding[] {
  const pairs = rows.flatMap((row, index) => {
    const before = rows.findIndex((other, at) => at < index && cross(other, row));
    return before < 0 ? [] : [{ row, index, before }];
  });
  const [first] = pairs;
  if (first === undefined) return [];
  const [one, two] = [first.before + 1, first.index + 1];
  const [left, right] = [matchText(rows[first.before]?.when), matchText(first.row.when)];
  return [
    finding(
      "hint",
      "overlapping",
      first.row.path,
      say(
        `Rows ${one} (${left}) and ${two} (${right}) can both match: row ${one} applies, because it stands first.`,
        `Las filas ${one} (${left}) y ${two} (${right}) pueden coincidir ambas: se aplica la fila ${one}, porque está primero.`,
      ),
      say(
        "If that is not meant, change their order or name both dimensions in one row.",
        "Si no es lo deseado, cambie el orden o nombre ambas dimensiones en una fila.",
      ),
    ),
  ];
}

function cross(other: Row, row: Row): boolean {
  if (other.value === row.value || disjoint(other.when, row.when) || !overlap(other, row)) return false;
  return !covers(other.when, row.when) && !covers(row.when, other.when);
}

function spans(wide: Row, narrow: Row): boolean {
  return (wide.from ?? "") <= (narrow.from ?? "") && (wide.until ?? "9999") >= (narrow.until ?? "9999");
}

function overlap(a: Row, b: Row): boolean {
  return (a.from ?? "") <= (b.until ?? "9999") && (b.from ?? "") <= (a.until ?? "9999");
}

interface Scope {
  readonly only?: Match | undefined;
  readonly except?: Match | undefined;
}

function outside(lists: readonly (readonly Row[])[], component: Scope, path: string, say: Say): Finding[] {
  return lists.flat().flatMap((row) => {
    if (!row.path.startsWith(`${path}.`)) return [];
    if (!disjoint(row.when, component.only) && !excluded(row.when, component.except)) return [];
    return [
      finding(
        "warning",
        "unreachable",
        row.path,
        say(
          `This row (${matchText(row.when)}) is never reached: the component leaves these facts out.`,
          `Esta fila (${matchText(row.when)}) nunca se alcanza: el componente deja fuera esos hechos.`,
        ),
      ),
    ];
  });
}

/** An override for everything and every day: the component's own value never applies. */
function valueHidden(component: object, path: string, say: Say): Finding[] {
  const overrides =
    (component as { overrides?: readonly { only?: Match; from?: string; until?: string; name: string }[] }).overrides ??
    [];
  const at = overrides.findIndex((one) => one.only === undefined && one.from === undefined && one.until === undefined);
  if (at < 0) return [];
  return [
    finding(
      "warning",
      "unreachable",
      `${path}.overrides[${at}]`,
      say(
        `"${overrides[at]?.name}" has neither facts nor days of its own: it always applies and the component's own value never does.`,
        `"${overrides[at]?.name}" no tiene hechos ni días propios: se aplica siempre y el valor del componente nunca.`,
      ),
    ),
  ];
}
