import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import css from "./list.module.css";

const WIDTHS = [38, 52, 31, 46, 60, 35, 49, 42, 55, 33];

/** Rows in outline, at the height of the real ones, so that nothing jumps when they arrive. */
export function ListSkeleton() {
  const { t } = useTranslation("kit");
  return (
    <div className={css.skeleton} role="status" aria-label={t("loading")}>
      {WIDTHS.map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the outline never changes
        <div key={index}>
          <Skeleton height={10} width={`${width * 0.6}%`} />
          <Skeleton height={10} width="12%" />
          <Skeleton height={10} width="16%" />
          <Skeleton height={10} width="9%" />
        </div>
      ))}
    </div>
  );
}
