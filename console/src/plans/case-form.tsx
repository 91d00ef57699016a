import { Button, Group, Stack, Text, Textarea, TextInput } from "@mantine/core";
import type { NewPlanCase, PlanCase, PlanDetail, PlanExpectation, PlanVersion } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { FormDialogFrame } from "../kit/dialog-frame.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Line, Lines } from "../kit/workbench/workbench.tsx";

/** What a first case may look like. */
const SAMPLE = `{"customer":"anna","on":"2026-03-01","milestone":"registration"}
{"customer":"anna","on":"2026-03-02","measure":"deposit","amount":"100.00","currency":"EUR"}`;

interface CaseFormProps {
  readonly plan: PlanDetail;
  readonly newest: PlanVersion;
  readonly one: PlanCase | null;
  readonly onClose: () => void;
}

/** A test case: its name, its facts line by line, and what is expected of them. */
export function CaseForm({ plan, newest, one, onClose }: CaseFormProps) {
  const { t } = useTranslation("plans");
  const [name, setName] = useState(one?.name ?? "");
  const [facts, setFacts] = useState(one?.facts ?? SAMPLE);
  const [expected, setExpected] = useState<readonly PlanExpectation[]>(
    one?.expected ?? [{ month: "2026-03", component: null, amount: "0.00" }],
  );
  const save = useChange({
    send: (input: NewPlanCase) =>
      one === null
        ? api.post<PlanCase>(`/plans/${plan.id}/cases`, input)
        : api.put<PlanCase>(`/plans/${plan.id}/cases/${one.id}`, input),
    refresh: ["plans", "audit"],
    done: onClose,
  });
  return (
    <FormDialogFrame
      opened
      wide
      title={one === null ? t("cases.add") : t("cases.change")}
      submit={t("cases.save")}
      onClose={onClose}
      onSubmit={() => save.mutate({ name, facts, expected: [...expected] })}
      ready={name.trim() !== "" && expected.length > 0}
      busy={save.isPending}
    >
      <TextInput
        label={t("cases.name")}
        withAsterisk
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <Textarea
        label={t("cases.facts")}
        description={t("cases.factsHint")}
        value={facts}
        onChange={(event) => setFacts(event.currentTarget.value)}
        autosize
        minRows={6}
        maxRows={14}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 12 } }}
      />
      <Expectations
        expected={expected}
        set={setExpected}
        components={newest.document.components.map((component) => component.code)}
      />
      {save.isError ? <ProblemLine error={save.error} /> : null}
    </FormDialogFrame>
  );
}

interface ExpectationsProps {
  readonly expected: readonly PlanExpectation[];
  readonly set: (next: readonly PlanExpectation[]) => void;
  readonly components: readonly string[];
}

function Expectations({ expected, set, components }: ExpectationsProps) {
  const { t } = useTranslation("plans");
  const change = (index: number, part: Partial<PlanExpectation>) =>
    set(expected.map((one, place) => (place === index ? { ...one, ...part } : one)));
  return (
    <Stack gap={6}>
      <Text fw={500}>{t("cases.expected")}</Text>
      <Lines>
        {expected.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an expectation has no name but its place
          <Line key={index} path={`expected[${index}]`}>
            <TextInput
              type="month"
              label={t("cases.month")}
              value={one.month}
              onChange={(event) => change(index, { month: event.currentTarget.value })}
            />
            <TextInput
              label={t("cases.component")}
              placeholder={t("cases.wholePlan")}
              list="plan-components"
              value={one.component ?? ""}
              onChange={(event) =>
                change(index, { component: event.currentTarget.value === "" ? null : event.currentTarget.value })
              }
            />
            <TextInput
              label={t("cases.amount")}
              value={one.amount}
              onChange={(event) => change(index, { amount: event.currentTarget.value })}
            />
            <Button
              size="compact-sm"
              variant="subtle"
              disabled={expected.length === 1}
              onClick={() => set(expected.toSpliced(index, 1))}
            >
              {t("cases.removeLine")}
            </Button>
          </Line>
        ))}
      </Lines>
      <datalist id="plan-components">
        {components.map((code) => (
          <option key={code} value={code} />
        ))}
      </datalist>
      <Group>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() =>
            set([...expected, { month: expected.at(-1)?.month ?? "2026-03", component: null, amount: "0.00" }])
          }
        >
          {t("cases.addLine")}
        </Button>
      </Group>
    </Stack>
  );
}
