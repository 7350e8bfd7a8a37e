/** The page's files over HTTP, for this machine's own browser and nobody else. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { buildPage } from './page-bundle.ts';

const require = createRequire(import.meta.url);

type Asset = { readonly type: string; readonly body: string | Buffer };

const rules = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'content-security-policy': rules,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

const emojiPath = /^\/emoji\/([0-9a-f]{1,6}(?:-[0-9a-f]{1,6}){0,9})\.svg$/;

/**
 * Whether it comes from a page of ours. A name that somebody else's domain gives this machine (DNS rebinding), or another
 * site's script, is turned away.
 */
export const isOurs = ({ headers: { host, origin } }: IncomingMessage, port: number): boolean => {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  return hosts.includes(host ?? '') && (origin === undefined || hosts.some((each) => origin === `http://${each}`));
};

/** What is asked for; null where that is no address. */
export const addressOf = ({ url }: IncomingMessage): URL | null => {
  const given = `http://local${url ?? '/'}`;
  return URL.canParse(given) ? new URL(given) : null;
};

/** Bundles the page once. @param port known as soon as it listens */
export const createPageHttp = async (port: () => number): Promise<Server> => {
  const { html, script, style } = await buildPage();
  const files: Readonly<Record<string, Asset>> = {
    '/': { type: 'text/html; charset=utf-8', body: html },
    '/page.js': { type: 'text/javascript; charset=utf-8', body: script },
    '/page.css': { type: 'text/css; charset=utf-8', body: style },
  };
  const emoji = emojiIn(dirname(require.resolve('@twemoji/svg/package.json')));

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isOurs(request, port())) return say(response, 403, 'This page is only for this machine.');
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return say(response, 405, 'Only reading is possible here.');
    const pathname = addressOf(request)?.pathname ?? '';
    const asset = files[pathname] ?? (await emoji(pathname));
    if (asset === null) return say(response, 404, 'There is nothing here.');
    const isPicture = pathname.startsWith('/emoji/');
    response.writeHead(200, {
      ...headers,
      'content-type': asset.type,
      'cache-control': isPicture ? 'max-age=86400' : 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : asset.body);
  };
  return createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      process.stderr.write(`The page's server failed at ${request.url}: ${String(error)}\n`);
      if (!response.headersSent) say(response, 500, 'Something went wrong here.');
    });
  });
};

const say = (response: ServerResponse, status: number, sentence: string): void => {
  response.writeHead(status, { ...headers, 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${sentence}\n`);
};

/** Pictures of emoji by their code points, as `1f6a8` or `1f1e9-1f1ea`. */
const emojiIn = (folder: string) => {
  const known = new Map<string, Asset>();
  return async (pathname: string): Promise<Asset | null> => {
    const name = emojiPath.exec(pathname)?.[1];
    if (name === undefined) return null;
    const kept = known.get(name);
    if (kept !== undefined) return kept;
    const body = await readFile(join(folder, `${name}.svg`)).catch(() => null);
    if (body === null) return null;
    const asset = { type: 'image/svg+xml', body };
    known.set(name, asset);
    return asset;
  };
};
