import { FileInput, Select } from "@mantine/core";
import {
  type Invoice,
  type InvoiceFileRead,
  type MoneyValue,
  NewUploadedInvoice,
  type PayeeSummary,
} from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Page } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { FormDialogFrame } from "../kit/dialog-frame.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { INVOICE_REFRESH } from "./invoice-actions.tsx";

interface UploadFormProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly done: (made: Invoice) => void;
}

/** An own invoice: first its file, then what it says. What an electronic invoice says is filled in. */
export function UploadForm({ opened, onClose, done }: UploadFormProps) {
  const [file, setFile] = useState<InvoiceFileRead | null>(null);
  const close = () => {
    setFile(null);
    onClose();
  };
  if (!opened) return null;
  return file === null ? (
    <FileStep onClose={close} onFile={setFile} />
  ) : (
    <WordsStep file={file} onClose={close} done={done} />
  );
}

interface FileStepProps {
  readonly onClose: () => void;
  readonly onFile: (file: InvoiceFileRead) => void;
}

function FileStep({ onClose, onFile }: FileStepProps) {
  const { t } = useTranslation("invoices");
  const [chosen, setChosen] = useState<File | null>(null);
  const send = useChange<File, InvoiceFileRead>({
    send: (one) => api.upload<InvoiceFileRead>("/invoice-files", one),
    refresh: [],
    done: onFile,
  });
  return (
    <FormDialogFrame
      opened
      onClose={onClose}
      title={t("upload")}
      submit={t("nextStep")}
      ready={chosen !== null}
      busy={send.isPending}
      onSubmit={() => chosen !== null && send.mutate(chosen)}
    >
      <FileInput
        label={t("file")}
        description={t("fileHint")}
        placeholder={t("fileChoose")}
        accept="application/pdf,.pdf,.xml"
        value={chosen}
        onChange={setChosen}
      />
      {send.isError ? <ProblemLine error={send.error} /> : null}
    </FormDialogFrame>
  );
}

interface Entry {
  readonly payeeId: string;
  readonly number: string;
  readonly issuedOn: string;
  readonly currency: string;
  readonly net: MoneyValue | null;
  readonly vat: MoneyValue | null;
}

interface WordsStepProps {
  readonly file: InvoiceFileRead;
  readonly onClose: () => void;
  readonly done: (made: Invoice) => void;
}

function WordsStep({ file, onClose, done }: WordsStepProps) {
  const { t } = useTranslation("invoices");
  const payees = useRecord<Page<PayeeSummary>>("/payees", { limit: 50 });
  const { read } = file;
  const currency = read?.currency ?? "EUR";
  const amount = (minor: string | null | undefined) => (minor == null ? null : { minor, currency });
  if (payees.data === undefined) return null;
  return (
    <FormDialog<Entry, Invoice>
      opened
      onClose={onClose}
      title={t("upload")}
      submit={t("handIn")}
      schema={NewUploadedInvoice.pick({ number: true, issuedOn: true, currency: true, payeeId: true })}
      initial={{
        payeeId: payees.data.data[0]?.id ?? "",
        number: read?.number ?? "",
        issuedOn: read?.issuedOn ?? "",
        currency,
        net: amount(read?.net),
        vat: amount(read?.vat),
      }}
      fields={[
        {
          kind: "own",
          name: "payeeId",
          label: t("payee"),
          content: (values, change, error) => (
            <Select
              label={t("payee")}
              data={(payees.data?.data ?? []).map((one) => ({ value: one.id, label: one.legalName }))}
              value={values.payeeId}
              error={error}
              onChange={(value) => change("payeeId", value ?? "")}
            />
          ),
        },
        { kind: "text", name: "number", label: t("number"), required: true, half: true },
        { kind: "day", name: "issuedOn", label: t("issuedOn"), required: true, half: true },
        { kind: "text", name: "currency", label: t("currency"), required: true, half: true },
        {
          kind: "money",
          name: "net",
          label: t("net"),
          required: true,
          half: true,
          currency: (values) => values.currency,
        },
        { kind: "money", name: "vat", label: t("vat"), half: true, currency: (values) => values.currency },
      ]}
      send={({ net, vat, ...values }, key) =>
        api.post<Invoice>(
          "/own-invoices",
          { ...values, fileId: file.fileId, net: net?.minor ?? "0", vat: vat?.minor ?? "0" },
          key,
        )
      }
      done={(made) => {
        onClose();
        done(made);
      }}
      refresh={INVOICE_REFRESH}
    />
  );
}
