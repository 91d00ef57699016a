import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** The change, and the figure that it is measured against. */
export function Before({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  const { t } = useTranslation("reporting");
  return (
    <span style={{ display: "inline-flex", gap: 6, alignItems: "baseline", whiteSpace: "nowrap" }}>
      {children}
      <small style={{ color: "var(--mantine-color-dimmed)", fontSize: "0.75rem" }}>{t("before", { text })}</small>
    </span>
  );
}
