import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { ProcedureVersion } from "@tributary/contract";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useParam } from "../kit/link.tsx";
import { Page } from "../kit/page.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { Handbook } from "./handbook.tsx";
import { textOf } from "./texts.ts";

/** The written procedure by itself, to be read or printed; `?step=` leads to a place in it. */
export function HandbookPage() {
  const { t, i18n } = useTranslation("procedures");
  const id = useParam("id");
  const search: Record<string, string> = useSearch({ strict: false });
  const version = useRecord<ProcedureVersion>(`/procedures/${id}/versions/${search.version ?? "published"}`);
  const step = search.step;
  const isThere = version.data !== undefined;
  useEffect(() => {
    if (isThere && step !== undefined) document.getElementById(step)?.scrollIntoView();
  }, [isThere, step]);
  return (
    <Loaded query={version}>
      {(one) => (
        <Page
          title={textOf(one.definition.title, i18n.language)}
          subtitle={t(`versionStates.${one.state}`, { version: one.version })}
          parent={{ label: t("title"), to: `/procedures/${id}` }}
          actions={
            <Button variant="default" onClick={() => window.print()}>
              {t("print")}
            </Button>
          }
        >
          <Handbook definition={one.definition} />
        </Page>
      )}
    </Loaded>
  );
}
