import { Button, Group, Select } from "@mantine/core";
import type { ProcedureChange, ProcedureListed, ProcedureVersion } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import type { Page } from "../api/client.ts";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { DateText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { Go, useGo, useParam } from "../kit/link.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useActorName } from "../session/actor-text.ts";
import { useHistory } from "../session/history.ts";
import { useSession } from "../session/session.tsx";
import { CasePanel } from "./case-list.tsx";
import { ChangeLines } from "./change-lines.tsx";
import { Handbook } from "./handbook.tsx";
import { MigrationDialog } from "./migration-dialog.tsx";
import css from "./procedures.module.css";
import { TOUCHED } from "./states.ts";
import { textOf } from "./texts.ts";

type Versions = Page<Omit<ProcedureVersion, "definition" | "yaml">>;

/** A procedure: its handbook, its cases, its versions and what they differ in. */
export function ProcedureRecord() {
  const id = useParam("id");
  const version = useRecord<ProcedureVersion>(`/procedures/${id}/versions/newest`);
  return <Loaded query={version}>{(one) => <OneProcedure newest={one} />}</Loaded>;
}

function OneProcedure({ newest }: { readonly newest: ProcedureVersion }) {
  const { t, i18n } = useTranslation("procedures");
  const { can } = useSession();
  const go = useGo();
  const [starting, setStarting] = useState(false);
  const timeline = useHistory("procedure_version", newest.id);
  const byWhom = useActorName();
  const { definition, procedure } = newest;
  return (
    <RecordPage
      title={textOf(definition.title, i18n.language)}
      parent={{ label: t("title"), to: "/procedures" }}
      badge={
        <StatusBadge
          state={newest.state === "draft" ? "draft" : "active"}
          label={t(`versionStates.${newest.state}`, { version: newest.version })}
        />
      }
      actions={
        <Group gap="xs">
          <Button variant="default" onClick={() => go(`/procedures/${procedure}/handbook`)}>
            {t("handbook")}
          </Button>
          {can("procedures.write") &&
          definition.subject === "partner" &&
          newest.version > (newest.state === "draft" ? 1 : 0) ? (
            <Button variant="default" onClick={() => setStarting(true)}>
              {t("startCase")}
            </Button>
          ) : null}
          {can("procedures.approve") ? (
            <Button onClick={() => go(`/procedures/${procedure}/edit`)}>{t("edit")}</Button>
          ) : null}
          <StartDialog opened={starting} onClose={() => setStarting(false)} procedure={procedure} />
        </Group>
      }
      facts={[
        { label: t("stages"), value: String(definition.stages.length) },
        { label: t("startsWith"), value: definition.starts.map((start) => t(`starts.${start}`)).join(", ") },
        { label: t("savedBy"), value: byWhom(newest.savedBy) },
        { label: t("savedAt"), value: <DateText at={newest.savedAt} /> },
      ]}
      tabs={[
        { id: "handbook", label: t("handbook"), content: () => <Handbook definition={definition} /> },
        { id: "cases", label: t("cases.title"), content: () => <CasePanel fixed={{ procedure }} withPartner /> },
        { id: "versions", label: t("versions"), content: () => <VersionsTab procedure={procedure} /> },
      ]}
      timeline={timeline}
    />
  );
}

function StartDialog({
  opened,
  onClose,
  procedure,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly procedure: string;
}) {
  const { t } = useTranslation("procedures");
  const go = useGo();
  return (
    <FormDialog<{ readonly subjectId: string; readonly programId: string }, { readonly id: string }>
      opened={opened}
      onClose={onClose}
      title={t("startCase")}
      submit={t("startCase")}
      schema={z.object({ subjectId: z.string().min(1), programId: z.string().optional() })}
      initial={{ subjectId: "", programId: "" }}
      fields={[
        {
          kind: "record",
          name: "subjectId",
          label: t("partner"),
          resource: "/partners",
          required: true,
          toOption: (row: { readonly id: string; readonly name: string }) => ({ value: row.id, label: row.name }),
        },
        {
          kind: "record",
          name: "programId",
          label: t("program"),
          hint: t("programHint"),
          resource: "/programs",
          toOption: (row: { readonly id: string; readonly name: string }) => ({ value: row.id, label: row.name }),
        },
      ]}
      send={(values, key) => api.post<{ readonly id: string }>("/procedure-cases", { ...values, procedure }, key)}
      done={({ id }) => go(`/procedure-cases/${id}`)}
      refresh={TOUCHED}
    />
  );
}

function VersionsTab({ procedure }: { readonly procedure: string }) {
  const versions = useRecord<Versions>(`/procedures/${procedure}/versions`, { limit: 100 });
  return <Loaded query={versions}>{({ data }) => <VersionTable procedure={procedure} versions={data} />}</Loaded>;
}

function VersionTable({ procedure, versions }: { readonly procedure: string; readonly versions: Versions["data"] }) {
  const byWhom = useActorName();
  const { t } = useTranslation("procedures");
  const { can } = useSession();
  const listed = useRecord<Page<ProcedureListed>>("/procedures", { limit: 100 });
  const older = listed.data?.data.find((one) => one.procedure === procedure)?.older ?? 0;
  const published = versions.find(({ state }) => state === "published");
  const [migrating, setMigrating] = useState(false);
  return (
    <>
      <Card
        title={t("versions")}
        flush
        actions={
          older > 0 && published !== undefined && can("procedures.approve") ? (
            <Button size="xs" variant="default" onClick={() => setMigrating(true)}>
              {t("migrate", { count: older })}
            </Button>
          ) : null
        }
      >
        <PlainTable
          label={t("versions")}
          rows={versions}
          rowId={(one) => one.id}
          columns={[
            {
              id: "version",
              label: t("version"),
              cell: (one) => (
                <Go quiet to={`/procedures/${procedure}/handbook?version=${one.version}`}>
                  {t(`versionStates.${one.state}`, { version: one.version })}
                </Go>
              ),
            },
            { id: "running", label: t("runningCases"), align: "end", cell: (one) => String(one.running) },
            { id: "by", label: t("publishedBy"), cell: (one) => byWhom(one.publishedBy ?? one.savedBy) },
            { id: "at", label: t("publishedAt"), cell: (one) => <DateText at={one.publishedAt ?? one.savedAt} /> },
            { id: "summary", label: t("summary"), cell: (one) => one.summary },
          ]}
        />
      </Card>
      <Differences procedure={procedure} versions={versions.map(({ version }) => version)} />
      {published === undefined ? null : (
        <MigrationDialog
          opened={migrating}
          onClose={() => setMigrating(false)}
          procedure={procedure}
          version={published.version}
        />
      )}
    </>
  );
}

function Differences({ procedure, versions }: { readonly procedure: string; readonly versions: readonly number[] }) {
  const { t } = useTranslation("procedures");
  const [to, setTo] = useState(String(versions[0] ?? 1));
  const [from, setFrom] = useState(String(versions[1] ?? versions[0] ?? 1));
  const changes = useRecord<{ readonly data: readonly ProcedureChange[] }>(`/procedures/${procedure}/differences`, {
    from,
    to,
  });
  if (versions.length < 2) return null;
  const options = versions.map((version) => ({ value: String(version), label: t("versionNumber", { version }) }));
  return (
    <Card title={t("differences")}>
      <Group gap="xs" mb="sm">
        <Select size="xs" label={t("from")} data={options} value={from} onChange={(value) => setFrom(value ?? from)} />
        <Select size="xs" label={t("to")} data={options} value={to} onChange={(value) => setTo(value ?? to)} />
      </Group>
      <Loaded query={changes}>
        {({ data }) =>
          data.length === 0 ? <p className={css.note}>{t("noDifference")}</p> : <ChangeLines changes={data} />
        }
      </Loaded>
    </Card>
  );
}
