import type { Line } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { useLineColumns } from "./line-columns.tsx";
import { LineWhy } from "./line-why.tsx";

/** Commission lines of a record, e.g. of a statement. */
export function LinePanel({ fixed }: { readonly fixed: Readonly<Record<string, string>> }) {
  const { t } = useTranslation("money");
  const [why, setWhy] = useState<string | null>(null);
  return (
    <>
      <ListPanel<Line>
        embedded
        name="lines-of-record"
        title={t("lines")}
        resource="/lines"
        fixed={fixed}
        rowId={(one) => one.id}
        columns={useLineColumns({ withPartner: false, onWhy: setWhy })}
        empty={{ title: t("emptyLines"), text: t("emptyLinesText") }}
      />
      <LineWhy lineId={why} onClose={() => setWhy(null)} />
    </>
  );
}
