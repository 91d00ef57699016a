import { Button, FileInput, Group, Select } from "@mantine/core";
import type { LeadFileResult } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { csvField, saveFile } from "../kit/list/csv.ts";
import { Page } from "../kit/page.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card, Figure, Figures } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { PipelineNav } from "./pipeline-nav.tsx";
import { TOUCHED } from "./words.ts";

const FIELDS = [
  "name",
  "contactName",
  "email",
  "phone",
  "website",
  "country",
  "language",
  "kind",
  "vertical",
  "source",
  "recruiter",
  "externalRef",
  "telegram",
  "skype",
  "expectedFtds",
  "nextStep",
  "note",
  "tags",
] as const;

/** Leads out of a file: which column is what, what would happen, and then for good. */
export function ImportPage() {
  const { t } = useTranslation("pipeline");
  const [file, setFile] = useState<File | null>(null);
  const [mapping, setMapping] = useState<Readonly<Record<string, string>>>({});
  const look = useChange<boolean, LeadFileResult>({
    send: async (run) => {
      const content = await base64Of(file as File);
      return await api.post<LeadFileResult>("/lead-files", { name: file?.name ?? "", content, mapping, run });
    },
    refresh: TOUCHED,
    done: (result) => setMapping(result.mapping),
  });
  const done = look.variables === true && look.isSuccess;
  return (
    <Page title={t("import")} subtitle={<PipelineNav here="import" />}>
      <Card title={t("file")}>
        <Group align="flex-end">
          <FileInput
            label={t("file")}
            placeholder={t("chooseFile")}
            w={320}
            value={file}
            accept=".csv,.tsv,.txt,.xlsx,.xls,.xlsb,.ods"
            onChange={(one) => {
              setFile(one);
              setMapping({});
              look.reset();
            }}
          />
          <Button
            variant="default"
            disabled={file === null}
            loading={look.isPending}
            onClick={() => look.mutate(false)}
          >
            {t("lookAtFile")}
          </Button>
          <Button
            disabled={look.data === undefined || done || look.data.taken === 0}
            loading={look.isPending}
            onClick={() => look.mutate(true)}
          >
            {t("takeFile")}
          </Button>
        </Group>
        {look.isError ? <ProblemLine error={look.error} /> : null}
      </Card>
      {look.data === undefined ? null : (
        <Result
          result={look.data}
          done={done}
          mapping={mapping}
          onMapping={(field, column) => setMapping({ ...mapping, [field]: column })}
        />
      )}
    </Page>
  );
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(text);
}

interface ResultProps {
  readonly result: LeadFileResult;
  readonly done: boolean;
  readonly mapping: Readonly<Record<string, string>>;
  readonly onMapping: (field: string, column: string) => void;
}

function Result({ result, done, mapping, onMapping }: ResultProps) {
  const { t } = useTranslation("pipeline");
  const format = useFormat();
  const rejects = () =>
    saveFile(
      "rejects.csv",
      [
        ["line", "field", "value", "detail"],
        ...result.rejects.map((one) => [one.line, one.field, one.value, one.detail]),
      ]
        .map((row) => row.map(csvField).join(","))
        .join("\r\n"),
    );
  return (
    <>
      <Figures>
        <Figure label={t("rowsOfFile")} value={format.number(result.rows)} />
        <Figure label={t(done ? "takenRows" : "wouldTake")} value={format.number(result.taken)} />
        <Figure label={t("alikeRows")} value={format.number(result.alike)} />
        <Figure label={t("knownRows")} value={format.number(result.known)} />
        <Figure label={t("rejects")} value={format.number(result.rejects.length)} />
      </Figures>
      {done ? null : (
        <Card title={t("mapping")}>
          <Group gap={8} align="flex-end">
            {FIELDS.map((field) => (
              <Select
                key={field}
                label={t(`columns.${field}`)}
                w={180}
                clearable
                searchable
                data={[...new Set(result.columns)]}
                value={mapping[field] || null}
                onChange={(column) => onMapping(field, column ?? "")}
              />
            ))}
          </Group>
        </Card>
      )}
      {result.rejects.length === 0 ? null : (
        <Card
          title={t("rejects")}
          flush
          actions={
            <Button size="compact-sm" variant="default" onClick={rejects}>
              {t("csv")}
            </Button>
          }
        >
          <PlainTable
            label={t("rejects")}
            rows={result.rejects.slice(0, 200)}
            rowId={(one) => `${one.line} ${one.field} ${one.detail}`}
            columns={[
              { id: "line", label: t("line"), cell: (one) => one.line },
              { id: "field", label: t("field"), cell: (one) => one.field },
              { id: "value", label: t("value"), cell: (one) => one.value },
              { id: "detail", label: t("because"), cell: (one) => one.detail },
            ]}
          />
        </Card>
      )}
    </>
  );
}
