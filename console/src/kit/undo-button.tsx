import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";

export function UndoButton({ message, undo }: { readonly message: string; readonly undo: () => void }) {
  const { t } = useTranslation("kit");
  return (
    <Group justify="space-between" wrap="nowrap">
      <span>{message}</span>
      <Button variant="subtle" onClick={undo}>
        {t("undo")}
      </Button>
    </Group>
  );
}
