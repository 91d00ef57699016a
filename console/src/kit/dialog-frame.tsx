import { Button, Group, Modal, Stack } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface FormDialogFrameProps {
  readonly opened: boolean;
  readonly title: string;
  readonly submit: string;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
  readonly ready?: boolean;
  readonly busy?: boolean;
  readonly danger?: boolean;
  readonly wide?: boolean;
}

/** Every dialog: a title, its content, cancel and one named action; Enter submits, Esc closes; a full page on a telephone. */
export function FormDialogFrame(props: FormDialogFrameProps) {
  const { t } = useTranslation("kit");
  const phone = useMediaQuery("(max-width: 48em)") ?? false;
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      size={props.wide === true ? 640 : 440}
      fullScreen={phone && props.wide === true}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          props.onSubmit();
        }}
      >
        <Stack gap="sm">
          {props.children}
          <Group justify="flex-end" gap={8} mt="xs">
            <Button variant="default" onClick={props.onClose}>
              {t("cancel")}
            </Button>
            <Button
              type="submit"
              disabled={props.ready === false}
              loading={props.busy ?? false}
              color={props.danger === true ? "red.8" : undefined}
            >
              {props.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
