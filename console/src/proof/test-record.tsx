import { Button } from "@mantine/core";
import type { ProofRun } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { DateText } from "../kit/date-text.tsx";
import { Go, useGo, useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";
import { Findings, Hops } from "./link-run.tsx";
import { PostbackRun } from "./postback-run.tsx";
import { RunState } from "./test-list.tsx";

export function TestRecord() {
  return <OneTest own={false} />;
}

/** A test and everything it showed; a running postback test shows what arrives as it arrives. */
export function OneTest({ own }: { readonly own: boolean }) {
  const { i18n } = useTranslation("proof");
  const id = useParam("id");
  const address = `/tests/${id}`;
  const asked = { language: i18n.language };
  const run = useRecord<ProofRun>(address, asked);
  const live = useRecord<ProofRun>(address, asked, { enabled: run.data?.state === "running", liveSeconds: 2 });
  return <Loaded query={run}>{(first) => <TestPage run={live.data ?? first} own={own} />}</Loaded>;
}

function TestPage({ run, own }: { readonly run: ProofRun; readonly own: boolean }) {
  const { t } = useTranslation("proof");
  const { can } = useSession();
  const go = useGo();
  const format = useFormat();
  const sheet = own ? `/set-up/${run.offerId}` : `/set-up/${run.partnerId}/${run.offerId}`;
  const again = run.linkId !== null && run.state !== "running" && can("links.write");
  const device = run.options.device;
  const chosen = [
    typeof run.options.country === "string" ? format.country(run.options.country) : undefined,
    typeof device === "string" ? t(`devices.${device}`) : undefined,
    run.options.language,
  ];
  return (
    <RecordPage
      title={t(`kinds.${run.kind}`)}
      parent={{ label: t(own ? "ownTests" : "tests"), to: "/tests" }}
      badge={<RunState run={run} />}
      actions={
        again ? (
          <Button onClick={() => go(`/tests?new=${run.kind}&link=${run.linkId}`)}>{t("again")}</Button>
        ) : undefined
      }
      next={run.stale ? { title: t("staleTitle"), text: t("staleText"), tone: "warn" } : undefined}
      facts={[
        ...(own
          ? []
          : [
              {
                label: t("partner"),
                value: <NameText id={run.partnerId} to={`/partners/${run.partnerId}?tab=tracking`} />,
              },
            ]),
        { label: t("offer"), value: <NameText id={run.offerId} /> },
        { label: t("link"), value: <NameText id={run.linkId} to={`/links/${run.linkId}`} /> },
        ...(run.kind === "link"
          ? [{ label: t("visitor"), value: chosen.filter((one) => one !== undefined).join(" · ") }]
          : []),
        { label: t("by"), value: run.startedBy },
        { label: t("at"), value: <DateText at={run.startedAt} /> },
        { label: t("sheet"), value: <Go to={sheet}>{t("openSheet")}</Go> },
      ]}
      tabs={
        run.kind === "link"
          ? [
              {
                id: "findings",
                label: t("findings"),
                count: run.findings.length,
                content: () => <Findings run={run} />,
              },
              { id: "hops", label: t("hops"), count: run.hops.length, content: () => <Hops run={run} /> },
            ]
          : [{ id: "run", label: t("kinds.postback"), content: () => <PostbackRun run={run} /> }]
      }
    />
  );
}
