import { type Finding, twoReadings } from "./findings.ts";

/**
 * What the field leaves silent and then quarrels about: looked for in the document as written, before its schema is applied, so that the answer
 * is a sentence with both readings and not "Required".
 */
export function ambiguities(document: unknown): Finding[] {
  if (!isRecord(document) || !Array.isArray(document.components)) return [];
  const components = document.components.map((component, index) => ({ component, path: `components[${index}]` }));
  return [
    ...components.flatMap(({ component, path }) => (isRecord(component) ? ofComponent(component, path) : [])),
    ...severalCpas(document.components),
  ];
}

function ofComponent(component: Record<string, unknown>, path: string): Finding[] {
  const found: Finding[] = [];
  if (component.model === "cpa") {
    if (component.window === undefined) found.push(noWindow(path));
    if (component.qualification !== undefined) found.push(...ofTree(component.qualification, `${path}.qualification`));
  }
  if (component.model === "revenue_share") {
    found.push(...ofRate(component.rate, `${path}.rate`));
    if (component.carryover === undefined) found.push(noCarryover(path));
    if (isRecord(component.carryover)) found.push(...ofCarryover(component.carryover, `${path}.carryover`));
    if (isRecord(component.base)) found.push(...ofBase(component.base, `${path}.base`));
  }
  if (component.hold === undefined) return found;
  if (isRecord(component.hold) && component.hold.days === undefined)
    found.push(
      twoReadings(
        `${path}.hold.days`,
        "A hold without days has no end.",
        "nothing is held",
        "the amount is held until somebody releases it",
      ),
    );
  return found;
}

function noWindow(path: string): Finding {
  return twoReadings(
    `${path}.window`,
    'The plan does not say by when a customer has to qualify: give { "from": "registration", "days": 30 } or "none".',
    "a customer may qualify at any time, even years later",
    "a customer has to qualify within the month of registration",
  );
}

function noCarryover(path: string): Finding {
  return twoReadings(
    `${path}.carryover`,
    'The plan does not say what becomes of a negative month: give { "mode": "none" } or { "mode": "full" }.',
    "every month starts at zero",
    "a negative month reduces the months after it until it is used up",
  );
}

function ofRate(rate: unknown, path: string): Finding[] {
  const text = typeof rate === "number" ? String(rate) : rate;
  if (typeof text !== "string") return [];
  const percent = /^(\d+(?:\.\d+)?)\s*%?$/.exec(text);
  if (percent?.[1] === undefined || (!text.includes("%") && Number(percent[1]) <= 1)) return [];
  return [
    twoReadings(
      path,
      `The rate ${text} is not a share of one.`,
      `${percent[1]} per cent: write it as a share, 0.30 for 30 %`,
      `${percent[1]} times the base`,
    ),
  ];
}

function ofCarryover(carryover: Record<string, unknown>, path: string): Finding[] {
  if (carryover.mode !== "none" || carryover.unit === undefined) return [];
  return [
    twoReadings(
      path,
      "The carryover is none, but says in which unit it is carried.",
      "nothing is carried and the unit has no meaning",
      `a negative month is carried in units of the ${String(carryover.unit)}`,
    ),
  ];
}

/** What a stated net figure contains already: adding or deducting it once more is the classic dispute. */
const CONTAINED: Readonly<Record<string, readonly string[]>> = { ngr: ["ggr", "bonus", "fees", "taxes"] };

function ofBase(base: Record<string, unknown>, path: string): Finding[] {
  const terms = Array.isArray(base.terms) ? base.terms : [];
  const measures = terms.flatMap((term) => (isRecord(term) ? [term.add, term.deduct] : [])).filter(isText);
  const found: Finding[] = [];
  for (const [net, parts] of Object.entries(CONTAINED)) {
    const part = parts.find((measure) => measures.includes(measure));
    if (!measures.includes(net) || part === undefined) continue;
    found.push(
      twoReadings(
        `${path}.terms`,
        `The base names ${net} and ${part}, and ${net} has ${part} in it already.`,
        `${part} counts a second time on top of ${net}`,
        `${net} is meant without ${part}`,
      ),
    );
  }
  const twice = measures.find((measure, index) => measures.indexOf(measure) !== index);
  if (twice !== undefined)
    found.push(
      twoReadings(`${path}.terms`, `The base names ${twice} twice.`, `${twice} counts twice`, `${twice} counts once`),
    );
  return found;
}

function ofTree(node: unknown, path: string): Finding[] {
  if (Array.isArray(node))
    return [
      twoReadings(
        path,
        'A list of conditions without a word between them: write { "all": […] } or { "any": […] }.',
        "all of them have to hold",
        "any one of them is enough",
      ),
    ];
  if (!isRecord(node)) return [];
  if (node.all !== undefined && node.any !== undefined)
    return [
      twoReadings(
        path,
        "A condition has both all and any.",
        "all of the first list and any of the second have to hold",
        "either all of the first list or any of the second is enough",
      ),
    ];
  const children = Array.isArray(node.all) ? node.all : Array.isArray(node.any) ? node.any : [];
  const word = Array.isArray(node.all) ? "all" : "any";
  return children.flatMap((child, index) => ofTree(child, `${path}.${word}[${index}]`));
}

function severalCpas(components: readonly unknown[]): Finding[] {
  const cpas = components.flatMap((component, index) =>
    isRecord(component) && component.model === "cpa" ? [index] : [],
  );
  if (cpas.length < 2) return [];
  return [
    twoReadings(
      `components[${cpas[1]}]`,
      "The plan has more than one CPA and does not say how they go together.",
      "a customer who qualifies for both is paid for twice",
      "a customer is paid for once, by the first that fits",
    ),
  ];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
