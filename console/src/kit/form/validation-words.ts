import i18next from "i18next";
import type { z } from "zod";

const say = (key: string, values: Record<string, unknown> = {}) => i18next.t(`kit:form.${key}`, values);

/** The contract's own sentence about a value, translated when the catalogue knows it: "2 to 40 letters" → rule.2_to_40_letters. */
function ruleOf(message: string): string {
  const slug = message
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .slice(0, 60);
  return i18next.exists(`kit:form.rule.${slug}`) ? say(`rule.${slug}`) : message;
}

function complaintOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return say(issue.message.includes("undefined") || issue.input === undefined ? "required" : "unfit");
    case "too_small":
      return issue.origin === "string"
        ? say("tooShort", { count: Number(issue.minimum) })
        : say("tooSmall", { minimum: String(issue.minimum) });
    case "too_big":
      return issue.origin === "string"
        ? say("tooLong", { count: Number(issue.maximum) })
        : say("tooBig", { maximum: String(issue.maximum) });
    case "invalid_format":
      if (issue.format === "email" || issue.format === "url") return say(issue.format);
      return issue.message.startsWith("Invalid") ? say("unfit") : ruleOf(issue.message);
    case "custom":
      return ruleOf(issue.message);
    default:
      return say("unfit");
  }
}

/** What the contract has against these values, by field, in the person's language: short, without the words of a programmer. */
export function complaintsAbout(schema: z.ZodType, values: unknown): Record<string, string> {
  const result = schema.safeParse(values);
  if (result.success) return {};
  return Object.fromEntries(result.error.issues.map((issue) => [issue.path.join("."), complaintOf(issue)]));
}
