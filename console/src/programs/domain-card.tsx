import { Button } from "@mantine/core";
import type { DomainCheck, Program } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText } from "../kit/date-text.tsx";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";

/** Does the program's own host for links work: which records it needs, and step by step what was found. */
export function DomainCard({ program }: { readonly program: Program }) {
  const { t } = useTranslation("programs");
  const { can } = useSession();
  const check = useChange({
    send: () => api.post<DomainCheck>(`/programs/${program.id}/domain-check`),
    refresh: [],
  });
  if (program.trackingDomain === null)
    return (
      <Card title={t("trackingDomain")}>
        <p>{t("domain.none")}</p>
      </Card>
    );
  return (
    <Card
      title={program.trackingDomain}
      actions={
        can("programs.write") ? (
          <Button size="xs" variant="default" loading={check.isPending} onClick={() => check.mutate(undefined)}>
            {t("domain.check")}
          </Button>
        ) : undefined
      }
    >
      {check.isError ? <ProblemLine error={check.error} /> : null}
      {check.data === undefined ? <p>{t("domain.hint")}</p> : <Found found={check.data} />}
    </Card>
  );
}

const TONES = { ok: "good", warning: "warn", failed: "bad", skipped: "quiet" } as const;

function Found({ found }: { readonly found: DomainCheck }) {
  const { t } = useTranslation("programs");
  const { certificate } = found;
  return (
    <>
      <NoteLine tone={found.works ? "good" : "bad"}>{t(found.works ? "domain.works" : "domain.broken")}</NoteLine>
      {found.works ? null : (
        <PlainTable
          label={t("domain.records")}
          rows={found.wanted}
          rowId={(one) => `${one.type} ${one.value}`}
          columns={[
            { id: "type", label: t("domain.type"), cell: (one) => one.type },
            { id: "name", label: t("domain.name"), cell: (one) => <CopyText text={one.name} /> },
            { id: "value", label: t("domain.value"), cell: (one) => <CopyText text={one.value} /> },
          ]}
        />
      )}
      <PlainTable
        label={t("domain.steps")}
        rows={found.steps}
        rowId={(one) => one.step}
        columns={[
          { id: "step", label: t("domain.step"), cell: (one) => t(`domain.stepOf.${one.step}`) },
          {
            id: "state",
            label: t("status"),
            cell: (one) => <StatusBadge plain state={one.state} label={t(`domain.state.${one.state}`)} tones={TONES} />,
          },
          {
            id: "text",
            label: t("domain.found"),
            cell: (one) => (
              <>
                {one.text} {one.hint === undefined ? null : <small>{one.hint}</small>}
              </>
            ),
          },
        ]}
      />
      {certificate === null ? null : (
        <Properties
          items={[
            [t("domain.issuer"), certificate.issuer],
            [t("domain.names"), certificate.names.join(", ")],
            [t("domain.validTo"), <DateText key="to" at={certificate.validTo} />],
          ]}
        />
      )}
    </>
  );
}
