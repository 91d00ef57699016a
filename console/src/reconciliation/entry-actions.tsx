import { Button, Group } from "@mantine/core";
import { type BankEntry, BankEntryChange, type BankMatch, type MatchBookingDone, type User } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";
import { useSession } from "../session/session.tsx";

const REFRESH = ["reconciliation", "ledger", "accounting", "audit"];
type Dialog = "note" | "ignore" | "undo" | "reverse" | null;

/** What can be done with a movement now: take the suggestion, book, undo, take back, set aside, note. */
export function EntryActions({ entry, match }: { readonly entry: BankEntry; readonly match: BankMatch | null }) {
  const { t } = useTranslation("reconciliation");
  const { can } = useSession();
  const [dialog, setDialog] = useState<Dialog>(null);
  const close = () => setDialog(null);
  const confirm = useChange({ send: () => api.post(`/reconciliation/matches/${match?.id}/confirm`), refresh: REFRESH });
  const fee = useChange({
    send: () => api.post("/reconciliation/matches", { entryIds: [entry.id], expectedIds: [] }),
    refresh: REFRESH,
  });
  const book = useChange({
    send: () => api.post<MatchBookingDone>("/reconciliation/bookings", { matchIds: [match?.id] }),
    refresh: REFRESH,
  });
  const back = useChange({
    send: () => api.patch(`/reconciliation/bank-entries/${entry.id}`, { revision: entry.revision, ignore: null }),
    refresh: REFRESH,
  });
  if (!can("reconciliation.write")) return null;
  const problem = [confirm, fee, book, back].find((one) => one.isError)?.error;
  const plain = (label: string, onClick: () => void) => (
    <Button variant="default" onClick={onClick}>
      {label}
    </Button>
  );
  return (
    <Group gap="xs">
      {problem === undefined ? null : <ProblemLine error={problem} />}
      {book.data?.refused[0] === undefined ? null : <NoteLine tone="warn">{book.data.refused[0].detail}</NoteLine>}
      {plain(t("noteAndOwner"), () => setDialog("note"))}
      {entry.state === "open" ? plain(t("ignore"), () => setDialog("ignore")) : null}
      {entry.state === "open" ? plain(t("asFee"), () => fee.mutate(undefined)) : null}
      {entry.state === "ignored" ? plain(t("unignore"), () => back.mutate(undefined)) : null}
      {match?.state === "matched" || match?.state === "suggested" ? plain(t("undo"), () => setDialog("undo")) : null}
      {match?.state === "booked" && can("reconciliation.approve")
        ? plain(t("reverse"), () => setDialog("reverse"))
        : null}
      {match?.state === "suggested" ? <Button onClick={() => confirm.mutate(undefined)}>{t("confirm")}</Button> : null}
      {match?.state === "matched" ? <Button onClick={() => book.mutate(undefined)}>{t("book")}</Button> : null}
      <NoteDialog entry={entry} opened={dialog === "note"} onClose={close} />
      <WhyDialog
        what="ignore"
        opened={dialog === "ignore"}
        onClose={close}
        send={(ignore) => api.patch(`/reconciliation/bank-entries/${entry.id}`, { revision: entry.revision, ignore })}
      />
      <WhyDialog
        what="undo"
        opened={dialog === "undo"}
        onClose={close}
        send={(reason) => api.post(`/reconciliation/matches/${match?.id}/undo`, { reason })}
      />
      <WhyDialog
        what="reverse"
        opened={dialog === "reverse"}
        onClose={close}
        send={(reason) => api.post(`/reconciliation/matches/${match?.id}/reverse`, { reason })}
      />
    </Group>
  );
}

interface WhyProps {
  readonly what: "ignore" | "undo" | "reverse";
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly send: (reason: string) => Promise<unknown>;
}

function WhyDialog({ what, ...rest }: WhyProps) {
  const { t } = useTranslation("reconciliation");
  return (
    <ConfirmDialog
      {...rest}
      title={t(what)}
      text={t(`${what}Text`)}
      action={t(what)}
      reason="required"
      danger={what === "reverse"}
      refresh={REFRESH}
    />
  );
}

function NoteDialog({
  entry,
  opened,
  onClose,
}: {
  readonly entry: BankEntry;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation("reconciliation");
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("noteAndOwner")}
      submit={t("save")}
      schema={BankEntryChange}
      initial={{ revision: entry.revision, note: entry.note, owner: entry.owner, dueOn: entry.dueOn }}
      fields={[
        { kind: "textarea", name: "note", label: t("note"), rows: 3 },
        {
          kind: "record",
          name: "owner",
          label: t("owner"),
          resource: "/users",
          half: true,
          toOption: (user: User) => ({ value: user.id, label: user.name }),
        },
        { kind: "day", name: "dueOn", label: t("dueOn"), half: true },
      ]}
      send={(values) =>
        api.patch<BankEntry>(`/reconciliation/bank-entries/${entry.id}`, {
          ...values,
          owner: values.owner || null,
          dueOn: values.dueOn || null,
        })
      }
      done={() => undefined}
      refresh={REFRESH}
    />
  );
}
