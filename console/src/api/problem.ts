import type { ErrorCode } from "@tributary/contract";

/** One refused field of a request: what was sent, what is wrong with it and the way out. */
export interface FieldProblem {
  readonly field: string;
  readonly value?: unknown;
  readonly message: string;
  readonly hint?: string;
}

export type ProblemCode = ErrorCode | "offline" | "unreadable";

/** A problem+json answer, or its like when no answer came: `offline` (nothing was sent or heard), `unreadable` (not our API). */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string | undefined;
  readonly fields: readonly FieldProblem[];

  constructor(status: number, code: ProblemCode, title: string, detail?: string, fields: readonly FieldProblem[] = []) {
    super(title);
    this.name = "ApiProblem";
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.fields = fields;
  }
}

/** Any answer that is not 2xx becomes one ApiProblem; a proxy's HTML page becomes `unreadable`, never a parse error. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  if (typeof body !== "object" || body === null || !("code" in body)) {
    return new ApiProblem(response.status, "unreadable", response.statusText || String(response.status));
  }
  const problem = body as { code: ErrorCode; title?: string; detail?: string; errors?: readonly FieldProblem[] };
  return new ApiProblem(
    response.status,
    problem.code,
    problem.title ?? problem.code,
    problem.detail,
    problem.errors ?? [],
  );
}
