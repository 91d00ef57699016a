import type { ProofRun, TestFinding, TestHop } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../kit/empty-state.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { toneStyle } from "../kit/tone.ts";
import css from "./proof.module.css";
import { TONES } from "./states.ts";

/** What is wrong with a chain and what to change, the worst first; the chain itself beneath. */
export function Findings({ run }: { readonly run: ProofRun }) {
  const { t } = useTranslation("proof");
  return (
    <div className={css.parts}>
      {run.findings.length === 0 ? (
        <EmptyState title={t("nothingFound")} text={t("nothingFoundText")} />
      ) : (
        <ol className={css.findings}>
          {run.findings.map((finding) => (
            <Found
              key={`${finding.code} ${finding.hop} ${finding.values.name ?? finding.values.macro ?? ""}`}
              finding={finding}
            />
          ))}
        </ol>
      )}
      <Card title={t("chain")}>
        <ol className={css.chain}>
          {run.hops.map((hop, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the place in the chain is what a hop is
            <li key={place}>
              <HopLine hop={hop} found={run.findings.filter((one) => one.hop === place)} />
            </li>
          ))}
        </ol>
      </Card>
      <ul className={css.notes}>
        {run.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </div>
  );
}

function Found({ finding }: { readonly finding: TestFinding }) {
  const { t } = useTranslation("proof");
  return (
    <li className={css.finding} style={toneStyle(TONES[finding.severity] ?? "quiet")}>
      <div>
        <StatusBadge state={finding.severity} label={t(`severity.${finding.severity}`)} tones={TONES} />
        <b>{finding.title}</b>
      </div>
      <p>
        <span>{t("where")}:</span> {finding.where}
        {finding.hop === null ? "" : ` (${t("hopNumber", { number: finding.hop + 1 })})`}
      </p>
      <p>
        <span>{t("change")}:</span> {finding.change}
      </p>
    </li>
  );
}

function HopLine({ hop, found }: { readonly hop: TestHop; readonly found: readonly TestFinding[] }) {
  const { t } = useTranslation("proof");
  const worst = found.find((one) => one.severity !== "hint");
  const state = worst?.severity ?? (hop.status !== null && hop.status < 400 ? "passed" : "failed");
  return (
    <div className={css.hop}>
      <StatusBadge state={state} label={hop.status === null ? t("noAnswer") : String(hop.status)} tones={TONES} />
      <code>{hop.url}</code>
      <small>
        {[
          t(`via.${hop.via}`),
          hop.own ? t("own") : undefined,
          t("milliseconds", { count: hop.milliseconds }),
          hop.cookies.length > 0 ? t("cookieCount", { count: hop.cookies.length }) : undefined,
          hop.error ?? undefined,
        ]
          .filter((one) => one !== undefined)
          .join(" · ")}
      </small>
    </div>
  );
}

/** Every hop with what was sent and what was answered. */
export function Hops({ run }: { readonly run: ProofRun }) {
  const { t } = useTranslation("proof");
  return (
    <div className={css.parts}>
      {run.hops.map((hop, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place in the chain is what a hop is
        <Card key={place} title={`${t("hopNumber", { number: place + 1 })}: ${hostOf(hop.url)}`}>
          <Properties
            items={[
              [
                t("url"),
                <code key="url" className={css.code}>
                  {hop.url}
                </code>,
              ],
              [t("answer"), hop.status ?? hop.error ?? t("noAnswer")],
              [t("time"), t("milliseconds", { count: hop.milliseconds })],
              [t("server"), hop.address ?? "–"],
            ]}
          />
          <Headers title={t("sent")} pairs={hop.sent} />
          <Headers title={t("received")} pairs={hop.headers} />
          {hop.cookies.length === 0 ? null : <Cookies hop={hop} />}
        </Card>
      ))}
    </div>
  );
}

function Headers({ title, pairs }: { readonly title: string; readonly pairs: TestHop["sent"] }) {
  return (
    <details className={css.details}>
      <summary>{`${title} (${pairs.length})`}</summary>
      <pre className={css.pre}>{pairs.map(([name, value]) => `${name}: ${value}`).join("\n")}</pre>
    </details>
  );
}

function Cookies({ hop }: { readonly hop: TestHop }) {
  const { t } = useTranslation("proof");
  return (
    <PlainTable
      label={t("cookies")}
      rows={hop.cookies}
      rowId={(one) => `${one.name} ${one.domain}`}
      columns={[
        { id: "name", label: t("cookie"), cell: (one) => one.name },
        { id: "domain", label: t("host"), cell: (one) => one.domain },
        {
          id: "flags",
          label: t("flags"),
          cell: (one) =>
            [
              one.secure ? "Secure" : "",
              one.httpOnly ? "HttpOnly" : "",
              one.sameSite === null ? "" : `SameSite=${one.sameSite}`,
            ]
              .filter((text) => text !== "")
              .join(" "),
        },
        { id: "kept", label: t("kept"), cell: (one) => t(one.kept ? "yes" : "no") },
      ]}
    />
  );
}

function hostOf(address: string): string {
  return URL.parse(address)?.host ?? address;
}
