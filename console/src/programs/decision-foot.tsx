import { Button, Group, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemLine } from "../kit/problem-state.tsx";

/** What somebody decides, in whose words. */
export interface Decided<D extends string> {
  readonly decision: D;
  readonly reason: string;
}

interface DecisionFootProps<D extends string> {
  readonly ways: readonly D[];
  /** What the button of a way says. */
  readonly label: (way: D) => string;
  /** What the reason is for and who reads it. */
  readonly hint?: string;
  readonly lacksReason: (way: D, reason: string) => boolean;
  /** A change of useChange: what it has come to, and how it begins. */
  readonly decide: {
    readonly isPending: boolean;
    readonly error: Error | null;
    readonly variables: Decided<D> | undefined;
    mutate(decided: Decided<D>): void;
  };
}

/** The reason, what was wrong with the last try, and a button for each way to decide: the foot of a dialog that decides one record. */
export function DecisionFoot<D extends string>({ ways, label, hint, lacksReason, decide }: DecisionFootProps<D>) {
  const { t } = useTranslation("programs");
  const [reason, setReason] = useState("");
  return (
    <>
      <Textarea
        label={t("requests.reason")}
        description={hint}
        autosize
        minRows={2}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      {decide.error !== null ? <ProblemLine error={decide.error} /> : null}
      <Group justify="flex-end" gap={8}>
        {ways.map((decision) => (
          <Button
            key={decision}
            variant={decision === "approve" ? "filled" : "default"}
            loading={decide.isPending && decide.variables?.decision === decision}
            disabled={lacksReason(decision, reason.trim())}
            onClick={() => decide.mutate({ decision, reason })}
          >
            {label(decision)}
          </Button>
        ))}
      </Group>
    </>
  );
}
