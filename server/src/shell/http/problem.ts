import { ERRORS, type ErrorCode } from "@tributary/contract";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { type Complaint, Refusal } from "../../kernel/refusal.ts";

/** An error as RFC 9457 wants it, with the code of our catalogue, what is wrong field by field, and the id to ask about. */
interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly Complaint[];
}

export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  code: ErrorCode,
  detail: string,
  complaints: readonly Complaint[] = [],
): FastifyReply {
  const { status, title } = ERRORS[code];
  request.problemCode = code;
  const problem: Problem = {
    type: `/v1/errors#${code}`,
    title,
    status,
    code,
    detail,
    requestId: request.id,
    ...(complaints.length > 0 ? { errors: complaints } : {}),
  };
  if (code === "unauthenticated") reply.header("www-authenticate", 'Bearer realm="Tributary"');
  return reply.code(status).type("application/problem+json; charset=utf-8").serializer(JSON.stringify).send(problem);
}

/** Renders every error of the application once: refusals by their code, what the framework refuses by ours, and all else as a defect. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof Refusal) return sendProblem(request, reply, error.code, error.message, error.complaints);
    if (hasZodFastifySchemaValidationErrors(error)) return sendInvalid(request, reply, error);
    const known = frameworkRefusal(error);
    if (known !== undefined) return sendProblem(request, reply, known.code, known.detail);
    if (isRowSecurity(error) && request.actor?.partnerId !== undefined) {
      request.log.warn(
        { err: error },
        "row-level security stopped a partner's request that no check before it had stopped",
      );
      return sendProblem(request, reply, "forbidden", "This is not open to partners.");
    }
    if (isUnstorable(error)) {
      return sendProblem(
        request,
        reply,
        "invalid_input",
        "A text holds a character that cannot be stored (NUL, or half of a pair).",
      );
    }
    request.log.error({ err: error }, "request failed");
    return sendProblem(request, reply, "internal", `Please report this with the request id ${request.id}.`);
  });
}

type ZodProblem = Extract<Parameters<typeof hasZodFastifySchemaValidationErrors>[0], unknown> & {
  readonly validation?: readonly { readonly instancePath: string; readonly message?: string }[];
  readonly validationContext?: string;
};

function sendInvalid(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const { validation = [], validationContext = "body" } = error as ZodProblem;
  const source = { body: request.body, querystring: request.query, params: request.params, headers: request.headers }[
    validationContext
  ];
  const complaints = validation.slice(0, 100).map(({ instancePath, message }): Complaint => {
    const path = instancePath.split("/").filter((part) => part !== "");
    const value = path.reduce<unknown>(
      (inside, part) => (inside as Record<string, unknown> | undefined)?.[part],
      source,
    );
    const field = path.length > 0 ? path.join(".") : validationContext;
    return { field, ...shown(value), message: message ?? "is not valid" };
  });
  const first = complaints[0];
  const detail = first
    ? `${first.field}: ${first.message}`
    : "The request does not have the form that this address takes.";
  return sendProblem(request, reply, "invalid_input", detail, complaints);
}

function shown(value: unknown): { value?: string } {
  if (value === undefined || (typeof value === "object" && value !== null)) return {};
  return { value: String(value).slice(0, 200) };
}

const FRAMEWORK: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ["too_large", "The body is larger than this address accepts: send it in parts."],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ["unsupported_media_type", "Send the body as application/json."],
  FST_ERR_CTP_EMPTY_JSON_BODY: ["bad_request", "The body is empty, although its type says JSON."],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ["bad_request", "The body is not as long as its Content-Length says."],
  FST_ERR_CTP_INVALID_JSON_BODY: ["bad_request", "The body is not valid JSON."],
  FST_ERR_BAD_URL: [
    "malformed_encoding",
    "The address holds a percent sign that is not followed by two hexadecimal digits.",
  ],
};

function frameworkRefusal(error: FastifyError): { code: ErrorCode; detail: string } | undefined {
  const known = FRAMEWORK[error.code];
  if (known !== undefined) return { code: known[0], detail: known[1] };
  if (error.statusCode === 429)
    return { code: "too_many_requests", detail: "Wait a moment, then try again; Retry-After says how long." };
  if (error.statusCode === 400) return { code: "bad_request", detail: error.message };
  return undefined;
}

function isRowSecurity(error: unknown): boolean {
  return (error as { code?: unknown }).code === "42501";
}

/** PostgreSQL's text knows every character but NUL; JSON can also name halves of surrogate pairs. */
function isUnstorable(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === "22021" || code === "22P05";
}
