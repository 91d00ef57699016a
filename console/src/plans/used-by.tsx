import type { Agreement, AgreementVersion, PlanDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { DayText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { Go } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";

/** Agreements whose terms, in force or waiting, refer to this plan. */
export function UsedBy({ plan }: { readonly plan: PlanDetail }) {
  const { t } = useTranslation("plans");
  const { can } = useSession();
  const agreements = useRecord<Page<Agreement>>(
    "/agreements",
    { planId: plan.id, limit: 200 },
    { enabled: can("agreements.read") },
  );
  if (!can("agreements.read")) return <EmptyState title={t("used.hidden")} />;
  return (
    <Loaded query={agreements}>
      {({ data }) => {
        const rows = data.flatMap((one) => {
          const version = [one.inForce, one.pending, one.next].find((terms) => terms?.planId === plan.id);
          return version === undefined || version === null ? [] : [{ agreement: one, version }];
        });
        return (
          <Card title={t("tabs.used")} flush>
            <PlainTable
              label={t("tabs.used")}
              rows={rows}
              rowId={(row) => row.agreement.id}
              empty={<EmptyState title={t("used.none")} text={t("used.noneText")} />}
              columns={[
                {
                  id: "partner",
                  label: t("used.partner"),
                  cell: (row) => (
                    <Go to={`/agreements/${row.agreement.id}`}>
                      <NameText id={row.agreement.partnerId} />
                    </Go>
                  ),
                },
                { id: "plan", label: t("version"), cell: (row) => row.version.planVersion },
                {
                  id: "state",
                  label: t("status"),
                  cell: (row) => t(`used.${stateOf(row)}`),
                },
                {
                  id: "from",
                  label: t("used.from"),
                  cell: (row) => <DayText day={row.version.validFrom} />,
                  align: "end",
                },
              ]}
            />
          </Card>
        );
      }}
    </Loaded>
  );
}

interface Use {
  readonly agreement: Agreement;
  readonly version: AgreementVersion;
}

function stateOf({ agreement, version }: Use): "inForce" | "pending" | "next" {
  if (agreement.inForce?.id === version.id) return "inForce";
  return agreement.pending?.id === version.id ? "pending" : "next";
}
