import { ATTRIBUTION_TEXTS } from "../why/texts-of-attribution.ts";
import { CLICK_TEXTS } from "../why/texts-of-clicks.ts";
import { EVENT_TEXTS } from "../why/texts-of-events.ts";
import { MONEY_TEXTS } from "../why/texts-of-money.ts";

/** docs/reference/why.md: every code that "Why didn't this count?" answers with. */
export function whyReference(): string {
  return `# Why something counted, or did not

Written by \`npm run generate\` from server/src/shell/why/texts*.ts. Do not edit.

\`GET /v1/why?q=…&language=en|es\` and the page *Why didn't this count?* take a click ID, an order or external ID, a customer ID, an event or a
receipt, and answer with the way that it took: link, click, landing, event, attribution, qualification, commission, statement, payment, and the
partner's own system. \`stoppedAt\` names the stage that stopped it, its \`code\` the rule. What is not known is said to be unknown; whose fault
something was is not guessed.

Who sees what: a partner its clicks, its customers' events and, while a customer is nobody's, events that carried its click; calls that were refused
belong to nobody and are shown to the operator's people who may read the log. Of an event that another partner's touch won, a partner sees nothing.

## Links, clicks and landing

${table(CLICK_TEXTS)}

## Events

${table(EVENT_TEXTS)}

## Attribution

${table(ATTRIBUTION_TEXTS)}

## Money, and the partner's own system

${table(MONEY_TEXTS)}
`;
}

function table(texts: typeof CLICK_TEXTS): string {
  const rows = Object.entries(texts).map(([code, [rule, whatToDo]]) => `| \`${code}\` | ${rule} | ${whatToDo} |`);
  return ["| code | rule | what to do |", "| --- | --- | --- |", ...rows].join("\n");
}
