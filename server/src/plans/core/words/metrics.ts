import type { Metric, MetricCondition, MetricPeriod, OneMetric } from "@tributary/contract";
import { bounds } from "./bounds.ts";
import { tradeFilter } from "./customers.ts";
import { monthDays, where } from "./narrow.ts";
import { and, count, match, months, type Sentence, type Speaker, sentence, thing } from "./parts.ts";

/** What is measured, over which months, of whom. */
export function metric(speaker: Speaker, of: Metric): string {
  const { say } = speaker;
  if (!("ratio" in of)) return one(speaker, of);
  const name = of.name === undefined ? "" : `${of.name}: `;
  return say(
    `${name}[${one(speaker, of.ratio[0])}] divided by [${one(speaker, of.ratio[1])}]`,
    `${name}[${one(speaker, of.ratio[0])}] dividido por [${one(speaker, of.ratio[1])}]`,
  );
}

function one(speaker: Speaker, of: OneMetric): string {
  const { say } = speaker;
  if ("item" in of) return say(`${of.item} of the single item`, `${of.item} del elemento individual`);
  const name = of.name === undefined ? "" : `${of.name}: `;
  const scope = [
    ...(of.only === undefined ? [] : [say(`only ${match(speaker, of.only)}`, `solo ${match(speaker, of.only)}`)]),
    ...(of.where === undefined ? [] : [where(speaker, of.where)]),
    ...(of.monthDays === undefined ? [] : [monthDays(speaker, of.monthDays)]),
    ...(of.same === undefined
      ? []
      : [
          say(
            `only of the same ${and(speaker, of.same)} as what is paid for`,
            `solo de igual ${and(speaker, of.same)} que lo que se paga`,
          ),
        ]),
    ...(of.trades === undefined
      ? []
      : [
          say(
            `trades that count: ${tradeFilter(speaker, of.trades).join("; ")}`,
            `operaciones que cuentan: ${tradeFilter(speaker, of.trades).join("; ")}`,
          ),
        ]),
    ...(of.programs === "all" ? [say("in all programs", "en todos los programas")] : []),
    ...(of.subPartners === "excluded"
      ? []
      : [
          of.subPartners === "only"
            ? say("of sub-partners only", "solo de subsocios")
            : say("with those of sub-partners", "con los de subsocios"),
        ]),
  ];
  return `${name}${subject(speaker, of)} ${period(speaker, of.period)}${scope.length === 0 ? "" : ` (${scope.join("; ")})`}`;
}

function subject(speaker: Speaker, of: Exclude<OneMetric, { item: string }>): string {
  const { say } = speaker;
  if ("count" in of)
    return say(
      `number of ${thing(speaker, of.count)}${of.component === undefined ? "" : ` (for ${of.component})`}`,
      `número de ${thing(speaker, of.count)}${of.component === undefined ? "" : ` (para ${of.component})`}`,
    );
  if ("sum" in of) return say(`sum of ${thing(speaker, of.sum)}`, `suma de ${thing(speaker, of.sum)}`);
  if ("base" in of) {
    if (of.carried === undefined) return say(`base ${of.base}`, `base ${of.base}`);
    return of.carried === "included"
      ? say(`base ${of.base} with what was carried into it,`, `base ${of.base} con lo arrastrado,`)
      : say(`base ${of.base} before what was carried,`, `base ${of.base} antes de lo arrastrado,`);
  }
  if ("stated" in of) return say(`${of.stated} as stated`, `${of.stated} según se indique`);
  return of.commission === "all"
    ? say("the partner's commission so far", "la comisión del socio hasta ahora")
    : say(`commission of ${and(speaker, of.commission)}`, `comisión de ${and(speaker, of.commission)}`);
}

function period(speaker: Speaker, of: MetricPeriod): string {
  const { say } = speaker;
  if (of === "current") return say("of the month", "del mes");
  if (of === "last_closed") return say("of the month before", "del mes anterior");
  if (of === "last_quarter") return say("of the quarter before", "del trimestre anterior");
  if (of === "same_month_last_year") return say("of the same month a year before", "del mismo mes del año anterior");
  if (of === "quarter") return say("of the quarter so far", "del trimestre hasta ahora");
  if (of === "year") return say("of the year so far", "del año hasta ahora");
  if (of === "day") return say("of the day", "del día");
  if (of === "week")
    return say("of the week (from Monday, within the month)", "de la semana (desde el lunes, dentro del mes)");
  if (of === "lifetime") return say("of all time so far", "de todo el tiempo hasta ahora");
  if ("days" in of)
    return say(
      `of the last ${count(speaker, of.days, ["day", "days"], ["día", "días"])}`,
      `de los últimos ${count(speaker, of.days, ["day", "days"], ["día", "días"])}`,
    );
  const take = {
    sum: say("sum", "suma"),
    average: say("average", "promedio"),
    lowest: say("lowest", "el más bajo"),
    highest: say("highest", "el más alto"),
  }[of.take];
  const ending =
    of.ending === "current"
      ? say("up to this month", "hasta este mes")
      : say("up to the month before", "hasta el mes anterior");
  return `(${take}, ${months(speaker, of.months)}, ${ending})`;
}

/** A condition on the partner's month as a part of a sentence. */
export function metricCondition(speaker: Speaker, of: MetricCondition): string {
  const { say } = speaker;
  if ("all" in of)
    return `${say("all of", "todo de")} (${of.all.map((part) => metricCondition(speaker, part)).join("; ")})`;
  if ("any" in of)
    return `${say("any of", "alguno de")} (${of.any.map((part) => metricCondition(speaker, part)).join("; ")})`;
  return `${metric(speaker, of.metric)}: ${bounds(speaker, of, false)}`;
}

export function metricSentence(speaker: Speaker, of: MetricCondition, path: string, lead: string): Sentence {
  return sentence(path, `${lead} ${metricCondition(speaker, of)}.`);
}
