import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { NoteLine } from "../kit/problem-state.tsx";
import { auth } from "../session/auth-client.ts";
import css from "./entrance.module.css";
import { Entrance } from "./entrance.tsx";
import { SecondFactor } from "./second-factor.tsx";

/** Only paths of this site: a `next` that leads elsewhere is ignored. */
function nextOf(next: string | undefined): string {
  const home = window.location.pathname.startsWith("/portal") ? "/portal" : "/";
  if (
    next === undefined ||
    !next.startsWith("/") ||
    next.startsWith("//") ||
    next.includes("\\") ||
    next.includes("sign-in")
  )
    return home;
  return home === "/portal" && !next.startsWith("/portal") ? `/portal${next}` : next;
}

/** Password (and the second factor when there is one), or a passkey. */
export function SignIn() {
  const { t } = useTranslation("access");
  const search: Record<string, string | undefined> = useSearch({ strict: false });
  const [needsCode, setNeedsCode] = useState(false);
  const setUp = useRecord<{ needed: boolean }>("/setup");
  // a full load, so that nothing of a former session stays in memory
  const enter = () => window.location.assign(nextOf(search.next));
  if (needsCode) return <SecondFactor onEntered={enter} onBack={() => setNeedsCode(false)} />;
  return (
    <Entrance title={t("signIn.title")}>
      {setUp.data?.needed === true ? <NoteLine tone="info">{t("signIn.setUpFirst")}</NoteLine> : null}
      <PasswordForm onEntered={enter} onSecondFactor={() => setNeedsCode(true)} />
      <div className={css.or}>{t("signIn.or")}</div>
      <PasskeyButton onEntered={enter} />
    </Entrance>
  );
}

interface PasswordFormProps {
  readonly onEntered: () => void;
  readonly onSecondFactor: () => void;
}

function PasswordForm({ onEntered, onSecondFactor }: PasswordFormProps) {
  const { t } = useTranslation("access");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    const { data, error } = await auth.signIn.email({
      email: String(given.get("email")),
      password: String(given.get("password")),
    });
    setBusy(false);
    if (error !== null) setProblem(refusalOf(error.status, error.code));
    else if ("twoFactorRedirect" in data && data.twoFactorRedirect === true) onSecondFactor();
    else onEntered();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm" mt="sm">
        {problem === null ? null : (
          <NoteLine tone="bad" role="alert">
            {t(problem)}
          </NoteLine>
        )}
        <TextInput
          name="email"
          type="email"
          label={t("signIn.email")}
          autoComplete="username webauthn"
          required
          withAsterisk={false}
          autoFocus
        />
        <PasswordInput
          name="password"
          label={t("signIn.password")}
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={busy} fullWidth mt={4}>
          {t("signIn.enter")}
        </Button>
      </Stack>
    </form>
  );
}

/** Never says whether the address is known. */
function refusalOf(status: number, code: string | undefined): string {
  if (status === 429) return "signIn.tooMany";
  if (status === 401 || code === "INVALID_EMAIL_OR_PASSWORD") return "signIn.wrong";
  if (code === "partner_closed") return "signIn.closed";
  if (status === 403) return "signIn.blocked";
  return "signIn.unreachable";
}

function PasskeyButton({ onEntered }: { readonly onEntered: () => void }) {
  const { t } = useTranslation("access");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const enter = async () => {
    setBusy(true);
    const answer = await auth.signIn.passkey();
    setBusy(false);
    if (answer?.error) setFailed(true);
    else onEntered();
  };
  return (
    <Stack gap="xs">
      <Button
        variant="default"
        fullWidth
        leftSection={<IconFingerprint size={16} />}
        loading={busy}
        onClick={() => void enter()}
      >
        {t("signIn.passkey")}
      </Button>
      {failed ? (
        <NoteLine tone="warn" role="alert">
          {t("signIn.passkeyFailed")}
        </NoteLine>
      ) : null}
    </Stack>
  );
}
