import { SegmentedControl } from "@mantine/core";
import type { PlanCheckResult } from "@tributary/contract";
import { type ReactNode, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { Workbench } from "../kit/workbench/workbench.tsx";
import { FindingList } from "./finding-list.tsx";
import { PlanFormView } from "./form/plan-form-view.tsx";
import type { Path } from "./paths.ts";
import { PlainView } from "./plain-view.tsx";
import { changeAt, type PlanText, readPlanText } from "./plan-text.ts";
import { usePlanCheck } from "./use-plan-check.ts";
import { YamlView } from "./yaml-view.tsx";

const VIEWS = ["form", "yaml", "plain"] as const;
type View = (typeof VIEWS)[number];

/** What is edited, and whether it differs from what it was at first. */
export function usePlanText(initial: string) {
  const [plan, setPlan] = useState<PlanText>(() => readPlanText(initial));
  const write = useCallback((text: string) => setPlan((before) => readPlanText(text, before.value)), []);
  const set = useCallback(
    (path: Path, value: unknown) => setPlan((before) => readPlanText(changeAt(before.text, path, value), before.value)),
    [],
  );
  return { plan, write, set };
}

interface PlanEditorProps {
  readonly editing: ReturnType<typeof usePlanText>;
  readonly readOnly?: boolean;
  /** Under the findings: test cases and the like; is told what the server says of the plan as it stands. */
  readonly beside?: (check: PlanCheckResult | undefined) => ReactNode;
  /** Beside the switch of views: the actions. */
  readonly actions?: (check: PlanCheckResult | undefined, waiting: boolean) => ReactNode;
}

/** Three views of one plan – form, YAML, plain language – and the linter beside them. */
export function PlanEditor({ editing, readOnly = false, beside, actions }: PlanEditorProps) {
  const { t } = useTranslation("plans");
  const { plan, write, set } = editing;
  const [view, setView] = useState<View>("form");
  const [focus, setFocus] = useState<string | null>(null);
  const { result, waiting } = usePlanCheck(plan.value);
  const findings = result?.findings ?? [];
  const jump = (path: string) => {
    if (view === "plain") setView("form");
    // asked for twice, it is shown twice
    setFocus(null);
    setTimeout(() => setFocus(path), 0);
  };
  const choose = (next: string) => setView(VIEWS.find((one) => one === next) ?? "form");
  return (
    <Workbench
      asideLabel={t("findings.title")}
      bar={
        <>
          <SegmentedControl
            size="xs"
            value={view}
            onChange={choose}
            data={VIEWS.map((value) => ({ value, label: t(`views.${value}`) }))}
            aria-label={t("views.label")}
          />
          <div style={{ flex: 1 }} />
          {actions?.(result, waiting || plan.broken !== null)}
        </>
      }
      aside={
        <>
          <FindingList findings={findings} waiting={waiting} jump={jump} />
          {beside?.(result)}
        </>
      }
    >
      {view === "form" ? (
        <PlanFormView value={plan.value} findings={findings} focus={focus} readOnly={readOnly} set={set} />
      ) : null}
      {view === "yaml" ? (
        <YamlView plan={plan} findings={findings} focus={focus} readOnly={readOnly} write={write} />
      ) : null}
      {view === "plain" ? (
        result?.valid === true ? (
          <PlainView sections={result.sections} focus={focus} jump={jump} />
        ) : (
          <p>{t("plain.notYet")}</p>
        )
      ) : null}
    </Workbench>
  );
}
