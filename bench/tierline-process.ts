/** The desk as `npm start` runs it, in a process of its own. */
import { z } from 'zod';
import { startTierline } from '../src/app.ts';
import { createLog } from '../src/logger.ts';
import { answerTo, settingsAs } from './answering.ts';
import { deskPlan, deskText } from './workplace.ts';

const start = async () => {
  const settings = settingsAs(
    z.object({
      apiUrl: z.string(),
      botToken: z.string(),
      appToken: z.string(),
      mongodbUri: z.string(),
      paced: z.boolean(),
    }),
  );
  const log = createLog('info', (line) => process.stdout.write(line));
  const tierline = await startTierline({
    botToken: settings.botToken,
    connection: { kind: 'socket', appToken: settings.appToken },
    slackApiUrl: settings.apiUrl,
    port: 0,
    mongodbUri: settings.mongodbUri,
    leaseSeconds: 30,
    drainSeconds: 5,
    deskPlan: deskPlan(),
    deskFileText: deskText,
    sweepCron: '*/5 * * * * *',
    auditCron: '0 */3 * * * *',
    ...(settings.paced ? {} : { pacing: 'none' as const }),
    clock: { now: Date.now },
    log: {
      ...log,
      error: (happening, facts) => {
        log.error(happening, facts);
        process.stderr.write(`  the desk complains: ${happening} ${String(facts?.error ?? '')}\n`);
      },
    },
  });
  return { idle: tierline.idle, stop: () => tierline.stop() };
};

answerTo(start());
