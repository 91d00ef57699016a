import type { Component, ExplainedWorking, PlanLanguage, Working } from "@tributary/contract";
import { compare, decimal } from "../../kernel/decimal.ts";
import type { Override } from "./price.ts";
import { bandName, isTiered, sortedBands } from "./tiers.ts";
import { nameInWords } from "./words/names.ts";
import { WORDS } from "./working-words.ts";
import { dayInWords, type PaidBy, paidBy, writtenValue } from "./written-value.ts";

type Lost = ExplainedWorking["alternatives"];

interface Asked {
  readonly component: Component;
  readonly working: Working;
  /** Day the line was earned on. */
  readonly earnedOn: string;
  readonly currency: string;
  readonly language: PlanLanguage;
}

/** Rules of a component that were looked at for a line and did not apply: other tiers, special terms, limits that were not reached. */
export function lostRules(asked: Asked): Lost {
  return [...otherTiers(asked), ...otherOverrides(asked), ...openLimits(asked)];
}

function otherTiers({ component, working, currency, language }: Asked): Lost {
  const { value, kind } = paidBy(component);
  if (value === null || !isTiered(value)) return [];
  const words = WORDS[language];
  const step = working.steps.find((one) => one.code === "tier_reached");
  const reached = step?.values.reached;
  if (step === undefined || reached === undefined) return [];
  const bands = sortedBands(value);
  return bands.flatMap((band, index) => {
    const name = bandName(bands, index);
    if (name === step.values.tier || typeof band.value !== "string") return [];
    const isAbove = compare(decimal(band.from), decimal(reached)) > 0;
    const metric = nameInWords(step.values.metric ?? "", language);
    const reason = isAbove ? words.tierNeeds(metric, band.from, reached) : words.tierBelow;
    return { name: words.tier(name, writtenValue(band.value, kind, currency)), reason };
  });
}

function otherOverrides({ component, working, earnedOn, currency, language }: Asked): Lost {
  const overrides = ("overrides" in component ? (component.overrides ?? []) : []) as readonly Override[];
  const words = WORDS[language];
  const { kind, value: own } = paidBy(component);
  const used = new Set(working.steps.flatMap((one) => (one.code === "override" ? [one.values.name] : [])));
  const lost = overrides.flatMap((one) => {
    if (used.has(one.name)) return [];
    const name = words.special(one.name, valueText(one.value, kind, currency));
    return { name, reason: reasonOf(one, earnedOn, language) };
  });
  if (used.size === 0 || typeof own !== "string") return lost;
  return [{ name: words.ownValue(writtenValue(own, kind, currency)), reason: words.specialFirst }, ...lost];
}

function reasonOf({ only = {}, from, until }: Override, earnedOn: string, language: PlanLanguage): string {
  const words = WORDS[language];
  if (from !== undefined && earnedOn < from) return words.specialFrom(dayInWords(from, language));
  if (until !== undefined && earnedOn > until) return words.specialUntil(dayInWords(until, language));
  const what = Object.entries(only).map(
    ([name, values]) => `${nameInWords(name, language)} ${values.join(` ${words.or} `)}`,
  );
  return words.specialOnly(what.join(` ${words.and} `));
}

function valueText(value: Override["value"], kind: PaidBy["kind"], currency: string): string {
  return typeof value === "string" ? writtenValue(value, kind, currency) : "…";
}

function openLimits({ component, working, currency, language }: Asked): Lost {
  const words = WORDS[language];
  const named = new Set(working.steps.flatMap((one) => (one.code === "cap" ? [one.values.name] : [])));
  const caps = (component.caps ?? []).filter((cap) => !named.has(cap.name));
  const isLimited = working.steps.some((one) => one.code === "at_most");
  return [
    ...caps.map((cap) => ({
      name: words.limit(cap.name.replaceAll("_", " "), cap.of === "amount" ? `${cap.limit} ${currency}` : cap.limit),
      reason: words.limitOpen,
    })),
    ...(component.atMost === undefined || isLimited
      ? []
      : [{ name: words.atMost(`${component.atMost} ${currency}`), reason: words.limitOpen }]),
  ];
}
