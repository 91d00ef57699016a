import type { MonthDays, PlanValue } from "@tributary/contract";
import type { FieldWords } from "./fields.ts";
import { metricSentence } from "./metrics.ts";
import { monthDays } from "./narrow.ts";
import { amount, and, count, figure, match, months, type Sentence, type Speaker, sentence, thing } from "./parts.ts";
import { type Kind, value } from "./values.ts";

type Pairs = Readonly<Record<string, readonly [string, string]>>;

/** A field with a few values, each with its sentence. */
const choice =
  (of: Pairs): FieldWords =>
  ({ say }, chosen: string) => {
    const words = of[String(chosen)];
    return words === undefined ? [] : [say(words[0], words[1])];
  };

const spoken =
  (kind: Kind, english: (inline: string) => string, spanish: (inline: string) => string): FieldWords =>
  (speaker, of: PlanValue, at) => {
    const { inline, below } = value(speaker, of, at, kind);
    return [sentence(at, speaker.say(english(inline), spanish(inline))), ...below];
  };

const components = (speaker: Speaker, of: "all" | readonly string[]) =>
  of === "all" ? speaker.say("all components", "todos los componentes") : and(speaker, of);

const SHARE: Readonly<Record<string, FieldWords>> = {
  carryover: (speaker, of: Carry) => [carryover(speaker, of)],
  netting: ({ say, ...rest }, of: readonly string[]) => [
    of.length === 0
      ? say("All customers and products are balanced together.", "Todos los clientes y productos se liquidan juntos.")
      : say(
          `Balanced apart for each ${and({ say, ...rest }, of)}: the negative of one does not reduce the others.`,
          `Se liquida por separado para cada ${and({ say, ...rest }, of)}: lo negativo de uno no reduce a los demás.`,
        ),
  ],
  programs: choice({
    this: ["Only customers of this program are paid.", "Solo se pagan clientes de este programa."],
    all: [
      "The partner's customers in every program of the operator are paid here.",
      "Aquí se pagan los clientes del socio en todos los programas del operador.",
    ],
  }),
  highRoller: (speaker, of: Roller) => highRoller(speaker, of),
  customerAtMost: ({ say, ...rest }, of: { metric: string; period: "month" | "lifetime" }) => [
    of.period === "month"
      ? say(
          `A customer counts up to its own ${thing({ say, ...rest }, of.metric)} of the month.`,
          `Un cliente cuenta hasta sus propios ${thing({ say, ...rest }, of.metric)} del mes.`,
        )
      : say(
          `A customer counts up to its own ${thing({ say, ...rest }, of.metric)} of its life.`,
          `Un cliente cuenta hasta sus propios ${thing({ say, ...rest }, of.metric)} de toda su vida.`,
        ),
  ],
  recoups: ({ say }, of: { component: string; scope: string }) => {
    const scope =
      {
        customer: say("each customer its own advance", "cada cliente su propio anticipo"),
        month_cohort: say(
          "the customers of a month of qualification together",
          "los clientes de un mes de calificación juntos",
        ),
        agreement: say("all customers together", "todos los clientes juntos"),
      }[of.scope] ?? of.scope;
    return [
      say(
        `What ${of.component} paid is an advance that this share has to bring in first: ${scope}.`,
        `Lo que pagó ${of.component} es un anticipo que esta participación debe recuperar primero: ${scope}.`,
      ),
    ];
  },
  ringFenced: choice({
    true: [
      "A negative share is never taken from what other components pay.",
      "Una participación negativa nunca se descuenta de lo que pagan otros componentes.",
    ],
    false: [
      "A negative share is taken from what other components pay, down to zero for the plan.",
      "Una participación negativa se descuenta de lo que pagan otros componentes, hasta cero para el plan.",
    ],
  }),
};

const ORDERS: Readonly<Record<string, FieldWords>> = {
  refunds: choice({
    proportional: [
      "A refund takes back its share of what was paid for the order.",
      "Un reembolso retira su parte de lo pagado por el pedido.",
    ],
    whole: [
      "Any refund takes back all that was paid for the order.",
      "Cualquier reembolso retira todo lo pagado por el pedido.",
    ],
    kept: ["A refund takes nothing back.", "Un reembolso no retira nada."],
  }),
  refundsWithin: (speaker, of: { days: number }) => [
    speaker.say(
      `A refund more than ${of.days} days after its order takes nothing back.`,
      `Un reembolso más de ${of.days} días después de su pedido no retira nada.`,
    ),
  ],
  refundsWithoutOrder: choice({
    latest: [
      "A refund that names no order is of the customer's latest order before it.",
      "Un reembolso que no nombra ningún pedido es del último pedido anterior del cliente.",
    ],
    first: [
      "A refund that names no order is of the customer's first order that is not wholly refunded.",
      "Un reembolso que no nombra ningún pedido es del primer pedido del cliente que no esté del todo reembolsado.",
    ],
    nothing: [
      "A refund that names no order takes nothing back.",
      "Un reembolso que no nombra ningún pedido no retira nada.",
    ],
  }),
  orders: choice({
    all: ["All orders count.", "Cuentan todos los pedidos."],
    first: ["Only a customer's first order counts.", "Solo cuenta el primer pedido de un cliente."],
  }),
  limit: (speaker, of: "life" | { payments: number } | { months: number; from: string }) => [limit(speaker, of)],
  annual: choice({
    as_paid: [
      "An annual payment is one payment and paid as it comes.",
      "Un pago anual es un pago y se comparte tal cual.",
    ],
    monthly_price: [
      "An annual payment is one payment, at the price of one month.",
      "Un pago anual es un pago, al precio de un mes.",
    ],
    twelve_payments: ["An annual payment counts as twelve.", "Un pago anual cuenta como doce."],
  }),
  "recurring.each": choice({
    customer: ["The limit counts all payments of a customer.", "El límite cuenta todos los pagos de un cliente."],
    subscription: [
      "The limit counts for each subscription by itself.",
      "El límite cuenta para cada suscripción por separado.",
    ],
  }),
};

const TRADING: Readonly<Record<string, FieldWords>> = {
  "lot_rebate.currency": choice({
    plan: ["The amount is in the plan's currency.", "El importe está en la moneda del plan."],
    trade_base: ["The amount is in the base currency of the symbol.", "El importe está en la moneda base del símbolo."],
  }),
  pipValue: spoken(
    "amount",
    (inline) => `A pip is worth ${inline} per lot.`,
    (inline) => `Un pip vale ${inline} por lote.`,
  ),
  settle: choice({
    lot: ["It is multiplied by the lots.", "Se multiplica por los lotes."],
    order: ["It is paid for each trade, whatever its lots.", "Se paga por operación, sean cuales sean sus lotes."],
  }),
  tick: spoken(
    "factor",
    (inline) => `The tick is ${inline}.`,
    (inline) => `El tick es ${inline}.`,
  ),
  contract: spoken(
    "factor",
    (inline) => `A lot has ${inline} units.`,
    (inline) => `Un lote tiene ${inline} unidades.`,
  ),
  mostPoints: ({ say }, most: string) => [
    say(`Spread beyond ${most} points is not shared.`, `El spread por encima de ${most} puntos no se comparte.`),
  ],
  mostPerLot: (speaker, most: string) => [
    speaker.say(
      `Spread beyond ${amount(speaker, most)} per lot is not shared.`,
      `El spread por encima de ${amount(speaker, most)} por lote no se comparte.`,
    ),
  ],
  damping: choice({
    average_over_current: [
      "A spread above the usual one counts as the usual one.",
      "Un spread superior al habitual cuenta como el habitual.",
    ],
  }),
  spread: (speaker, of: Spread, at) => spread(speaker, of, at),
};

const FIXED: Readonly<Record<string, FieldWords>> = {
  placement: ({ say }, text: string) => [say(`Placement: ${text}.`, `Ubicación: ${text}.`)],
  booked: ({ say }, { from, until }: { from: string; until: string }) => [
    say(`The amount is for ${from} to ${until}.`, `El importe es por los días del ${from} al ${until}.`),
  ],
  due: choice({
    period_start: ["It is earned in the first month of the period.", "Se gana en el primer mes del período."],
    period_end: ["It is earned in the last month of the period.", "Se gana en el último mes del período."],
  }),
  proration: choice({
    none: [
      "A period that is covered only in part is paid in full.",
      "Un período cubierto solo en parte se paga entero.",
    ],
    days: [
      "A period that is covered only in part is paid by its days.",
      "Un período cubierto solo en parte se paga por sus días.",
    ],
  }),
  kind: choice({
    top_up: ["What the components fall short of it is paid on top.", "Lo que falta a los componentes se paga además."],
    advance: [
      "It is paid in full, and what the components earn only beyond it.",
      "Se paga entero, y lo que ganan los componentes solo por encima.",
    ],
  }),
  shortfall: choice({
    forgiven: ["What was not earned is forgiven.", "Lo no ganado se perdona."],
    carried: ["What was not earned reduces later periods.", "Lo no ganado reduce los períodos posteriores."],
  }),
  "minimum_guarantee.of": (speaker, of: "all" | readonly string[]) => [
    speaker.say(`Counts towards it: ${components(speaker, of)}.`, `Cuenta para ello: ${components(speaker, of)}.`),
  ],
  needs: (speaker, of: never, at) => [
    metricSentence(speaker, of, at, speaker.say("It is due when", "Corresponde cuando")),
  ],
  pays: choice({
    once: [
      "It is paid once, when the target is met for the first time.",
      "Se paga una vez, cuando se cumple por primera vez.",
    ],
    month: [
      "It is paid in every month in which the target is met.",
      "Se paga en cada mes en que se cumple el objetivo.",
    ],
    quarter: [
      "It is paid in the last month of every quarter in which the target is met.",
      "Se paga en el último mes de cada trimestre en que se cumple.",
    ],
  }),
};

const LEVELS: Readonly<Record<string, FieldWords>> = {
  inactive: choice({
    skip: [
      "The level of a sub-partner that is not active stays empty.",
      "El nivel de un subsocio no activo queda vacío.",
    ],
    compress: [
      "The level of a sub-partner that is not active closes up.",
      "El nivel de un subsocio no activo se comprime.",
    ],
    absorb: [
      "The part of a sub-partner that is not active goes to the partner above it.",
      "La parte de un subsocio no activo pasa al socio superior.",
    ],
  }),
  forMonths: (speaker, of: number) => [
    speaker.say(
      `For ${months(speaker, of)} from the day on which the sub-partner came.`,
      `Durante ${months(speaker, of)} desde el día en que llegó el subsocio.`,
    ),
  ],
  funding: choice({
    operator: ["The operator pays it on top.", "Lo paga el operador además."],
    sub_partner: ["It is taken from what the sub-partner earns.", "Se toma de lo que gana el subsocio."],
  }),
  afterRebate: ({ say, ...rest }, of: boolean | readonly string[]) => [
    of === false
      ? say(
          "What sub-partners pass on to their customers is not deducted.",
          "Lo que los subsocios traspasan a sus clientes no se descuenta.",
        )
      : of === true
        ? say(
            "What sub-partners pass on to their customers is deducted first.",
            "Lo que los subsocios traspasan a sus clientes se descuenta primero.",
          )
        : say(
            `What sub-partners pass on by ${and({ say, ...rest }, of)} is deducted first.`,
            `Lo que los subsocios traspasan por ${and({ say, ...rest }, of)} se descuenta primero.`,
          ),
  ],
  atMostOf: ({ say }, of: { measure: string; share: string }) => [
    say(
      `With what the sub-partners earn never more than ${of.share} of ${of.measure}.`,
      `Con lo que ganan los subsocios nunca más de ${of.share} de ${of.measure}.`,
    ),
  ],
  subPartners: ({ say, ...rest }, of: never) => [
    say(`Only sub-partners with ${match({ say, ...rest }, of)}.`, `Solo subsocios con ${match({ say, ...rest }, of)}.`),
  ],
  schedule: choice({
    daily: ["Passed on daily.", "Se traspasa a diario."],
    weekly: ["Passed on weekly.", "Se traspasa cada semana."],
    monthly: ["Passed on monthly.", "Se traspasa cada mes."],
  }),
  "client_rebate.of": (speaker, of: "all" | readonly string[]) => [
    speaker.say(`It is a part of: ${components(speaker, of)}.`, `Es una parte de: ${components(speaker, of)}.`),
  ],
  "client_rebate.to": ({ say }, of: string) => [
    of === "parent"
      ? say("It goes to the partner above.", "Va al socio superior.")
      : of === "customers"
        ? say("It goes to the partner's customers.", "Va a los clientes del socio.")
        : say(`It goes to ${of}.`, `Va a ${of}.`),
  ],
};

export const MODEL_FIELDS: Readonly<Record<string, FieldWords>> = {
  ...SHARE,
  ...ORDERS,
  ...TRADING,
  ...FIXED,
  ...LEVELS,
};

interface Carry {
  readonly mode: "none" | "full" | "limited" | "capped" | "by_reason";
  readonly settlements?: number;
  readonly most?: string | { times: string; averageOfMonths: number };
  readonly of?: "balance" | "month";
  readonly measures?: readonly string[];
  readonly unit?: "base" | "commission";
  readonly onChange?: "follows" | "ends";
  readonly resets?: "quarter" | "half_year" | "year";
}

function carryover(speaker: Speaker, of: Carry): string {
  const { say } = speaker;
  if (of.mode === "none")
    return say(
      "A negative month is forgotten: every month starts at zero.",
      "Un mes negativo se olvida: cada mes empieza de cero.",
    );
  const most =
    typeof of.most === "object"
      ? say(
          `${of.most.times} times the average of the last ${months(speaker, of.most.averageOfMonths)}`,
          `${figure(speaker, of.most.times)} veces el promedio de los últimos ${months(speaker, of.most.averageOfMonths)}`,
        )
      : amount(speaker, of.most ?? "0");
  const how = {
    full: say("is carried into the following months until it is used up", "pasa a los meses siguientes hasta agotarse"),
    limited: say(
      `is carried for ${count(speaker, of.settlements ?? 0, ["settlement", "settlements"], ["liquidación", "liquidaciones"])}, the rest is written off`,
      `pasa a ${count(speaker, of.settlements ?? 0, ["liquidación", "liquidaciones"], ["liquidación", "liquidaciones"])}, el resto se cancela`,
    ),
    capped: {
      month: say(`is carried up to ${most} of each month`, `pasa hasta ${most} de cada mes`),
      balance: say(`is carried up to ${most} in all`, `pasa hasta ${most} en total`),
      unsaid: say(`is carried up to ${most}`, `pasa hasta ${most}`),
    }[of.of ?? "unsaid"],
    by_reason: say(
      `is carried only as far as ${and(speaker, of.measures ?? [])} made it negative`,
      `pasa solo en la medida en que ${and(speaker, of.measures ?? [])} lo hicieron negativo`,
    ),
  }[of.mode];
  const unit =
    of.unit === "commission" ? say("after the rate", "después de la tasa") : say("before the rate", "antes de la tasa");
  const change =
    of.onChange === "ends"
      ? say("a new version of the agreement ends it", "una nueva versión del acuerdo lo termina")
      : say("a new version of the agreement takes it over", "una nueva versión del acuerdo lo asume");
  const reset =
    of.resets === undefined
      ? ""
      : `; ${
          {
            quarter: say("every quarter begins at zero", "cada trimestre empieza de cero"),
            half_year: say("every half-year begins at zero", "cada semestre empieza de cero"),
            year: say("every year begins at zero", "cada año empieza de cero"),
          }[of.resets]
        }`;
  return say(
    `A negative month ${how}; counted ${unit}; ${change}${reset}.`,
    `Un mes negativo ${how}; se cuenta ${unit}; ${change}${reset}.`,
  );
}

interface Roller {
  readonly threshold: string;
  readonly bound?: "at_least" | "more_than";
  readonly unit: "base" | "commission";
  readonly when: "always" | "partner_negative";
  readonly month: "netted" | "excluded";
  readonly carry: "whole" | "partner_negative" | "nothing";
  readonly monthDays?: MonthDays;
  readonly writtenOffAfterMonths?: number;
}

function highRoller(speaker: Speaker, of: Roller): Sentence["text"][] {
  const { say } = speaker;
  const bound = of.bound === "more_than" ? say("more than", "más de") : say("at least", "al menos");
  const unit = of.unit === "base" ? say("of the base", "de la base") : say("of the commission", "de la comisión");
  const when =
    of.when === "always"
      ? ""
      : say(", in a month in which the partner is negative,", ", en un mes en que el socio es negativo,");
  const part = of.monthDays === undefined ? "" : ` ${monthDays(speaker, of.monthDays)}`;
  const month =
    of.month === "netted"
      ? say("still counts in that month", "todavía cuenta en ese mes")
      : say("is left out of that month", "queda fuera de ese mes");
  const carry = {
    whole: say(
      "its whole negative is only ever offset by its own later results",
      "todo su negativo solo se compensa con sus propios resultados posteriores",
    ),
    partner_negative: say(
      "no more than the partner's negative month is only ever offset by its own later results",
      "no más que el mes negativo del socio se compensa solo con sus propios resultados posteriores",
    ),
    nothing: say("it is then left out for good", "después queda fuera para siempre"),
  }[of.carry];
  const until =
    of.writtenOffAfterMonths === undefined
      ? ""
      : say(
          `, for ${months(speaker, of.writtenOffAfterMonths)} at most`,
          `, durante ${months(speaker, of.writtenOffAfterMonths)} como máximo`,
        );
  return [
    say(
      `High roller: a customer with a loss for the house of ${bound} ${amount(speaker, of.threshold)} ${unit}${part}${when} ${month}; ${carry}${until}.`,
      `Gran ganador: un cliente con una pérdida para la casa de ${bound} ${amount(speaker, of.threshold)} ${unit}${part}${when} ${month}; ${carry}${until}.`,
    ),
  ];
}

function limit(speaker: Speaker, of: "life" | { payments: number } | { months: number; from: string }): string {
  const { say } = speaker;
  if (of === "life") return say("For as long as the customer pays.", "Mientras el cliente pague.");
  if ("payments" in of)
    return say(
      `For the first ${count(speaker, of.payments, ["payment", "payments"], ["pago", "pagos"])}.`,
      `Por los primeros ${count(speaker, of.payments, ["pago", "pagos"], ["pago", "pagos"])}.`,
    );
  return say(
    `For ${months(speaker, of.months)} from ${thing(speaker, of.from)}.`,
    `Durante ${months(speaker, of.months)} desde ${thing(speaker, of.from)}.`,
  );
}

interface Spread {
  readonly from: "measure" | "prices" | "points";
  readonly measure?: string;
  readonly perLot?: boolean;
  readonly at?: "open" | "close" | "half_each";
  readonly contract?: PlanValue;
  readonly pointValue?: PlanValue;
}

function spread(speaker: Speaker, of: Spread, at: string): (Sentence | string)[] {
  const { say } = speaker;
  if (of.from === "measure") {
    const per = of.perLot === true ? say(", per lot", ", por lote") : "";
    return [
      say(
        `The spread is the amount "${of.measure}" that the trade carries${per}.`,
        `El spread es el importe "${of.measure}" que lleva la operación${per}.`,
      ),
    ];
  }
  if (of.from === "points")
    return [
      ...(spoken(
        "amount",
        (inline) => `The spread is counted in points, ${inline} per point and lot.`,
        (inline) => `El spread se cuenta en puntos, ${inline} por punto y lote.`,
      )(speaker, of.pointValue as never, `${at}.pointValue`, {}) as Sentence[]),
    ];
  const when = {
    open: say("at the open", "en la apertura"),
    close: say("at the close", "en el cierre"),
    half_each: say("half at the open, half at the close", "mitad en la apertura, mitad en el cierre"),
  }[of.at ?? "open"];
  const contract =
    of.contract === undefined
      ? []
      : spoken(
          "factor",
          (inline) => `A lot has ${inline} units.`,
          (inline) => `Un lote tiene ${inline} unidades.`,
        )(speaker, of.contract as never, `${at}.contract`, {});
  return [
    say(
      `The spread is (ask − bid) × contract × lots, ${when}.`,
      `El spread es (ask − bid) × contrato × lotes, ${when}.`,
    ),
    ...contract,
  ];
}
