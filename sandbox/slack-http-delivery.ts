/** Signed HTTP delivery to the bot's request address. */
import { createHmac } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import { type Json, parsedJson } from './json.ts';
import type { Ack, DeliveryKind, Parcel, Transport } from './slack-delivery.ts';

const encoded = (kind: DeliveryKind, payload: Json): { readonly type: string; readonly body: string } => {
  if (kind === 'events_api') return { type: 'application/json', body: JSON.stringify(payload) };
  const fields = kind === 'interactive' ? { payload: JSON.stringify(payload) } : payload;
  const form = new URLSearchParams(
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)])),
  );
  return { type: 'application/x-www-form-urlencoded', body: form.toString() };
};

/** The two headers that prove a request is Slack's. The timestamp is real time: receivers compare it with theirs. */
export const signatureHeaders = (secret: string, body: string, at = Date.now()): Record<string, string> => {
  const timestamp = String(Math.floor(at / 1000));
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
};

const bodyOf = async (response: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk));
  const source = Buffer.concat(chunks).toString();
  return parsedJson(source) ?? source;
};

export const httpDelivery = (url: string, secret: string): Transport => {
  const underWay = new Set<AbortController>();

  const post = ({ kind, payload, retry }: Parcel, signal: AbortSignal): Promise<IncomingMessage> => {
    const { type, body } = encoded(kind, payload);
    const again = retry ? { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason } : {};
    const headers = {
      'content-type': type,
      'content-length': Buffer.byteLength(body),
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      ...again,
      ...signatureHeaders(secret, body),
    };
    return new Promise((resolve, reject) => {
      const sent = request(url, { method: 'POST', headers, signal, agent: false }, resolve);
      sent.on('error', reject);
      sent.end(body);
    });
  };

  const send = async (parcel: Parcel, ackMs: number): Promise<Ack> => {
    const startedAt = performance.now();
    const aborter = new AbortController();
    underWay.add(aborter);
    const timer = setTimeout(() => aborter.abort(), ackMs);
    const ack = (part: Omit<Ack, 'afterMs'>): Ack => ({ ...part, afterMs: performance.now() - startedAt });
    try {
      const response = await post(parcel, aborter.signal);
      const body = await bodyOf(response);
      const status = response.statusCode ?? 0;
      if (status >= 200 && status < 300) return ack({ acked: true, body, reason: null, final: false });
      return ack({ acked: false, body, reason: 'http_error', final: response.headers['x-slack-no-retry'] === '1' });
    } catch {
      const reason = aborter.signal.aborted ? 'http_timeout' : 'connection_failed';
      return ack({ acked: false, body: undefined, reason, final: false });
    } finally {
      clearTimeout(timer);
      underWay.delete(aborter);
    }
  };

  return {
    send,
    stop: () => {
      for (const one of underWay) one.abort();
      return Promise.resolve();
    },
  };
};
