import type { Component, Model, PlanValue } from "@tributary/contract";
import { baseOrName, renderBase } from "./bases.ts";
import { amount, and, figure, type Sentence, type Speaker, sentence, thing } from "./parts.ts";
import { value } from "./values.ts";

/** The sentence that a component begins with, and the fields that it says by itself. */
export interface Lead {
  readonly says: readonly string[];
  readonly words: (speaker: Speaker, component: never, path: string) => readonly Sentence[];
}

type Of<M extends Model> = Extract<Component, { model: M }>;
type Words<M extends Model> = (speaker: Speaker, component: Of<M>, path: string) => readonly Sentence[];

function lead<M extends Model>(_model: M, says: readonly string[], words: Words<M>): Lead {
  return { says: ["model", "code", ...says], words: words as Lead["words"] };
}

/** A sentence around a value; what the value spells out stands below it. */
function around(
  speaker: Speaker,
  of: PlanValue,
  path: string,
  kind: "rate" | "amount" | "factor",
  text: (inline: string) => string,
): Sentence[] {
  const spoken = value(speaker, of, path, kind);
  return [sentence(path, text(spoken.inline)), ...spoken.below];
}

const acquired =
  (english: string, spanish: string): Words<"cpa"> | Words<"cpl"> =>
  (speaker: Speaker, component: Of<"cpa"> | Of<"cpl">, path: string) =>
    around(speaker, component.amount, `${path}.amount`, "amount", (inline) =>
      speaker.say(
        `${component.code}: ${inline} for each ${english} who qualifies, once in the customer's life.`,
        `${component.code}: ${inline} por cada ${spanish} que califica, una vez en la vida del cliente.`,
      ),
    );

const LEADS_OF_MEDIA = {
  cpa: lead("cpa", ["amount"], acquired("customer", "cliente") as Words<"cpa">),
  cpl: lead("cpl", ["amount"], acquired("lead", "cliente potencial") as Words<"cpl">),
  cpa_ladder: lead("cpa_ladder", ["of", "steps"], (speaker, component, path) => [
    sentence(
      `${path}.of`,
      speaker.say(
        `${component.code}: a ladder over ${thing(speaker, component.of)} of each customer; each step pays the difference to what was paid before.`,
        `${component.code}: una escala según ${thing(speaker, component.of)} de cada cliente; cada escalón paga la diferencia con lo ya pagado.`,
      ),
    ),
    ...component.steps.map((step, index) =>
      sentence(
        `${path}.steps[${index}]`,
        speaker.say(
          `from ${step.from} on: ${amount(speaker, step.amount)} in total;`,
          `desde ${figure(speaker, step.from)}: ${amount(speaker, step.amount)} en total;`,
        ),
        1,
      ),
    ),
  ]),
  cpc: lead("cpc", ["amount", "count"], (speaker, component, path) => [
    ...around(speaker, component.amount, `${path}.amount`, "amount", (inline) =>
      speaker.say(
        `${component.code}: ${inline} for each click that counts.`,
        `${component.code}: ${inline} por cada clic que cuenta.`,
      ),
    ),
    sentence(
      `${path}.count`,
      component.count === "clicks"
        ? speaker.say(
            "Every click counts; bots and prefetches never do.",
            "Cuenta cada clic; los robots y precargas nunca.",
          )
        : speaker.say(
            "A visitor's clicks count once a day; bots and prefetches never do.",
            "Los clics de un visitante cuentan una vez al día; los robots y precargas nunca.",
          ),
    ),
  ]),
  cpm: lead("cpm", ["amount"], (speaker, component, path) =>
    around(speaker, component.amount, `${path}.amount`, "amount", (inline) =>
      speaker.say(
        `${component.code}: ${inline} per thousand impressions, parts of a thousand in proportion.`,
        `${component.code}: ${inline} por mil impresiones, las fracciones en proporción.`,
      ),
    ),
  ),
  per_event: lead("per_event", ["amount", "event", "each"], (speaker, component, path) => [
    ...around(speaker, component.amount, `${path}.amount`, "amount", (inline) =>
      speaker.say(
        `${component.code}: ${inline} for each event "${component.event}".`,
        `${component.code}: ${inline} por cada evento "${component.event}".`,
      ),
    ),
    sentence(
      `${path}.each`,
      component.each === "event"
        ? speaker.say("Every event counts.", "Cuenta cada evento.")
        : speaker.say(
            "The first one of each customer counts, once for ever.",
            "Cuenta el primero de cada cliente, una sola vez.",
          ),
    ),
  ]),
};

const order: Words<"sale" | "recurring"> = (speaker, component, path) => {
  const { say } = speaker;
  const what = component.model === "sale" ? say("order", "pedido") : say("payment", "pago");
  const basis = renderBase(speaker, { name: "", terms: component.basis, floor: "none" }).replace(/^ = /, "");
  const paid =
    component.rate === undefined
      ? around(speaker, component.amount ?? "0", `${path}.amount`, "amount", (inline) =>
          say(
            `${component.code}: ${inline} for each ${what} ("${component.event}").`,
            `${component.code}: ${inline} por cada ${what} ("${component.event}").`,
          ),
        )
      : around(speaker, component.rate, `${path}.rate`, "rate", (inline) =>
          say(
            `${component.code}: ${inline} of each ${what} ("${component.event}").`,
            `${component.code}: ${inline} de cada ${what} ("${component.event}").`,
          ),
        );
  return [
    ...paid,
    sentence(`${path}.basis`, say(`What a ${what} is worth: ${basis}.`, `Lo que vale un ${what}: ${basis}.`)),
  ];
};

const trade =
  (
    english: (inline: string) => string,
    spanish: (inline: string) => string,
    field: string,
    kind: "rate" | "amount" | "factor",
  ) =>
  (speaker: Speaker, component: Component, path: string): Sentence[] =>
    around(
      speaker,
      (component as unknown as Readonly<Record<string, PlanValue>>)[field] ?? "0",
      `${path}.${field}`,
      kind,
      (inline) => speaker.say(`${component.code}: ${english(inline)}`, `${component.code}: ${spanish(inline)}`),
    );

const LEADS_OF_SHARES = {
  sale: lead("sale", ["rate", "amount", "event", "basis"], order as Words<"sale">),
  recurring: lead("recurring", ["rate", "amount", "event", "basis"], order as Words<"recurring">),
  revenue_share: lead("revenue_share", ["rate", "base"], (speaker, component, path) => {
    const base = baseOrName(speaker, component.base, `${path}.base`);
    return [
      ...around(speaker, component.rate, `${path}.rate`, "rate", (inline) =>
        speaker.say(
          `${component.code}: ${inline} of what the customers bring, month by month; never below zero.`,
          `${component.code}: ${inline} de lo que aportan los clientes, mes a mes; nunca por debajo de cero.`,
        ),
      ),
      sentence(`${path}.base`, speaker.say(`It is taken of ${base.inline}.`, `Se toma de ${base.inline}.`)),
      ...base.below,
    ];
  }),
  theoretical: lead("theoretical", ["rate", "turnover", "edge"], (speaker, component, path) => [
    ...around(speaker, component.rate, `${path}.rate`, "rate", (inline) =>
      speaker.say(
        `${component.code}: ${inline} of the theoretical win, ${thing(speaker, component.turnover)} × edge.`,
        `${component.code}: ${inline} de la ganancia teórica, ${thing(speaker, component.turnover)} × margen.`,
      ),
    ),
    ...around(speaker, component.edge, `${path}.edge`, "factor", (inline) =>
      speaker.say(`The edge is ${inline} (a share of one).`, `El margen es ${inline} (parte de uno).`),
    ),
  ]),
};

const LEADS_OF_TRADING = {
  lot_rebate: lead(
    "lot_rebate",
    ["amount"],
    trade(
      (inline) => `${inline} per lot.`,
      (inline) => `${inline} por lote.`,
      "amount",
      "amount",
    ),
  ),
  pip_rebate: lead(
    "pip_rebate",
    ["pips"],
    trade(
      (inline) => `${inline} pips × value of a pip × lots.`,
      (inline) => `${inline} pips × valor de un pip × lotes.`,
      "pips",
      "factor",
    ),
  ),
  point_rebate: lead(
    "point_rebate",
    ["points"],
    trade(
      (inline) => `${inline} points × tick × contract size × lots.`,
      (inline) => `${inline} puntos × tick × tamaño del contrato × lotes.`,
      "points",
      "factor",
    ),
  ),
  spread_share: lead(
    "spread_share",
    ["rate"],
    trade(
      (inline) => `${inline} of the spread of each trade.`,
      (inline) => `${inline} del spread de cada operación.`,
      "rate",
      "rate",
    ),
  ),
  commission_share: lead("commission_share", ["rate", "of", "event"], (speaker, component, path) =>
    around(speaker, component.rate, `${path}.rate`, "rate", (inline) =>
      speaker.say(
        `${component.code}: ${inline} of "${component.of}" of each "${component.event}".`,
        `${component.code}: ${inline} de "${component.of}" de cada "${component.event}".`,
      ),
    ),
  ),
  notional: lead("notional", ["amount", "per", "rate"], (speaker, component, path) =>
    component.rate === undefined
      ? around(speaker, component.amount ?? "0", `${path}.amount`, "amount", (inline) =>
          speaker.say(
            `${component.code}: ${inline} per ${component.per ?? "1"} of notional volume.`,
            `${component.code}: ${inline} por ${component.per ?? "1"} de volumen nocional.`,
          ),
        )
      : around(speaker, component.rate, `${path}.rate`, "rate", (inline) =>
          speaker.say(
            `${component.code}: ${inline} of the notional volume.`,
            `${component.code}: ${inline} del volumen nocional.`,
          ),
        ),
  ),
};

const PER = {
  once: ["once", "una vez"],
  month: ["every month", "cada mes"],
  quarter: ["every quarter", "cada trimestre"],
  year: ["every year", "cada año"],
  term: ["for the whole term, settled in its last month", "por todo el plazo, liquidado en su último mes"],
} as const;

const per = ({ say }: Speaker, of: keyof typeof PER) => say(PER[of][0], PER[of][1]);

const LEADS_OF_FIXED = {
  flat_fee: lead("flat_fee", ["amount", "per"], (speaker, component, path) =>
    around(
      speaker,
      component.amount,
      `${path}.amount`,
      "amount",
      (inline) => `${component.code}: ${inline}, ${per(speaker, component.per)}.`,
    ),
  ),
  minimum_guarantee: lead("minimum_guarantee", ["amount", "per"], (speaker, component, path) =>
    around(speaker, component.amount, `${path}.amount`, "amount", (inline) =>
      speaker.say(
        `${component.code}: at least ${inline}, ${per(speaker, component.per)}.`,
        `${component.code}: al menos ${inline}, ${per(speaker, component.per)}.`,
      ),
    ),
  ),
  bonus: lead("bonus", ["amount", "rate", "of", "over"], (speaker, component, path) => {
    const { say } = speaker;
    if (component.amount !== undefined)
      return around(speaker, component.amount, `${path}.amount`, "amount", (inline) =>
        say(`${component.code}: a bonus of ${inline}.`, `${component.code}: un bono de ${inline}.`),
      );
    const whose = component.of === "all" ? say("all components", "todos los componentes") : and(speaker, component.of);
    const over = component.over === "month" ? say("of the month", "del mes") : say("of the quarter", "del trimestre");
    return around(speaker, component.rate ?? "0", `${path}.rate`, "rate", (inline) =>
      say(
        `${component.code}: a bonus of ${inline} of the commission ${over} of ${whose}.`,
        `${component.code}: un bono de ${inline} de la comisión ${over} de ${whose}.`,
      ),
    );
  }),
  sub_partner: lead("sub_partner", [], (speaker, component, path) => [
    sentence(
      path,
      speaker.say(
        `${component.code}: paid on what sub-partners bring, one line for each of them and month.`,
        `${component.code}: se paga por lo que aportan los subsocios, una línea por cada uno y mes.`,
      ),
    ),
  ]),
  client_rebate: lead("client_rebate", ["share"], (speaker, component, path) =>
    around(speaker, component.share, `${path}.share`, "rate", (inline) =>
      speaker.say(
        `${component.code}: ${inline} of the partner's reward is passed on and taken off what it is paid.`,
        `${component.code}: ${inline} de la recompensa del socio se traspasa y se descuenta de lo que se le paga.`,
      ),
    ),
  ),
};

export const LEADS: Readonly<Record<Model, Lead>> = {
  ...LEADS_OF_MEDIA,
  ...LEADS_OF_SHARES,
  ...LEADS_OF_TRADING,
  ...LEADS_OF_FIXED,
};
