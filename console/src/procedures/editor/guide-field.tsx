import { SegmentedControl, Textarea } from "@mantine/core";
import type { ProcedureText } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MarkdownText } from "../../kit/difference/markdown-text.tsx";
import { textOf, withText } from "../texts.ts";

interface GuideFieldProps {
  readonly value: ProcedureText | undefined;
  readonly change: (guide: ProcedureText | undefined) => void;
}

/** How a step is done, in Markdown, and how it reads. */
export function GuideField({ value = "", change }: GuideFieldProps) {
  const { t, i18n } = useTranslation("procedures");
  const text = textOf(value, i18n.language);
  const [view, setView] = useState("write");
  return (
    <div>
      <div style={{ display: "flex", justifyContent: "space-between", alignItems: "flex-end", marginBottom: 4 }}>
        <span style={{ fontSize: "0.8125rem", fontWeight: 500 }}>{t("editor.guide")}</span>
        <SegmentedControl
          size="xs"
          value={view}
          onChange={setView}
          data={["write", "preview"].map((one) => ({ value: one, label: t(`editor.${one}`) }))}
          aria-label={t("editor.guide")}
        />
      </div>
      {view === "write" ? (
        <Textarea
          aria-label={t("editor.guide")}
          autosize
          minRows={2}
          maxRows={16}
          value={text}
          onChange={(event) => change(withText(value, i18n.language, event.currentTarget.value))}
        />
      ) : (
        <MarkdownText text={text} />
      )}
    </div>
  );
}
