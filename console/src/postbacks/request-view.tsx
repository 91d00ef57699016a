import type { PostbackTrial } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import css from "./postbacks.module.css";

type Call = Pick<PostbackTrial, "url" | "method" | "headers" | "body" | "status" | "error" | "response" | "durationMs">;

/** The exact request and its answer, as text that can be read and copied. */
export function RequestView({ call }: { readonly call: Call }) {
  const { t } = useTranslation("postbacks");
  const headers = Object.entries(call.headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  const request = [`${call.method ?? "GET"} ${call.url}`, ...headers, ...(call.body ? ["", call.body] : [])].join("\n");
  const answered = call.status === null ? t("noAnswer") : t("answered", { status: call.status });
  const took = call.durationMs === null ? "" : ` · ${t("milliseconds", { count: call.durationMs })}`;
  return (
    <>
      <section className={css.call} aria-label={t("request")}>
        <h3>{t("request")}</h3>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by the keyboard */}
        <pre tabIndex={0}>{request}</pre>
      </section>
      <section className={css.call} aria-label={t("answer")}>
        <h3>{`${answered}${took}`}</h3>
        {call.error === null ? null : <p className={css.error}>{call.error}</p>}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by the keyboard */}
        {call.response ? <pre tabIndex={0}>{call.response}</pre> : null}
      </section>
    </>
  );
}
