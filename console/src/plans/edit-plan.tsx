import { Button } from "@mantine/core";
import type { PlanDetail, PlanVersion } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useGo, useParam } from "../kit/link.tsx";
import { Page } from "../kit/page.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { CasesBeside } from "./cases-beside.tsx";
import { PlanEditor, usePlanText } from "./plan-editor.tsx";
import { writePlan } from "./plan-text.ts";

/** The next version of a plan, begun from its newest one. */
export function EditPlanPage() {
  const id = useParam("id");
  const plan = useRecord<PlanDetail>(`/plans/${id}`);
  return <Loaded query={plan}>{(one) => <Editor key={one.latestVersion} plan={one} />}</Loaded>;
}

function Editor({ plan }: { readonly plan: PlanDetail }) {
  const { t } = useTranslation("plans");
  const go = useGo();
  const newest = plan.versions[0] as PlanVersion;
  const first = newest.source ?? writePlan(newest.document);
  const editing = usePlanText(first);
  const save = useChange({
    send: () =>
      api.post<PlanVersion>(`/plans/${plan.id}/versions`, { document: editing.plan.value, source: editing.plan.text }),
    refresh: ["plans", "audit"],
    done: () => go(`/plans/${plan.id}?tab=versions`),
  });
  const same = editing.plan.text === first;
  return (
    <Page
      title={plan.name}
      subtitle={t("editor.from", { version: newest.version })}
      parent={{ label: t("title"), to: "/plans" }}
    >
      {save.isError ? <ProblemLine error={save.error} /> : null}
      <PlanEditor
        editing={editing}
        beside={() => <CasesBeside planId={plan.id} document={editing.plan.value} />}
        actions={(check, waiting) => (
          <>
            <Button variant="default" onClick={() => go(`/plans/${plan.id}`)}>
              {t("editor.leave")}
            </Button>
            <Button
              disabled={same || check?.valid !== true || waiting}
              loading={save.isPending}
              onClick={() => save.mutate(undefined)}
            >
              {t("editor.saveVersion", { version: newest.version + 1 })}
            </Button>
          </>
        )}
      />
    </Page>
  );
}
