import { FileInput, PasswordInput, SegmentedControl, Select, TextInput } from "@mantine/core";
import type { Import, ImportConnection, ImportVendor } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { FormDialogFrame } from "../kit/dialog-frame.tsx";
import { useGo } from "../kit/link.tsx";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";
import { useSession } from "../session/session.tsx";

const ACCEPTED = ".csv,.tsv,.txt,.json,.ndjson,.jsonl,.xlsx,.gz";
const BY_API = ["rewardful", "tapfiliate", "partnerstack", "impact", "dub"] as const;

interface Entry {
  readonly way: "files" | "api";
  readonly programId: string;
  readonly files: readonly File[];
  readonly vendor: ImportVendor;
  readonly account: string;
  readonly key: string;
}

/** Opens an import: of export files, or of what a platform's API answers. */
export function NewImportDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("imports");
  const go = useGo();
  const { programs, program } = useSession();
  const [entry, setEntry] = useState<Entry>({
    way: "files",
    programId: program?.id ?? programs[0]?.id ?? "",
    files: [],
    vendor: "rewardful",
    account: "",
    key: "",
  });
  const put = (change: Partial<Entry>) => setEntry({ ...entry, ...change });
  const start = useChange<Entry, string>({
    send: (given) => (given.way === "files" ? openFiles(given) : openApi(given)),
    refresh: ["imports"],
    done: (id) => go(`/imports/${id}`),
  });
  const ready =
    entry.programId !== "" &&
    (entry.way === "files"
      ? entry.files.length > 0
      : entry.key !== "" && (entry.vendor !== "impact" || entry.account !== ""));
  return (
    <FormDialogFrame
      opened={opened}
      wide
      title={t("create")}
      submit={t(entry.way === "files" ? "upload" : "fetch")}
      onClose={onClose}
      onSubmit={() => start.mutate(entry)}
      ready={ready}
      busy={start.isPending}
    >
      <SegmentedControl
        aria-label={t("way")}
        value={entry.way}
        onChange={(way) => put({ way: way as Entry["way"] })}
        data={[
          { value: "files", label: t("byFiles") },
          { value: "api", label: t("byApi") },
        ]}
      />
      <Select
        label={t("program")}
        data={programs.map((one) => ({ value: one.id, label: one.name }))}
        value={entry.programId}
        onChange={(programId) => put({ programId: programId ?? "" })}
        allowDeselect={false}
      />
      {entry.way === "files" ? (
        <FileInput
          multiple
          required
          label={t("files")}
          description={t("filesHint")}
          placeholder={t("choose")}
          accept={ACCEPTED}
          value={[...entry.files]}
          onChange={(files) => put({ files })}
        />
      ) : (
        <ApiFields entry={entry} put={put} />
      )}
      {start.isError ? <ProblemLine error={start.error} /> : null}
    </FormDialogFrame>
  );
}

function ApiFields({ entry, put }: { readonly entry: Entry; readonly put: (change: Partial<Entry>) => void }) {
  const { t } = useTranslation("imports");
  const withAccount = entry.vendor === "impact" || entry.vendor === "partnerstack";
  return (
    <>
      <Select
        label={t("vendor")}
        data={BY_API.map((value) => ({ value, label: t(`vendors.${value}`) }))}
        value={entry.vendor}
        onChange={(vendor) => put({ vendor: (vendor ?? "rewardful") as ImportVendor })}
        allowDeselect={false}
      />
      {withAccount ? (
        <TextInput
          label={t(`account.${entry.vendor}`)}
          value={entry.account}
          onChange={(event) => put({ account: event.currentTarget.value })}
          required={entry.vendor === "impact"}
        />
      ) : null}
      <PasswordInput
        label={t("key")}
        description={t("keyHint")}
        autoComplete="off"
        value={entry.key}
        onChange={(event) => put({ key: event.currentTarget.value })}
        required
      />
      <NoteLine tone="info">{t("apiNote")}</NoteLine>
    </>
  );
}

async function openFiles(entry: Entry): Promise<string> {
  const [first] = entry.files;
  const name = entry.files.length === 1 ? (first?.name ?? "") : `${first?.name} +${entry.files.length - 1}`;
  const { id } = await api.post<Import>("/imports", { programId: entry.programId, name });
  for (const file of entry.files) await api.upload(`/imports/${id}/files`, file);
  return id;
}

async function openApi(entry: Entry): Promise<string> {
  const connection = await api.post<ImportConnection>("/import-connections", {
    programId: entry.programId,
    vendor: entry.vendor,
    account: entry.account,
    key: entry.key,
  });
  return (await api.post<Import>("/imports/fetch", { connectionId: connection.id })).id;
}
