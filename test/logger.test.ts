import { describe, expect, it } from '@jest/globals';
import { LogLevel, WebAPIPlatformError } from '@slack/web-api';
import mongoose from 'mongoose';
import { createLog, type Level, sdkLogger } from '../src/logger.ts';

const logged = (level: Level = 'info') => {
  const lines: string[] = [];
  const log = createLog(level, (line) => lines.push(line));
  return { log, lines, facts: (): readonly Record<string, unknown>[] => lines.map((line) => JSON.parse(line)) };
};

describe('the log', () => {
  it('writes one JSON line for each happening', () => {
    const { log, lines, facts } = logged();
    log.info('started', { port: 3000 });
    log.warn('slow');
    expect(lines.every((line) => line.endsWith('}\n') && line.indexOf('\n') === line.length - 1)).toBe(true);
    expect(facts()).toMatchObject([
      { level: 'info', msg: 'started', port: 3000, time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) },
      { level: 'warn', msg: 'slow' },
    ]);
  });

  it('leaves out what is below its level', () => {
    const { log, lines } = logged('error');
    log.info('started');
    log.warn('slow');
    log.error('broken');
    expect(lines).toHaveLength(1);
  });

  it('lets no token, password or response address out, wherever it stands', () => {
    const { log, lines } = logged();
    const error = new Error('Bearer xoxb-123-abcDEF was refused', {
      cause: new Error('connect mongodb://root:s3cret@db:27017/desk failed'),
    });
    log.error('with xapp-1-A1-2-abc', {
      error,
      deep: { list: ['xoxe.xoxp-1-Mi0yLTU', 'https://hooks.slack.com/actions/T1/2/abc'] },
    });
    expect(lines.join('')).not.toMatch(/abcDEF|s3cret|A1-2-abc|Mi0yLTU|T1\/2\/abc/);
    expect(lines.join('')).toContain('mongodb://[secret]@db:27017/desk');
  });

  it('writes of an error what it says and what caused it, not what libraries hang on it', () => {
    const { log, lines, facts } = logged();
    const inner = Object.assign(new Error('inside'), { code: 'E1' });
    const error = Object.assign(new Error('outside'), { data: { text: 'My password is hunter2' }, original: inner });
    log.error('broken', { error });
    expect(facts()[0]).toMatchObject({ error: { message: 'outside', cause: { message: 'inside', code: 'E1' } } });
    expect(lines[0]).not.toContain('hunter2');
  });
});

describe('what libraries quote', () => {
  const quotes = (): readonly Error[] => {
    const thrown: Error[] = [];
    for (const text of ['My password is hunter2', '{"text":"My password is hunter2"', '"hunter2" and more']) {
      try {
        JSON.parse(text);
      } catch (error) {
        if (error instanceof Error) thrown.push(error);
      }
    }
    return [
      ...thrown,
      new mongoose.Error.CastError('number', 'My "password" is `hunter2`', 'ticket.tier'),
      new WebAPIPlatformError({ ok: false, error: '<html>My password is hunter2</html>' }),
    ];
  };

  it('is not in the log, nor in the stack', () => {
    const { log, lines } = logged('debug');
    expect(quotes()).toHaveLength(5);
    for (const error of quotes()) {
      log.error('broken', { error: new Error('Reading failed', { cause: error }) });
      sdkLogger(log, 'slack').error('Failed to parse', error);
      // Bolt makes one text of it.
      if (error.name !== 'CastError') sdkLogger(log, 'slack').warn(`Malformed request body: ${error.message}`);
    }
    expect(lines).toHaveLength(14);
    expect(lines.join('')).not.toContain('hunter2');
    expect(lines.join('')).toContain('logger.test.ts');
  });

  it('is no secret address or trigger, whichever Slack it is', () => {
    const { log, lines } = logged();
    log.warn('answer not given', {
      error: new Error(
        'POST http://127.0.0.1:4000/response/T1/abcdef failed for 1234567890.1234567890.0123456789abcdef0123456789abcdef',
        { cause: new Error('wss://wss-primary.slack.com/link/?ticket=12-34-abcd&app_id=A1 closed') },
      ),
    });
    expect(lines.join('')).not.toMatch(/abcdef|12-34/);
    expect(lines.join('')).toContain('app_id=A1');
  });
});

describe('what Slack’s libraries say', () => {
  it('is written without their payloads, and never as an error of ours', () => {
    const { log, facts } = logged('debug');
    const sdk = sdkLogger(log, 'web-api');
    sdk.debug('http request body: My password is hunter2');
    sdk.error('http request failed', new Error('socket hang up'));
    expect(sdk.getLevel()).toBe(LogLevel.INFO);
    expect(facts()).toMatchObject([
      { level: 'warn', msg: 'slack library', part: 'web-api', says: 'http request failed socket hang up' },
    ]);
  });
});
