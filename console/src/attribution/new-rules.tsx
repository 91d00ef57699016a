import { Button, Group, SimpleGrid, Stack, Textarea, TextInput } from "@mantine/core";
import {
  AttributionRules,
  type AttributionRun,
  type Program,
  type RulesVersion,
  type SavedRules,
} from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { dayIn } from "../kit/day-ranges.ts";
import { MarkedSentences } from "../kit/difference/sentence-difference.tsx";
import { useGo, useParam } from "../kit/link.tsx";
import { Page } from "../kit/page.tsx";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { RulesForm } from "./rules-form.tsx";
import { RulesPreview } from "./rules-preview.tsx";
import { useRuleWords } from "./use-rule-words.ts";

/** A new version of a program's rules: the form, what it says in plain language, what it would change, then the reason. */
export function NewRules() {
  const id = useParam("id");
  const program = useRecord<Program>(`/programs/${id}`);
  const versions = useRecord<{ data: readonly RulesVersion[] }>(`/programs/${id}/attribution-rules`, { limit: 100 });
  return (
    <Loaded query={program}>
      {(one) => <Loaded query={versions}>{({ data }) => <RulesDesk program={one} versions={data} />}</Loaded>}
    </Loaded>
  );
}

interface Draft {
  readonly rules: AttributionRules;
  readonly validFrom: string;
  readonly validUntil: string;
}

interface RulesDeskProps {
  readonly program: Program;
  readonly versions: readonly RulesVersion[];
}

function RulesDesk({ program, versions }: RulesDeskProps) {
  const { t } = useTranslation("attribution");
  const current = versions.find((one) => one.inForce)?.rules ?? AttributionRules.parse({});
  const today = dayIn(program.timeZone, new Date());
  const [draft, setDraft] = useState<Draft>({ rules: current, validFrom: today, validUntil: "" });
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const read = AttributionRules.safeParse(draft.rules);
  return (
    <Page
      title={t("newTitle")}
      subtitle={t("newText")}
      parent={{ label: program.name, to: `/programs/${program.id}?tab=attribution` }}
    >
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing={16} verticalSpacing={0}>
        <div>
          <RulesForm
            programId={program.id}
            rules={draft.rules}
            onChange={(part) => set({ rules: { ...draft.rules, ...part } })}
          />
        </div>
        <div>
          <Said current={current} rules={draft.rules} problems={read.success ? [] : read.error.issues} />
          <Card title={t("part.days")}>
            <DayFields draft={draft} set={set} />
          </Card>
          <Keeping
            program={program}
            draft={read.success ? draft : null}
            after={versions[0]?.version ?? 1}
            isPast={draft.validFrom === "" || draft.validFrom < today}
          />
        </div>
      </SimpleGrid>
    </Page>
  );
}

interface SaidProps {
  readonly current: AttributionRules;
  readonly rules: AttributionRules;
  readonly problems: readonly { readonly message: string; readonly params?: Record<string, unknown> | undefined }[];
}

/** The rules in sentences, what is new in them marked; or why they could be read in two ways. */
function Said({ current, rules, problems }: SaidProps) {
  const { t, i18n } = useTranslation("attribution");
  const words = useRuleWords([current, rules]);
  const told = (problem: SaidProps["problems"][number]): string => {
    const code = `contradiction.${String(problem.params?.contradiction)}`;
    const name = String(problem.params?.name ?? "");
    const kind = `kind.${name}`;
    const named = i18n.exists(kind, { ns: "attribution" }) ? t(kind) : name;
    return i18n.exists(code, { ns: "attribution" }) ? t(code, { name: named }) : problem.message;
  };
  return (
    <Card title={t("inWords")}>
      <Stack gap={10}>
        {problems.map((problem) => (
          <NoteLine key={problem.message} tone="bad" role="alert">
            {told(problem)}
          </NoteLine>
        ))}
        <MarkedSentences sentences={words(rules)} against={words(current)} />
      </Stack>
    </Card>
  );
}

interface DayFieldsProps {
  readonly draft: Draft;
  readonly set: (part: Partial<Draft>) => void;
}

function DayFields({ draft, set }: DayFieldsProps) {
  const { t } = useTranslation("attribution");
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <TextInput
        type="date"
        label={t("validFrom")}
        description={t("validFromHint")}
        value={draft.validFrom}
        onChange={(event) => set({ validFrom: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t("validUntil")}
        description={t("validUntilHint")}
        value={draft.validUntil}
        onChange={(event) => set({ validUntil: event.currentTarget.value })}
      />
    </SimpleGrid>
  );
}

interface KeepingProps {
  readonly program: Program;
  /** null: it cannot be kept as it is */
  readonly draft: Draft | null;
  readonly after: number;
  readonly isPast: boolean;
}

const RUNNING: ReadonlySet<string> = new Set(["waiting", "running"]);

/** The preview of exactly these rules and days, the reason, and the button that keeps them. */
function Keeping({ program, draft, after, isPast }: KeepingProps) {
  const { t } = useTranslation("attribution");
  const go = useGo();
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState<{ readonly id: string; readonly question: string } | null>(null);
  const proposal =
    draft === null
      ? null
      : { rules: draft.rules, validFrom: draft.validFrom || null, validUntil: draft.validUntil || null };
  const question = JSON.stringify(proposal);
  const isTried = tried?.question === question;
  const run = useRun(isTried ? tried.id : undefined);
  const preview = useChange({
    send: () => api.post<AttributionRun>(`/programs/${program.id}/attribution-previews`, proposal),
    refresh: [],
    done: (started) => setTried({ id: started.id, question }),
  });
  const isShown = isTried && run?.state === "done";
  const save = useChange({
    send: () =>
      api.post<SavedRules>(`/programs/${program.id}/attribution-rules`, {
        ...proposal,
        after,
        previewId: isShown ? tried.id : null,
        reason,
      }),
    refresh: ["programs", "audit", "customers"],
    done: () => go(`/programs/${program.id}?tab=attribution`),
  });
  return (
    <Card title={t("part.keeping")}>
      <Stack gap={12}>
        <Button
          variant="default"
          w="fit-content"
          disabled={proposal === null}
          loading={preview.isPending || (isTried && run !== undefined && RUNNING.has(run.state))}
          onClick={() => preview.mutate(undefined)}
        >
          {t("preview")}
        </Button>
        {preview.isError ? <ProblemLine error={preview.error} /> : null}
        {isTried && run !== undefined ? <RulesPreview run={run} /> : null}
        <Textarea
          label={t("reason")}
          description={t("reasonHint")}
          required
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {isPast && !isShown ? <NoteLine tone="quiet">{t("previewFirst")}</NoteLine> : null}
        <Group>
          <Button
            disabled={proposal === null || reason.trim().length < 3 || (isPast && !isShown)}
            loading={save.isPending}
            onClick={() => save.mutate(undefined)}
          >
            {t("keep", { version: after + 1 })}
          </Button>
        </Group>
        {save.isError ? <ProblemLine error={save.error} /> : null}
      </Stack>
    </Card>
  );
}

/** A run, asked again every second until it is over. */
function useRun(id: string | undefined): AttributionRun | undefined {
  const [running, setRunning] = useState(true);
  const options = { enabled: id !== undefined, ...(running ? { liveSeconds: 1 } : {}) };
  const run = useRecord<AttributionRun>(`/attribution-runs/${id ?? ""}`, {}, options);
  const waits = run.data === undefined || RUNNING.has(run.data.state);
  if (running !== waits) setRunning(waits);
  return id === undefined ? undefined : run.data;
}
