import type { Partner } from "@tributary/contract";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BulkAction } from "../kit/list/list-declaration.ts";
import { EditMany, type Meant } from "./edit-many.tsx";

/** What narrows the list; its order changes nothing. */
function filterOf({ sort: _order, ...query }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== ""));
}

/** The action "Edit many" of a list of partners, and its dialog. */
export function useEditMany(): { readonly bulk: readonly BulkAction<Partner>[]; readonly dialog: ReactNode } {
  const { t } = useTranslation("bulk");
  const [meant, setMeant] = useState<Meant | null>(null);
  return {
    bulk: [
      {
        id: "edit-many",
        label: t("editMany"),
        run: (rows) => setMeant({ ids: rows.map((row) => row.id) }),
        runAll: (query) => setMeant({ filter: filterOf(query) }),
      },
    ],
    dialog: <EditMany meant={meant} onClose={() => setMeant(null)} />,
  };
}
