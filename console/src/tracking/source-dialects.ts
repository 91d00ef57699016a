import type { SourceDialect, SourceDialectFacts } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";

/** The platforms whose calls are understood. */
export function useDialects(): readonly SourceDialectFacts[] {
  return useRecord<Page<SourceDialectFacts>>("/source-dialects").data?.data ?? [];
}

/** Names a dialect as the platform names itself; the house's own way by what it is. */
export function useDialectTitle(): (dialect: SourceDialect) => string {
  const { t } = useTranslation("tracking");
  const dialects = useDialects();
  return (dialect) => {
    if (dialect === "tributary") return t("ownDialect");
    if (dialect === "generic") return t("genericDialect");
    return dialects.find((one) => one.name === dialect)?.title ?? dialect;
  };
}

/** All that a source may be told in, for a choice. */
export function useDialectOptions(): readonly { readonly value: SourceDialect; readonly label: string }[] {
  const title = useDialectTitle();
  const dialects = useDialects();
  const names: readonly SourceDialect[] = ["tributary", ...dialects.map((one) => one.name)];
  return names.map((name) => ({ value: name, label: title(name) }));
}
