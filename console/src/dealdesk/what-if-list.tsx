import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { Simulation } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useGo } from "../kit/link.tsx";
import { ListPage } from "../kit/list/list-page.tsx";
import { useProgramQuery } from "../session/session.tsx";
import { useSimulationColumns } from "./simulation-columns.tsx";
import { WhatIfForm } from "./what-if-form.tsx";

/** Months that are over, calculated again under something else. */
export function WhatIfList() {
  const { t } = useTranslation("dealdesk");
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const program = useProgramQuery();
  const columns = useSimulationColumns();
  const create = <Button onClick={() => go("/what-if?new=1")}>{t("createWhatIf")}</Button>;
  return (
    <>
      <ListPage<Simulation>
        name="simulations-replay"
        title={t("whatIf")}
        resource="/simulations"
        fixed={{ kind: "replay", ...program }}
        rowId={(one) => one.id}
        open={(one) => `/what-if/${one.id}`}
        columns={[columns.name, columns.status, columns.createdBy, columns.createdAt]}
        empty={{ title: t("emptyWhatIf"), text: t("emptyWhatIfText"), action: create }}
        actions={create}
      />
      {search.new === "1" ? <WhatIfForm onClose={() => go("/what-if")} /> : null}
    </>
  );
}
