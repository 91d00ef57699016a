import type { Evidence } from "./evidence.ts";
import type { Hit } from "./screen.ts";
import type { Step } from "./steps.ts";

const off = (cost: number) => (Math.abs(cost) < 0.005 ? "" : `, ${cost > 0 ? "−" : "+"}${Math.abs(cost).toFixed(2)}`);

const STEPS: Readonly<Record<Step["what"], (step: Step) => string>> = {
  same: ({ asked }) => `"${asked}" is the same`,
  spelling: ({ asked, listed }) => `"${asked}" is another spelling of "${listed}"`,
  form: ({ asked, listed }) => `"${asked}" is a form of the name "${listed}"`,
  transliteration: ({ asked, listed }) => `"${asked}" is "${listed}" in another script`,
  initial: ({ asked, listed }) => `"${asked}" and "${listed}" agree as an initial`,
  typo: ({ asked, listed }) => `"${asked}" is nearly "${listed}"`,
  joined: ({ asked, listed }) => `"${asked}" is "${listed}" parted otherwise`,
  acronym: ({ asked, listed }) => `"${asked}" and "${listed}" agree by first letters`,
  particle: ({ asked, listed }) => `"${asked}" stands for "${listed}"`,
  missing: ({ listed }) => `"${listed}" is only in the listed name`,
  extra: ({ asked }) => `"${asked}" is only in the name asked for`,
  contradicts: ({ asked, listed }) => `"${asked}" stands against "${listed}"`,
  "legal-form": () => "the legal forms differ",
  "single-name": () => "only one name of several agrees",
  characters: ({ asked, listed }) => `"${asked}" and "${listed}" were compared character by character`,
  "only-initials": () => "no full word agrees",
  servant: ({ asked, listed }) => `"${asked}" and "${listed}" differ by "Abdul"`,
  swapped: () => "father and son are the other way round",
  office: () => "the family name alone, with an office before it",
  letters: () => "letter by letter the names differ by one or two",
};

const EVIDENCE: Readonly<Record<Evidence["what"], string>> = {
  identifier: "document number",
  birth: "date of birth",
  country: "country",
  kind: "kind",
};

/** A hit in sentences: which word met which, what it cost, what else was known. */
export function explain(hit: Hit): readonly string[] {
  const said = hit.steps.map((step) => `${STEPS[step.what](step)}${off(step.cost)}`);
  const known = hit.evidence.map(({ what, says, asked, listed, change }) => {
    const sign = change < 0 ? "−" : "+";
    const amount = change === 0 ? "" : `, ${sign}${Math.abs(change).toFixed(2)}`;
    return `${EVIDENCE[what]} ${says === "same" ? "agrees" : says === "near" ? "nearly agrees" : "differs"} (${asked} / ${listed})${amount}`;
  });
  return [...said, ...known, ...(hit.weakAlias ? ["the list calls this alias weak, −0.04"] : [])];
}
