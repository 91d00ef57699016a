import { Button } from "@mantine/core";
import type { Deputy } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { DateText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";

/** Who is away and gets no new leads, and who stands in: the deputies that are named for everything. */
export function AbsenceCard() {
  const { t } = useTranslation("pipeline");
  const { can } = useSession();
  const go = useGo();
  const of = can("users.read") ? "all" : "me";
  const found = useRecord<Page<Deputy>>("/deputies", { of, state: "active", limit: 50 });
  const name = (
    <Button size="compact-sm" variant="default" onClick={() => go("/deputies")}>
      {t("addAbsence")}
    </Button>
  );
  return (
    <Card title={t("absences")} actions={name} flush>
      <Loaded query={found}>
        {({ data }) => (
          <PlainTable
            label={t("absences")}
            rows={data}
            rowId={(one) => one.id}
            empty={<p style={{ padding: "0 14px" }}>{t("noAbsences")}</p>}
            columns={[
              { id: "who", label: t("away"), cell: (one) => <NameText id={one.principalUserId} /> },
              { id: "deputy", label: t("deputy"), cell: (one) => <NameText id={one.deputyUserId} /> },
              { id: "from", label: t("firstDay"), cell: (one) => <DateText at={one.startsAt} detail="day" /> },
              { id: "until", label: t("backOn"), cell: (one) => <DateText at={one.endsAt} detail="day" /> },
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}
