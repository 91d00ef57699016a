import { Button } from "@mantine/core";
import { IconLock, IconLockOpen } from "@tabler/icons-react";
import type { CaseCondition, CaseDetail } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DateText, DayText } from "../kit/date-text.tsx";
import { Go } from "../kit/link.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { SignDialog, WaiveDialog, WaiverAnswerDialog } from "./case-dialogs.tsx";
import { useConditionWords } from "./condition-words.ts";
import css from "./procedures.module.css";

const HOW_TONES = { fact: "good", signed: "good", waived: "warn" } as const;

interface ConditionLineProps {
  readonly detail: CaseDetail;
  readonly condition: CaseCondition;
  /** Of the stage that the case is in. */
  readonly here?: boolean;
}

/** A condition of a gate: whether it holds, why not, who may sign it, and the waiver that stands for it. */
export function ConditionLine({ detail, condition: one, here }: ConditionLineProps) {
  const { t } = useTranslation("procedures");
  const words = useConditionWords()(one);
  const [dialog, setDialog] = useState<"sign" | "waive" | "answer" | null>(null);
  const close = () => setDialog(null);
  const proposed = one.waiver?.state === "proposed" ? one.waiver : null;
  return (
    <li className={css.line}>
      {one.holds ? <IconLockOpen size={18} color="var(--tb-good)" /> : <IconLock size={18} color="var(--tb-bad)" />}
      <div>
        <h3>{words.title}</h3>
        <p className={one.holds ? undefined : css.why}>{words.sentence}</p>
        <ConditionNotes one={one} />
      </div>
      <div className={css.side}>
        {one.how === null ? null : <StatusBadge plain state={one.how} label={t(`how.${one.how}`)} tones={HOW_TONES} />}
        {one.maySign && one.signature?.verdict !== "approved" ? (
          <Button size="xs" onClick={() => setDialog("sign")}>
            {t("sign")}
          </Button>
        ) : null}
        {proposed !== null && detail.may.approve && !proposed.mine ? (
          <Button size="xs" variant="default" onClick={() => setDialog("answer")}>
            {t("answerWaiver")}
          </Button>
        ) : null}
        {here === true && !one.holds && one.waivable && proposed === null && detail.may.steer ? (
          <Button size="xs" variant="subtle" onClick={() => setDialog("waive")}>
            {t("waive")}
          </Button>
        ) : null}
      </div>
      <SignDialog opened={dialog === "sign"} onClose={close} detail={detail} condition={one} />
      <WaiveDialog opened={dialog === "waive"} onClose={close} detail={detail} condition={one} />
      {proposed === null ? null : (
        <WaiverAnswerDialog opened={dialog === "answer"} onClose={close} detail={detail} waiver={proposed} />
      )}
    </li>
  );
}

function ConditionNotes({ one }: { readonly one: CaseCondition }) {
  const { t } = useTranslation("procedures");
  return (
    <>
      {one.signature === null ? null : (
        <p>
          <DateText at={one.signature.at} />
          {one.signature.comment === "" ? "" : ` · ${one.signature.comment}`}
        </p>
      )}
      {one.waiver === null ? null : (
        <p>
          {t(`waiverStates.${one.waiver.state}`, { name: one.waiver.proposedBy, second: one.waiver.signedBy ?? "" })}{" "}
          <DayText day={one.waiver.until} /> · {one.waiver.reason}
        </p>
      )}
      {one.until === null || one.how !== "fact" ? null : (
        <p>
          {t("holdsUntil")} <DayText day={one.until} />
        </p>
      )}
      {one.evidence.map((seen) => (
        <p key={`${seen.what} ${seen.id} ${seen.text}`}>
          {seen.screen === null ? seen.text : <Go to={seen.screen}>{seen.text}</Go>}
        </p>
      ))}
    </>
  );
}
