import { isNode, isText, type Place } from "../walk.ts";
import type { Question } from "./question.ts";
import { SPREADS } from "./spreads.ts";

const model =
  (...names: readonly string[]) =>
  ({ node }: Place) =>
    isText(node.model) && names.includes(node.model);
const field =
  (...names: readonly string[]) =>
  (place: Place) =>
    names.includes(place.field);

const time: readonly Question[] = [
  {
    asks: model("cpa", "cpa_ladder"),
    missing: "window",
    words: (say) => [
      say(
        'The plan does not say by when a customer has to qualify: give { "from": "registration", "days": 30 } or "none".',
        'El plan no dice hasta cuándo puede calificar un cliente: indique { "from": "registration", "days": 30 } o "none".',
      ),
      say(
        "a customer may qualify at any time, even years later",
        "un cliente puede calificar en cualquier momento, incluso años después",
      ),
      say(
        "a customer has to qualify within the month of registration",
        "un cliente tiene que calificar en el mes de su registro",
      ),
    ],
  },
  {
    asks: (place) => place.field === "hold" && place.node.businessDays === undefined,
    missing: "days",
    words: (say) => [
      say("A hold without days has no end.", "Una retención sin días no tiene fin."),
      say("nothing is held", "no se retiene nada"),
      say("the amount is held until somebody releases it", "el importe se retiene hasta que alguien lo libere"),
    ],
  },
  {
    asks: field("notQualified", "customers"),
    missing: "from",
    words: (say) => [
      say(
        'Customers who did not qualify: give "from": "start" or "window_end".',
        'Clientes que no calificaron: indique "from": "start" o "window_end".',
      ),
      say("they count from their first day until they qualify", "cuentan desde su primer día hasta que califican"),
      say(
        "they count only once the window has passed without it",
        "cuentan solo cuando el plazo ha pasado sin calificar",
      ),
    ],
  },
  {
    asks: model("recurring"),
    missing: "limit",
    words: (say) => [
      say(
        'The plan does not say for how long payments are shared: give "life", { "payments": 12 } or { "months": 12, "from": "first_payment" }.',
        'El plan no dice durante cuánto tiempo se comparten los pagos: indique "life", { "payments": 12 } o { "months": 12, "from": "first_payment" }.',
      ),
      say("for as long as the customer pays", "mientras el cliente pague"),
      say("for the first twelve months only", "solo durante los primeros doce meses"),
    ],
  },
  {
    asks: ({ node, field: name }) => name === "limit" && node.months !== undefined,
    missing: "from",
    words: (say) => [
      say(
        'So many months: give "from": "first_payment" or "registration".',
        'Tantos meses: indique "from": "first_payment" o "registration".',
      ),
      say("counted from the first payment", "contados desde el primer pago"),
      say(
        "counted from the registration, a free trial included",
        "contados desde el registro, incluida una prueba gratuita",
      ),
    ],
  },
  {
    asks: ({ node, field: name }) => name === "period" && isNode(node) && node.months !== undefined,
    missing: "ending",
    words: (say) => [
      say(
        'Several months: give "ending": "current" or "last_closed".',
        'Varios meses: indique "ending": "current" o "last_closed".',
      ),
      say("the month that is calculated is the last of them", "el mes que se calcula es el último de ellos"),
      say("the month before it is the last of them", "el mes anterior es el último de ellos"),
    ],
  },
  {
    asks: ({ node, field: name }) => name === "period" && isNode(node) && node.months !== undefined,
    missing: "take",
    words: (say) => [
      say(
        'Several months: give "take": "sum", "average", "lowest" or "highest".',
        'Varios meses: indique "take": "sum", "average", "lowest" o "highest".',
      ),
      say("the months together", "los meses sumados"),
      say("the average of the months", "el promedio de los meses"),
    ],
  },
];

const amounts: readonly Question[] = [
  {
    asks: ({ node }) => Array.isArray(node.bands),
    missing: "mode",
    words: (say) => [
      say(
        'The tiers do not say what a band applies to: give "mode": "whole", "marginal", "retroactive" or "prospective".',
        'Los tramos no dicen a qué se aplica cada uno: indique "mode": "whole", "marginal", "retroactive" o "prospective".',
      ),
      say(
        "the band that is reached applies to everything in the period",
        "el tramo alcanzado se aplica a todo el período",
      ),
      say("every slice is paid with the value of its own band", "cada parte se paga con el valor de su propio tramo"),
    ],
  },
  {
    asks: ({ node }) => Array.isArray(node.bands),
    missing: "bounds",
    words: (say, { node }) => [
      say(
        `The tiers do not say whether a band begins at its "from" or above it: give "bounds": "at_least" or "more_than".`,
        `Los tramos no dicen si empiezan en su "from" o por encima: indique "bounds": "at_least" o "more_than".`,
      ),
      say(
        `exactly ${firstBound(node.bands)} is in the higher band`,
        `exactamente ${firstBound(node.bands)} está en el tramo superior`,
      ),
      say(
        `exactly ${firstBound(node.bands)} is still in the lower one`,
        `exactamente ${firstBound(node.bands)} está todavía en el inferior`,
      ),
    ],
  },
  {
    asks: ({ node }) => Array.isArray(node.bands),
    missing: "metric",
    words: (say) => [
      say(
        'The tiers do not say what is measured: give a "metric".',
        'Los tramos no dicen qué se mide: indique "metric".',
      ),
      say("how many customers the partner brought in the month", "cuántos clientes trajo el socio en el mes"),
      say("how much the customers brought in the month", "cuánto aportaron los clientes en el mes"),
    ],
  },
  {
    asks: ({ node }) => Array.isArray(node.rows),
    missing: "otherwise",
    words: (say) => [
      say(
        'The table does not say what holds when no row matches: give "otherwise" with a value or "nothing".',
        'La tabla no dice qué vale cuando ninguna fila coincide: indique "otherwise" con un valor o "nothing".',
      ),
      say("nothing is paid for what no row names", "no se paga lo que ninguna fila nombra"),
      say("the last row applies to everything else", "la última fila se aplica a todo lo demás"),
    ],
  },
  {
    asks: ({ node, field: name }) => name === "payout" && node.minimum !== undefined,
    missing: "bound",
    words: (say, { node }) => [
      say(
        'A minimum payout: give "bound": "at_least" or "more_than".',
        'Un pago mínimo: indique "bound": "at_least" o "more_than".',
      ),
      say(`exactly ${String(node.minimum)} is paid out`, `exactamente ${String(node.minimum)} se paga`),
      say(
        `exactly ${String(node.minimum)} waits for the next month`,
        `exactamente ${String(node.minimum)} espera al mes siguiente`,
      ),
    ],
  },
  {
    asks: ({ node, field: name }) => ["deduct", "add"].includes(name) && node.rate !== undefined,
    missing: "of",
    words: (say) => [
      say(
        'A percentage in the base: give "of" with measures or "remainder".',
        'Un porcentaje en la base: indique "of" con medidas o "remainder".',
      ),
      say("a percentage of the original figure", "un porcentaje de la cifra original"),
      say(
        "a percentage of what the terms before it have left",
        "un porcentaje de lo que dejaron los términos anteriores",
      ),
    ],
  },
  {
    asks: ({ node }) => node.model === "notional" && node.amount !== undefined,
    missing: "per",
    words: (say) => [
      say(
        'An amount on notional volume: give "per", e.g. "1000000".',
        'Un importe sobre volumen nocional: indique "per", p. ej. "1000000".',
      ),
      say("per million of notional volume", "por millón de volumen nocional"),
      say("per lot of 100,000", "por lote de 100.000"),
    ],
  },
];

const limits: readonly Question[] = [
  {
    asks: field("caps"),
    missing: "overflow",
    words: (say) => [
      say(
        'The cap does not say what becomes of what is over it: give "overflow": "reject", "pend", "next_period" or { "component": … }.',
        'El límite no dice qué pasa con lo que lo supera: indique "overflow": "reject", "pend", "next_period" o { "component": … }.',
      ),
      say("it is not paid, ever", "no se paga nunca"),
      say("it counts in the next period", "cuenta en el período siguiente"),
    ],
  },
  {
    asks: field("caps"),
    missing: "of",
    words: (say) => [
      say(
        'The cap does not say what it limits: give "of": "amount" or "items".',
        'El límite no dice qué limita: indique "of": "amount" o "items".',
      ),
      say("so much money", "tanto dinero"),
      say("so many customers, clicks or orders", "tantos clientes, clics o pedidos"),
    ],
  },
  {
    asks: field("caps"),
    missing: "per",
    words: (say) => [
      say(
        'The cap does not say of which period: give "per": "day", "month", "total" …',
        'El límite no dice de qué período es: indique "per": "day", "month", "total" …',
      ),
      say("every month anew", "cada mes de nuevo"),
      say("once for the whole term", "una vez para todo el contrato"),
    ],
  },
  {
    asks: field("gate"),
    missing: "otherwise",
    words: (say) => [
      say(
        'The gate does not say what happens when it is closed: give "otherwise": "nothing", "hold", { "factor": … } or { "value": … }.',
        'La condición no dice qué pasa si no se cumple: indique "otherwise": "nothing", "hold", { "factor": … } o { "value": … }.',
      ),
      say("the month is not paid at all", "el mes no se paga en absoluto"),
      say("the month is held until a later one passes", "el mes se retiene hasta que uno posterior cumpla"),
    ],
  },
  {
    asks: model("cpc"),
    missing: "count",
    words: (say) => [
      say(
        'The plan does not say which clicks count: give "count": "clicks" or "unique_clicks".',
        'El plan no dice qué clics cuentan: indique "count": "clicks" o "unique_clicks".',
      ),
      say("every click", "cada clic"),
      say("one per visitor and day", "uno por visitante y día"),
    ],
  },
  {
    asks: model("per_event"),
    missing: "each",
    words: (say) => [
      say(
        'The plan does not say which events count: give "each": "event" or "customer".',
        'El plan no dice qué eventos cuentan: indique "each": "event" o "customer".',
      ),
      say("every event", "cada evento"),
      say("the first event of each customer", "el primer evento de cada cliente"),
    ],
  },
];

const fixed: readonly Question[] = [
  {
    asks: model("flat_fee"),
    missing: "proration",
    words: (say) => [
      say(
        'A fee for part of a month: give "proration": "none" or "days".',
        'Una cuota por parte de un mes: indique "proration": "none" o "days".',
      ),
      say("a month that is only partly covered is paid in full", "un mes cubierto solo en parte se paga entero"),
      say("it is paid by its days", "se paga por sus días"),
    ],
  },
  {
    asks: model("flat_fee"),
    missing: "per",
    words: (say) => [
      say(
        'The plan does not say how often the fee is paid: give "per": "once", "month", "quarter" or "year".',
        'El plan no dice con qué frecuencia se paga la cuota: indique "per": "once", "month", "quarter" o "year".',
      ),
      say("once", "una vez"),
      say("every month", "cada mes"),
    ],
  },
  {
    asks: model("minimum_guarantee"),
    missing: "shortfall",
    words: (say) => [
      say(
        'The guarantee does not say what becomes of a shortfall: give "shortfall": "forgiven" or "carried".',
        'La garantía no dice qué pasa con lo que falta: indique "shortfall": "forgiven" o "carried".',
      ),
      say("what was paid but not earned is forgiven", "lo pagado y no ganado se perdona"),
      say("it reduces what is paid in later periods", "reduce lo que se paga en períodos posteriores"),
    ],
  },
  {
    asks: model("minimum_guarantee"),
    missing: "kind",
    words: (say) => [
      say(
        'The guarantee does not say how it is paid: give "kind": "top_up" or "advance".',
        'La garantía no dice cómo se paga: indique "kind": "top_up" o "advance".',
      ),
      say("only what the components fall short of it is added", "solo se añade lo que falta a los componentes"),
      say("it is paid in full and earnings only beyond it", "se paga entera y lo ganado solo por encima"),
    ],
  },
  {
    asks: model("minimum_guarantee"),
    missing: "of",
    words: (say) => [
      say(
        'The guarantee does not say what counts towards it: give "of": "all" or a list of components.',
        'La garantía no dice qué cuenta para ella: indique "of": "all" o una lista de componentes.',
      ),
      say("everything that the plan pays", "todo lo que paga el plan"),
      say("the shares only, fixed amounts on top", "solo las participaciones, los importes fijos aparte"),
    ],
  },
  {
    asks: model("bonus"),
    missing: "pays",
    words: (say) => [
      say(
        'The plan does not say how often the bonus is paid: give "pays": "once", "month" or "quarter".',
        'El plan no dice con qué frecuencia se paga el bono: indique "pays": "once", "month" o "quarter".',
      ),
      say("once, when the target is met for the first time", "una vez, cuando se cumple por primera vez"),
      say("in every month in which it is met", "en cada mes en que se cumple"),
    ],
  },
];

const shares: readonly Question[] = [
  {
    asks: model("revenue_share"),
    missing: "carryover",
    words: (say) => [
      say(
        'The plan does not say what becomes of a negative month: give { "mode": "none" } or { "mode": "full" }.',
        'El plan no dice qué pasa con un mes negativo: indique { "mode": "none" } o { "mode": "full" }.',
      ),
      say("every month starts at zero", "cada mes empieza de cero"),
      say(
        "a negative month reduces the months after it until it is used up",
        "un mes negativo reduce los siguientes hasta agotarse",
      ),
    ],
  },
  {
    asks: field("highRoller"),
    missing: "when",
    words: (say) => [
      say(
        'High rollers: give "when": "always" or "partner_negative".',
        'Grandes ganadores: indique "when": "always" o "partner_negative".',
      ),
      say("whenever a customer is below the threshold", "siempre que un cliente esté bajo el umbral"),
      say(
        "only in months in which the partner as a whole is negative",
        "solo en meses en que el socio en conjunto es negativo",
      ),
    ],
  },
  {
    asks: field("highRoller"),
    missing: "month",
    words: (say) => [
      say(
        'High rollers: give "month": "netted" or "excluded".',
        'Grandes ganadores: indique "month": "netted" o "excluded".',
      ),
      say(
        "this month's loss still counts against the partner",
        "la pérdida de este mes todavía cuenta contra el socio",
      ),
      say("the customer is left out of this month", "el cliente queda fuera de este mes"),
    ],
  },
  {
    asks: field("highRoller"),
    missing: "carry",
    words: (say) => [
      say(
        'High rollers: give "carry": "whole", "partner_negative" or "nothing".',
        'Grandes ganadores: indique "carry": "whole", "partner_negative" o "nothing".',
      ),
      say("the customer's whole negative is fenced in", "todo el negativo del cliente se aísla"),
      say("no more than the partner's negative month is", "no más que el mes negativo del socio"),
    ],
  },
  {
    asks: field("recoups"),
    missing: "scope",
    words: (say) => [
      say(
        'An advance that has to be earned back: give "scope": "customer", "month_cohort" or "agreement".',
        'Un anticipo por recuperar: indique "scope": "customer", "month_cohort" o "agreement".',
      ),
      say("each customer earns back its own advance", "cada cliente recupera su propio anticipo"),
      say("all customers together earn back all advances", "todos los clientes juntos recuperan todos los anticipos"),
    ],
  },
  {
    asks: ({ node, field: name }) => name === "spread" && node.from === "prices",
    missing: "at",
    words: (say) => [
      say(
        'The spread from prices: give "at": "open", "close" or "half_each".',
        'El spread según precios: indique "at": "open", "close" o "half_each".',
      ),
      say("the spread at the open", "el spread en la apertura"),
      say("the spread at the close", "el spread en el cierre"),
    ],
  },
  {
    asks: ({ node }) => node.metric === "net_deposits",
    missing: "lasting",
    words: (say) => [
      say(
        'Deposits less withdrawals: give "lasting": true or false.',
        'Depósitos menos retiros: indique "lasting": true o false.',
      ),
      say(
        "once reached it stays reached, whatever is withdrawn later",
        "una vez alcanzado vale, aunque después se retire",
      ),
      say("it must still hold at the end of the month", "tiene que mantenerse al final del mes"),
    ],
  },
];

export const QUESTIONS: readonly Question[] = [...time, ...amounts, ...limits, ...SPREADS, ...fixed, ...shares];

function firstBound(bands: unknown): string {
  const froms = (Array.isArray(bands) ? bands : []).flatMap((band) =>
    isNode(band) && band.from !== undefined ? [String(band.from)] : [],
  );
  return froms[1] ?? froms[0] ?? "0";
}
