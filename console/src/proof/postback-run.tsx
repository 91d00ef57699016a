import { Button, Group, Select } from "@mantine/core";
import type { Postback, ProofRun } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Page } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText } from "../kit/date-text.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { Arrived } from "./arrived.tsx";
import css from "./proof.module.css";
import { Sandbox } from "./sandbox.tsx";
import { TONES } from "./states.ts";

/** The wizard: the call to make, what arrived, what would have been decided, the partner's end, and the end of the test. */
export function PostbackRun({ run }: { readonly run: ProofRun }) {
  const { t } = useTranslation("proof");
  const { can } = useSession();
  const running = run.state === "running";
  return (
    <div className={css.parts}>
      {run.checks.length === 0 ? null : <Checks run={run} />}
      <Card title={t("step.click")}>
        <p className={css.lead}>{t("clickMade")}</p>
        {run.clickId === null ? null : <CopyText text={run.clickId} />}
        {run.customerRef === null ? null : (
          <p className={css.lead}>
            {t("customerToUse")} <CopyText text={run.customerRef} />
          </p>
        )}
      </Card>
      {running && run.calls.length > 0 ? <Calls run={run} /> : null}
      <Arrived run={run} />
      {run.sandbox === null ? null : <Sandbox run={run} sandbox={run.sandbox} />}
      <Outbound run={run} />
      {running && can("links.write") ? <Finish run={run} /> : null}
    </div>
  );
}

function Checks({ run }: { readonly run: ProofRun }) {
  const { t } = useTranslation("proof");
  return (
    <Card title={t("checks")}>
      <ul className={css.checks}>
        {run.checks.map((check) => (
          <li key={check.name}>
            <StatusBadge
              state={check.passed ? "passed" : check.required ? "failed" : "ended"}
              label={t(check.passed ? "states.passed" : check.required ? "states.failed" : "notReached")}
              tones={TONES}
            />{" "}
            {check.text}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** One ready call for each way of calling, those that the program's sources speak first. */
function Calls({ run }: { readonly run: ProofRun }) {
  const { t } = useTranslation("proof");
  const [chosen, choose] = useState(run.calls[0]?.dialect ?? "");
  const dialects = [...new Map(run.calls.map((call) => [call.dialect, call.title])).entries()];
  return (
    <Card title={t("step.call")}>
      <p className={css.lead}>{t("callText")}</p>
      <Select
        label={t("platform")}
        data={dialects.map(([value, label]) => ({ value, label }))}
        value={chosen}
        onChange={(value) => choose(value ?? "")}
        allowDeselect={false}
        maw={320}
      />
      {run.calls
        .filter((call) => call.dialect === chosen)
        .map((call) => (
          <div key={call.occasion} className={css.call}>
            <div>
              <b>{t(`occasion.${call.occasion}`)}</b>
              <CopyText text={call.curl} shown={t("copyCall")} mono={false} />
            </div>
            <pre className={css.pre}>{call.curl}</pre>
          </div>
        ))}
    </Card>
  );
}

/** Postbacks of the partner, each to be called with test values. */
function Outbound({ run }: { readonly run: ProofRun }) {
  const { t } = useTranslation("proof");
  const { can } = useSession();
  const postbacks = useRecord<Page<Postback>>(
    "/postbacks",
    { partnerId: run.partnerId },
    { enabled: can("postbacks.read") },
  );
  const test = useChange({
    send: (postbackId: string) => api.post(`/tests/${run.id}/outbound`, { postbackId }),
    refresh: ["tests", "postbacks"],
  });
  const fitting = (postbacks.data?.data ?? []).filter(
    (one) =>
      one.status === "active" &&
      (one.programId === null || one.programId === run.programId) &&
      (one.offerId === null || one.offerId === run.offerId),
  );
  return (
    <Card title={t("step.outbound")}>
      <p className={css.lead}>
        {t(fitting.length === 0 && run.outbound.length === 0 ? "noPostbacks" : "outboundText")}
      </p>
      {run.state === "running" && can("postbacks.write") ? (
        <Group gap="xs">
          {fitting.map((one) => (
            <Button
              key={one.id}
              size="compact-sm"
              variant="default"
              loading={test.isPending && test.variables === one.id}
              onClick={() => test.mutate(one.id)}
            >
              {t("testPostback", { name: one.name || one.url })}
            </Button>
          ))}
        </Group>
      ) : null}
      {test.isError ? <ProblemLine error={test.error} /> : null}
      {run.outbound.length === 0 ? null : (
        <PlainTable
          label={t("step.outbound")}
          rows={[...run.outbound].reverse()}
          rowId={(one) => one.deliveryId}
          columns={[
            { id: "name", label: t("postback"), cell: (one) => one.name || one.url },
            {
              id: "passed",
              label: t("state"),
              cell: (one) => (
                <StatusBadge
                  state={one.passed ? "passed" : "failed"}
                  label={t(one.passed ? "states.passed" : "states.failed")}
                  tones={TONES}
                />
              ),
            },
            { id: "answer", label: t("answer"), cell: (one) => one.error ?? one.status ?? "–" },
            { id: "at", label: t("at"), cell: (one) => <DateText at={one.at} detail="second" /> },
          ]}
        />
      )}
    </Card>
  );
}

function Finish({ run }: { readonly run: ProofRun }) {
  const { t } = useTranslation("proof");
  const finish = useChange({
    send: () => api.post(`/tests/${run.id}/finish`),
    refresh: ["tests", "tracking-evidence", "set-up-sheets", "audit"],
  });
  return (
    <Card title={t("step.finish")}>
      <p className={css.lead}>{t("finishText")}</p>
      <Button loading={finish.isPending} onClick={() => finish.mutate(undefined)}>
        {t("finish")}
      </Button>
      {finish.isError ? <ProblemLine error={finish.error} /> : null}
    </Card>
  );
}
