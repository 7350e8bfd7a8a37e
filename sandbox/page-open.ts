/** Opens an address in the browser, where somebody sits in front of one. Never fails: the address is printed anyway. */
import { spawn } from 'node:child_process';

type Place = {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
};

/** The program and its arguments; null where nobody would see a browser. */
export const openerFor = (
  address: string,
  { platform, env, isTerminal }: Place,
): readonly [string, ...string[]] | null => {
  if (!isTerminal || (env.CI ?? '') !== '') return null;
  switch (platform) {
    case 'darwin':
      return ['open', address];
    case 'win32':
      return ['cmd', '/c', 'start', '', address];
    default:
      return (env.DISPLAY ?? env.WAYLAND_DISPLAY ?? '') === '' ? null : ['xdg-open', address];
  }
};

export const openInBrowser = (address: string, place: Place): void => {
  const opener = openerFor(address, place);
  if (opener === null) return;
  const [program, ...words] = opener;
  const child = spawn(program, words, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
};
