import { Button, CopyButton } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import css from "./snippet.module.css";

interface SnippetProps {
  readonly title: string;
  readonly text?: string;
  readonly code: string;
}

/** Lines to be copied into somebody's page, program or terminal. */
export function Snippet({ title, text, code }: SnippetProps) {
  const { t } = useTranslation("kit");
  return (
    <section className={css.snippet} aria-label={title}>
      <div>
        <b>{title}</b>
        <CopyButton value={code}>
          {({ copied, copy }) => (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
              onClick={copy}
              aria-label={`${t("copy")}: ${title}`}
            >
              {copied ? t("copied") : t("copy")}
            </Button>
          )}
        </CopyButton>
      </div>
      {text === undefined ? null : <p>{text}</p>}
      <pre>{code}</pre>
    </section>
  );
}
