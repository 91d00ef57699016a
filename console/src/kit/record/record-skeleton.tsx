import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import css from "../page.module.css";

export function RecordSkeleton() {
  const { t } = useTranslation("kit");
  return (
    <div className={css.body} role="status" aria-label={t("loading")} style={{ paddingTop: 18 }}>
      <Skeleton height={16} width={220} mb={18} />
      <Skeleton height={62} mb={18} />
      <Skeleton height={12} width="55%" mb={12} />
      <Skeleton height={12} width="70%" mb={12} />
      <Skeleton height={12} width="48%" />
    </div>
  );
}
