/** One sweep after another over what lies in the database, and nothing else: its memory is the sweep's. */
import { z } from 'zod';
import { answerTo, settingsAs } from './answering.ts';
import { sweep } from './deadlines.ts';
import { openFilledStore } from './filled-store.ts';

const start = async () => {
  const { mongodbUri } = settingsAs(z.object({ mongodbUri: z.string() }));
  const filled = await openFilledStore(mongodbUri);
  return {
    sweep: async (detail: unknown) => {
      const { ms, moved } = await sweep(filled, z.number().parse(detail));
      return { ms, moved: moved.length };
    },
    stop: filled.close,
  };
};

answerTo(start());
