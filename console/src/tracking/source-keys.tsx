import type { EventSourceKeys } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { CopyText } from "../kit/copy-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";

/** Shown once, after the source was made or its keys were changed. */
export function SourceKeys({ keys }: { readonly keys: EventSourceKeys }) {
  const { t } = useTranslation("tracking");
  const own: readonly (readonly [string, string])[] = [
    [t("postbackUrl"), keys.postbackUrl],
    [t("pixelUrl"), keys.pixelUrl],
    [t("secret"), keys.secret],
  ];
  const foreign: readonly (readonly [string, string])[] = [[t("dialectUrl"), keys.dialectUrl]];
  const shown = [...(keys.dialectUrl === "" ? own : foreign), [t("token"), keys.token] as const];
  return (
    <Card title={t("keysOnce", { name: keys.name })}>
      <Properties items={shown.map(([label, text]) => [label, <CopyText key={label} text={text} />])} />
    </Card>
  );
}
