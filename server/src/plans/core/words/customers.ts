import type { Qualification, TradeFilter, Window } from "@tributary/contract";
import type { z } from "zod";
import { bounds } from "./bounds.ts";
import { monthDays, where } from "./narrow.ts";
import {
  and,
  count,
  countedEvents,
  days,
  match,
  months,
  or,
  type Sentence,
  type Speaker,
  sentence,
  startOf,
  thing,
} from "./parts.ts";

type WindowOf = z.infer<typeof Window>;
type Filter = z.infer<typeof TradeFilter>;

/** `within 30 days after registration, the last day included` */
export function window(speaker: Speaker, of: WindowOf): string {
  const { say } = speaker;
  const start = startOf(speaker, of.from);
  if (of.hours !== undefined) {
    const hours = count(speaker, of.hours, ["hour", "hours"], ["hora", "horas"]);
    return say(`within ${hours} after ${start}, to the instant`, `en las ${hours} posteriores a ${start}, al instante`);
  }
  const holidays =
    of.holidays === undefined
      ? ""
      : say(` (not counting ${of.holidays.join(", ")})`, ` (sin contar ${of.holidays.join(", ")})`);
  const length =
    of.months !== undefined
      ? months(speaker, of.months)
      : of.businessDays !== undefined
        ? count(speaker, of.businessDays, ["business day", "business days"], ["día hábil", "días hábiles"])
        : days(speaker, of.days ?? 0);
  return say(
    `within ${length}${holidays} after ${start}, the last day included`,
    `en un plazo de ${length}${holidays} tras ${start}, incluido el último día`,
  );
}

/** A tree of conditions: one sentence that leads in, one for each condition below it. */
export function qualification(speaker: Speaker, of: Qualification, path: string, lead: string): Sentence[] {
  const { say } = speaker;
  if ("all" in of || "any" in of) {
    const [word, parts] = "all" in of ? (["all", of.all] as const) : (["any", of.any] as const);
    const how =
      word === "all"
        ? say("all of the following", "todo lo siguiente")
        : say("any one of the following", "cualquiera de lo siguiente");
    return [
      sentence(`${path}.${word}`, `${lead} ${how}:`),
      ...parts.map((part, index) =>
        sentence(
          `${path}.${word}[${index}]`,
          `${condition(speaker, part)}${index + 1 === parts.length ? "." : ";"}`,
          1,
        ),
      ),
    ];
  }
  return [sentence(path, `${lead} ${condition(speaker, of)}.`)];
}

/** One condition, or a tree of them, as a part of a sentence. */
export function condition(speaker: Speaker, node: Qualification): string {
  const { say } = speaker;
  if ("all" in node)
    return `${say("all of", "todo de")} (${node.all.map((one) => condition(speaker, one)).join("; ")})`;
  if ("any" in node)
    return `${say("any of", "alguno de")} (${node.any.map((one) => condition(speaker, one)).join("; ")})`;
  if ("attribute" in node) return attribute(speaker, node);
  const within = node.within === undefined ? "" : ` ${window(speaker, node.within)}`;
  const narrowed = [
    ...("where" in node && node.where !== undefined ? [where(speaker, node.where)] : []),
    ...("monthDays" in node && node.monthDays !== undefined ? [monthDays(speaker, node.monthDays)] : []),
  ];
  const narrow = narrowed.length === 0 ? "" : ` (${narrowed.join("; ")})`;
  if ("milestone" in node) return `${thing(speaker, node.milestone)}${narrow}${within}`;
  const what =
    "count" in node
      ? say(`a number of ${countedEvents(speaker, node.count)}`, `un número de ${countedEvents(speaker, node.count)}`)
      : thing(speaker, node.metric);
  const money = "metric" in node && ["first_deposit", "deposits", "withdrawals", "net_deposits"].includes(node.metric);
  const only =
    node.only === undefined ? "" : say(` (only ${match(speaker, node.only)})`, ` (solo ${match(speaker, node.only)})`);
  const trades =
    "trades" in node && node.trades !== undefined
      ? say(
          ` (of trades that count: ${tradeFilter(speaker, node.trades).join("; ")})`,
          ` (de operaciones que cuentan: ${tradeFilter(speaker, node.trades).join("; ")})`,
        )
      : "";
  const lasting =
    !("lasting" in node) || node.lasting === undefined
      ? ""
      : node.lasting
        ? say(", still so at the end of the month", ", y todavía al final del mes")
        : say(", once reached it stays reached", ", y una vez alcanzado vale");
  const take =
    !("take" in node) || node.take === undefined
      ? ""
      : node.take === "highest"
        ? say(" (the largest single value)", " (el mayor valor individual)")
        : say(" (summed)", " (sumado)");
  const limit = bounds(speaker, node, money);
  const amounts = limit === "" ? say("in any amount", "en cualquier cantidad") : say(`of ${limit}`, `de ${limit}`);
  return `${what}${only}${narrow}${trades}${take} ${amounts}${within}${lasting}`;
}

function attribute(speaker: Speaker, node: Extract<Qualification, { attribute: string }>): string {
  const { say } = speaker;
  const name = node.attribute.replaceAll("_", " ");
  const parts = [
    ...(node.in === undefined ? [] : [say(`that is ${or(speaker, node.in)}`, `que es ${or(speaker, node.in)}`)]),
    ...(node.notIn === undefined
      ? []
      : [say(`that is not ${or(speaker, node.notIn)}`, `que no es ${or(speaker, node.notIn)}`)]),
  ];
  return parts.length === 0
    ? say(`a known ${name}`, `${name} conocido`)
    : say(`a ${name} ${and(speaker, parts)}`, `${name} ${and(speaker, parts)}`);
}

/** What a trade has to be like, one part per rule. */
export function tradeFilter(speaker: Speaker, of: Filter): string[] {
  const { say } = speaker;
  const fields = of as Readonly<Record<string, unknown>>;
  const known: Readonly<Record<string, (value: unknown) => string | undefined>> = {
    minSeconds: (value) => say(`held for at least ${value} seconds`, `mantenida al menos ${value} segundos`),
    minPoints: (value) =>
      say(
        `a movement of at least ${value} points, either way`,
        `un movimiento de al menos ${value} puntos, en cualquier sentido`,
      ),
    exclude: (value) => say(`none marked ${or(speaker, texts(value))}`, `ninguna marcada ${or(speaker, texts(value))}`),
    hedged: (value) =>
      value === "half"
        ? say("a hedged trade counts at half its volume", "una operación cubierta cuenta a mitad de su volumen")
        : say("a hedged trade counts in full", "una operación cubierta cuenta entera"),
    bounds: (value) =>
      value === "more_than"
        ? say("exactly so much is not enough", "exactamente eso no basta")
        : say("exactly so much is enough", "exactamente eso basta"),
    closeBy: (value) =>
      value === "each"
        ? say("two positions closed by each other both count", "dos posiciones cerradas entre sí cuentan ambas")
        : say("two positions closed by each other count as one", "dos posiciones cerradas entre sí cuentan como una"),
    ownFunds: (value) =>
      value === true
        ? say(
            "only the part paid by own funds counts: (equity − credit) / equity",
            "solo cuenta la parte con fondos propios: (equity − crédito) / equity",
          )
        : say("own funds and credit count alike", "fondos propios y crédito cuentan igual"),
  };
  return Object.entries(fields).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const text = known[name]?.(value);
    return [text ?? `${name}: ${JSON.stringify(value)}`];
  });
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map((one) => String(one).replaceAll("_", " ")) : [];
}
