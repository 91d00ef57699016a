import type { LeadChannel, NewLead as NewLeadSchema } from "@tributary/contract";
import type { z } from "zod";

/** What the pipeline asks of the shell. */
export interface PipelineNeeds {
  readonly publicUrl: string;
  /** A key of 32 bytes: forms sign with it what they hand out. */
  readonly formKey: Buffer;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly sendMail: (mail: OutgoingMail) => Promise<boolean>;
  /** Seals passwords of mailboxes. */
  readonly vault: { close(text: string): string; open(sealed: string): string };
}

export interface OutgoingMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId?: string;
  readonly attachments?: readonly {
    readonly filename: string;
    readonly content: Buffer;
    readonly contentType: string;
  }[];
}

/** A lead at the door, whatever the way it came. */
export type IncomingLead = z.output<typeof NewLeadSchema>;

/** By which way a lead came, and what only that way knows. */
export interface Arrival {
  readonly channel: z.infer<typeof LeadChannel>;
  readonly formId?: string;
  readonly formVersion?: number;
  /** The address is to be confirmed first: the lead waits until then. */
  readonly confirm?: { readonly hash: Buffer; readonly until: Date; readonly language: string };
}

/** Something said or done with a lead or partner: for pages of other rooms. */
export interface ActivityFacts {
  readonly activityId: string;
  readonly kind: string;
  readonly subject: string;
  readonly at: Date;
  readonly byName: string;
  readonly leadId: string | null;
  readonly partnerId: string | null;
}
