import type { PlanValue, SubPartnerComponent } from "@tributary/contract";
import type { z } from "zod";
import { baseOrName } from "./bases.ts";
import { and, count, type Sentence, type Speaker, sentence, share } from "./parts.ts";
import { value } from "./values.ts";

type Mode = z.infer<typeof SubPartnerComponent>["pays"];
type Fields = Readonly<Record<string, unknown>>;

/** How a partner earns on its sub-partners: the mode, its values by level, and what else it says. */
export function subPartnerMode(speaker: Speaker, pays: Mode, path: string): Sentence[] {
  const fields = pays as unknown as Fields;
  const words = Object.entries(fields).flatMap(([name, of]) => {
    if (of === undefined) return [];
    const say = MODE_FIELDS[`${pays.mode}.${name}`] ?? MODE_FIELDS[name];
    if (say === undefined) return [sentence(`${path}.${name}`, `${name}: ${JSON.stringify(of)}.`, 1)];
    return say(speaker, of as never, `${path}.${name}`);
  });
  return words;
}

type Words = (speaker: Speaker, of: never, at: string) => Sentence[];

const one =
  (
    english: (text: string) => string,
    spanish: (text: string) => string,
    text: (speaker: Speaker, of: never) => string = (_, of) => String(of),
  ): Words =>
  (speaker, of, at) => [sentence(at, speaker.say(english(text(speaker, of)), spanish(text(speaker, of))), 1)];

const choice =
  (of: Readonly<Record<string, readonly [string, string]>>): Words =>
  ({ say }, chosen: string, at) => {
    const words = of[chosen];
    return words === undefined ? [] : [sentence(at, say(words[0], words[1]), 1)];
  };

const byLevel =
  (kind: "rate" | "amount"): Words =>
  (speaker, of: readonly PlanValue[], at) =>
    of.flatMap((level, index) => {
      const spoken = value(speaker, level, `${at}[${index}]`, kind);
      return [
        sentence(
          `${at}[${index}]`,
          speaker.say(
            `Level ${index + 1} below the partner: ${spoken.inline}.`,
            `Nivel ${index + 1} por debajo del socio: ${spoken.inline}.`,
          ),
          1,
        ),
        ...spoken.below,
      ];
    });

const single =
  (kind: "rate" | "amount", english: string, spanish: string): Words =>
  (speaker, of: PlanValue, at) => {
    const spoken = value(speaker, of, at, kind);
    return [
      sentence(at, speaker.say(`${english}: ${spoken.inline}.`, `${spanish}: ${spoken.inline}.`), 1),
      ...spoken.below,
    ];
  };

const whatOf = (speaker: Speaker, of: never): string => {
  const what = of as string | { quantity: string };
  return typeof what === "string" ? what : speaker.say(`the quantity ${what.quantity}`, `la cantidad ${what.quantity}`);
};
const percents = (speaker: Speaker, of: never) =>
  and(
    speaker,
    (of as readonly string[]).map((one) => share(speaker, one)),
  );
const names = (speaker: Speaker, of: never) => and(speaker, of as readonly string[]);

const MODES: Readonly<Record<string, readonly [string, string]>> = {
  percent_of_commission: ["A share of what the sub-partner earns.", "Una parte de lo que gana el subsocio."],
  percent_of_revenue: [
    "A share of a base of the sub-partner's customers.",
    "Una parte de una base de los clientes del subsocio.",
  ],
  per_qualified: [
    "An amount for each customer of a sub-partner that qualified.",
    "Un importe por cada cliente de un subsocio que calificó.",
  ],
  per_referral: ["An amount for each sub-partner that was brought.", "Un importe por cada subsocio que se trajo."],
  percent_of_fee: ["A share per level of a fee.", "Una parte por nivel de una tarifa."],
  level_difference: [
    "The partner's own value less the highest below it on the way, never below zero.",
    "El valor propio del socio menos el más alto por debajo en el camino, nunca bajo cero.",
  ],
  cascade: [
    "A reward is passed along the chain; each partner keeps what it does not pass on. The parts sum to the whole.",
    "Una recompensa se pasa por la cadena; cada socio conserva lo que no pasa. Las partes suman el total.",
  ],
  fixed_pot: [
    "A pot is split among the referrer and the partners above it.",
    "Un fondo se reparte entre quien refirió y los socios superiores.",
  ],
  level_ratio: [
    "The reward on the customer times the ratio of the level.",
    "La recompensa del cliente por el factor del nivel.",
  ],
  decrement: [
    "The first level's rate, less a step for each level down.",
    "La tasa del primer nivel, menos un paso por cada nivel hacia abajo.",
  ],
};

const MODE_FIELDS: Readonly<Record<string, Words>> = {
  mode: choice(MODES),
  rates: byLevel("rate"),
  amounts: byLevel("amount"),
  models: one(
    (text) => `Only these models of the sub-partner's plan count: ${text}.`,
    (text) => `Solo cuentan estos modelos del plan del subsocio: ${text}.`,
    names,
  ),
  components: one(
    (text) => `Only these components of the sub-partner's plan count: ${text}.`,
    (text) => `Solo cuentan estos componentes del plan del subsocio: ${text}.`,
    names,
  ),
  ownSubPartners: choice({
    excluded: [
      "What the sub-partner earned on its own sub-partners does not count.",
      "No cuenta lo que el subsocio ganó por sus propios subsocios.",
    ],
    included: [
      "What the sub-partner earned on its own sub-partners counts.",
      "Cuenta lo que el subsocio ganó por sus propios subsocios.",
    ],
  }),
  negative: choice({
    floor: ["A sub-partner whose month is negative brings nothing.", "Un subsocio con mes negativo no aporta nada."],
    reduce: [
      "A sub-partner whose month is negative takes from what the others bring, down to zero in all.",
      "Un subsocio con mes negativo resta de lo que aportan los demás, hasta cero en total.",
    ],
  }),
  moved: choice({
    last_day: [
      "Commission of a month belongs where the sub-partner stood on its last day.",
      "La comisión de un mes corresponde donde estaba el subsocio el último día.",
    ],
    by_days: [
      "Commission of a month in which the sub-partner moved is divided by days.",
      "La comisión de un mes en que el subsocio cambió se divide por días.",
    ],
  }),
  base: (speaker, of, at) => {
    const base = baseOrName(speaker, of, at);
    return [
      sentence(at, speaker.say(`It is taken of ${base.inline}.`, `Se toma de ${base.inline}.`), 1),
      ...base.below,
    ];
  },
  cpaOnly: choice({
    included: ["Customers that are paid by CPA alone count too.", "Los clientes pagados solo por CPA también cuentan."],
    excluded: ["Customers that are paid by CPA alone do not count.", "Los clientes pagados solo por CPA no cuentan."],
  }),
  component: one(
    (text) => `They qualify as ${text} says.`,
    (text) => `Califican como dice ${text}.`,
  ),
  amount: single("amount", "For each of them", "Por cada uno"),
  needs: choice({
    joined: ["In the month in which the sub-partner came.", "En el mes en que llegó el subsocio."],
    earned: [
      "In the month in which the sub-partner first earned.",
      "En el mes en que el subsocio ganó por primera vez.",
    ],
  }),
  "percent_of_fee.own": one(
    (text) => `On the partner's own customers: ${text}.`,
    (text) => `Sobre los clientes propios del socio: ${text}.`,
    share,
  ),
  own: single("amount", "The partner's own value", "El valor propio del socio"),
  of: one(
    (text) => `Of ${text}.`,
    (text) => `De ${text}.`,
    whatOf,
  ),
  attribute: one(
    (text) => `A sub-partner's own value is its attribute ${text}.`,
    (text) => `El valor propio de un subsocio es su atributo ${text}.`,
  ),
  ownCustomers: choice({
    elsewhere: [
      "The partner's own customers are paid by another component.",
      "Los clientes propios del socio los paga otro componente.",
    ],
    paid: [
      "The partner's own customers are paid here, at the whole own value.",
      "Los clientes propios del socio se pagan aquí, al valor propio entero.",
    ],
  }),
  direction: choice({
    up: [
      "It comes in with the one whose customer it is and is passed up.",
      "Entra por quien tiene el cliente y se pasa hacia arriba.",
    ],
    down: ["It comes in at the top and is passed down.", "Entra por arriba y se pasa hacia abajo."],
  }),
  pass: one(
    (text) => `Passed on at each place: ${text}.`,
    (text) => `Se pasa en cada lugar: ${text}.`,
    percents,
  ),
  rate: single(
    "amount",
    "What there is to divide, per unit (or as a share of one of a measure)",
    "Lo que hay que repartir, por unidad (o como parte de uno de una medida)",
  ),
  shares: one(
    (text) => `Shares of the referrer and of each partner above: ${text}.`,
    (text) => `Partes de quien refirió y de cada socio superior: ${text}.`,
    percents,
  ),
  rest: choice({
    referrer: ["Shares without a partner go to the referrer.", "Las partes sin socio van a quien refirió."],
    operator: ["Shares without a partner stay with the operator.", "Las partes sin socio quedan para el operador."],
  }),
  reward: single("amount", "The reward per unit", "La recompensa por unidad"),
  ratios: one(
    (text) => `Ratios, own customers first: ${text}.`,
    (text) => `Factores, los clientes propios primero: ${text}.`,
    names,
  ),
  first: one(
    (text) => `First level: ${text}.`,
    (text) => `Primer nivel: ${text}.`,
    share,
  ),
  step: one(
    (text) => `Less for each level down: ${text}.`,
    (text) => `Menos por cada nivel hacia abajo: ${text}.`,
    share,
  ),
  depth: one(
    (text) => `There are ${text}.`,
    (text) => `Hay ${text}.`,
    (speaker, of) => count(speaker, Number(of), ["level", "levels"], ["nivel", "niveles"]),
  ),
};
