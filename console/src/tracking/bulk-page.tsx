import { Button, Checkbox, FileInput, Group, Stack, Textarea } from "@mantine/core";
import { IconDownload, IconUpload } from "@tabler/icons-react";
import type { BulkRefusal } from "@tributary/contract";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { saveFile } from "../kit/list/csv.ts";
import { NumberText } from "../kit/money-text.tsx";
import { Page } from "../kit/page.tsx";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";
import { Card, Figure, Figures } from "../kit/record/card.tsx";
import { type PlainColumn, PlainTable } from "../kit/record/plain-table.tsx";

/** What both files answer: how many rows are good, and what is wrong with the others. */
interface Outcome {
  readonly rows: number;
  readonly good: number;
  readonly refused: number;
  readonly refusals: readonly BulkRefusal[];
  readonly unknownColumns: readonly string[];
}

interface BulkPageProps<S extends { readonly row: number }, M extends Outcome> {
  readonly title: string;
  readonly text: string;
  readonly parent: { readonly label: string; readonly to: string };
  /** `POST /v1<resource>/bulk(/preview)`. */
  readonly resource: string;
  readonly columns: readonly string[];
  /** A row that shows how it is meant. */
  readonly example: string;
  /** What is shown of the first rows that are good. */
  readonly sample: readonly PlainColumn<S>[];
  readonly made?: (answer: M) => ReactNode;
}

/** A file becomes records: chosen or pasted, looked at row by row, then made. Nothing is made before it was shown. */
export function BulkPage<S extends { readonly row: number }, M extends Outcome>(page: BulkPageProps<S, M>) {
  const { t } = useTranslation("tracking");
  const [csv, setCsv] = useState("");
  const [skipRefused, setSkipRefused] = useState(false);
  const preview = useChange({
    send: (text: string) =>
      api.post<Outcome & { readonly sample: readonly S[] }>(`${page.resource}/bulk/preview`, { csv: text }),
    refresh: [],
  });
  const make = useChange({
    send: () => api.post<M>(`${page.resource}/bulk`, { csv, skipRefused }),
    refresh: [page.resource.slice(1), "audit"],
  });
  const change = (text: string) => {
    setCsv(text);
    preview.reset();
    make.reset();
  };
  const found = preview.data;
  const mayMake = found !== undefined && found.good > 0 && (found.refused === 0 || skipRefused);
  return (
    <Page title={page.title} subtitle={page.text} parent={page.parent}>
      <Source {...page} csv={csv} onChange={change} />
      <Group gap={8} mb={16}>
        <Button
          variant="default"
          disabled={csv.trim() === ""}
          loading={preview.isPending}
          onClick={() => preview.mutate(csv)}
        >
          {t("bulk.look")}
        </Button>
      </Group>
      {preview.isError ? <ProblemLine error={preview.error} /> : null}
      {make.data !== undefined ? (
        <>
          <NoteLine tone="good">{t("bulk.done", { count: make.data.good })}</NoteLine>
          {page.made?.(make.data)}
        </>
      ) : found === undefined ? null : (
        <>
          <Found outcome={found} />
          <SampleTable rows={found.sample} columns={page.sample} />
          <Stack gap={10}>
            {found.refused === 0 ? null : (
              <Checkbox
                label={t("bulk.skip", { count: found.refused })}
                checked={skipRefused}
                onChange={({ currentTarget }) => setSkipRefused(currentTarget.checked)}
              />
            )}
            {make.isError ? <ProblemLine error={make.error} /> : null}
            <div>
              <Button disabled={!mayMake} loading={make.isPending} onClick={() => make.mutate(undefined)}>
                {t("bulk.make", { count: found.good })}
              </Button>
            </div>
          </Stack>
        </>
      )}
    </Page>
  );
}

interface SourceProps {
  readonly columns: readonly string[];
  readonly example: string;
  readonly resource: string;
  readonly csv: string;
  readonly onChange: (text: string) => void;
}

/** A file, or rows from the clipboard; and the template to fill in. */
function Source({ columns, example, resource, csv, onChange }: SourceProps) {
  const { t } = useTranslation("tracking");
  const template = `${columns.join(",")}\n${example}\n`;
  return (
    <Card
      title={t("bulk.file")}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} />}
          onClick={() => saveFile(`${resource.slice(1)}-template.csv`, template)}
        >
          {t("bulk.template")}
        </Button>
      }
    >
      <Stack gap={10}>
        <FileInput
          label={t("bulk.choose")}
          accept=".csv,text/csv"
          leftSection={<IconUpload size={14} />}
          onChange={(file) => void file?.text().then((text) => onChange(text.replace(/^\uFEFF/, "")))}
        />
        <Textarea
          label={t("bulk.paste")}
          placeholder={template}
          autosize
          minRows={6}
          maxRows={14}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: "0.75rem" } }}
          value={csv}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      </Stack>
    </Card>
  );
}

function SampleTable<S extends { readonly row: number }>(props: {
  readonly rows: readonly S[];
  readonly columns: readonly PlainColumn<S>[];
}) {
  const { t } = useTranslation("tracking");
  if (props.rows.length === 0) return null;
  const row: PlainColumn<S> = { id: "row", label: t("bulk.row"), align: "end", cell: (one) => one.row };
  return (
    <Card title={t("bulk.sample")} flush>
      <PlainTable<S>
        label={t("bulk.sample")}
        rows={props.rows}
        rowId={(one) => String(one.row)}
        columns={[row, ...props.columns]}
      />
    </Card>
  );
}

/** How many rows are good, and what is wrong with the others. */
function Found({ outcome }: { readonly outcome: Outcome }) {
  const { t } = useTranslation("tracking");
  return (
    <>
      <Figures>
        <Figure label={t("bulk.rows")} value={<NumberText value={outcome.rows} />} />
        <Figure label={t("bulk.good")} value={<NumberText value={outcome.good} />} />
        <Figure label={t("bulk.refused")} value={<NumberText value={outcome.refused} />} />
      </Figures>
      {outcome.unknownColumns.length === 0 ? null : (
        <NoteLine tone="warn">{t("bulk.unknownColumns", { columns: outcome.unknownColumns.join(", ") })}</NoteLine>
      )}
      {outcome.refusals.length === 0 ? null : (
        <Card title={t("bulk.refusals")} flush>
          <PlainTable<BulkRefusal>
            label={t("bulk.refusals")}
            rows={outcome.refusals}
            rowId={(one) => `${one.row} ${one.field} ${one.message}`}
            columns={[
              { id: "row", label: t("bulk.row"), align: "end", cell: (one) => one.row },
              { id: "field", label: t("bulk.column"), cell: (one) => one.field },
              { id: "value", label: t("bulk.value"), cell: (one) => one.value || "–" },
              {
                id: "message",
                label: t("bulk.wrong"),
                cell: (one) => (
                  <>
                    {one.message} {one.hint === undefined ? null : <small>{one.hint}</small>}
                  </>
                ),
              },
            ]}
          />
        </Card>
      )}
    </>
  );
}
