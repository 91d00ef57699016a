import type { ReactNode } from "react";

/** What the form library gives to every input. */
export interface InputProps {
  // biome-ignore lint/suspicious/noExplicitAny: the form library types its inputs so
  readonly value?: any;
  // biome-ignore lint/suspicious/noExplicitAny: the form library types its inputs so
  readonly onChange: any;
  readonly error?: ReactNode;
}

/** What every input shows around itself. */
export interface SharedProps {
  readonly label: string;
  readonly description: string | undefined;
  readonly withAsterisk: boolean;
  readonly disabled: boolean;
}
