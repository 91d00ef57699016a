import { Button, CopyButton, Group, Modal, Stack } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import css from "./once-dialog.module.css";

interface OnceDialogProps {
  /** What is shown; null: closed. */
  readonly secret: string | null;
  readonly onClose: () => void;
  readonly title: string;
  /** What it is for, and that it is not shown again. */
  readonly text: string;
  /** Closes: "I have passed it on". */
  readonly done: string;
}

/** Something that is shown once: a key, a link. A click beside the dialog does not close it. */
export function OnceDialog({ secret, onClose, title, text, done }: OnceDialogProps) {
  const { t } = useTranslation("kit");
  return (
    <Modal opened={secret !== null} onClose={onClose} title={title} size={520} closeOnClickOutside={false}>
      <Stack gap="sm">
        <div>{text}</div>
        <code className={css.secret}>{secret}</code>
        <Group justify="flex-end" gap={8} mt="xs">
          <Button variant="default" onClick={onClose}>
            {done}
          </Button>
          <CopyButton value={secret ?? ""}>
            {({ copied, copy }) => (
              <Button
                data-autofocus
                leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
                onClick={copy}
              >
                {copied ? t("copied") : t("copy")}
              </Button>
            )}
          </CopyButton>
        </Group>
      </Stack>
    </Modal>
  );
}
