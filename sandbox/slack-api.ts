/** The Web API over HTTP: arguments, tokens, scopes, limits, faults, and a record of every call. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ApiError } from './api-error.ts';
import type { ApiFaults, Fault } from './api-faults.ts';
import { copyOf, isRecord, type Json, parsedJson, recordIn, textIn } from './json.ts';
import type { Limiter } from './slack-limits.ts';
import type { Method, Methods } from './slack-methods.ts';
import type { Call, Refusal } from './slack-records.ts';
import type { World } from './slack-world.ts';

export type Tokens = { readonly bot: string; readonly app: string; readonly signingSecret: string };

export type Answer = { readonly status: number; readonly body: Json; readonly headers?: Record<string, string> };

type Parts = {
  readonly world: World;
  readonly methods: () => Methods;
  readonly tokens: Tokens;
  readonly limiter: Limiter | null;
  readonly faults: ApiFaults;
  readonly calls: Call[];
  readonly refuse: (refusal: Omit<Refusal, 'at'>) => void;
  readonly usedScopes: Set<string>;
  /** What is not a Web API call (response_url); null when it is nobody's. */
  readonly elsewhere: (path: string, body: Json) => Answer | null;
};

export type Api = { readonly server: Server; inProgress(): number };

/** Arguments that a form carries as JSON. */
const JSON_FIELDS = ['blocks', 'attachments', 'metadata', 'view'];

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
};

const argsIn = (request: IncomingMessage, body: string): Json => {
  const isJson = (request.headers['content-type'] ?? '').startsWith('application/json');
  const query = Object.fromEntries(new URL(request.url ?? '/', 'http://local').searchParams);
  const given = isJson ? recordIn(parsedJson(body)) : Object.fromEntries(new URLSearchParams(body));
  const args: Json = { ...query, ...given };
  for (const field of JSON_FIELDS) {
    const value = args[field];
    if (typeof value === 'string') args[field] = parsedJson(value) ?? value;
  }
  return args;
};

const withoutToken = ({ token: _token, ...rest }: Json): Json => rest;

export const createApi = (parts: Parts): Api => {
  const { world, tokens, limiter, faults, calls, refuse, usedScopes } = parts;
  let running = 0;

  const checkToken = (method: Method, given: string): void => {
    if (given === '') throw new ApiError('not_authed');
    if (given !== tokens.bot && given !== tokens.app) throw new ApiError('invalid_auth');
    const wanted = method.token === 'app' ? tokens.app : tokens.bot;
    if (given !== wanted) throw new ApiError('not_allowed_token_type');
  };

  const checkScopes = (needed: readonly string[]): void => {
    const missing = needed.find((scope) => !world.app.scopes.includes(scope));
    if (missing === undefined) return;
    throw new ApiError('missing_scope', `needs ${missing}`, { needed: missing, provided: world.app.scopes.join(',') });
  };

  const checkArgs = (method: Method, args: Json): void => {
    const missing = method.needs.filter((name) => args[name] === undefined || args[name] === '');
    if (missing.length === 0) return;
    const messages = missing.map((name) => `[ERROR] missing required field: ${name}`);
    throw new ApiError('invalid_arguments', messages.join('; '), { response_metadata: { messages } });
  };

  const perform = (name: string, args: Json, token: string): Json => {
    const method = parts.methods()[name];
    if (!method) throw new ApiError('unknown_method', name);
    checkToken(method, token);
    checkArgs(method, args);
    const scopes = method.scopes(args);
    checkScopes(scopes);
    const wait = limiter?.take(name, method.tier, textIn(args.channel)) ?? 0;
    if (wait > 0) throw new ApiError('ratelimited', `again in ${wait} s`, { retry_after: wait });
    const answer = method.run(args);
    for (const scope of scopes) usedScopes.add(scope);
    return copyOf({ ok: true, ...answer });
  };

  const refused = (name: string, args: Json, error: ApiError): Answer => {
    refuse({ method: name, error: error.code, args, detail: error.message });
    const body = { ok: false, error: error.code, ...error.more };
    if (error.code !== 'ratelimited') return { status: 200, body };
    return tooMany(Number(error.more.retry_after));
  };

  const answerTo = (name: string, args: Json, token: string): Answer => {
    try {
      return { status: 200, body: perform(name, args, token) };
    } catch (error) {
      if (error instanceof ApiError) return refused(name, args, error);
      throw error;
    }
  };

  const reply = (response: ServerResponse, { status, body, headers }: Answer): void => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(JSON.stringify(body));
  };

  /** Faults that stand in for the method; null when it is to run. */
  const instead = (fault: Fault | null): Answer | null => {
    if (fault?.kind === 'status') return { status: fault.status, body: { ok: false, error: 'internal_error' } };
    if (fault?.kind === 'rate-limited') return tooMany(fault.retryAfter);
    if (fault?.kind === 'error') return { status: 200, body: { ok: false, error: fault.error } };
    return null;
  };

  const call = async (name: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const args = argsIn(request, await bodyOf(request));
    const bearer = (request.headers.authorization ?? '').replace(/^Bearer /, '');
    const token = bearer || textIn(args.token);
    const record: Call = { method: name, args: withoutToken(args), answer: null, at: world.clock.now() };
    calls.push(record);
    const fault = faults.next(name);
    if (fault?.kind === 'slow') await faults.pause(fault.ms);
    if (fault?.kind === 'drop-before') return void request.socket.destroy();
    const answer = instead(fault) ?? answerTo(name, withoutToken(args), token);
    if (fault?.kind === 'drop-after') return void request.socket.destroy();
    record.answer = answer.body;
    reply(response, answer);
  };

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://local');
    if (pathname.startsWith('/api/')) return call(pathname.slice('/api/'.length), request, response);
    const body = argsIn(request, await bodyOf(request));
    const answer = parts.elsewhere(pathname, isRecord(body.payload) ? body.payload : body);
    reply(response, answer ?? { status: 404, body: { ok: false, error: 'not_found' } });
  };

  const server = createServer((request, response) => {
    running += 1;
    route(request, response)
      .catch((error: unknown) => {
        // A fault of the stand-in itself must be seen, not taken for Slack's.
        process.stderr.write(
          `The local Slack failed at ${request.url}: ${String(error instanceof Error ? error.stack : error)}\n`,
        );
        if (!response.headersSent) reply(response, { status: 500, body: { ok: false, error: 'fatal_error' } });
      })
      .finally(() => {
        running -= 1;
      });
  });
  server.keepAliveTimeout = 60_000;

  return { server, inProgress: () => running };
};

const tooMany = (seconds: number): Answer => ({
  status: 429,
  body: { ok: false, error: 'ratelimited' },
  headers: { 'retry-after': String(seconds) },
});
