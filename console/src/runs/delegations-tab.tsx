import { Button } from "@mantine/core";
import { NewRunDelegation, type RunDelegation } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Page } from "../api/client.ts";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { DayText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { TOUCHED } from "./states.ts";

/** Who approves in whose place, and until when. */
export function DelegationsTab() {
  const { t } = useTranslation("runs");
  const [asked, setAsked] = useState(false);
  const [ending, setEnding] = useState<RunDelegation | null>(null);
  const delegations = useRecord<Page<RunDelegation>>("/runs/delegations", { limit: 100 });
  return (
    <Loaded query={delegations}>
      {({ data }) => (
        <Card
          title={t("delegations")}
          flush
          actions={
            <Button size="xs" onClick={() => setAsked(true)}>
              {t("delegate")}
            </Button>
          }
        >
          <DelegationTable rows={data} onEnd={setEnding} />
          <NewDelegation opened={asked} onClose={() => setAsked(false)} />
          {ending === null ? null : (
            <ConfirmDialog
              opened
              onClose={() => setEnding(null)}
              title={t("endNow")}
              text={t("endNowText")}
              action={t("endNow")}
              send={() => api.post(`/runs/delegations/${ending.id}/end`, {})}
              refresh={TOUCHED}
            />
          )}
        </Card>
      )}
    </Loaded>
  );
}

function stateOf(one: RunDelegation): "ended" | "later" | "active" {
  const today = new Date().toISOString().slice(0, 10);
  if (one.endedAt !== null || one.validTo < today) return "ended";
  return one.validFrom > today ? "later" : "active";
}

function DelegationTable({
  rows,
  onEnd,
}: {
  readonly rows: readonly RunDelegation[];
  readonly onEnd: (one: RunDelegation) => void;
}) {
  const { t } = useTranslation("runs");
  return (
    <PlainTable
      label={t("delegations")}
      rows={rows}
      rowId={(one) => one.id}
      empty={
        <p style={{ padding: "10px 14px", margin: 0, color: "var(--mantine-color-dimmed)" }}>{t("noDelegations")}</p>
      }
      columns={[
        { id: "from", label: t("whoseRight"), cell: (one) => <NameText id={one.fromUserId} /> },
        { id: "to", label: t("standsIn"), cell: (one) => <NameText id={one.toUserId} /> },
        { id: "levels", label: t("level"), cell: (one) => one.levels.map((level) => t(`levels.${level}`)).join(", ") },
        { id: "first", label: t("firstDay"), cell: (one) => <DayText day={one.validFrom} /> },
        { id: "last", label: t("lastDay"), cell: (one) => <DayText day={one.validTo} /> },
        { id: "why", label: t("reason"), cell: (one) => one.reason },
        {
          id: "state",
          label: t("state"),
          cell: (one) => <StatusBadge plain state={stateOf(one)} label={t(`delegationState.${stateOf(one)}`)} />,
        },
        {
          id: "end",
          label: "",
          align: "end",
          cell: (one) =>
            stateOf(one) === "ended" ? null : (
              <Button size="compact-xs" variant="default" onClick={() => onEnd(one)}>
                {t("endNow")}
              </Button>
            ),
        },
      ]}
    />
  );
}

function NewDelegation({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("runs");
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("delegate")}
      submit={t("delegate")}
      schema={NewRunDelegation}
      initial={
        { toUserId: "", validFrom: "", validTo: "", levels: ["regional", "central", "finance"], reason: "" } as never
      }
      fields={[
        { kind: "note", name: "note", label: "", content: t("delegateText") },
        {
          kind: "record",
          name: "toUserId",
          label: t("standsIn"),
          required: true,
          resource: "/users",
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        { kind: "day", name: "validFrom", label: t("firstDay"), required: true, half: true },
        { kind: "day", name: "validTo", label: t("lastDay"), required: true, half: true },
        {
          kind: "choices",
          name: "levels",
          label: t("level"),
          options: (["regional", "central", "finance"] as const).map((value) => ({
            value,
            label: t(`levels.${value}`),
          })),
        },
        { kind: "textarea", name: "reason", label: t("reason"), required: true, rows: 2 },
      ]}
      send={(values, key) => api.post<RunDelegation>("/runs/delegations", values, key)}
      done={() => undefined}
      refresh={TOUCHED}
    />
  );
}
