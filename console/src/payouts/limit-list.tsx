import { ActionIcon, Button, Group, Select, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import type { PayoutChange, PayoutLimit, PayoutLimits, User } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Page } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { type PlainColumn, PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { AmountCell } from "../money/amount-cell.tsx";
import { useSession } from "../session/session.tsx";
import { EVERYBODY, LimitTable } from "./limit-table.tsx";
import { OpenChanges } from "./open-changes.tsx";

/** Up to where people may release a batch. A new list is proposed as a whole, and a second person puts it in force. */
export function LimitList() {
  const { t } = useTranslation("payouts");
  const limits = useRecord<PayoutLimits>("/payout-limits");
  const changes = useRecord<Page<PayoutChange>>("/payout-changes", { state: "proposed" });
  const open = (changes.data?.data ?? []).filter((one) => one.kind === "limits");
  return (
    <RecordPage
      title={t("limits")}
      parent={{ label: t("accounts"), to: "/payout-accounts" }}
      subtitle={t("limitsText")}
      tabs={[
        {
          id: "limits",
          label: t("limits"),
          content: () => (
            <>
              <OpenChanges changes={open} />
              <Loaded query={limits}>{(now) => <Limits now={now.limits} waits={open.length > 0} />}</Loaded>
            </>
          ),
        },
      ]}
    />
  );
}

function Limits({ now, waits }: { readonly now: readonly PayoutLimit[]; readonly waits: boolean }) {
  const { t } = useTranslation("payouts");
  const { can } = useSession();
  const [typed, setTyped] = useState<readonly PayoutLimit[] | null>(null);
  if (typed !== null) return <LimitForm rows={typed} onChange={setTyped} onClose={() => setTyped(null)} />;
  return (
    <Card title={t("limits")} flush>
      <LimitTable rows={now} empty={t("noLimits")} />
      {can("payouts.write") && !waits ? (
        <Button size="xs" variant="default" m={12} onClick={() => setTyped(now)}>
          {t("changeLimits")}
        </Button>
      ) : null}
    </Card>
  );
}

interface LimitFormProps {
  readonly rows: readonly PayoutLimit[];
  readonly onChange: (rows: readonly PayoutLimit[]) => void;
  readonly onClose: () => void;
}

function LimitForm({ rows, onChange, onClose }: LimitFormProps) {
  const { t } = useTranslation("payouts");
  const propose = useChange<readonly PayoutLimit[], PayoutChange>({
    send: (limits) => api.put("/payout-limits", { limits }),
    refresh: ["payout-changes", "payout-limits", "audit"],
    done: onClose,
  });
  return (
    <Card title={t("changeLimits")} flush>
      <PlainTable
        label={t("changeLimits")}
        rows={rows.map((row, at) => ({ row, at }))}
        rowId={({ at }) => String(at)}
        columns={useTypedColumns(rows, onChange)}
      />
      {propose.isError ? <ProblemLine error={propose.error} /> : null}
      <Group m={12} gap="xs">
        <Button
          size="xs"
          variant="default"
          onClick={() => onChange([...rows, { person: EVERYBODY, currency: "EUR", limit: "0" }])}
        >
          {t("addLimit")}
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button size="xs" loading={propose.isPending} onClick={() => propose.mutate(rows)}>
          {t("proposeLimits")}
        </Button>
      </Group>
    </Card>
  );
}

type Row = { readonly row: PayoutLimit; readonly at: number };

function useTypedColumns(
  rows: readonly PayoutLimit[],
  onChange: (rows: readonly PayoutLimit[]) => void,
): readonly PlainColumn<Row>[] {
  const { t } = useTranslation("payouts");
  const users = useRecord<Page<User>>("/users", { limit: 200 });
  const people = (users.data?.data ?? []).map((one) => ({ value: one.id, label: one.name }));
  const change = (at: number, part: Partial<PayoutLimit>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row)));
  return [
    {
      id: "person",
      label: t("releaser"),
      cell: ({ row, at }) => (
        <Select
          aria-label={t("releaser")}
          size="xs"
          w={220}
          searchable
          allowDeselect={false}
          value={row.person}
          data={[{ value: EVERYBODY, label: t("everybodyElse") }, ...people]}
          onChange={(person) => change(at, { person: person ?? row.person })}
        />
      ),
    },
    {
      id: "currency",
      label: t("currency"),
      cell: ({ row, at }) => (
        <TextInput
          aria-label={t("currency")}
          size="xs"
          w={80}
          value={row.currency}
          onChange={(event) => change(at, { currency: event.currentTarget.value.toUpperCase().slice(0, 3) })}
        />
      ),
    },
    {
      id: "limit",
      label: t("limit"),
      cell: ({ row, at }) => (
        <AmountCell
          label={t("limit")}
          currency={row.currency}
          minor={row.limit}
          onChange={(limit) => change(at, { limit })}
        />
      ),
    },
    {
      id: "remove",
      label: "",
      align: "end",
      cell: ({ at }) => (
        <ActionIcon
          size={24}
          aria-label={t("remove")}
          onClick={() => onChange(rows.filter((_, index) => index !== at))}
        >
          <IconTrash size={14} />
        </ActionIcon>
      ),
    },
  ];
}
