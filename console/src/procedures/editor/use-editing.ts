import { useDebouncedCallback } from "@mantine/hooks";
import type { ProcedureChecked, ProcedureDefinition, ProcedureVersion } from "@tributary/contract";
import { useCallback, useRef, useState } from "react";
import { api } from "../../api/client.ts";
import { ApiProblem } from "../../api/problem.ts";

/** Something that keeps the text from being a procedure. */
export interface Complaint {
  readonly field: string;
  readonly message: string;
}

export interface Editing {
  readonly definition: ProcedureDefinition;
  readonly yaml: string;
  readonly checked: ProcedureChecked | null;
  readonly complaints: readonly Complaint[];
  readonly waiting: boolean;
  readonly dirty: boolean;
  readonly change: (definition: ProcedureDefinition) => void;
  readonly write: (yaml: string) => void;
  readonly saved: () => void;
}

const PAUSE_MS = 400;

/** One procedure in two views: the form changes the data, the editor the text; the server turns one into the other and says what it thinks of it. */
export function useEditing(initial: Pick<ProcedureVersion, "definition" | "yaml">): Editing {
  const [definition, setDefinition] = useState(initial.definition);
  const [yaml, setYaml] = useState(initial.yaml);
  const [checked, setChecked] = useState<ProcedureChecked | null>(null);
  const [complaints, setComplaints] = useState<readonly Complaint[]>([]);
  const [waiting, setWaiting] = useState(false);
  const [dirty, setDirty] = useState(false);
  const turn = useRef(0);
  const text = useRef(initial.yaml);

  const ask = useDebouncedCallback(async (mine: number, body: object) => {
    try {
      const answer = await api.post<ProcedureChecked>("/procedures/check", body);
      if (mine !== turn.current) return;
      setChecked(answer);
      setComplaints([]);
      setDefinition(answer.definition);
      setYaml(answer.yaml);
      text.current = answer.yaml;
    } catch (error) {
      if (mine !== turn.current) return;
      setChecked(null);
      const fields = error instanceof ApiProblem ? error.fields : [];
      setComplaints(fields.length > 0 ? fields : [{ field: "", message: String(error) }]);
    } finally {
      if (mine === turn.current) setWaiting(false);
    }
  }, PAUSE_MS);

  const begin = useCallback(() => {
    turn.current += 1;
    setWaiting(true);
    setDirty(true);
    return turn.current;
  }, []);
  const change = useCallback(
    (next: ProcedureDefinition) => {
      setDefinition(next);
      ask(begin(), { definition: next, base: text.current });
    },
    [ask, begin],
  );
  const write = useCallback(
    (next: string) => {
      if (next === text.current) return;
      text.current = next;
      setYaml(next);
      ask(begin(), { yaml: next });
    },
    [ask, begin],
  );
  return { definition, yaml, checked, complaints, waiting, dirty, change, write, saved: () => setDirty(false) };
}
