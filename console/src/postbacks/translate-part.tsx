import { Button } from "@mantine/core";
import type { Translation } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { ProblemLine } from "../kit/problem-state.tsx";
import { NextLine } from "../kit/record/record-page.tsx";
import css from "./postbacks.module.css";

interface TranslatePartProps {
  readonly url: string;
  readonly change: (name: string, value: unknown) => void;
}

/** An address pasted from somewhere else: its macros become ours, and it is shown how. */
export function TranslatePart({ url, change }: TranslatePartProps) {
  const { t } = useTranslation("postbacks");
  const translate = useChange<undefined, Translation>({
    send: () => api.post<Translation>("/postback-templates/translate", { url }),
    refresh: [],
    done: (made) => change("url", made.url),
  });
  const made = translate.data;
  return (
    <div className={css.translation}>
      <Button
        size="compact-sm"
        variant="default"
        disabled={!url}
        loading={translate.isPending}
        onClick={() => translate.mutate(undefined)}
      >
        {t("translate")}
      </Button>
      {translate.isError ? <ProblemLine error={translate.error} /> : null}
      {made === undefined || made.mapping.length + made.unknown.length === 0 ? null : (
        <div className={css.part}>
          <h3>{t("mapping")}</h3>
          <p>{t("mappingText")}</p>
          <div className={css.pairs}>
            {made.mapping.map((one) => (
              <Pair key={one.found} found={one.found} becomes={one.becomes} means={one.means} />
            ))}
          </div>
          {made.unknown.length === 0 ? null : (
            <NextLine
              step={{
                title: t("unknownNames"),
                text: made.unknown.map((one) => t("eachOf", { name: one.found, values: one.hint })).join(" · "),
                tone: "warn",
              }}
            />
          )}
        </div>
      )}
    </div>
  );
}

function Pair({ found, becomes, means }: Translation["mapping"][number]) {
  return (
    <>
      <code>{found}</code>
      <code>{becomes}</code>
      <span>{means}</span>
    </>
  );
}
