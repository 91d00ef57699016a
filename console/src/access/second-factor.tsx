import { Button, Checkbox, PinInput, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { NoteLine } from "../kit/problem-state.tsx";
import { auth } from "../session/auth-client.ts";
import css from "./entrance.module.css";
import { Entrance } from "./entrance.tsx";

interface SecondFactorProps {
  readonly onEntered: () => void;
  readonly onBack: () => void;
}

/** The six digits of the authenticator, or a backup code when the telephone is lost. */
export function SecondFactor({ onEntered, onBack }: SecondFactorProps) {
  const { t } = useTranslation("access");
  const [backup, setBackup] = useState(false);
  const [code, setCode] = useState("");
  const [trustDevice, setTrust] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const verify = async (given: string) => {
    setBusy(true);
    setFailed(false);
    const { error } = backup
      ? await auth.twoFactor.verifyBackupCode({ code: given.trim(), trustDevice })
      : await auth.twoFactor.verifyTotp({ code: given, trustDevice });
    setBusy(false);
    if (error === null) onEntered();
    else {
      setFailed(true);
      setCode("");
    }
  };
  return (
    <Entrance title={t("factor.title")} text={backup ? t("factor.backupText") : t("factor.text")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void verify(code);
        }}
      >
        <Stack gap="sm">
          {failed ? (
            <NoteLine tone="bad" role="alert">
              {t("factor.wrong")}
            </NoteLine>
          ) : null}
          <CodeField backup={backup} code={code} onChange={setCode} onComplete={(full) => void verify(full)} />
          <Checkbox
            label={t("factor.trust")}
            checked={trustDevice}
            onChange={(event) => setTrust(event.currentTarget.checked)}
          />
          <Button type="submit" loading={busy} disabled={code === ""}>
            {t("factor.enter")}
          </Button>
        </Stack>
      </form>
      <div className={css.foot}>
        <button type="button" onClick={() => setBackup(!backup)}>
          {backup ? t("factor.useApp") : t("factor.useBackup")}
        </button>
        <button type="button" onClick={onBack}>
          {t("factor.back")}
        </button>
      </div>
    </Entrance>
  );
}

interface CodeFieldProps {
  readonly backup: boolean;
  readonly code: string;
  readonly onChange: (code: string) => void;
  readonly onComplete: (code: string) => void;
}

function CodeField({ backup, code, onChange, onComplete }: CodeFieldProps) {
  const { t } = useTranslation("access");
  if (backup) {
    return (
      <TextInput
        label={t("factor.backupCode")}
        value={code}
        onChange={(event) => onChange(event.currentTarget.value)}
        autoFocus
        autoComplete="off"
      />
    );
  }
  return (
    <PinInput
      length={6}
      type="number"
      oneTimeCode
      autoFocus
      size="md"
      value={code}
      onChange={onChange}
      onComplete={onComplete}
      aria-label={t("factor.code")}
    />
  );
}
