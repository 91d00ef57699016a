import { Button, Group } from "@mantine/core";
import { NewAssignment, type Payee, type PayeeAssignment, PayeeEnd } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { DayText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { noteField, PAYEE_REFRESH } from "./identity-form.tsx";

/** For whose earnings it is paid, of which programs and from when to when. */
export function AssignmentPanel({ payee, own }: { readonly payee: Payee; readonly own: boolean }) {
  const { t } = useTranslation("payees");
  const { can } = useSession();
  const [adding, setAdding] = useState(false);
  const add =
    !own && can("payees.write") && payee.status !== "closed" ? (
      <Button size="compact-sm" variant="default" onClick={() => setAdding(true)}>
        {t("assign")}
      </Button>
    ) : undefined;
  return (
    <Card title={t("tabs.partners")} actions={add} flush>
      <PlainTable
        label={t("tabs.partners")}
        rows={payee.assignments}
        rowId={(one) => one.id}
        empty={<EmptyState title={t("noAssignments")} text={t("noAssignmentsText")} />}
        columns={[
          {
            id: "partner",
            label: t("partner"),
            cell: (one) => <NameText id={one.partnerId} {...(own ? {} : { to: `/partners/${one.partnerId}` })} />,
          },
          {
            id: "program",
            label: t("program"),
            cell: (one) => (one.programId === null ? t("allPrograms") : <NameText id={one.programId} />),
          },
          { id: "from", label: t("from"), cell: (one) => <DayText day={one.validFrom} /> },
          { id: "to", label: t("to"), cell: (one) => <EndText assignment={one} /> },
          {
            id: "status",
            label: t("status"),
            cell: (one) => <StatusBadge state={one.status} label={t(`versionState.${one.status}`)} />,
          },
          { id: "act", label: "", align: "end", cell: (one) => <AssignmentActions assignment={one} own={own} /> },
        ]}
      />
      <AssignmentForm payee={payee} opened={adding} onClose={() => setAdding(false)} />
    </Card>
  );
}

function EndText({ assignment }: { readonly assignment: PayeeAssignment }) {
  const { t } = useTranslation("payees");
  if (assignment.endDay === null) return <DayText day={assignment.validTo} />;
  return (
    <>
      <DayText day={assignment.endDay} /> ({t("waitsForApproval")})
    </>
  );
}

type Act = "approve" | "refuse" | "withdraw" | "end" | "approve-end";

function AssignmentActions({ assignment, own }: { readonly assignment: PayeeAssignment; readonly own: boolean }) {
  const { t } = useTranslation("payees");
  const { can } = useSession();
  const [act, setAct] = useState<Act | null>(null);
  const acts: Act[] = [];
  const waits = assignment.status === "proposed";
  if (!own && waits && can("payees.approve")) acts.push("approve", "refuse");
  if (waits && can("payees.write")) acts.push("withdraw");
  if (!own && assignment.endDay !== null && can("payees.approve")) acts.push("approve-end");
  const standing = assignment.status === "approved" && assignment.validTo === null && assignment.endDay === null;
  if (!own && standing && can("payees.write")) acts.push("end");
  const close = () => setAct(null);
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      {acts.map((one) => (
        <Button key={one} size="compact-xs" variant="default" onClick={() => setAct(one)}>
          {t(`act.${one}`)}
        </Button>
      ))}
      <ConfirmDialog
        opened={act !== null && act !== "end"}
        onClose={close}
        title={t(`act.${act ?? "approve"}`)}
        text={t(`assignText.${act ?? "approve"}`)}
        action={t(`act.${act ?? "approve"}`)}
        danger={act === "refuse"}
        {...(act === "refuse" ? { reason: "required" as const } : {})}
        send={(comment) => api.post(`/payee-assignments/${assignment.id}/${act}`, { comment })}
        refresh={PAYEE_REFRESH}
      />
      <FormDialog<{ validTo: string }, PayeeAssignment>
        opened={act === "end"}
        onClose={close}
        title={t("act.end")}
        submit={t("propose")}
        schema={PayeeEnd}
        initial={{ validTo: "" }}
        fields={[{ kind: "day", name: "validTo", label: t("endDay"), hint: t("endDayHint"), required: true }]}
        send={(values) => api.post<PayeeAssignment>(`/payee-assignments/${assignment.id}/end`, values)}
        done={() => undefined}
        refresh={PAYEE_REFRESH}
      />
    </Group>
  );
}

interface Entry {
  readonly partnerId: string;
  readonly programId: string;
  readonly validFrom: string;
  readonly note: string;
}

function AssignmentForm(props: { readonly payee: Payee; readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("payees");
  const { payee, opened, onClose } = props;
  return (
    <FormDialog<Entry, unknown>
      opened={opened}
      onClose={onClose}
      title={t("assign")}
      submit={t("propose")}
      schema={NewAssignment}
      initial={{ partnerId: "", programId: "", validFrom: "", note: "" }}
      fields={[
        {
          kind: "record",
          name: "partnerId",
          label: t("partner"),
          required: true,
          resource: "/partners",
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        {
          kind: "record",
          name: "programId",
          label: t("program"),
          hint: t("programHint"),
          resource: "/programs",
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        { kind: "day", name: "validFrom", label: t("from"), required: true, half: true },
        noteField(t),
      ]}
      send={({ programId, ...values }) =>
        api.post(`/payees/${payee.id}/assignments`, { ...values, programIds: programId ? [programId] : null })
      }
      done={() => undefined}
      refresh={PAYEE_REFRESH}
    />
  );
}
