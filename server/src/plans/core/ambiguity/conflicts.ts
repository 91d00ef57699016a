import { type Finding, type Say, twoReadings } from "../findings.ts";
import { isNode, isText, join, type Node, type Place } from "../walk.ts";

/** Fields that together can be read in two ways, one function per quarrel. Each looks at one object of the document as written. */
export const CONFLICTS: readonly ((place: Place, say: Say) => Finding[])[] = [
  rateOrAmount,
  shareOfOne,
  carryoverNone,
  floorAndCarry,
  stackedBase,
  bothBounds,
  noBound,
  windowUnits,
  holdUnits,
  allAndAny,
  bareList,
  percentOfStatedAndRaw,
  boundWithoutMinimum,
  activeCustomers,
];

/** Active customers are counted, and nothing says what one is; a metric with a name may be told by the facts instead. */
function activeCustomers({ node, path }: Place, say: Say): Finding[] {
  if (path !== "" || !Array.isArray(node.components) || node.active !== undefined || !countsActive(node)) return [];
  return [
    twoReadings(
      say,
      "active",
      say(
        'The plan counts active customers and does not say what one is: give "active": { "count": "trade", "atLeast": 1 }.',
        'El plan cuenta clientes activos y no dice qué es uno: indique "active": { "count": "trade", "atLeast": 1 }.',
      ),
      say(
        "whoever has any fact in the month, a deposit or a registration too",
        "quien tenga cualquier hecho en el mes, también un depósito o un registro",
      ),
      say("who played or traded in it", "quien jugó u operó en él"),
    ),
  ];
}

function countsActive(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(countsActive);
  if (!isNode(value)) return false;
  if (value.count === "active_customers" && value.name === undefined) return true;
  return Object.values(value).some(countsActive);
}

const RATE_OR_AMOUNT: Readonly<Record<string, true>> = { sale: true, recurring: true, notional: true, bonus: true };

function rateOrAmount({ node, path }: Place, say: Say): Finding[] {
  if (!isText(node.model) || RATE_OR_AMOUNT[node.model] !== true) return [];
  const [rate, amount] = [node.rate !== undefined, node.amount !== undefined];
  if (rate !== amount) return [];
  return [
    twoReadings(
      say,
      path,
      rate
        ? say("The component has both a rate and an amount.", "El componente tiene tanto una tasa como un importe.")
        : say("The component has neither a rate nor an amount.", "El componente no tiene ni tasa ni importe."),
      rate
        ? say("the share and the amount are both paid", "se pagan la participación y el importe")
        : say("nothing is paid, the component only counts", "no se paga nada, el componente solo cuenta"),
      rate
        ? say("the amount is paid instead of the share", "se paga el importe en lugar de la participación")
        : say("the usual share of the program is paid", "se paga la participación habitual del programa"),
    ),
  ];
}

const RATES = new Set(["rate", "rates", "share", "shares", "pass", "first", "step", "own"]);

/** `30` and `"30%"`: per cent, or times? Tables and tiers below a rate are looked through. */
function shareOfOne({ node, path }: Place, say: Say): Finding[] {
  return Object.entries(node).flatMap(([field, value]) => {
    if (!RATES.has(field) || (field === "own" && node.mode !== "percent_of_fee")) return [];
    return rateLeaves(value, join(path, field)).flatMap(([text, at]) => percentAsWritten(text, at, say));
  });
}

function rateLeaves(value: unknown, path: string): (readonly [string, string])[] {
  if (typeof value === "number" || isText(value)) return [[String(value), path]];
  if (Array.isArray(value)) return value.flatMap((one, index) => rateLeaves(one, join(path, index)));
  if (!isNode(value)) return [];
  const parts = Array.isArray(value.rows) ? "rows" : Array.isArray(value.bands) ? "bands" : undefined;
  const inner =
    parts === undefined
      ? []
      : (value[parts] as readonly unknown[]).flatMap((one, index) =>
          isNode(one) ? rateLeaves(one.value, `${path}.${parts}[${index}].value`) : [],
        );
  return [...inner, ...(value.otherwise === undefined ? [] : rateLeaves(value.otherwise, `${path}.otherwise`))];
}

function percentAsWritten(text: string, path: string, say: Say): Finding[] {
  const percent = /^(\d+(?:\.\d+)?)\s*%?$/.exec(text)?.[1];
  if (percent === undefined || (!text.includes("%") && Number(percent) <= 1)) return [];
  return [
    twoReadings(
      say,
      path,
      say(`The rate ${text} is not a share of one.`, `La tasa ${text} no es una parte de uno.`),
      say(
        `${percent} per cent: write it as a share, 0.30 for 30 %`,
        `${percent} por ciento: escríbalo como parte de uno, 0.30 para el 30 %`,
      ),
      say(`${percent} times the base`, `${percent} veces la base`),
    ),
  ];
}

function carryoverNone({ node, path, field }: Place, say: Say): Finding[] {
  if (field !== "carryover" || node.mode !== "none") return [];
  const extra = ["unit", "onChange", "settlements", "most"].find((name) => node[name] !== undefined);
  if (extra === undefined) return [];
  return [
    twoReadings(
      say,
      path,
      say(
        `The carryover is none, but says "${extra}": ${String(node[extra])}.`,
        `El arrastre es "none", pero indica "${extra}": ${String(node[extra])}.`,
      ),
      say(`nothing is carried and the ${extra} has no meaning`, `no se arrastra nada y "${extra}" no significa nada`),
      say(`a negative month is carried, with that ${extra}`, `un mes negativo se arrastra, con ese "${extra}"`),
    ),
  ];
}

function floorAndCarry({ node, path }: Place, say: Say): Finding[] {
  const { base, carryover } = node;
  if (!isNode(base) || !isNode(carryover) || base.floor !== "zero" || carryover.mode === "none") return [];
  return [
    twoReadings(
      say,
      `${path}.base.floor`,
      say(
        "The base is never below zero, and a negative base is to be carried.",
        "La base nunca es inferior a cero, y una base negativa debe arrastrarse.",
      ),
      say(
        "nothing is carried, because there is never anything negative",
        "no se arrastra nada, porque nunca hay nada negativo",
      ),
      say(
        "the month is paid as zero and its negative is carried",
        "el mes se paga como cero y su negativo se arrastra",
      ),
    ),
  ];
}

/** What a stated net figure contains already: adding or deducting it once more is the classic dispute. */
const CONTAINED: Readonly<Record<string, readonly string[]>> = { ngr: ["ggr", "bonus", "fees", "taxes"] };

function stackedBase({ node, path }: Place, say: Say): Finding[] {
  if (!Array.isArray(node.terms)) return [];
  const measures = node.terms.flatMap((term) => (isNode(term) ? [term.add, term.deduct] : [])).filter(isText);
  const found: Finding[] = [];
  for (const [net, parts] of Object.entries(CONTAINED)) {
    const part = parts.find((measure) => measures.includes(measure));
    if (!measures.includes(net) || part === undefined) continue;
    found.push(
      twoReadings(
        say,
        `${path}.terms`,
        say(
          `The base names ${net} and ${part}, and ${net} has ${part} in it already.`,
          `La base nombra ${net} y ${part}, y ${net} ya contiene ${part}.`,
        ),
        say(`${part} counts a second time on top of ${net}`, `${part} cuenta otra vez además de ${net}`),
        say(`${net} is meant without ${part}`, `${net} se entiende sin ${part}`),
      ),
    );
  }
  const twice = measures.find((measure, index) => measures.indexOf(measure) !== index);
  if (twice !== undefined)
    found.push(
      twoReadings(
        say,
        `${path}.terms`,
        say(`The base names ${twice} twice.`, `La base nombra ${twice} dos veces.`),
        say(`${twice} counts twice`, `${twice} cuenta dos veces`),
        say(`${twice} counts once`, `${twice} cuenta una vez`),
      ),
    );
  return found;
}

/** A percentage of `ngr` deducted from a base that adds `ngr`: before or after? */
function percentOfStatedAndRaw({ node, path, field }: Place, say: Say): Finding[] {
  if (field !== "terms" || !isNode(node.deduct) || node.deduct.rate === undefined) return [];
  const { of, rate } = node.deduct;
  if (!(of === "ngr" || (Array.isArray(of) && of.includes("ngr")))) return [];
  return [
    twoReadings(
      say,
      `${path}.deduct.of`,
      say(
        `A fee of ${String(rate)} is taken of ngr, and ngr is net of fees already.`,
        `Se toma una tarifa de ${String(rate)} de ngr, y ngr ya es neto de tarifas.`,
      ),
      say("the fee is taken once more, of the net figure", "la tarifa se toma otra vez, de la cifra neta"),
      say("the fee of gross revenue is meant: write ggr", "se entiende la tarifa sobre el ingreso bruto: escriba ggr"),
    ),
  ];
}

function bothBounds({ node, path }: Place, say: Say): Finding[] {
  const pairs = [
    ["atLeast", "moreThan"],
    ["atMost", "lessThan"],
  ] as const;
  if (node.metric === undefined && node.count === undefined) return [];
  return pairs.flatMap(([equal, strict]) =>
    node[equal] === undefined || node[strict] === undefined
      ? []
      : [
          twoReadings(
            say,
            path,
            say(`The condition has both ${equal} and ${strict}.`, `La condición tiene tanto ${equal} como ${strict}.`),
            say(`${equal} ${shown(node[equal])} decides`, `decide ${equal} ${shown(node[equal])}`),
            say(`${strict} ${shown(node[strict])} decides`, `decide ${strict} ${shown(node[strict])}`),
          ),
        ],
  );
}

const CONDITION_FIELDS = new Set(["qualification", "condition", "active", "all", "any", "needs", "gate", "until"]);

/** A sum or a count without a bound: is one enough, or is nothing asked? */
function noBound({ node, path, field }: Place, say: Say): Finding[] {
  if (!CONDITION_FIELDS.has(field)) return [];
  const asked = node.metric ?? node.count;
  if (asked === undefined || "bands" in node) return [];
  if (["atLeast", "moreThan", "atMost", "lessThan"].some((name) => node[name] !== undefined)) return [];
  const what = isText(asked) ? asked : say("the metric", "la métrica");
  return [
    twoReadings(
      say,
      path,
      say(
        `The condition on ${what} has no bound: give "atLeast" or "moreThan".`,
        `La condición sobre ${what} no tiene límite: indique "atLeast" o "moreThan".`,
      ),
      say("anything above zero is enough", "cualquier valor por encima de cero basta"),
      say("it always holds, zero included", "siempre se cumple, también con cero"),
    ),
  ];
}

const UNITS = ["days", "businessDays", "hours", "months"] as const;

function windowUnits({ node, path, field }: Place, say: Say): Finding[] {
  if (!["window", "within"].includes(field) || !isText(node.from)) return [];
  const given = UNITS.filter((unit) => node[unit] !== undefined);
  if (given.length === 1) return [];
  const [first, second] = given;
  if (first === undefined || second === undefined)
    return [
      twoReadings(
        say,
        path,
        say(
          `A window from ${node.from} without a length: give days, businessDays, hours or months.`,
          `Un plazo desde ${node.from} sin duración: indique days, businessDays, hours o months.`,
        ),
        say(`at any time after ${node.from}`, `en cualquier momento después de ${node.from}`),
        say(`on the day of ${node.from} itself`, `el mismo día de ${node.from}`),
      ),
    ];
  return [
    twoReadings(
      say,
      path,
      say(`The window has both ${first} and ${second}.`, `El plazo tiene tanto ${first} como ${second}.`),
      say(`it ends with whichever comes first`, `termina con lo que ocurra primero`),
      say(
        `they are added: ${String(node[first])} ${first} and then ${String(node[second])} ${second}`,
        `se suman: ${String(node[first])} ${first} y después ${String(node[second])} ${second}`,
      ),
    ),
  ];
}

function holdUnits({ node, path, field }: Place, say: Say): Finding[] {
  if (field !== "hold" || node.days === undefined || node.businessDays === undefined) return [];
  const [days, business] = [String(node.days), String(node.businessDays)];
  return [
    twoReadings(
      say,
      path,
      say("The hold has both days and businessDays.", "La retención tiene tanto days como businessDays."),
      say(`${days} calendar days`, `${days} días naturales`),
      say(`${business} business days`, `${business} días hábiles`),
    ),
  ];
}

function allAndAny({ node, path }: Place, say: Say): Finding[] {
  if (node.all === undefined || node.any === undefined) return [];
  return [
    twoReadings(
      say,
      path,
      say("A condition has both all and any.", "Una condición tiene tanto all como any."),
      say(
        "all of the first list and any of the second have to hold",
        "deben cumplirse toda la primera lista y alguna de la segunda",
      ),
      say(
        "either all of the first list or any of the second is enough",
        "basta toda la primera lista o alguna de la segunda",
      ),
    ),
  ];
}

/** A list of conditions where one condition belongs. */
function bareList({ node, path }: Place, say: Say): Finding[] {
  return ["qualification", "condition", "active", "needs"].flatMap((field) =>
    Array.isArray(node[field])
      ? [
          twoReadings(
            say,
            join(path, field),
            say(
              'A list of conditions without a word between them: write { "all": […] } or { "any": […] }.',
              'Una lista de condiciones sin una palabra entre ellas: escriba { "all": […] } o { "any": […] }.',
            ),
            say("all of them have to hold", "deben cumplirse todas"),
            say("any one of them is enough", "basta cualquiera de ellas"),
          ),
        ]
      : [],
  );
}

function boundWithoutMinimum({ node, path, field }: Place, say: Say): Finding[] {
  if (field !== "payout" || node.bound === undefined || node.minimum !== undefined) return [];
  return [
    twoReadings(
      say,
      path,
      say("The payout has a bound and no minimum.", "El pago tiene un límite y ningún mínimo."),
      say("everything is paid out", "se paga todo"),
      say("the operator's usual minimum applies", "se aplica el mínimo habitual del operador"),
    ),
  ];
}

function shown(value: unknown): string {
  if (!isNode(value)) return String(value);
  const { times, of } = value as Node;
  return `${String(times)} × ${String(of)}`;
}
