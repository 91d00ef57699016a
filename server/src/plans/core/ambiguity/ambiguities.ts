import { type Finding, type Say, twoReadings } from "../findings.ts";
import { isNode, isText, join, type Node, places } from "../walk.ts";
import { CONFLICTS } from "./conflicts.ts";
import { QUESTIONS } from "./questions.ts";

/**
 * What the field leaves silent and then quarrels about: looked for in the document as written, before its schema is applied, so that the answer
 * is a sentence with both readings and not "Required".
 */
export function ambiguities(document: unknown, say: Say): Finding[] {
  if (!isNode(document) || !Array.isArray(document.components)) return [];
  const silent = places(document).flatMap((place) => [
    ...QUESTIONS.filter((one) => one.asks(place) && !answered(place.node, place.field, one.missing)).map((one) => {
      const [question, first, second] = one.words(say, place);
      return twoReadings(say, join(place.path, one.missing), question, first, second);
    }),
    ...CONFLICTS.flatMap((conflict) => conflict(place, say)),
  ]);
  return [...silent, ...severalCpas(document.components, say), ...whoseQualification(document.components, say)];
}

/** `customers` asks for `from` only where it speaks of those who did not qualify. */
function answered(node: Node, field: string, missing: string): boolean {
  if (field === "customers" && node.notQualified === undefined) return true;
  return node[missing] !== undefined;
}

const ONCE = new Set(["cpa", "cpl", "cpa_ladder"]);

/** Two CPAs for the same customers, and neither says that it stands back for the other. */
function severalCpas(components: readonly unknown[], say: Say): Finding[] {
  const cpas = components.flatMap((one, index) => (isNode(one) && one.model === "cpa" ? [{ one, index }] : []));
  for (const [position, later] of cpas.entries())
    for (const earlier of cpas.slice(0, position)) {
      if (standsBack(earlier.one, later.one) || standsBack(later.one, earlier.one)) continue;
      if (apart(earlier.one, later.one)) continue;
      if (isBeside(earlier.one, later.one) || isBeside(later.one, earlier.one)) continue;
      return [
        twoReadings(
          say,
          `components[${later.index}]`,
          say(
            `The plan has more than one CPA (${code(earlier.one)} and ${code(later.one)}) and does not say how they go together: write "beside": ["${code(earlier.one)}"] in ${code(later.one)} where both are paid; else let them not meet: "only" and "except" by country, "customers": { "notQualified": "${code(earlier.one)}", "from": "start" }, or "until" and "from".`,
            `El plan tiene más de un CPA (${code(earlier.one)} y ${code(later.one)}) y no dice cómo se combinan: escriba "beside": ["${code(earlier.one)}"] en ${code(later.one)} si se pagan ambos; si no, que no coincidan: "only" y "except" por país, "customers": { "notQualified": "${code(earlier.one)}", "from": "start" }, o "until" y "from".`,
          ),
          say(
            "a customer who qualifies for both is paid for twice",
            "un cliente que califica para ambos se paga dos veces",
          ),
          say(
            "a customer is paid for once, by the first that fits",
            "un cliente se paga una vez, por el primero que corresponda",
          ),
        ),
      ];
    }
  return [];
}

function standsBack(one: Node, other: Node): boolean {
  if (isNode(one.customers) && isText(one.code)) return true;
  const caps = Array.isArray(other.caps) ? other.caps : [];
  return caps.some((cap) => isNode(cap) && isNode(cap.overflow) && cap.overflow.component === one.code);
}

function isBeside(one: Node, other: Node): boolean {
  return one.beside === "all" || (Array.isArray(one.beside) && one.beside.includes(other.code));
}

function apart(one: Node, other: Node): boolean {
  const [a, b] = [isNode(one.only) ? one.only : {}, isNode(other.only) ? other.only : {}];
  const disjoint = Object.keys(a).some((name) => {
    const [left, right] = [a[name], b[name]];
    return Array.isArray(left) && Array.isArray(right) && !left.some((value) => right.includes(value));
  });
  const excluded = [
    [one, other],
    [other, one],
  ].some(([x, y]) => {
    const [only, except] = [isNode(x?.only) ? x.only : {}, isNode(y?.except) ? y.except : {}];
    return Object.keys(only).some((name) => {
      const [mine, theirs] = [only[name], except[name]];
      return Array.isArray(mine) && Array.isArray(theirs) && mine.every((value) => theirs.includes(value));
    });
  });
  const [from, until] = [String(other.from ?? ""), String(one.until ?? "9999")];
  const [from2, until2] = [String(one.from ?? ""), String(other.until ?? "9999")];
  return disjoint || excluded || from > until || from2 > until2;
}

/** `count: qualified` where several components qualify customers. */
function whoseQualification(components: readonly unknown[], say: Say): Finding[] {
  const qualify = components.filter((one) => isNode(one) && isText(one.model) && ONCE.has(one.model)) as Node[];
  const [first, second] = qualify;
  if (first === undefined || second === undefined) return [];
  return places({ components })
    .filter(({ node }) => node.count === "qualified" && node.component === undefined)
    .map(({ path }) =>
      twoReadings(
        say,
        `${path}.component`,
        say(
          'Customers who qualified: give the "component" that is meant.',
          'Clientes que calificaron: indique el "component" del que se trata.',
        ),
        say(`those who qualified for ${code(first)}`, `los que calificaron para ${code(first)}`),
        say(`those who qualified for ${code(second)}`, `los que calificaron para ${code(second)}`),
      ),
    );
}

function code(component: Node): string {
  return isText(component.code) ? component.code : "?";
}
