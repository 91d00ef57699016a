import { Button, Group, Radio, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import type { MergeLook, PartnerMerge } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { ApiProblem } from "../../api/problem.ts";
import { useChange } from "../../api/records.ts";
import { Go, useGo } from "../../kit/link.tsx";
import { NameText } from "../../kit/name-text.tsx";
import { Page } from "../../kit/page.tsx";
import { ProblemLine } from "../../kit/problem-state.tsx";
import { Card } from "../../kit/record/card.tsx";
import { Loaded, NextLine } from "../../kit/record/record-page.tsx";
import css from "../record/record-parts.module.css";

type Side = "winner" | "loser";
type Choices = Readonly<Record<string, Side>>;
const NAMED = new Set(["regionId", "ownerUserId", "deputyUserId"]);

/** Two records side by side: which one stays, and which value of each field. */
export function MergePage() {
  const { t } = useTranslation("partners");
  const search: Record<string, string> = useSearch({ strict: false });
  const go = useGo();
  const [winnerId, loserId] = [search.winner ?? "", search.loser ?? ""];
  const look = useQuery<MergeLook, ApiProblem>({
    queryKey: ["partner-merges", "look", winnerId, loserId],
    queryFn: () => api.post<MergeLook>("/partner-merges/look", { winnerId, loserId, reason: "look" }),
  });
  const turn = () => go(`/partner-duplicates/merge?winner=${loserId}&loser=${winnerId}`);
  return (
    <Page
      title={t("merge.open")}
      parent={{ label: t("duplicates.title"), to: "/partner-duplicates" }}
      actions={
        <Button variant="default" onClick={turn}>
          {t("merge.turn")}
        </Button>
      }
    >
      <Loaded query={look}>
        {(answer) => <Merge key={winnerId} look={answer} winnerId={winnerId} loserId={loserId} />}
      </Loaded>
    </Page>
  );
}

interface MergeProps {
  readonly look: MergeLook;
  readonly winnerId: string;
  readonly loserId: string;
}

function Merge({ look, winnerId, loserId }: MergeProps) {
  const { t } = useTranslation("partners");
  const go = useGo();
  const [chosen, setChosen] = useState<Choices>({});
  const of = (custom: boolean) =>
    Object.fromEntries(
      look.fields
        .filter((one) => one.custom === custom && chosen[one.field])
        .map((one) => [one.field, chosen[one.field]]),
    );
  const merge = useChange({
    send: (reason: string) =>
      api.post<PartnerMerge>("/partner-merges", { winnerId, loserId, reason, choices: of(false), fields: of(true) }),
    refresh: ["partners", "partner-merges", "partner-duplicates", "links", "audit"],
    done: () => go(`/partners/${winnerId}?tab=changes`),
  });
  return (
    <>
      {look.refusals.map((text) => (
        <NextLine key={text} step={{ title: t("merge.refused"), text, tone: "bad" }} />
      ))}
      {look.twoPeople ? (
        <NextLine step={{ title: t("merge.twoPeople"), text: t("merge.twoPeopleText"), tone: "warn" }} />
      ) : null}
      <Card title={t("merge.fields")}>
        <div className={css.sides}>
          <span />
          <b>
            <NameText id={winnerId} to={`/partners/${winnerId}`} /> · {t("merge.winner")}
          </b>
          <b>
            <NameText id={loserId} to={`/partners/${loserId}`} /> · {t("merge.loser")}
          </b>
          {look.fields
            .filter((one) => !one.same)
            .map((one) => (
              <FieldSides
                key={`${one.custom} ${one.field}`}
                field={one}
                side={chosen[one.field] ?? (one.winner === "" ? "loser" : "winner")}
                choose={(side) => setChosen({ ...chosen, [one.field]: side })}
              />
            ))}
        </div>
      </Card>
      <Moves look={look} loserId={loserId} />
      <Decide
        look={look}
        busy={merge.isPending}
        error={merge.isError ? merge.error : undefined}
        send={(reason) => merge.mutate(reason)}
      />
    </>
  );
}

interface DecideProps {
  readonly look: MergeLook;
  readonly busy: boolean;
  readonly error: ApiProblem | undefined;
  readonly send: (reason: string) => void;
}

function Decide({ look, busy, error, send }: DecideProps) {
  const { t } = useTranslation("partners");
  const [reason, setReason] = useState("");
  return (
    <Card title={t("merge.do")}>
      <div className={css.rows}>
        <p className={css.muted}>{t("merge.text", { days: look.undoDays })}</p>
        <Textarea
          label={t("record.reason")}
          required
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {error === undefined ? null : <ProblemLine error={error} />}
        <Group>
          <Button
            disabled={reason.trim() === "" || look.refusals.length > 0}
            loading={busy}
            onClick={() => send(reason)}
          >
            {t(look.twoPeople ? "merge.propose" : "merge.do")}
          </Button>
        </Group>
      </div>
    </Card>
  );
}

interface FieldSidesProps {
  readonly field: MergeLook["fields"][number];
  readonly side: Side;
  readonly choose: (side: Side) => void;
}

function FieldSides({ field, side, choose }: FieldSidesProps) {
  const { t } = useTranslation("partners");
  const label = field.custom ? field.field : t(`mergeField.${field.field}`);
  const value = (text: string) => (text === "" ? "–" : NAMED.has(field.field) ? <NameText id={text} /> : text);
  return (
    <>
      <span>{label}</span>
      {(["winner", "loser"] as const).map((one) => (
        <div key={one} className={css.side} data-on={side === one}>
          <Radio
            size="xs"
            name={`${field.custom} ${field.field}`}
            checked={side === one}
            onChange={() => choose(one)}
            aria-label={`${label}: ${t(`merge.${one}`)}`}
            label={value(field[one])}
          />
        </div>
      ))}
    </>
  );
}

/** Lists that show what stays, and where it is decided about. */
const STAYING: Readonly<Record<string, string>> = {
  agreements: "/agreements",
  links: "/links",
  codes: "/codes",
  customers: "/customers",
  payees: "/payees",
};

function Moves({ look, loserId }: Pick<MergeProps, "look" | "loserId">) {
  const { t } = useTranslation("partners");
  const moves = look.moves.filter((one) => one.moved + one.stays > 0);
  return (
    <Card title={t("merge.moves")}>
      <ul style={{ margin: 0, paddingInlineStart: 18 }}>
        {moves.map((one) => (
          <li key={one.what}>
            {t(`merge.move.${one.what}`, { count: one.moved })}
            {one.stays === 0 ? "" : ` ${t(`merge.stay.${one.why}`, { count: one.stays })} `}
            {one.stays === 0 || STAYING[one.what] === undefined ? null : (
              <Go to={`${STAYING[one.what]}?partnerId=${loserId}`}>{t("merge.seeThem")}</Go>
            )}
          </li>
        ))}
        <li>{t("merge.historyStays")}</li>
        <li>{t("merge.alias")}</li>
      </ul>
    </Card>
  );
}
