import type { Line } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ListPage } from "../kit/list/list-page.tsx";
import { useProgramQuery } from "../session/session.tsx";
import { useLineColumns } from "./line-columns.tsx";
import { LineWhy } from "./line-why.tsx";

export function LineList() {
  const { t } = useTranslation("money");
  const [why, setWhy] = useState<string | null>(null);
  return (
    <>
      <ListPage<Line>
        name="lines"
        title={t("lines")}
        resource="/lines"
        fixed={useProgramQuery()}
        rowId={(one) => one.id}
        views={[
          { id: "latest", label: t("views.latest"), filters: { latest: "true" } },
          { id: "all", label: t("views.allVersions") },
        ]}
        filters={[
          {
            kind: "record",
            field: "partnerId",
            label: t("partner"),
            resource: "/partners",
            toOption: (row) => ({ value: row.id, label: row.name }),
          },
          { kind: "text", field: "month", label: t("earnedIn"), placeholder: "2026-03" },
          { kind: "text", field: "bookedMonth", label: t("bookedIn"), placeholder: "2026-03" },
          { kind: "text", field: "component", label: t("component") },
          { kind: "text", field: "customerId", label: t("subject"), placeholder: "cus_…" },
        ]}
        columns={useLineColumns({ withPartner: true, onWhy: setWhy })}
        empty={{ title: t("emptyLines"), text: t("emptyLinesText") }}
      />
      <LineWhy lineId={why} onClose={() => setWhy(null)} />
    </>
  );
}
