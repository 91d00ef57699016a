import type { ProofRun } from "@tributary/contract";
import type { DialectName } from "../dialects/core/contracts.ts";
import { DIALECTS } from "../dialects/index.ts";
import { configuredFor } from "./configuration.ts";
import type { ProofNeeds } from "./contracts.ts";
import { RUN_WORDS } from "./core/run-words.ts";
import { asCurl, exampleCall } from "./core/vendor-calls.ts";
import type { ProofLanguage } from "./core/words.ts";
import type { ConfiguredSource } from "./store/configured.ts";
import type { RunRow } from "./store/runs.ts";

const OCCASIONS = ["registration", "ftd"] as const;
const TYPES = { registration: "registration", ftd: "deposit" } as const;
const AMOUNT = "100.00";

/** The calls that prove a set-up: in the house's own way and in that of every platform that is understood, those that sources speak first. */
export async function callsFor(row: RunRow, needs: ProofNeeds, language: ProofLanguage): Promise<ProofRun["calls"]> {
  const day = row.started_at.toISOString().slice(0, 10);
  const configured = await configuredFor(needs, row.partner_id, row.offer_id, day);
  if (configured === undefined || row.click_id === null) return [];
  const { sources, program } = configured;
  return exampleCalls(sources, needs.publicUrl, language, {
    clickId: row.click_id,
    customerRef: row.options.customerRef ?? "",
    currency: program.currency,
    run: row.run_id.slice(-8),
  });
}

export function exampleCalls(
  sources: readonly ConfiguredSource[],
  publicUrl: string,
  language: ProofLanguage,
  journey: { readonly clickId: string; readonly customerRef: string; readonly currency: string; readonly run: string },
): ProofRun["calls"] {
  const spoken = new Set(sources.map((source) => source.dialect));
  const all: readonly { name: DialectName; title: string }[] = [{ name: "tributary", title: "Tributary" }, ...DIALECTS];
  const inOrder = [...all].sort((a, b) => Number(spoken.has(b.name)) - Number(spoken.has(a.name)));
  return inOrder.flatMap(({ name, title }) =>
    OCCASIONS.flatMap((occasion) => {
      const source = sources.find((one) => one.dialect === name);
      const call = exampleCall(name, {
        base: publicUrl.replace(/\/$/, ""),
        token: RUN_WORDS[language].tokenPlace,
        clickId: journey.clickId,
        customerRef: journey.customerRef,
        orderId: `${journey.run}-${occasion}`,
        occasion,
        amount: AMOUNT,
        currency: journey.currency,
        goal: goalOf(source, TYPES[occasion]),
      });
      if (call === undefined) return [];
      const { method, url, headers, body } = call;
      const shown = source === undefined ? title : `${title} · ${source.name}`;
      return [
        { dialect: name, title: shown, occasion, method, url, headers: { ...headers }, body, curl: asCurl(call) },
      ];
    }),
  );
}

/** What the source's settings call an event of this type. */
function goalOf(source: ConfiguredSource | undefined, type: string): string {
  const events = (source?.settings.events ?? {}) as Readonly<Record<string, string>>;
  return Object.keys(events).find((goal) => events[goal] === type) ?? type;
}
