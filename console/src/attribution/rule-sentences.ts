import type { AttributionRules, TouchWindow } from "@tributary/contract";
import type { TFunction } from "i18next";

type Words = TFunction<"attribution">;
type NameOf = (id: string) => string;

/** The rules in plain language, a sentence for each thing that they decide. What is left out of them stands here with its default. */
export function ruleSentences(t: Words, rules: AttributionRules, nameOf: NameOf): string[] {
  const kindOf = (kind: string) => lowerFirst(t(`attribution:kind.${kind}`));
  const listed = (kinds: readonly string[]) => kinds.map(kindOf).join(t("attribution:then"));
  const usesImpressions = rules.priority.includes("impression");
  const binding = rules.priority.filter((kind) => kind !== "customer" && kind !== "manual");
  const unused = (["click", "code", "partner", "impression"] as const).filter((kind) => !binding.includes(kind));
  return [
    t(`attribution:says.${rules.model}`),
    t("attribution:says.window", { count: rules.windowDays }),
    ...(usesImpressions ? [t("attribution:says.impressionWindow", { count: rules.impressionWindowDays })] : []),
    ...rules.windows.flatMap((window) => windowSentences(t, window, nameOf)),
    ...(rules.windowsPrecedence === null ? [] : [t(`attribution:says.precedence.${rules.windowsPrecedence}`)]),
    t("attribution:says.priority", { kinds: listed(binding) }),
    ...(unused.length === 0 ? [] : [t("attribution:says.unused", { kinds: unused.map(kindOf).join(", ") })]),
    takenOver(t, rules, "customer"),
    takenOver(t, rules, "manual"),
    ...bindingSentences(t, rules),
    t(`attribution:says.existing.${rules.existingCustomers}`),
    ...(rules.noOverwritePartners.length === 0
      ? []
      : [t("attribution:says.noOverwrite", { partners: rules.noOverwritePartners.map(nameOf).join(", ") })]),
    rules.deferredLeads.kind === "days"
      ? t("attribution:says.deferred.days", { count: rules.deferredLeads.days })
      : t(`attribution:says.deferred.${rules.deferredLeads.kind}`),
  ];
}

function windowSentences(t: Words, window: TouchWindow, nameOf: NameOf): string[] {
  const { offerId, partnerId, clickDays, impressionDays } = window;
  const where =
    partnerId === null
      ? t("attribution:says.onOffer", { offer: nameOf(offerId ?? "") })
      : offerId === null
        ? t("attribution:says.ofPartner", { partner: nameOf(partnerId) })
        : t("attribution:says.ofPartnerOnOffer", { partner: nameOf(partnerId), offer: nameOf(offerId) });
  return [
    ...(clickDays === null ? [] : [t("attribution:says.clickWindowOf", { where, count: clickDays })]),
    ...(impressionDays === null ? [] : [t("attribution:says.impressionWindowOf", { where, count: impressionDays })]),
  ];
}

function takenOver(t: Words, { priority }: AttributionRules, bound: "customer" | "manual"): string {
  const stronger = priority
    .slice(0, Math.max(0, priority.indexOf(bound)))
    .filter((kind) => kind !== "customer" && kind !== "manual");
  if (stronger.length === 0) return t(`attribution:says.${bound}Stays`);
  return t(`attribution:says.${bound}TakenOver`, {
    kinds: stronger.map((kind) => lowerFirst(t(`attribution:kind.${kind}`))).join(", "),
  });
}

function bindingSentences(t: Words, { binding }: AttributionRules): string[] {
  if (binding.kind === "lifetime") return [t("attribution:says.lifetime")];
  const { extension } = binding;
  const sentence = t("attribution:says.bindingDays", { count: binding.days });
  if (extension == null) return [sentence];
  const more = { count: extension.days, events: extension.events.join(", ") };
  return [sentence, t(`attribution:says.extension.${extension.from}`, more)];
}

/** A word of a list as it stands within a sentence. */
function lowerFirst(word: string): string {
  return word.slice(0, 1).toLowerCase() + word.slice(1);
}
