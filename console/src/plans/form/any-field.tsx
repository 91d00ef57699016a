import { type ComponentType, createContext, type ReactNode, useContext } from "react";
import type { z } from "zod";
import type { Path } from "../paths.ts";

export interface NodeProps {
  readonly schema: z.ZodType;
  readonly value: unknown;
  readonly path: Path;
  readonly label: string;
  /** Beside the name of a block: which of several forms it has. */
  readonly chooser?: ReactNode;
}

/** The field that draws any value: given by the form, because blocks hold values that are blocks again. */
export const NodeContext = createContext<ComponentType<NodeProps>>(() => null);

/** The input of any value of the plan language, inside a block. */
export function AnyField(props: NodeProps) {
  const Field = useContext(NodeContext);
  return <Field {...props} />;
}
