import { Button, Group, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { type RunApproved, type RunDetail, RunSendBack } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { say } from "../kit/notices.ts";
import { ProgressLine } from "../kit/progress-line.tsx";
import { TOUCHED } from "./states.ts";

type Action = RunDetail["mine"]["actions"][number];

/** What leads on stands as a button; what leads back or ends it is in the menu. */
const FORWARD: readonly Action[] = ["approve", "freeze", "calculate", "validate", "close", "confirm_reopen"];
/** What the checks can stand against. */
const WORK: ReadonlySet<Action> = new Set(["freeze", "calculate", "validate"]);
const PATHS: Readonly<Partial<Record<Action, string>>> = {
  freeze: "freeze",
  calculate: "calculate",
  validate: "validate",
  repeat: "repeat",
  close: "close",
  cancel: "cancel",
  confirm_reopen: "reopen/confirm",
};

/** Everything that this person may do with the run now; the server has said what. */
export function RunActions({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation("runs");
  const [asked, setAsked] = useState<Action | null>(null);
  const forward = FORWARD.filter((action) => run.mine.actions.includes(action));
  const blocking = run.checks.filter((check) => check.outcome === "blocks").map((check) => t(`check.${check.code}`));
  const isBlocked = (action: Action) => WORK.has(action) && blocking.length > 0;
  const others = run.mine.actions.filter((action) => !FORWARD.includes(action));
  const done = () => setAsked(null);
  return (
    <Group gap={8} wrap="nowrap">
      {forward.map((action, index) => (
        <Button
          key={action}
          variant={index === 0 ? "filled" : "default"}
          disabled={isBlocked(action)}
          title={isBlocked(action) ? t("holdFirst", { what: blocking.join(", ") }) : undefined}
          onClick={() => setAsked(action)}
        >
          {action === "approve" ? t("approveClean", { count: run.mine.clean }) : t(`action.${action}`)}
        </Button>
      ))}
      {others.length === 0 ? null : (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" px={8} aria-label={t("more")}>
              <IconDots size={16} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map((action) => (
              <Menu.Item key={action} onClick={() => setAsked(action)}>
                {t(`action.${action}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      <Dialogs run={run} asked={asked} done={done} />
    </Group>
  );
}

interface DialogsProps {
  readonly run: RunDetail;
  readonly asked: Action | null;
  readonly done: () => void;
}

function Dialogs({ run, asked, done }: DialogsProps) {
  const { t } = useTranslation("runs");
  if (asked === null) return null;
  if (asked === "send_back") return <SendBackDialog run={run} done={done} />;
  const shared = {
    opened: true,
    onClose: done,
    refresh: TOUCHED,
    title: t(`action.${asked}`),
    action: t(`action.${asked}`),
    text: t(`actionText.${asked}`),
  };
  if (asked === "approve")
    return (
      <ConfirmDialog
        {...shared}
        title={t("approveClean", { count: run.mine.clean })}
        reason="optional"
        send={(comment) =>
          api.post<RunApproved>(`/runs/${run.id}/approvals`, { revision: run.revision, clean: true, comment })
        }
        done={(result) => say(t("approvedCount", { count: result.approved }))}
      />
    );
  if (asked === "reopen")
    return (
      <ConfirmDialog
        {...shared}
        reason="required"
        send={(reason) => api.post(`/runs/${run.id}/reopen`, { revision: run.revision, reason })}
      />
    );
  return (
    <ConfirmDialog
      {...shared}
      reason="optional"
      danger={asked === "cancel"}
      send={(comment) => api.post(`/runs/${run.id}/${PATHS[asked]}`, { revision: run.revision, comment })}
    />
  );
}

/** Where to, why, and what has to be done again: said before it is done. */
function SendBackDialog({ run, done }: { readonly run: RunDetail; readonly done: () => void }) {
  const { t } = useTranslation("runs");
  const first = run.backTo[0] ?? run.state;
  return (
    <FormDialog
      opened
      onClose={done}
      title={t("action.send_back")}
      submit={t("action.send_back")}
      schema={RunSendBack}
      initial={{ revision: run.revision, to: first, comment: "" }}
      fields={[
        {
          kind: "select",
          name: "to",
          label: t("backTo"),
          options: run.backTo.map((value) => ({ value, label: t(`states.${value}`) })),
        },
        {
          kind: "own",
          name: "note",
          label: "",
          content: (values) => (
            <p style={{ margin: 0, color: "var(--mantine-color-dimmed)" }}>{t(`backText.${values.to}`)}</p>
          ),
        },
        { kind: "textarea", name: "comment", label: t("comment"), required: true, rows: 3 },
      ]}
      send={(values, key) => api.post(`/runs/${run.id}/send-back`, values, key)}
      done={() => undefined}
      refresh={TOUCHED}
    />
  );
}

/** How far the work is, while it is done. */
export function ReleaseNote({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation("runs");
  const { progress } = run;
  return (
    <div style={{ inlineSize: 260, maxInlineSize: "100%" }}>
      <ProgressLine
        label={t(`part.${progress?.what ?? "freeze"}`)}
        done={progress?.done ?? 0}
        total={progress === null || progress.of === 0 ? null : progress.of}
      />
    </div>
  );
}
