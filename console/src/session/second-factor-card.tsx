import { Button, PinInput, SimpleGrid, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { renderSVG } from "uqr";
import { z } from "zod";
import { CopyText } from "../kit/copy-text.tsx";
import { FormDialogFrame } from "../kit/dialog-frame.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { say } from "../kit/notices.ts";
import { NoteLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { unwrapAuth } from "./auth-answer.ts";
import { auth } from "./auth-client.ts";

interface Enrolment {
  readonly totpURI: string;
  readonly backupCodes: readonly string[];
}

const schema = z.object({ password: z.string().min(1) });

/** TOTP on and off. It counts only once a code of the authenticator was entered, so that nobody locks themselves out. */
export function SecondFactorCard() {
  const { t } = useTranslation("session");
  const session = auth.useSession();
  const [asking, setAsking] = useState(false);
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const on = session.data?.user.twoFactorEnabled === true;
  const finish = () => {
    setEnrolment(null);
    void session.refetch();
    say(t("factor.isOn"));
  };
  return (
    <Card
      title={t("factor.title")}
      actions={<StatusBadge state={on ? "active" : "draft"} label={on ? t("factor.on") : t("factor.off")} />}
    >
      <Stack gap="sm" align="flex-start">
        <span>{t("factor.text")}</span>
        <Button variant={on ? "default" : "filled"} onClick={() => setAsking(true)}>
          {on ? t("factor.switchOff") : t("factor.switchOn")}
        </Button>
      </Stack>
      <FormDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={on ? t("factor.switchOff") : t("factor.switchOn")}
        submit={t("factor.continue")}
        schema={schema}
        initial={{ password: "" }}
        fields={[{ kind: "password", name: "password", label: t("factor.password"), required: true }]}
        send={async ({ password }): Promise<Enrolment | null> => {
          if (!on) {
            const answer = unwrapAuth(await auth.twoFactor.enable({ password }));
            return answer.method === "totp" ? answer : null;
          }
          unwrapAuth(await auth.twoFactor.disable({ password }));
          return null;
        }}
        done={(result) => (result === null ? void session.refetch() : setEnrolment(result))}
        refresh={[]}
      />
      {enrolment === null ? null : (
        <EnrolDialog enrolment={enrolment} onDone={finish} onClose={() => setEnrolment(null)} />
      )}
    </Card>
  );
}

interface EnrolDialogProps {
  readonly enrolment: Enrolment;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function EnrolDialog({ enrolment, onDone, onClose }: EnrolDialogProps) {
  const { t } = useTranslation("session");
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState(false);
  const secret = new URL(enrolment.totpURI).searchParams.get("secret") ?? "";
  const verify = async () => {
    const { error } = await auth.twoFactor.verifyTotp({ code });
    if (error === null) onDone();
    else setWrong(true);
  };
  const picture = `data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(enrolment.totpURI, { border: 2 }))}`;
  return (
    <FormDialogFrame
      opened
      title={t("factor.scan")}
      submit={t("factor.confirm")}
      onClose={onClose}
      onSubmit={() => void verify()}
      ready={code.length === 6}
    >
      <Stack gap="sm">
        <span>{t("factor.scanText")}</span>
        <img
          src={picture}
          width={180}
          height={180}
          alt={t("factor.qr")}
          style={{ borderRadius: 8, alignSelf: "center" }}
        />
        <CopyText text={secret} />
        <PinInput length={6} type="number" oneTimeCode value={code} onChange={setCode} aria-label={t("factor.code")} />
        {wrong ? (
          <NoteLine tone="bad" role="alert">
            {t("factor.wrong")}
          </NoteLine>
        ) : null}
        <NoteLine tone="warn">{t("factor.backup")}</NoteLine>
        <BackupCodes codes={enrolment.backupCodes} />
      </Stack>
    </FormDialogFrame>
  );
}

function BackupCodes({ codes }: { readonly codes: readonly string[] }) {
  const { t } = useTranslation("session");
  return (
    <>
      <SimpleGrid cols={3} spacing={6} ff="monospace" fz="xs">
        {codes.map((code) => (
          <span key={code}>{code}</span>
        ))}
      </SimpleGrid>
      <CopyText text={codes.join("\n")} shown={t("factor.copyAll")} mono={false} />
    </>
  );
}
