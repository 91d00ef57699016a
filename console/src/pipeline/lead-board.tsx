import { Button, Group, SegmentedControl, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { Lead, LeadBoard, LeadDetail } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useGo } from "../kit/link.tsx";
import { complain } from "../kit/notices.ts";
import { Page } from "../kit/page.tsx";
import { Kanban } from "../kit/record/kanban.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";
import { LeadCard } from "./lead-card.tsx";
import { LoseForm, WinForm } from "./lead-ends.tsx";
import { PipelineNav } from "./pipeline-nav.tsx";
import { TOUCHED, useText } from "./words.ts";

/** Open leads by stage; a card is carried to another stage, or to one of the two ends. */
export function LeadBoardPage() {
  const { t } = useTranslation("pipeline");
  const { me, can } = useSession();
  const go = useGo();
  const program = useProgramQuery();
  const [mine, setMine] = useState("all");
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed, 250);
  const query = { ...program, ...(mine === "mine" ? { ownerUserId: me.id } : {}), q };
  const board = useRecord<LeadBoard>("/leads/board", query, { liveSeconds: 60 });
  return (
    <Page
      title={t("title")}
      subtitle={<PipelineNav here="board" />}
      actions={can("pipeline.write") ? <Button onClick={() => go("/leads?new=1")}>{t("newLead")}</Button> : undefined}
    >
      <Group mb="sm" gap="xs">
        <TextInput
          aria-label={t("search")}
          placeholder={t("search")}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          w={240}
        />
        <SegmentedControl
          value={mine}
          onChange={setMine}
          data={[
            { value: "all", label: t("everybodys") },
            { value: "mine", label: t("mine") },
          ]}
        />
      </Group>
      <Loaded query={board}>{(one) => <Columns board={one} />}</Loaded>
    </Page>
  );
}

type Ending = { readonly lead: Lead; readonly end: "won" | "lost" } | null;

function Columns({ board }: { readonly board: LeadBoard }) {
  const { t } = useTranslation("pipeline");
  const { can } = useSession();
  const format = useFormat();
  const text = useText();
  const [ending, setEnding] = useState<Ending>(null);
  const move = useChange<{ lead: Lead; stageId: string }, LeadDetail>({
    send: ({ lead, stageId }) => api.post(`/leads/${lead.id}/move`, { revision: lead.revision, stageId }),
    refresh: TOUCHED,
  });
  const note = (count: number, ftds: number) =>
    t("columnNote", { count: format.number(count), ftds: format.number(ftds) });
  const onMove = (lead: Lead, stageId: string) => {
    if (stageId === "won" || stageId === "lost") setEnding({ lead, end: stageId });
    else move.mutate({ lead, stageId }, { onError: (error) => complain(error.message, error.detail) });
  };
  return (
    <>
      <Kanban<Lead>
        label={t("title")}
        itemId={(one) => one.id}
        itemName={(one) => one.name}
        card={(one) => <LeadCard lead={one} />}
        empty={t("emptyColumn")}
        {...(can("pipeline.write") ? { onMove } : {})}
        columns={[
          ...board.columns.map((column) => ({
            id: column.stage.id,
            label: text(column.stage.names),
            note: note(column.count, column.expectedFtds),
            items: shown(column.leads, move.isPending ? move.variables : undefined, column.stage.id, board),
          })),
          ...(can("pipeline.write")
            ? [
                { id: "won", label: t("statuses.won"), items: [], end: "good" as const },
                { id: "lost", label: t("statuses.lost"), items: [], end: "bad" as const },
              ]
            : []),
        ]}
      />
      <WinForm lead={ending?.end === "won" ? ending.lead : null} onClose={() => setEnding(null)} />
      <LoseForm lead={ending?.end === "lost" ? ending.lead : null} onClose={() => setEnding(null)} />
    </>
  );
}

/** A card that is on its way is shown where it goes; it comes back when the server says no. */
function shown(
  leads: readonly Lead[],
  moving: { readonly lead: Lead; readonly stageId: string } | undefined,
  stage: string,
  board: LeadBoard,
): readonly Lead[] {
  if (moving === undefined || !board.columns.some((column) => column.stage.id === moving.stageId)) return leads;
  const rest = leads.filter((one) => one.id !== moving.lead.id);
  return stage === moving.stageId ? [moving.lead, ...rest] : rest;
}
