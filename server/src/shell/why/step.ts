import type { WhyStage, WhyStep } from "@tributary/contract";
import type { Actor } from "../../access/index.ts";
import type { CustomerFacts } from "../../attribution/index.ts";
import type { Context } from "../../database/index.ts";
import type { NamedEvent, StoredClick } from "../../tracking/index.ts";
import type { Look, Subject } from "./look.ts";
import type { WhyLanguage } from "./text-table.ts";
import { textsOf } from "./texts.ts";

/** What is known of one thing when its way is told. */
export interface Known {
  readonly click: StoredClick | undefined;
  /** a click id that was named and is not ours, or whose click is gone */
  readonly lostClick: boolean;
  readonly event: NamedEvent | undefined;
  readonly line: Subject["line"];
  readonly customer: CustomerFacts | undefined;
}

export interface Asking {
  readonly ctx: Context;
  readonly actor: Actor;
  readonly look: Look;
  readonly language: WhyLanguage;
}

export type Facts = WhyStep["facts"];
export type Refs = WhyStep["refs"];

/** One stage with its texts. */
export function step(
  language: WhyLanguage,
  stage: WhyStage,
  state: WhyStep["state"],
  code: string,
  more: { readonly at?: Date | null; readonly facts?: Facts; readonly refs?: Refs; readonly whatToDo?: string } = {},
): WhyStep {
  const texts = textsOf(code, language);
  const { at = null, facts = [], refs = [], whatToDo = texts.whatToDo } = more;
  return { stage, state, at: at?.toISOString() ?? null, code, rule: texts.rule, whatToDo, facts, refs };
}
