import { Button, Group, TextInput } from "@mantine/core";
import type { ArrivedLine, ProofRun } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { DateText } from "../kit/date-text.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import css from "./proof.module.css";
import { TONES } from "./states.ts";

/** What came in for the test's click, how each parameter was understood and what is missing. */
export function Arrived({ run }: { readonly run: ProofRun }) {
  const { t } = useTranslation("proof");
  const { can } = useSession();
  const running = run.state === "running";
  return (
    <Card title={t("step.arrived")}>
      <div aria-live="polite">
        {run.arrived.length === 0 ? (
          <p className={css.lead}>{t(running ? "waitingForCalls" : "nothingArrived")}</p>
        ) : null}
        {[...run.arrived].reverse().map((line) => (
          <Line key={line.receiptId} line={line} />
        ))}
      </div>
      {running && can("links.write") ? <Simulate run={run} /> : null}
    </Card>
  );
}

function Line({ line }: { readonly line: ArrivedLine }) {
  const { t } = useTranslation("proof");
  return (
    <details className={css.details} open={line.missing.length > 0 || line.state === "refused"}>
      <summary>
        <StatusBadge state={line.state} label={t(`arrivedState.${line.state}`)} tones={TONES} />{" "}
        <b>{line.type ?? line.reasonText}</b> · <DateText at={line.at} detail="second" />
        {line.simulated ? ` · ${t("simulated")}` : ""}
      </summary>
      <p className={css.lead}>{line.detail ?? line.reasonText}</p>
      {line.missing.length === 0 ? null : (
        <ul className={css.missing}>
          {line.missing.map((one) => (
            <li key={one.name}>{one.text}</li>
          ))}
        </ul>
      )}
      {line.notes.map((note) => (
        <p key={note} className={css.lead}>
          {note}
        </p>
      ))}
      {line.understood.length === 0 ? null : (
        <PlainTable
          label={t("understood")}
          rows={line.understood}
          rowId={(one) => one.name}
          columns={[
            { id: "name", label: t("meaning"), cell: (one) => t(`meanings.${one.name}`, { defaultValue: one.name }) },
            { id: "value", label: t("value"), cell: (one) => <code className={css.code}>{one.value}</code> },
            { id: "from", label: t("parameter"), cell: (one) => one.from ?? "–" },
          ]}
        />
      )}
      {line.raw === null ? null : <pre className={css.pre}>{line.raw}</pre>}
    </details>
  );
}

const TYPES = ["registration", "kyc_passed", "deposit", "sale", "trade"] as const;
const PAID: readonly string[] = ["deposit", "sale"];

/** A trade is of one lot: what agreements ask of trades is volume. */
function eventOf(type: string, amount: string) {
  if (PAID.includes(type)) return { type, amount };
  return type === "trade" ? { type, quantities: { lots: "1" } } : { type };
}

/** Events that the test sends itself: to see what would be decided and earned before any system is connected. */
function Simulate({ run }: { readonly run: ProofRun }) {
  const { t } = useTranslation("proof");
  const [amount, setAmount] = useState("100.00");
  const send = useChange({
    send: (type: string) => api.post(`/tests/${run.id}/events`, eventOf(type, amount)),
    refresh: ["tests"],
  });
  return (
    <div className={css.simulate}>
      <p className={css.lead}>{t("simulateText")}</p>
      <Group gap="xs" align="end">
        <TextInput
          label={t("amount")}
          value={amount}
          onChange={(event) => setAmount(event.currentTarget.value)}
          w={120}
        />
        {TYPES.map((type) => (
          <Button
            key={type}
            size="sm"
            variant="default"
            loading={send.isPending && send.variables === type}
            onClick={() => send.mutate(type)}
          >
            {t(`simulate.${type}`)}
          </Button>
        ))}
      </Group>
      {send.isError ? <ProblemLine error={send.error} /> : null}
    </div>
  );
}
