import { Button, Group, Select, SimpleGrid } from "@mantine/core";
import type { BankAccount, BankFile, BankSheetMapping } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { AgoText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { FILE_TONES } from "./states.ts";

const ROLES = [
  "bookingDate", "valueDate", "amount", "debit", "credit", "direction", "currency", "balance", "description", "counterpartyName", "counterpartyAccount", "reference",
  "endToEndId", "fee", "status",
] as const; // biome-ignore format: a list of words

/** A bank's file: what it was read to, or which of its columns is what. */
export function BankFileRecord() {
  const id = useParam("id");
  const file = useRecord<BankFile>(`/reconciliation/bank-files/${id}`);
  const accounts = useRecord<{ data: readonly BankAccount[] }>("/reconciliation/bank-accounts");
  return <Loaded query={file}>{(one) => <FilePage file={one} accounts={accounts.data?.data ?? []} />}</Loaded>;
}

function FilePage({ file, accounts }: { readonly file: BankFile; readonly accounts: readonly BankAccount[] }) {
  const { t } = useTranslation("reconciliation");
  const format = useFormat();
  return (
    <RecordPage
      title={file.name}
      parent={{ label: t("bank"), to: "/reconciliation?tab=files" }}
      badge={<StatusBadge state={file.state} label={t(`fileState.${file.state}`)} tones={FILE_TONES} />}
      {...(file.sentence !== null && {
        next: {
          title: t(`fileState.${file.state}`),
          text: file.sentence,
          tone: file.state === "refused" ? ("bad" as const) : ("warn" as const),
        },
      })}
      facts={[
        { label: t("format"), value: file.variant ?? file.format ?? "–" },
        { label: t("size"), value: `${format.number(Math.ceil(file.size / 1024))} KB` },
        { label: t("takenAt"), value: <AgoText at={file.uploadedAt} /> },
      ]}
      tabs={[
        file.guess === null
          ? { id: "outcome", label: t("tabs.outcome"), content: () => <Outcome file={file} /> }
          : { id: "mapping", label: t("tabs.mapping"), content: () => <Mapping file={file} accounts={accounts} /> },
      ]}
    />
  );
}

function Outcome({ file }: { readonly file: BankFile }) {
  const { t } = useTranslation("reconciliation");
  const format = useFormat();
  return (
    <Card title={t("tabs.outcome")}>
      <Properties
        items={[
          [t("account"), file.bankAccountId === null ? "–" : <NameText key="a" id={file.bankAccountId} />],
          [t("tabs.statements"), format.number(file.statements)],
          [t("entries"), format.number(file.entries)],
          [t("fresh"), format.number(file.fresh)],
          [t("pending"), format.number(file.pending)],
          [t("uploadedBy"), <NameText key="u" id={file.uploadedBy} />],
        ]}
      />
    </Card>
  );
}

function Mapping({ file, accounts }: { readonly file: BankFile; readonly accounts: readonly BankAccount[] }) {
  const { t } = useTranslation("reconciliation");
  const [mapping, setMapping] = useState<BankSheetMapping>(file.guess?.mapping ?? {});
  const [account, setAccount] = useState<string | null>(file.bankAccountId ?? accounts[0]?.id ?? null);
  const read = useChange({
    send: () => api.post<BankFile>(`/reconciliation/bank-files/${file.id}/read`, { mapping, bankAccountId: account }),
    refresh: ["reconciliation", "audit"],
  });
  const choose = (role: string, column: string | null) => {
    const { [role]: _before, ...others } = mapping.columns ?? {};
    setMapping({ ...mapping, columns: column === null ? others : { ...others, [role]: column } });
  };
  const titles = [...new Set((file.guess?.titles ?? []).filter((title) => title !== ""))];
  return (
    <>
      {file.guess?.doubts.map((doubt) => (
        <NoteLine key={doubt} tone="warn">
          {doubt}
        </NoteLine>
      ))}
      <Card title={t("whichColumn")}>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
          <Select
            label={t("account")}
            required
            data={accounts.map((one) => ({ value: one.id, label: `${one.name} · ${one.currency}` }))}
            value={account}
            onChange={setAccount}
          />
          {ROLES.map((role) => (
            <Select
              key={role}
              label={t(`role.${role}`)}
              clearable
              searchable
              placeholder={t("noColumn")}
              data={titles}
              value={columnOf(mapping, role)}
              onChange={(column) => choose(role, column)}
            />
          ))}
          <Writing mapping={mapping} change={setMapping} />
        </SimpleGrid>
      </Card>
      <Card title={t("because")}>
        <ul>
          {file.guess?.because.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </Card>
      {read.isError ? <ProblemLine error={read.error} /> : null}
      <Group mt={12}>
        <Button loading={read.isPending} disabled={account === null} onClick={() => read.mutate(undefined)}>
          {t("readFile")}
        </Button>
      </Group>
    </>
  );
}

function columnOf(mapping: BankSheetMapping, role: string): string | null {
  const column = mapping.columns?.[role];
  const first = Array.isArray(column) ? column[0] : column;
  return first === undefined ? null : String(first);
}

/** How dates and amounts are written. */
function Writing({
  mapping,
  change,
}: {
  readonly mapping: BankSheetMapping;
  readonly change: (next: BankSheetMapping) => void;
}) {
  const { t } = useTranslation("reconciliation");
  return (
    <>
      <Select
        label={t("dateOrder")}
        clearable
        data={["dmy", "mdy", "ymd"].map((value) => ({ value, label: t(`order.${value}`) }))}
        value={mapping.dateOrder ?? null}
        onChange={(value) => change({ ...mapping, dateOrder: (value ?? undefined) as "dmy" })}
      />
      <Select
        label={t("decimal")}
        clearable
        data={[
          { value: ".", label: "1,234.50" },
          { value: ",", label: "1.234,50" },
        ]}
        value={mapping.decimal ?? null}
        onChange={(value) => change({ ...mapping, decimal: (value ?? undefined) as "." })}
      />
    </>
  );
}
