import { Button, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useSearch } from "@tanstack/react-router";
import type { WhyAnswer } from "@tributary/contract";
import { type SubmitEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { useGo } from "../kit/link.tsx";
import { Page } from "../kit/page.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { FoundList } from "./found-list.tsx";
import css from "./why.module.css";
import { WhyWay } from "./why-way.tsx";

/** "Why didn't this count?" for the operator's people. */
export function WhyPage() {
  return <WhyQuestion own={false} />;
}

/** Whatever is pasted is in the address, so that an answer can be sent to a colleague. `own`: a partner asks. */
export function WhyQuestion({ own }: { readonly own: boolean }) {
  const { t } = useTranslation("why");
  const search: Record<string, string> = useSearch({ strict: false });
  const q = String(search.q ?? "");
  return (
    <Page title={t("title")} subtitle={t(own ? "subtitleOwn" : "subtitle")}>
      <div className={css.page}>
        <Question key={q} q={q} />
        {q === "" ? (
          <EmptyState title={t("ask")} text={t(own ? "askTextOwn" : "askText")} />
        ) : (
          <Answer q={q} own={own} />
        )}
      </div>
    </Page>
  );
}

function Question({ q }: { readonly q: string }) {
  const { t } = useTranslation("why");
  const go = useGo();
  const [text, setText] = useState(q);
  const ask = (event: SubmitEvent) => {
    event.preventDefault();
    if (text.trim() !== "") go(`/why?q=${encodeURIComponent(text.trim())}`);
  };
  return (
    <form className={css.question} onSubmit={ask}>
      <TextInput
        aria-label={t("question")}
        placeholder={t("placeholder")}
        leftSection={<IconSearch size={15} aria-hidden="true" />}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        autoFocus
      />
      <Button type="submit">{t("look")}</Button>
    </form>
  );
}

function Answer({ q, own }: { readonly q: string; readonly own: boolean }) {
  const { i18n } = useTranslation("why");
  const language = i18n.language.startsWith("es") ? "es" : "en";
  const answer = useRecord<WhyAnswer>("/why", { q, language });
  return (
    <Loaded query={answer}>
      {(one) => (one.way.length === 0 ? <FoundList answer={one} /> : <WhyWay answer={one} own={own} />)}
    </Loaded>
  );
}
