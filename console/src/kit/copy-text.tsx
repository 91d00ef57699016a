import { ActionIcon, CopyButton, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import css from "./values.module.css";

interface CopyTextProps {
  readonly text: string;
  /** What is shown when the text itself is too long or secret. */
  readonly shown?: string;
  readonly mono?: boolean;
}

/** An id, link or key with a button that copies it. */
export function CopyText({ text, shown, mono = true }: CopyTextProps) {
  const { t } = useTranslation("kit");
  return (
    <span className={css.copy}>
      <span className={mono ? css.mono : ""} title={shown ?? text}>
        {shown ?? text}
      </span>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t("copied") : t("copy")}>
            <ActionIcon size={20} onClick={copy} aria-label={`${t("copy")}: ${shown ?? text}`}>
              {copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </span>
  );
}
