/**
 * The page as the browser gets it: `html` at `/`, `script` at `/page.js`, `style` at `/page.css`. The server's rules let nothing
 * else in: no inline script or style.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('page/', import.meta.url));

const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Tierline, a Slack to try it in</title>
    <link rel="stylesheet" href="/page.css">
    <link rel="icon" href="/emoji/1f6a8.svg">
    <script type="module" src="/page.js"></script>
  </head>
  <body></body>
</html>
`;

/** @throws where the page's own sources do not fit together */
export const buildPage = async (): Promise<{
  readonly html: string;
  readonly script: string;
  readonly style: string;
}> => {
  const [{ outputFiles }, style] = await Promise.all([
    build({
      entryPoints: [`${folder}app.tsx`],
      bundle: true,
      write: false,
      format: 'esm',
      target: 'es2022',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      minify: true,
      logLevel: 'silent',
    }),
    readFile(`${folder}page.css`, 'utf8'),
  ]);
  return { html, script: outputFiles[0]?.text ?? '', style };
};
