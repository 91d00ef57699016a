import i18next from "i18next";
import { z } from "zod";

/** The contract's complaints in the person's language: short, about the value, without the words of a programmer. */
export function speakLikePeople(): void {
  z.config({
    customError: (issue) => {
      if (issue.code === "invalid_type" && (issue.input === undefined || issue.input === null))
        return i18next.t("kit:form.required");
      if (issue.code === "too_small" && issue.origin === "string")
        return i18next.t("kit:form.tooShort", { count: Number(issue.minimum) });
      if (issue.code === "too_big" && issue.origin === "string")
        return i18next.t("kit:form.tooLong", { count: Number(issue.maximum) });
      if (issue.code === "too_small") return i18next.t("kit:form.tooSmall", { minimum: String(issue.minimum) });
      if (issue.code === "too_big") return i18next.t("kit:form.tooBig", { maximum: String(issue.maximum) });
      if (issue.code === "invalid_format" && issue.format === "email") return i18next.t("kit:form.email");
      if (issue.code === "invalid_format" && issue.format === "url") return i18next.t("kit:form.url");
      return i18next.t("kit:form.unfit");
    },
  });
}
