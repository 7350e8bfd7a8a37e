/** One way of being broken on purpose: a piece of source text, and what stands there instead. */
export interface Breakage {
  readonly file: string;
  readonly text: string;
  readonly instead: string;
}

/** By name, as `--break` takes it. The product knows nothing of these: they change a copy of its source. */
export const breakages: Readonly<Record<string, readonly Breakage[]>> = {
  'ack-before-write': [
    {
      file: 'listeners/ack-after-work.ts',
      text: '  if (isForListeners(event.body)) await app.processEvent(',
      instead: '  await event.ack();\n  if (isForListeners(event.body)) await app.processEvent(',
    },
  ],
  'no-version-guard': [
    {
      file: 'store/ticket-changes.ts',
      text: '    filter: asRead(before),\n    update: operators({\n',
      instead: '    filter: { _id: before.ticket.id },\n    update: operators({\n',
    },
  ],
  'no-look-up': [
    {
      file: 'delivery/slack-speaker.ts',
      text: 'const { found, instead } = isPosting(to) ? await saidBefore(remarks, to) : nothingFound;',
      instead: 'const { found, instead } = nothingFound;',
    },
  ],
};
