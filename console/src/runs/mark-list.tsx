import type { RunItem } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { StatusBadge } from "../kit/status-badge.tsx";
import { SEVERITY_TONES } from "./states.ts";

/** What should be seen about a partner's amount, the serious first; in a table only those that ask for a look. */
export function MarkList({ marks, all }: { readonly marks: RunItem["marks"]; readonly all?: boolean }) {
  const { t } = useTranslation("runs");
  const shown = marks.filter((mark) => all === true || mark.severity !== "info");
  return (
    <span style={{ display: "inline-flex", flexWrap: "wrap", gap: 4 }}>
      {shown.map((mark) => (
        <StatusBadge key={mark.code} state={mark.severity} label={t(`marks.${mark.code}`)} tones={SEVERITY_TONES} />
      ))}
    </span>
  );
}
