import type {
  Audience,
  Cap,
  Clawback,
  Gate,
  Lapse,
  Lifetime,
  Match,
  MetricCondition,
  MonthDays,
  PlanValue,
  Qualification,
  Where,
} from "@tributary/contract";
import type { z } from "zod";
import { bounds } from "./bounds.ts";
import { qualification, tradeFilter, window } from "./customers.ts";
import { metricSentence } from "./metrics.ts";
import { monthDays, where } from "./narrow.ts";
import {
  amount,
  and,
  count,
  days,
  figure,
  match,
  months,
  or,
  type Sentence,
  type Speaker,
  sentence,
  startOf,
  thing,
} from "./parts.ts";
import { value } from "./values.ts";

/** Says one field of a component. `at` is the field's own path. */
export type FieldWords = (
  speaker: Speaker,
  value: never,
  at: string,
  component: Readonly<Record<string, unknown>>,
) => readonly (Sentence | string)[];

/** Of fields that several models have. A name with a dot is for one model only and goes before the others. */
export const COMMON_FIELDS: Readonly<Record<string, FieldWords>> = {
  only: ({ say, ...rest }, of: Match) => [
    say(`Only ${match({ say, ...rest }, of)} counts.`, `Solo cuenta ${match({ say, ...rest }, of)}.`),
  ],
  except: ({ say, ...rest }, of: Match) => [
    say(
      `Never counts: ${Object.entries(of)
        .map(([name, values]) => match({ say, ...rest }, { [name]: values }))
        .join("; ")}.`,
      `Nunca cuenta: ${Object.entries(of)
        .map(([name, values]) => match({ say, ...rest }, { [name]: values }))
        .join("; ")}.`,
    ),
  ],
  where: (speaker, of: Where) => [
    speaker.say(`Only events count, ${where(speaker, of)}.`, `Solo cuentan eventos, ${where(speaker, of)}.`),
  ],
  monthDays: (speaker, of: MonthDays) => [
    speaker.say(`Only facts ${monthDays(speaker, of)} count.`, `Solo cuentan hechos ${monthDays(speaker, of)}.`),
  ],
  beside: (speaker, of: "all" | readonly string[]) => {
    const english = of === "all" ? "every other CPA" : and(speaker, of);
    const spanish = of === "all" ? "todos los demás CPA" : and(speaker, of);
    return [speaker.say(`It is paid beside ${english}.`, `Se paga además de ${spanish}.`)];
  },
  uniqueBy: (speaker, of: readonly string[]) => [
    speaker.say(
      `Of customers with the same ${and(speaker, of)} only the first who qualifies is paid.`,
      `De los clientes con igual ${and(speaker, of)} solo se paga el primero que califica.`,
    ),
  ],
  from: ({ say }, day: string) => [say(`First day: ${day}.`, `Primer día: ${day}.`)],
  until: ({ say }, day: string) => [say(`Last day: ${day}.`, `Último día: ${day}.`)],
  customers: (speaker, of: z.infer<typeof Audience>) => [audience(speaker, of)],
  lifetime: (speaker, of: z.infer<typeof Lifetime>) => [lifetime(speaker, of)],
  factors: (speaker, of: readonly { name: string; factor: PlanValue }[], at) => factors(speaker, of, at),
  gate: (speaker, of: z.infer<typeof Gate>, at) => gate(speaker, of, at),
  caps: (speaker, of: readonly z.infer<typeof Cap>[], at) =>
    of.map((cap, index) => sentence(`${at}[${index}]`, capText(speaker, cap))),
  atMost: (speaker, most: string) => [
    speaker.say(
      `It pays at most ${amount(speaker, most)} a month.`,
      `Paga como máximo ${amount(speaker, most)} al mes.`,
    ),
  ],
  atLeast: (speaker, least: string) => [
    speaker.say(
      `In a month in which it pays at all it pays at least ${amount(speaker, least)}.`,
      `En un mes en que paga algo, paga al menos ${amount(speaker, least)}.`,
    ),
  ],
  hold: (speaker, of: Hold) => [hold(speaker, of)],
  clause: ({ say }, text: string) => [
    say(`The program's own terms say this in ${text}.`, `Las condiciones propias del programa lo dicen en ${text}.`),
  ],
  overrides: (speaker, of: readonly Override[], at, component) =>
    of.flatMap((one, index) => override(speaker, one, `${at}[${index}]`, component)),
  clawback: (speaker, of: z.infer<typeof Clawback> | "none") => [clawback(speaker, of)],
  qualification: (speaker, of: Qualification, at) =>
    qualification(speaker, of, at, speaker.say("A customer qualifies with", "Un cliente califica con")),
  condition: (speaker, of: Qualification, at) =>
    qualification(speaker, of, at, speaker.say("A step is paid only with", "Un escalón se paga solo con")),
  window: (speaker, of: Parameters<typeof window>[1] | "none") => [
    of === "none"
      ? speaker.say("There is no date by which a customer has to qualify.", "No hay fecha límite para calificar.")
      : speaker.say(
          `A customer has to qualify ${window(speaker, of)}.`,
          `Un cliente tiene que calificar ${window(speaker, of)}.`,
        ),
  ],
  paidIn: ({ say }, of: "qualification" | "first_deposit" | "registration") => [
    {
      qualification: say(
        "It falls under the month and the terms of the day of qualification.",
        "Corresponde al mes y las condiciones del día de calificación.",
      ),
      first_deposit: say(
        "It falls under the month and the terms of the first deposit.",
        "Corresponde al mes y las condiciones del primer depósito.",
      ),
      registration: say(
        "It falls under the month and the terms of the registration.",
        "Corresponde al mes y las condiciones del registro.",
      ),
    }[of],
  ],
  trades: (speaker, of: Parameters<typeof tradeFilter>[1]) => [
    speaker.say(
      `A trade counts when: ${tradeFilter(speaker, of).join("; ")}.`,
      `Una operación cuenta si: ${tradeFilter(speaker, of).join("; ")}.`,
    ),
  ],
  sides: ({ say }, of: string) => [
    (
      {
        as_reported: say(
          "Each trade event counts once, as it is reported.",
          "Cada evento de operación cuenta una vez, como se comunica.",
        ),
        both: say(
          "Each side counts: a round turn counts twice.",
          "Cada lado cuenta: una operación completa cuenta dos veces.",
        ),
        round_turn: say(
          "A round turn counts once; one side of it half.",
          "Una operación completa cuenta una vez; un lado, la mitad.",
        ),
        open: say("Only openings count.", "Solo cuentan las aperturas."),
        close: say("Only closings count.", "Solo cuentan los cierres."),
      } as Readonly<Record<string, string>>
    )[of] ?? of,
  ],
  itemAtMost: (speaker, most: string) => [
    speaker.say(
      `At most ${amount(speaker, most)} for a single item.`,
      `Como máximo ${amount(speaker, most)} por elemento.`,
    ),
  ],
  itemAtMostOf: ({ say }, of: { measure: string; share: string }) => [
    say(
      `At most ${of.share} times "${of.measure}" of a single trade.`,
      `Como máximo ${of.share} veces "${of.measure}" de una operación.`,
    ),
  ],
  itemOver: ({ say }, of: "cut" | "nothing") => [
    of === "cut"
      ? say(
          "An item that would earn more than its most earns the most.",
          "Un elemento que ganaría más que su máximo gana el máximo.",
        )
      : say(
          "An item that would earn more than its most earns nothing.",
          "Un elemento que ganaría más que su máximo no gana nada.",
        ),
  ],
  itemRounding: (speaker, of: { places: number; mode: Mode; only?: Match }) => {
    const only =
      of.only === undefined
        ? ""
        : speaker.say(` (only ${match(speaker, of.only)})`, ` (solo ${match(speaker, of.only)})`);
    const places = count(speaker, of.places, ["decimal", "decimals"], ["decimal", "decimales"]);
    return [
      speaker.say(
        `Single items are rounded to ${places}, ${rounding(speaker, of.mode)}${only}.`,
        `Cada elemento se redondea a ${places}, ${rounding(speaker, of.mode)}${only}.`,
      ),
    ];
  },
  tradeRate: ({ say }, name: string) => [
    say(
      `The trade's own rate ${name} converts its currency.`,
      `El tipo ${name} de la propia operación convierte su moneda.`,
    ),
  ],
};

type Mode = "half_up" | "half_even" | "down" | "up";

export function rounding({ say }: Speaker, mode: Mode): string {
  return {
    half_up: say("halves away from zero", "la mitad alejándose de cero"),
    half_even: say("halves to the even digit", "la mitad hacia la cifra par"),
    down: say("towards zero", "hacia cero"),
    up: say("away from zero", "alejándose de cero"),
  }[mode];
}

function audience(speaker: Speaker, of: z.infer<typeof Audience>): string {
  const { say } = speaker;
  if ("qualified" in of)
    return say(
      `Only customers who qualified for ${of.qualified}.`,
      `Solo clientes que calificaron para ${of.qualified}.`,
    );
  return of.from === "start"
    ? say(
        `Only customers who did not qualify for ${of.notQualified}: from their first day until they do.`,
        `Solo clientes que no calificaron para ${of.notQualified}: desde su primer día hasta que lo hagan.`,
      )
    : say(
        `Only customers who did not qualify for ${of.notQualified}: once the window has passed without it.`,
        `Solo clientes que no calificaron para ${of.notQualified}: cuando el plazo ha pasado sin ello.`,
      );
}

function lapse(speaker: Speaker, of: Lapse): string {
  const { say } = speaker;
  const what = of.without === "any" ? say("anything of it", "ninguna actividad") : thing(speaker, of.without);
  const long = "months" in of ? months(speaker, of.months) : days(speaker, of.days);
  return of.returns
    ? say(
        `After ${long} without ${what} it does not count until the next one.`,
        `Después de ${long} sin ${what} no cuenta hasta la próxima vez.`,
      )
    : say(`After ${long} without ${what} it never counts again.`, `Después de ${long} sin ${what} no vuelve a contar.`);
}

function lifetime(speaker: Speaker, of: z.infer<typeof Lifetime>): string {
  const { say } = speaker;
  const start =
    typeof of.from === "string"
      ? startOf(speaker, of.from)
      : say(`qualification for ${of.from.qualified}`, `la calificación para ${of.from.qualified}`);
  const begin =
    of.startsAfterMonths === 0
      ? say(`from ${start} on`, `desde ${start}`)
      : say(
          `from ${months(speaker, of.startsAfterMonths)} after ${start} on`,
          `desde ${months(speaker, of.startsAfterMonths)} después de ${start}`,
        );
  const end =
    of.endsAfterMonths === undefined
      ? say("for ever", "para siempre")
      : say(
          `until ${months(speaker, of.endsAfterMonths)} after it`,
          `hasta ${months(speaker, of.endsAfterMonths)} después`,
        );
  const lapses = [of.lapses ?? []].flat().map((one) => ` ${lapse(speaker, one)}`);
  return say(
    `A customer counts ${begin}, ${end}.${lapses.join("")}`,
    `Un cliente cuenta ${begin}, ${end}.${lapses.join("")}`,
  );
}

function factors(speaker: Speaker, of: readonly { name: string; factor: PlanValue }[], at: string): Sentence[] {
  return of.flatMap((one, index) => {
    const spoken = value(speaker, one.factor, `${at}[${index}].factor`, "factor");
    return [
      sentence(
        `${at}[${index}]`,
        speaker.say(`Multiplied by ${one.name}: ${spoken.inline}.`, `Multiplicado por ${one.name}: ${spoken.inline}.`),
      ),
      ...spoken.below,
    ];
  });
}

export function gate(speaker: Speaker, of: z.infer<typeof Gate>, at: string): Sentence[] {
  const { say } = speaker;
  const { otherwise } = of;
  const then =
    otherwise === "nothing"
      ? say("nothing is paid", "no se paga nada")
      : otherwise === "hold"
        ? say(
            "the amount stays on hold until a later month passes",
            "el importe queda retenido hasta que un mes posterior cumpla",
          )
        : "factor" in otherwise
          ? say(
              `${otherwise.factor} times the amount is paid`,
              `se paga ${figure(speaker, otherwise.factor)} veces el importe`,
            )
          : say(
              `the value is ${otherwise.value} instead`,
              `el valor es ${figure(speaker, otherwise.value)} en su lugar`,
            );
  return [
    metricSentence(
      speaker,
      of.needs as MetricCondition,
      `${at}.needs`,
      say("It is paid in full only when", "Se paga entero solo si"),
    ),
    sentence(`${at}.otherwise`, say(`Otherwise ${then}.`, `Si no, ${then}.`), 1),
  ];
}

export function capText(speaker: Speaker, cap: z.infer<typeof Cap>): string {
  const { say } = speaker;
  const limit =
    cap.of === "amount"
      ? amount(speaker, cap.limit)
      : say(`${cap.limit} items`, `${figure(speaker, cap.limit)} elementos`);
  const per = {
    item: say("for a single item", "por elemento"),
    day: say("a day", "al día"),
    week: say("a week (from Monday)", "a la semana (desde el lunes)"),
    month: say("a month", "al mes"),
    quarter: say("a quarter", "al trimestre"),
    year: say("a year", "al año"),
    total: say("in all", "en total"),
    customer: say("for a customer in its life", "por cliente en su vida"),
  }[cap.per];
  const each =
    cap.each === undefined
      ? ""
      : say(`, for each ${and(speaker, cap.each)} by itself`, `, para cada ${and(speaker, cap.each)} por separado`);
  const others =
    cap.others === undefined
      ? ""
      : say(`, less what others have used (${cap.others})`, `, menos lo que otros han usado (${cap.others})`);
  const over =
    typeof cap.overflow === "object"
      ? say(`is paid by ${cap.overflow.component} instead`, `lo paga ${cap.overflow.component} en su lugar`)
      : {
          reject: say("is not paid", "no se paga"),
          pend: say("waits for a decision", "espera una decisión"),
          next_period: say("counts in the next period", "cuenta en el período siguiente"),
        }[cap.overflow];
  const refill = cap.refill
    ? say("what is taken back frees its place", "lo que se retira libera su lugar")
    : say("what is taken back does not free its place", "lo que se retira no libera su lugar");
  return say(
    `Limit ${cap.name}: at most ${limit} ${per}${each}${others}; what is over it ${over}; ${refill}.`,
    `Límite ${cap.name}: como máximo ${limit} ${per}${each}${others}; lo que lo supera ${over}; ${refill}.`,
  );
}

interface Hold {
  readonly days: number;
  readonly businessDays?: number;
  readonly holidays?: readonly string[];
  readonly from: "earned" | "month_end" | "event";
  readonly until?: { readonly milestone: string } | ({ readonly metric: string } & Parameters<typeof bounds>[1]);
}

function hold(speaker: Speaker, of: Hold): string {
  const { say } = speaker;
  const day = {
    earned: say("it was earned", "ganarse"),
    month_end: say("the end of the month", "fin de mes"),
    event: say("the day of each single order or event", "el día de cada pedido o evento"),
  }[of.from];
  const long =
    of.businessDays === undefined
      ? days(speaker, of.days)
      : count(speaker, of.businessDays, ["business day", "business days"], ["día hábil", "días hábiles"]);
  const closed = of.holidays?.join(", ") ?? "";
  const without = closed === "" ? "" : say(` (without ${closed})`, ` (sin ${closed})`);
  const base =
    of.days === 0 && of.businessDays === undefined && of.from !== "month_end"
      ? say("Payable at once", "Pagadero de inmediato")
      : say(`Payable ${long}${without} after ${day}`, `Pagadero ${long}${without} después de ${day}`);
  if (of.until === undefined) return `${base}.`;
  const what =
    "milestone" in of.until
      ? thing(speaker, of.until.milestone)
      : `${thing(speaker, of.until.metric)} ${bounds(speaker, of.until, false)}`;
  return say(
    `${base}, and not before the customer has: ${what}.`,
    `${base}, y no antes de que el cliente tenga: ${what}.`,
  );
}

interface Override {
  readonly name: string;
  readonly only?: Match;
  readonly from?: string;
  readonly until?: string;
  readonly value: PlanValue;
}

function override(
  speaker: Speaker,
  one: Override,
  at: string,
  component: Readonly<Record<string, unknown>>,
): Sentence[] {
  const { say } = speaker;
  const kind = component.rate === undefined ? "amount" : "rate";
  const spoken = value(speaker, one.value, `${at}.value`, kind);
  const where = [
    ...(one.only === undefined ? [] : [say(`for ${match(speaker, one.only)}`, `para ${match(speaker, one.only)}`)]),
    ...(one.from === undefined ? [] : [say(`from ${one.from}`, `desde ${one.from}`)]),
    ...(one.until === undefined ? [] : [say(`until ${one.until}`, `hasta ${one.until}`)]),
  ].join(" ");
  return [
    sentence(
      at,
      say(
        `Exception ${one.name}: ${spoken.inline} instead, ${where || "always"}.`,
        `Excepción ${one.name}: ${spoken.inline} en su lugar, ${where || "siempre"}.`,
      ),
    ),
    ...spoken.below,
  ];
}

function clawback(speaker: Speaker, of: z.infer<typeof Clawback> | "none"): string {
  const { say } = speaker;
  if (of === "none") return say("Nothing takes it back later.", "Nada lo retira después.");
  const events = or(
    speaker,
    of.on.map((event) => thing(speaker, event)),
  );
  const within =
    of.within === "ever"
      ? say("at any time", "en cualquier momento")
      : say(
          `within ${days(speaker, of.within.days)} after it was earned`,
          `en los ${days(speaker, of.within.days)} posteriores a ganarse`,
        );
  return say(`A ${events} ${within} takes the whole amount back.`, `Un ${events} ${within} retira todo el importe.`);
}
