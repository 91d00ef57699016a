import { ApiProblem } from "../api/problem.ts";

/** Answers of the sign-in service become the same problems as those of the API, so that forms show them alike. */
export function unwrapAuth<T>(answer: {
  readonly data: T | null;
  readonly error: { readonly status: number; readonly message?: string | undefined } | null;
}): T {
  if (answer.error !== null) {
    const code =
      answer.error.status === 429
        ? "too_many_requests"
        : answer.error.status === 401
          ? "unauthenticated"
          : "invalid_input";
    throw new ApiProblem(answer.error.status, code, answer.error.message ?? code, answer.error.message);
  }
  return answer.data as T;
}
