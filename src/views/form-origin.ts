import { z } from 'zod';

/** What a form knows about where it was opened: enough to act, and nothing that needs the database. */
const originSchema = z.object({
  ticketId: z.string().min(1),
  /** `null` where no card was pressed: a command. */
  step: z.number().int().nullable(),
  /** Where to answer the person; `null` in a direct message. */
  channel: z.string().nullable(),
});
export type FormOrigin = Readonly<z.infer<typeof originSchema>>;

export const formMetadata = ({ ticketId, step, channel }: FormOrigin): string =>
  JSON.stringify({ ticketId, step, channel });

/** Reads a form's private_metadata; `null` when it is none of ours. */
export const parseFormOrigin = (metadata: string): FormOrigin | null => {
  const parsed = originSchema.safeParse(jsonIn(metadata));
  return parsed.success ? parsed.data : null;
};

/** Text as JSON; `null` when it is none. */
export const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
