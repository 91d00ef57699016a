import { Button, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useSearch } from "@tanstack/react-router";
import type { SimulationDetail } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { stringify } from "yaml";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { dayIn } from "../kit/day-ranges.ts";
import { useGo } from "../kit/link.tsx";
import { Page } from "../kit/page.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";
import { type DealDraft, dealOf, draftOf, emptyDraft } from "./deal-draft.ts";
import { ForecastFields } from "./forecast-fields.tsx";
import { NO_PLAN, PlanPicker } from "./plan-picker.tsx";
import { HistoryFields, SubjectFields } from "./subject-fields.tsx";

const MOST_OTHERS = 3;

/** A new simulation; `?again=` begins with an earlier one, `?partner=` with a partner. */
export function NewDealPage() {
  const search: Record<string, string> = useSearch({ strict: false });
  return search.again === undefined ? <Fresh partnerId={search.partner ?? ""} /> : <Again id={search.again} />;
}

function Fresh({ partnerId }: { readonly partnerId: string }) {
  const { programs, program } = useSession();
  const { zone } = useFormat();
  return <DealForm initial={emptyDraft((program ?? programs[0])?.id ?? "", partnerId, dayIn(zone, new Date()))} />;
}

function Again({ id }: { readonly id: string }) {
  const { zone } = useFormat();
  const before = useRecord<SimulationDetail>(`/simulations/${id}`);
  return (
    <Loaded query={before}>
      {(simulation) => {
        const draft = draftOf(simulation, stringify, dayIn(zone, new Date()));
        return draft === null ? <Fresh partnerId="" /> : <DealForm initial={draft} />;
      }}
    </Loaded>
  );
}

function DealForm({ initial }: { readonly initial: DealDraft }) {
  const { t } = useTranslation("dealdesk");
  const go = useGo();
  const [draft, setDraft] = useState(initial);
  const onChange = (part: Partial<DealDraft>) => setDraft((before) => ({ ...before, ...part }));
  const question = dealOf(draft);
  const start = useChange({
    send: () => api.post<SimulationDetail>("/simulations", question),
    refresh: ["simulations", "audit"],
    done: (made) => go(`/deal-desk/${made.id}`),
  });
  const run = (
    <Button disabled={question === null} loading={start.isPending} onClick={() => start.mutate(undefined)}>
      {t("run")}
    </Button>
  );
  return (
    <Page title={t("create")} subtitle={t("createText")} parent={{ label: t("title"), to: "/deal-desk" }} actions={run}>
      {start.isError ? <ProblemLine error={start.error} /> : null}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing={16} verticalSpacing={0}>
        <Stack gap={0}>
          <Card title={t("who")}>
            <SubjectFields draft={draft} onChange={onChange} />
          </Card>
          <Card title={t("plans")}>
            <Plans draft={draft} onChange={onChange} />
          </Card>
          <Card title={t("history")}>
            <HistoryFields draft={draft} onChange={onChange} />
          </Card>
        </Stack>
        <Card title={t("forecast")}>
          <ForecastFields draft={draft} onChange={onChange} />
        </Card>
      </SimpleGrid>
      <Group justify="flex-end" gap={12}>
        {question === null ? (
          <Text size="sm" c="dimmed">
            {t("missing")}
          </Text>
        ) : null}
        {run}
      </Group>
    </Page>
  );
}

interface PlansProps {
  readonly draft: DealDraft;
  readonly onChange: (part: Partial<DealDraft>) => void;
}

/** The proposed plan, and up to three beside it; today's is there by itself. */
function Plans({ draft, onChange }: PlansProps) {
  const { t } = useTranslation("dealdesk");
  const { others, programId } = draft;
  return (
    <Stack gap={18}>
      <PlanPicker
        label={t("proposed")}
        programId={programId}
        picked={draft.proposed}
        onChange={(proposed) => onChange({ proposed })}
      />
      {others.map((other, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a plan beside the proposed one is known by its place
        <Stack key={index} gap={8}>
          <PlanPicker
            label={t("other", { number: index + 1 })}
            programId={programId}
            picked={other}
            onChange={(picked) => onChange({ others: others.map((one, place) => (place === index ? picked : one)) })}
          />
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            w="fit-content"
            leftSection={<IconTrash size={14} />}
            onClick={() => onChange({ others: others.filter((_, place) => place !== index) })}
          >
            {t("removePlan", { number: index + 1 })}
          </Button>
        </Stack>
      ))}
      {others.length < MOST_OTHERS ? (
        <Button
          variant="default"
          size="compact-sm"
          w="fit-content"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange({ others: [...others, NO_PLAN] })}
        >
          {t("addPlan")}
        </Button>
      ) : null}
      <Text size="sm" c="dimmed">
        {t("todayIsThere")}
      </Text>
    </Stack>
  );
}
