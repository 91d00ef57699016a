import { Button, Group, TextInput } from "@mantine/core";
import type { AccountingSetUp } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";

const FIELDS = ["consultant", "client", "yearBegins", "taxName"] as const;
type Code = AccountingSetUp["codes"][number];

/** What accounting calls the ledger's accounts. */
export function CodesTab() {
  const setUp = useRecord<AccountingSetUp>("/accounting/set-up");
  return <Loaded query={setUp}>{(one) => <Codes key={one.revision} setUp={one} />}</Loaded>;
}

function Codes({ setUp }: { readonly setUp: AccountingSetUp }) {
  const { t } = useTranslation("reconciliation");
  const { can } = useSession();
  const missing = setUp.missing.map((kind): Code => ({ kind, owner: "", currency: "", code: "", name: "" }));
  const [codes, setCodes] = useState<readonly Code[]>([...setUp.codes, ...missing]);
  const [settings, setSettings] = useState(setUp.settings);
  const save = useChange({
    send: () =>
      api.put<AccountingSetUp>("/accounting/set-up", {
        revision: setUp.revision,
        settings,
        codes: codes.filter((one) => one.code !== ""),
      }),
    refresh: ["accounting", "audit"],
  });
  const change = (at: number, part: Partial<Code>) =>
    setCodes((before) => before.map((one, index) => (index === at ? { ...one, ...part } : one)));
  const disabled = !can("ledger.write");
  return (
    <>
      {setUp.missing.length === 0 ? null : (
        <NoteLine tone="warn">{t("codesMissing", { count: setUp.missing.length })}</NoteLine>
      )}
      <CodeTable codes={codes} disabled={disabled} change={change} />
      <Card title={t("programs")}>
        <Group align="flex-end">
          {FIELDS.map((field) => (
            <TextInput
              key={field}
              label={t(`setting.${field}`)}
              disabled={disabled}
              value={settings[field]}
              onChange={(event) => setSettings({ ...settings, [field]: event.currentTarget.value })}
            />
          ))}
        </Group>
      </Card>
      {save.isError ? <ProblemLine error={save.error} /> : null}
      {disabled ? null : (
        <Group mt={12}>
          <Button loading={save.isPending} onClick={() => save.mutate(undefined)}>
            {t("save")}
          </Button>
        </Group>
      )}
    </>
  );
}

interface CodeTableProps {
  readonly codes: readonly Code[];
  readonly disabled: boolean;
  readonly change: (at: number, part: Partial<Code>) => void;
}

function CodeTable({ codes, disabled, change }: CodeTableProps) {
  const { t } = useTranslation("reconciliation");
  return (
    <Card title={t("tabs.codes")} flush>
      <PlainTable
        label={t("tabs.codes")}
        rows={codes.map((one, at) => ({ one, at }))}
        rowId={({ at }) => String(at)}
        columns={[
          {
            id: "kind",
            label: t("account"),
            cell: ({ one }) => `${t(`accountKind.${one.kind}`)} ${one.owner} ${one.currency}`.trim(),
          },
          {
            id: "code",
            label: t("code"),
            cell: ({ one, at }) => (
              <TextInput
                size="xs"
                aria-label={`${t("code")} ${one.kind} ${at}`}
                disabled={disabled}
                value={one.code}
                onChange={(event) => change(at, { code: event.currentTarget.value })}
              />
            ),
          },
          {
            id: "name",
            label: t("name"),
            cell: ({ one, at }) => (
              <TextInput
                size="xs"
                aria-label={`${t("name")} ${one.kind} ${at}`}
                disabled={disabled}
                value={one.name}
                onChange={(event) => change(at, { name: event.currentTarget.value })}
              />
            ),
          },
        ]}
      />
    </Card>
  );
}
