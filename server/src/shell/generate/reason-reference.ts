import { FATE_REASONS, LOSING_REASONS, UNDECIDED_REASONS, WINNING_REASONS } from "../../attribution/index.ts";

/** docs/reference/attribution-reasons.md: every word that a decision, a candidate or a receipt may give as its reason. */
export function reasonReference(): string {
  return `# Why a customer is whose, and what became of an event

Written by \`npm run generate\` from the vocabulary of the attribution room (server/src/attribution/core/reasons.ts). Do not edit.
A code, once published, keeps its meaning: it stands in receipts, in decisions with all their candidates, in the API, in exports.

## Why a candidate won

${table(WINNING_REASONS)}

## Why a candidate lost

An unattributed customer has the reason for which the candidate lost that would have gone first.

${table(LOSING_REASONS)}

## Why nobody was decided for

${table(UNDECIDED_REASONS)}

## What became of an event

Beside these, a rejected event has a code of the [error catalogue](errors.md), an unattributed one a code of the tables above.

${table(FATE_REASONS)}
`;
}

function table(reasons: Readonly<Record<string, string>>): string {
  const rows = Object.entries(reasons).map(([code, text]) => `| \`${code}\` | ${text} |`);
  return ["| code | meaning |", "| --- | --- |", ...rows].join("\n");
}
