import type { IntakeRow } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { CopyText } from "../kit/copy-text.tsx";
import { Go } from "../kit/link.tsx";
import { Properties } from "../kit/record/card.tsx";

/** A call or click with everything that it carried. */
export function IntakePreview({ row }: { readonly row: IntakeRow }) {
  const { t } = useTranslation("tracking");
  return (
    <Properties
      items={[
        [t("receipt"), <CopyText key="id" text={row.id} />],
        [
          t("why:title"),
          <Go key="why" to={`/why?q=${row.clickId !== "" && row.kind === "click" ? row.clickId : row.id}`}>
            {t("why:look")}
          </Go>,
        ],
        [
          t("why:title"),
          <Go key="why" to={`/why?q=${row.clickId !== "" && row.kind === "click" ? row.clickId : row.id}`}>
            {t("why:look")}
          </Go>,
        ],
        [t("fate"), t(`fates.${row.fate}`, { defaultValue: row.fate })],
        [t("reason"), row.reason || "–"],
        [t("detail"), row.detail || "–"],
        ...(row.clickId === "" ? [] : [[t("clickId"), <CopyText key="click" text={row.clickId} />] as const]),
        ...Object.entries(row.params).map(([name, value]) => [name, value] as const),
      ]}
    />
  );
}
