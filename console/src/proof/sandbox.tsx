import type { ProofRun, SandboxResult } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import css from "./proof.module.css";
import { TONES } from "./states.ts";

interface SandboxProps {
  readonly run: ProofRun;
  readonly sandbox: SandboxResult;
}

/** Registration, first deposit, qualification: what would be decided and earned. Nothing of it is booked. */
export function Sandbox({ sandbox }: SandboxProps) {
  const { t } = useTranslation("proof");
  const { commission } = sandbox;
  return (
    <Card title={t("step.sandbox")}>
      <p className={css.lead}>{t("sandboxText")}</p>
      <ol className={css.steps}>
        {sandbox.steps.map((step) => (
          <li key={step.name}>
            <div>
              <StatusBadge state={step.state} label={t(`stepState.${step.state}`)} tones={TONES} />
              <b>{t(`sandboxStep.${step.name}`)}</b>
              {step.at === null ? null : (
                <small>
                  <DateText at={step.at} detail="second" />
                </small>
              )}
            </div>
            <p>{step.text}</p>
            {step.lines.length === 0 ? null : <pre className={css.pre}>{step.lines.join("\n")}</pre>}
          </li>
        ))}
      </ol>
      {sandbox.problem === null ? null : <p className={css.missing}>{sandbox.problem}</p>}
      {commission === null || commission.lines.length === 0 ? null : (
        <div className={css.earned}>
          <b>{t("wouldEarn", { amount: `${commission.total} ${commission.currency}` })}</b>
          {commission.lines.map((line) => (
            <pre key={`${line.component} ${line.earnedOn} ${line.amount}`} className={css.pre}>
              {line.explanation.join("\n")}
            </pre>
          ))}
        </div>
      )}
    </Card>
  );
}
