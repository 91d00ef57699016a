import type { PlanValue, TableValue, TieredValue } from "@tributary/contract";
import { metric, metricCondition } from "./metrics.ts";
import { amount, count, figure, match, type Sentence, type Speaker, sentence, share } from "./parts.ts";

export type Kind = "rate" | "amount" | "factor";

/** A value inside of a sentence; tables and tiers are spelled out in sentences below it. */
export interface Spoken {
  readonly inline: string;
  readonly below: readonly Sentence[];
}

export function value(speaker: Speaker, of: PlanValue, path: string, kind: Kind): Spoken {
  const { say } = speaker;
  if (typeof of === "string") return { inline: plain(speaker, of, kind), below: [] };
  const what = {
    rate: say("a share", "una participación"),
    amount: say("an amount", "un importe"),
    factor: say("a factor", "un factor"),
  }[kind];
  if ("rows" in of)
    return { inline: say(`${what} by table`, `${what} según tabla`), below: table(speaker, of, path, kind, 1) };
  return { inline: say(`${what} by tiers`, `${what} por tramos`), below: tiers(speaker, of, path, kind) };
}

function plain(speaker: Speaker, text: string, kind: Kind): string {
  if (kind === "rate") return share(speaker, text);
  return kind === "amount" ? amount(speaker, text) : figure(speaker, text);
}

function table(speaker: Speaker, of: TableValue, path: string, kind: Kind, level: 1 | 2): Sentence[] {
  const { say } = speaker;
  const rows = of.rows.map((row, index) => {
    const which = Object.keys(row.when).length === 0 ? say("everything", "todo") : match(speaker, row.when);
    return sentence(`${path}.rows[${index}]`, `${which}: ${plain(speaker, row.value, kind)};`, level);
  });
  const rest = of.otherwise === "nothing" ? say("nothing", "nada") : plain(speaker, of.otherwise, kind);
  return [
    ...rows,
    sentence(
      `${path}.otherwise`,
      say(
        `everything else: ${rest}. The first row that matches applies.`,
        `todo lo demás: ${rest}. Se aplica la primera fila que coincide.`,
      ),
      level,
    ),
  ];
}

function tiers(speaker: Speaker, of: TieredValue, path: string, kind: Kind): Sentence[] {
  const { say } = speaker;
  const mode = {
    whole: say(
      "the band that is reached applies to everything in the period",
      "el tramo alcanzado se aplica a todo el período",
    ),
    retroactive: say(
      "the band that is reached applies to everything in the period, and is booked as it moves",
      "el tramo alcanzado se aplica a todo el período, y se contabiliza conforme cambia",
    ),
    marginal: say(
      "every slice is paid with the value of its own band",
      "cada parte se paga con el valor de su propio tramo",
    ),
    prospective: say(
      "the band reached before an item applies to that item",
      "el tramo alcanzado antes de un elemento se aplica a ese elemento",
    ),
  }[of.mode];
  const bands = of.bands.flatMap((band, index) => {
    const at = `${path}.bands[${index}]`;
    const from =
      (band.bounds ?? of.bounds) === "at_least"
        ? say(`from ${band.from} on`, `desde ${figure(speaker, band.from)}`)
        : say(`above ${band.from}`, `por encima de ${figure(speaker, band.from)}`);
    const alone = band.bounds === undefined ? "" : say(" (said of this band alone)", " (dicho solo de este tramo)");
    const name = `${band.name === undefined ? "" : ` (${band.name})`}${alone}`;
    const needs =
      band.needs === undefined
        ? ""
        : say(
            `, only while ${metricCondition(speaker, band.needs)}`,
            `, solo mientras ${metricCondition(speaker, band.needs)}`,
          );
    const most = band.atMost === undefined ? "" : mostOf(speaker, band.atMost);
    if (typeof band.value === "string")
      return [sentence(at, `${from}${name}: ${plain(speaker, band.value, kind)}${needs}${most};`, 1)];
    return [
      sentence(at, `${from}${name}, ${say("by table", "según tabla")}${needs}${most}:`, 1),
      ...table(speaker, band.value, `${at}.value`, kind, 2),
    ];
  });
  return [
    sentence(
      `${path}.metric`,
      say(`The tiers go by: ${metric(speaker, of.metric)}.`, `Los tramos van por: ${metric(speaker, of.metric)}.`),
      1,
    ),
    ...bands,
    sentence(
      `${path}.mode`,
      say(`Below the first band nothing is paid; ${mode}.`, `Por debajo del primer tramo no se paga nada; ${mode}.`),
      1,
    ),
    ...movement(speaker, of, path),
    ...daily(speaker, of, path),
  ];
}

function mostOf(speaker: Speaker, of: NonNullable<TieredValue["bands"][number]["atMost"]>): string {
  const { say } = speaker;
  const most = amount(speaker, typeof of === "string" ? of : of.amount);
  const per = {
    item: say("for one item", "por elemento"),
    day: say("a day", "al día"),
    week: say("a week (from Monday)", "a la semana (desde el lunes)"),
    month: say("a month", "al mes"),
  }[typeof of === "string" ? "month" : of.per];
  return say(`, at most ${most} ${per}`, `, como máximo ${most} ${per}`);
}

function daily(speaker: Speaker, of: TieredValue, path: string): Sentence[] {
  const { say } = speaker;
  if (of.daily === undefined) return [];
  const counts = {
    day_before: say(
      "what is reached on a day applies from the next day on",
      "lo alcanzado en un día se aplica desde el día siguiente",
    ),
    same_day: say(
      "what is reached on a day applies to that whole day",
      "lo alcanzado en un día se aplica a todo ese día",
    ),
  }[of.daily.counts];
  const down = {
    at_once: say("the band goes down as it goes up", "el tramo baja igual que sube"),
    month_start: say("the band only goes down on the first of a month", "el tramo solo baja el primer día de un mes"),
  }[of.daily.down];
  return [
    sentence(
      `${path}.daily`,
      say(`The band moves day by day: ${counts}; ${down}.`, `El tramo cambia día a día: ${counts}; ${down}.`),
      1,
    ),
  ];
}

function movement(speaker: Speaker, of: TieredValue, path: string): Sentence[] {
  const { say } = speaker;
  if (of.movement === undefined) return [];
  const bands = (number: number) => count(speaker, number, ["band", "bands"], ["tramo", "tramos"]);
  const { up, down, graceMonths } = of.movement;
  const parts = [
    ...(up === undefined ? [] : [say(`up by ${bands(up)} a month at most`, `sube como máximo ${bands(up)} al mes`)]),
    ...(down === undefined
      ? []
      : [say(`down by ${bands(down)} a month at most`, `baja como máximo ${bands(down)} al mes`)]),
    say(`down only after ${graceMonths} months of grace`, `baja solo tras ${graceMonths} meses de gracia`),
  ];
  return [sentence(`${path}.movement`, say(`The band moves ${parts.join(", ")}.`, `El tramo ${parts.join(", ")}.`), 1)];
}
