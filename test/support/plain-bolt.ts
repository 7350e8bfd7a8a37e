import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { App } from '@slack/bolt';
import type { Slack } from '../../sandbox/slack.ts';
import { closedLater, silent } from '../sandbox/bare-app.ts';
import { type OwnProcess, root, sourceCommand, startProcess } from './a-process.ts';

/** The same as a process of its own, for what ends a process. Settles when it has said that it has started. */
export const plainBoltProcess = async (slack: Slack, botToken: string): Promise<OwnProcess> => {
  const env = { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: slack.tokens.app, SLACK_API_URL: slack.apiUrl };
  const program = fileURLToPath(import.meta.resolve('./plain-bolt-process.ts')).slice(root.length);
  const own = startProcess({ command: sourceCommand(program), env, cwd: tmpdir() });
  closedLater({ stop: own.kill });
  await own.untilSaid('started');
  return own;
};

/**
 * A Bolt app over Socket Mode as its documentation shows it: nothing is set but where Slack is. To see what Bolt does by
 * itself, beside what we do.
 */
export const plainBolt = async (
  slack: Slack,
  register: (app: App) => void,
  more: { readonly headers?: Record<string, string> } = {},
): Promise<App> => {
  const app = new App({
    token: slack.tokens.bot,
    appToken: slack.tokens.app,
    socketMode: true,
    clientOptions: { slackApiUrl: slack.apiUrl, ...more },
    logger: silent,
  });
  register(app);
  closedLater({
    stop: async () => {
      await app.stop();
      // Asked a second time it drops the connection; else it waits 30 s for the other side.
      await app.stop();
    },
  });
  await app.start();
  return app;
};
