import type { AttributionRules, TouchWindow } from "@tributary/contract";
import type { TFunction } from "i18next";

type Words = TFunction<"attribution">;
type NameOf = (id: string) => string;

/** The rules in plain language, a sentence for each thing that they decide. What is left out of them stands here with its default. */
export function ruleSentences(t: Words, rules: AttributionRules, nameOf: NameOf): string[] {
  const listed = (kinds: readonly string[]) => kinds.map((kind) => t(`kind.${kind}`)).join(t("then"));
  const usesImpressions = rules.priority.includes("impression");
  const binding = rules.priority.filter((kind) => kind !== "customer" && kind !== "manual");
  const unused = (["click", "code", "partner", "impression"] as const).filter((kind) => !binding.includes(kind));
  return [
    t(`says.${rules.model}`),
    t("says.window", { count: rules.windowDays }),
    ...(usesImpressions ? [t("says.impressionWindow", { count: rules.impressionWindowDays })] : []),
    ...rules.windows.flatMap((window) => windowSentences(t, window, nameOf)),
    ...(rules.windowsPrecedence === null ? [] : [t(`says.precedence.${rules.windowsPrecedence}`)]),
    t("says.priority", { kinds: listed(binding) }),
    ...(unused.length === 0 ? [] : [t("says.unused", { kinds: unused.map((kind) => t(`kind.${kind}`)).join(", ") })]),
    takenOver(t, rules, "customer"),
    takenOver(t, rules, "manual"),
    ...bindingSentences(t, rules),
    t(`says.existing.${rules.existingCustomers}`),
    ...(rules.noOverwritePartners.length === 0
      ? []
      : [t("says.noOverwrite", { partners: rules.noOverwritePartners.map(nameOf).join(", ") })]),
    rules.deferredLeads.kind === "days"
      ? t("says.deferred.days", { count: rules.deferredLeads.days })
      : t(`says.deferred.${rules.deferredLeads.kind}`),
  ];
}

function windowSentences(t: Words, window: TouchWindow, nameOf: NameOf): string[] {
  const { offerId, partnerId, clickDays, impressionDays } = window;
  const where =
    partnerId === null
      ? t("says.onOffer", { offer: nameOf(offerId ?? "") })
      : offerId === null
        ? t("says.ofPartner", { partner: nameOf(partnerId) })
        : t("says.ofPartnerOnOffer", { partner: nameOf(partnerId), offer: nameOf(offerId) });
  return [
    ...(clickDays === null ? [] : [t("says.clickWindowOf", { where, count: clickDays })]),
    ...(impressionDays === null ? [] : [t("says.impressionWindowOf", { where, count: impressionDays })]),
  ];
}

function takenOver(t: Words, { priority }: AttributionRules, bound: "customer" | "manual"): string {
  const stronger = priority
    .slice(0, Math.max(0, priority.indexOf(bound)))
    .filter((kind) => kind !== "customer" && kind !== "manual");
  if (stronger.length === 0) return t(`says.${bound}Stays`);
  return t(`says.${bound}TakenOver`, { kinds: stronger.map((kind) => t(`kind.${kind}`)).join(", ") });
}

function bindingSentences(t: Words, { binding }: AttributionRules): string[] {
  if (binding.kind === "lifetime") return [t("says.lifetime")];
  const { extension } = binding;
  const sentence = t("says.bindingDays", { count: binding.days });
  if (extension == null) return [sentence];
  const more = { count: extension.days, events: extension.events.join(", ") };
  return [sentence, t(`says.extension.${extension.from}`, more)];
}
