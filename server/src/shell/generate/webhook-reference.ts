import { WEBHOOK_EVENTS } from "@tributary/contract";
import { z } from "zod";

interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly description?: string;
}

/** docs/reference/webhooks.md: how a webhook is verified, and every type with what its `data` holds. */
export function webhookReference(): string {
  const types = Object.entries(WEBHOOK_EVENTS).map(([type, { about, data }]) =>
    [`### \`${type}\``, "", about, "", fieldsOf(z.toJSONSchema(data, { io: "output" }) as Schema)].join("\n"),
  );
  return `# Webhooks for your own systems

Written by \`npm run generate\` from contract/src/webhooks.ts. Do not edit.

Endpoints are set up under *Admin, Webhooks* or by \`POST /v1/webhooks\`. Every call follows the
[Standard Webhooks](https://github.com/standard-webhooks/standard-webhooks) specification, so any of its libraries verifies it.

## A call

\`POST\`, \`application/json\`, with the headers

| header | holds |
| --- | --- |
| \`webhook-id\` | \`msg_…\`, the same at every repetition: keep it to know what you have taken already |
| \`webhook-timestamp\` | seconds since 1970 of this attempt: refuse what is older than five minutes |
| \`webhook-signature\` | \`v1,<base64>\`, one for each secret in use, separated by blanks |

and the body \`{"type": "…", "timestamp": "…", "data": {…}}\`; \`timestamp\` is when it happened.

## Verifying it

The secret (\`whsec_…\`) is shown once, when the endpoint is made or the secret is changed. With the library for Node:

\`\`\`js
import { Webhook } from "standardwebhooks";

/** @returns the payload; throws when the call is not from us, was changed, or is older than five minutes */
export function received(secret, headers, body) {
  return new Webhook(secret).verify(body, headers);
}
\`\`\`

Verify the body as it came, before parsing it. While a secret is being changed, calls are signed with both for the overlap that you chose.

## Answers and repetitions

Any 2xx within ten seconds is taken as received. Everything else is tried again for 72 hours: after 10 s, 20 s, 40 s … up to every 4 hours,
later when you ask for it with \`Retry-After\`. Then the delivery is given up and stays in the log, where it can be resent; *replay* sends
everything since a time once more. Nothing switches an endpoint off but a person. Redirects are not followed. Calls may arrive out of order and,
after a crash, twice. Only addresses of the public internet are called, and hosts that \`WEBHOOK_PRIVATE_HOSTS\` names.
What happened while no endpoint listened to its type is not kept.

## Types

Fields that are not marked optional are always there; new fields may be added at any time. Amounts are \`{"minor": "12345", "currency": "EUR"}\`.

${types.join("\n\n")}
`;
}

function fieldsOf(schema: Schema): string {
  const required = new Set(schema.required ?? []);
  const rows = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const optional = required.has(name) ? "" : " (optional)";
    return `| \`${name}\`${optional} | ${typeOf(field)} | ${field.description ?? ""} |`;
  });
  return ["| field | type | |", "| --- | --- | --- |", ...rows].join("\n");
}

function typeOf(field: Schema): string {
  if (field.anyOf !== undefined) return field.anyOf.map(typeOf).join(" or ");
  if (field.const !== undefined) return `\`${JSON.stringify(field.const)}\``;
  if (field.enum !== undefined) return field.enum.map((value) => `\`${String(value)}\``).join(", ");
  if (field.properties !== undefined && "minor" in field.properties) return "amount";
  const name = Array.isArray(field.type) ? field.type.join(" or ") : String(field.type ?? "anything");
  return field.format === undefined ? name : `${name} (${field.format})`;
}
