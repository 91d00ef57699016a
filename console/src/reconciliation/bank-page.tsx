import { Button, FileButton, Group } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import type { BankAccount, BankFile, MatchBookingDone } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useGo } from "../kit/link.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";
import { AccountsTab } from "./accounts-tab.tsx";
import { AgeingTab } from "./ageing-tab.tsx";
import { EntriesTab } from "./entries-tab.tsx";
import { FilesTab } from "./files-tab.tsx";
import { OpenItemsTab } from "./open-items-tab.tsx";
import { StatementsTab } from "./statements-tab.tsx";

const REFRESH = ["reconciliation", "ledger", "accounting"];

/** The bank beside the payouts: what came in, what it is about, what is left over. */
export function BankPage() {
  const accounts = useRecord<{ data: readonly BankAccount[] }>("/reconciliation/bank-accounts");
  return <Loaded query={accounts}>{({ data }) => <Bank accounts={data} />}</Loaded>;
}

function Bank({ accounts }: { readonly accounts: readonly BankAccount[] }) {
  const { t } = useTranslation("reconciliation");
  const open = accounts.reduce((sum, one) => sum + one.open, 0);
  const held = accounts.reduce((sum, one) => sum + one.held, 0);
  const matched = accounts.reduce((sum, one) => sum + one.matched, 0);
  return (
    <RecordPage
      title={t("bank")}
      subtitle={t("bankText")}
      actions={<BankActions matched={matched} />}
      {...(held > 0 && {
        next: { title: t("heldTitle", { count: held }), text: t("heldText"), tone: "warn" as const },
      })}
      facts={accounts.slice(0, 4).map((one) => ({
        label: `${one.name} · ${t("openSum")}`,
        value: <MoneyText money={{ minor: one.openMinor, currency: one.currency }} />,
      }))}
      tabs={[
        { id: "entries", label: t("tabs.entries"), count: open, content: () => <EntriesTab accounts={accounts} /> },
        { id: "accounts", label: t("tabs.accounts"), content: () => <AccountsTab accounts={accounts} /> },
        {
          id: "statements",
          label: t("tabs.statements"),
          ...(held > 0 && { count: held }),
          content: () => <StatementsTab />,
        },
        { id: "files", label: t("tabs.files"), content: () => <FilesTab /> },
        { id: "ageing", label: t("tabs.ageing"), content: () => <AgeingTab /> },
        { id: "items", label: t("tabs.items"), content: () => <OpenItemsTab /> },
      ]}
    />
  );
}

function BankActions({ matched }: { readonly matched: number }) {
  const { t } = useTranslation("reconciliation");
  const { can } = useSession();
  const go = useGo();
  const [told, setTold] = useState("");
  const upload = useChange({
    send: (file: File) => api.upload<BankFile>("/reconciliation/bank-files", file),
    refresh: REFRESH,
    done: (file) =>
      file.state === "read" && !file.again
        ? setTold(t("uploaded", { ...file }))
        : go(`/reconciliation/files/${file.id}`),
  });
  const book = useChange({
    send: () => api.post<MatchBookingDone>("/reconciliation/bookings", {}),
    refresh: REFRESH,
    done: (done) =>
      setTold(
        t("bookedTold", { booked: done.booked, refused: done.refused.length, why: done.refused[0]?.detail ?? "" }),
      ),
  });
  if (!can("reconciliation.write")) return null;
  return (
    <Group gap="xs">
      {told === "" ? null : <NoteLine tone="info">{told}</NoteLine>}
      {upload.isError ? <ProblemLine error={upload.error} /> : null}
      {book.isError ? <ProblemLine error={book.error} /> : null}
      <FileButton onChange={(file) => file !== null && upload.mutate(file)}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconUpload size={15} />} loading={upload.isPending}>
            {t("upload")}
          </Button>
        )}
      </FileButton>
      <Button disabled={matched === 0} loading={book.isPending} onClick={() => book.mutate(undefined)}>
        {t("bookMatches", { count: matched })}
      </Button>
    </Group>
  );
}
