import { Alert, Button, Select, Stack } from "@mantine/core";
import type { ApplicationAnswer, PublicForm } from "@tributary/contract";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import type { ApiProblem } from "../api/problem.ts";
import { useChange, useRecord } from "../api/records.ts";
import { showLanguage } from "../i18n/start.ts";
import { Page } from "../kit/page.tsx";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { type Answers, forgetDraft, keepDraft, readDraft } from "./public-draft.ts";
import { PublicQuestion } from "./public-question.tsx";
import { solve } from "./solve.ts";

const address = (): string => window.location.pathname.split("/")[2] ?? "";
const asked = new URLSearchParams(window.location.search);

/** A form by which somebody applies, or the word after its mail was opened. */
export function PublicFormView() {
  const token = asked.get("confirm");
  return <main>{token === null ? <Form /> : <Confirmation token={token} />}</main>;
}

function Form() {
  const { i18n } = useTranslation();
  const [language, setLanguage] = useState(asked.get("language") ?? i18n.language.slice(0, 2));
  const form = useRecord<PublicForm>(`/public/application-forms/${encodeURIComponent(address())}`, {
    language,
    ref: asked.get("ref") ?? "",
  });
  // The program's own words follow as far as it has the language; the questions are in all languages of the form.
  useEffect(() => {
    const shown = form.data?.language;
    if (shown !== undefined && i18n.language.slice(0, 2) !== shown) void showLanguage(shown === "es" ? "es" : "en");
  }, [form.data?.language, i18n]);
  return (
    <Loaded query={form}>
      {(one) => <Filled key={one.language} form={one} onLanguage={setLanguage} anew={() => void form.refetch()} />}
    </Loaded>
  );
}

interface FilledProps {
  readonly form: PublicForm;
  readonly onLanguage: (language: string) => void;
  readonly anew: () => void;
}

function Filled({ form, onLanguage, anew }: FilledProps) {
  const { t } = useTranslation("pipeline");
  const [answers, setAnswers] = useState<Answers>(() => readDraft(form.address));
  const sending = useSending(form, answers, anew);
  const errors = errorsOf(sending.error);
  const root = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (sending.error !== null) root.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
  }, [sending.error]);
  if (sending.data !== undefined) return <Answered answer={sending.data} />;
  const change = (id: string, value: string | readonly string[]) => {
    const next = { ...answers, [id]: value };
    setAnswers(next);
    keepDraft(form.address, next);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    sending.mutate(new FormData(event.currentTarget).get("address2")?.toString() ?? "");
  };
  return (
    <Page title={form.title} subtitle={form.program} actions={<LanguageChoice form={form} onLanguage={onLanguage} />}>
      <form ref={root} onSubmit={submit} noValidate style={{ maxWidth: 640 }}>
        <Stack gap="md">
          {form.intro === "" ? null : <p style={{ margin: 0, whiteSpace: "pre-line" }}>{form.intro}</p>}
          {form.recruiter === "" ? null : (
            <NoteLine tone="info">{t("public.recruitedBy", { name: form.recruiter })}</NoteLine>
          )}
          {form.questions.map((question) => (
            <PublicQuestion
              key={question.id}
              question={question}
              value={answers[question.id] ?? ""}
              error={errors.get(`answers.${question.id}`)}
              onChange={(value) => change(question.id, value)}
            />
          ))}
          <div aria-hidden="true" style={{ position: "absolute", left: -10_000, height: 0, overflow: "hidden" }}>
            <input type="text" name="address2" tabIndex={-1} autoComplete="off" defaultValue="" />
          </div>
          {sending.error === null ? null : <SendProblem error={sending.error} proof={errors.get("proof")} />}
          <Button type="submit" size="md" loading={sending.isPending}>
            {t("public.send")}
          </Button>
          {sending.isPending ? <p role="status">{t("public.working")}</p> : null}
        </Stack>
      </form>
    </Page>
  );
}

/** Solves the form's challenge and sends. One key for one set of answers: sent again after a lost connection it is the same application. */
function useSending(form: PublicForm, answers: Answers, anew: () => void) {
  const [key] = useState(() => crypto.randomUUID?.() ?? `${Date.now()}-${form.challenge.signature.slice(0, 16)}`);
  const sending = useChange<string, ApplicationAnswer>({
    send: async (address2) => {
      const solution = await solve(form.challenge);
      const body = {
        version: form.version,
        language: form.language,
        answers,
        address2,
        ref: asked.get("ref") ?? "",
        source: asked.get("source") ?? utmOf(asked),
        proof: { challenge: form.challenge, solution },
      };
      return await api.post<ApplicationAnswer>(
        `/public/application-forms/${encodeURIComponent(form.address)}/applications`,
        body,
        `${key}-${form.challenge.signature.slice(0, 12)}-${await digest(JSON.stringify(answers))}`,
      );
    },
    refresh: [],
    done: () => forgetDraft(form.address),
  });
  const expired = errorsOf(sending.error).has("proof");
  // The answers stay; only the challenge is asked for anew.
  useEffect(() => {
    if (expired) anew();
  }, [expired, anew]);
  return sending;
}

async function digest(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes.slice(0, 8)].map((one) => one.toString(16).padStart(2, "0")).join("");
}

/** Where the link came from, as its utm parameters say. */
function utmOf(query: URLSearchParams): string {
  return [...query]
    .filter(([name]) => name.startsWith("utm_"))
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&")
    .slice(0, 500);
}

function errorsOf(error: ApiProblem | null): ReadonlyMap<string, string> {
  return new Map((error?.fields ?? []).map((one) => [one.field, one.message]));
}

function SendProblem({ error, proof }: { readonly error: ApiProblem; readonly proof: string | undefined }) {
  const { t } = useTranslation("pipeline");
  if (proof !== undefined) return <Alert color="orange">{proof}</Alert>;
  if (error.fields.length > 0) return <Alert color="red">{t("public.mend", { count: error.fields.length })}</Alert>;
  return <ProblemLine error={error} />;
}

function LanguageChoice({ form, onLanguage }: Pick<FilledProps, "form" | "onLanguage">) {
  const { t } = useTranslation("pipeline");
  if (form.languages.length < 2) return null;
  const nameOf = (language: string) => new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
  return (
    <Select
      aria-label={t("language")}
      data={form.languages.map((value) => ({ value, label: nameOf(value) }))}
      value={form.language}
      allowDeselect={false}
      w={140}
      onChange={(value) => value !== null && onLanguage(value)}
    />
  );
}

function Answered({ answer }: { readonly answer: ApplicationAnswer }) {
  return (
    <Page title={answer.title}>
      <div role="status" style={{ maxWidth: 640 }}>
        <p style={{ whiteSpace: "pre-line" }}>{answer.text}</p>
        {answer.hints.map((hint) => (
          <Alert key={hint} color="orange">
            {hint}
          </Alert>
        ))}
      </div>
    </Page>
  );
}

function Confirmation({ token }: { readonly token: string }) {
  const { t } = useTranslation("pipeline");
  const confirm = useChange<undefined, ApplicationAnswer>({
    send: () => api.post("/public/application-confirmations", { token }),
    refresh: [],
  });
  if (confirm.data !== undefined) return <Answered answer={confirm.data} />;
  // A button, and not the opening of the page: mail programs open links by themselves.
  return (
    <Page title={t("public.confirmTitle")}>
      <Stack align="flex-start" maw={640}>
        <p>{t("public.confirmText")}</p>
        {confirm.error === null ? null : <ProblemLine error={confirm.error} />}
        <Button size="md" loading={confirm.isPending} onClick={() => confirm.mutate(undefined)}>
          {t("public.confirmDo")}
        </Button>
      </Stack>
    </Page>
  );
}
