import { ActionIcon, Drawer, Group } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Go } from "../link.tsx";
import css from "./list.module.css";

interface RowPreviewProps {
  readonly phone: boolean;
  readonly to: string | undefined;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Beside the table, so that j and k leaf through the records. */
export function RowPreview({ phone, to, onClose, children }: RowPreviewProps) {
  const { t } = useTranslation("kit");
  if (phone) {
    return (
      <Drawer opened onClose={onClose} position="bottom" size="75%" title={t("list.preview")}>
        {children}
      </Drawer>
    );
  }
  return (
    <aside className={css.preview} aria-label={t("list.preview")}>
      <div className={css.previewHead}>
        {to === undefined ? <span>{t("list.preview")}</span> : <Go to={to}>{t("list.open")}</Go>}
        <Group gap={4}>
          <ActionIcon onClick={onClose} aria-label={t("close")}>
            <IconX size={15} />
          </ActionIcon>
        </Group>
      </div>
      <div className={css.previewBody}>{children}</div>
    </aside>
  );
}
