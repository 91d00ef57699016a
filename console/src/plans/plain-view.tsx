import { Stack, UnstyledButton } from "@mantine/core";
import type { PlanSection } from "@tributary/contract";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Card } from "../kit/record/card.tsx";

interface PlainViewProps {
  readonly sections: readonly PlanSection[];
  readonly focus?: string | null;
  /** Leads to the place that a sentence says; without it the text can only be read. */
  readonly jump?: (path: string) => void;
}

/** The plan in plain language, part by part; every sentence leads to the place that it comes from. */
export function PlainView({ sections, focus, jump }: PlainViewProps) {
  return (
    <Stack gap={0}>
      {sections.map((section) => (
        <Card key={`${section.path} ${section.title}`} title={section.title}>
          <Stack gap={3}>
            {section.sentences.map((sentence, index) => (
              <Sentence
                // biome-ignore lint/suspicious/noArrayIndexKey: sentences of a section have no other name
                key={index}
                text={sentence.text}
                level={sentence.level}
                marked={focus !== null && focus !== undefined && focus !== "" && sentence.path === focus}
                {...(jump === undefined || sentence.path === "" ? {} : { open: () => jump(sentence.path) })}
              />
            ))}
          </Stack>
        </Card>
      ))}
    </Stack>
  );
}

interface SentenceProps {
  readonly text: string;
  readonly level: number;
  readonly marked: boolean;
  readonly open?: () => void;
}

function Sentence({ text, level, marked, open }: SentenceProps) {
  const { t } = useTranslation("plans");
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (marked) ref.current?.scrollIntoView({ block: "center" });
  }, [marked]);
  const indent = 22 * level;
  return (
    <div ref={ref} data-marked={marked} style={{ marginLeft: indent, borderRadius: 4, lineHeight: 1.5 }}>
      {open === undefined ? (
        text
      ) : (
        <UnstyledButton onClick={open} fz="inherit" lh="inherit" title={t("plain.toPlace")}>
          {text}
        </UnstyledButton>
      )}
    </div>
  );
}
