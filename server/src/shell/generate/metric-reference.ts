import { METRICS } from "../../reporting/index.ts";

const UNITS = { count: "a count", ratio: "a share", money: "an amount per currency" } as const;

/** docs/reference/metrics.md: every figure of the reports, as it is defined once in the reporting room. */
export function metricReference(): string {
  const sections = METRICS.map(
    ({ name, unit, title, formula, description }) =>
      `## ${name}\n\n**${title}**, ${UNITS[unit]}.\n\n${description}\n\nFormula: ${formula}.\n`,
  );
  return `# Metrics

Written by \`npm run generate\` from the metrics of the reporting room (server/src/reporting/core/metrics.ts). Do not edit.

Days are calendar days in the time zone of each record's program; a range goes from its first day to the day after its last one.
\`basis=happened\` counts every stage on the day it happened. \`basis=cohort\` counts everything that has come of the clicks of these days, whenever it
came; a customer who was won without a click belongs to the day of its registration. Counts of customers are of customers as they are known now: a
reversed event takes its customer out again, in every day's figures.

${sections.join("\n")}`;
}
