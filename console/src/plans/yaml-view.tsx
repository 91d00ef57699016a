import { Skeleton } from "@mantine/core";
import type { PlanFinding } from "@tributary/contract";
import { lazy, Suspense, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type PlanText, rangeOf } from "./plan-text.ts";

const CodeEditor = lazy(async () => ({ default: (await import("../kit/code/code-editor.tsx")).CodeEditor }));

interface YamlViewProps {
  readonly plan: PlanText;
  readonly findings: readonly PlanFinding[];
  readonly focus: string | null;
  readonly readOnly: boolean;
  readonly write: (text: string) => void;
}

/** The plan as text, with what the linter says at its place. */
export function YamlView({ plan, findings, focus, readOnly, write }: YamlViewProps) {
  const { t } = useTranslation("plans");
  const marks = useMemo(
    () =>
      plan.broken !== null
        ? [{ ...plan.broken, severity: "error" as const }]
        : findings.map((one) => ({ ...rangeOf(plan.text, one.path), severity: one.severity, message: one.message })),
    [plan, findings],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed afterwards must not move the selection again
  const selected = useMemo(() => (focus === null || focus === "" ? null : rangeOf(plan.text, focus)), [focus]);
  return (
    <Suspense fallback={<Skeleton height={420} />}>
      <CodeEditor
        text={plan.text}
        label={t("views.yaml")}
        marks={marks}
        readOnly={readOnly}
        selected={selected}
        onChange={write}
      />
    </Suspense>
  );
}
