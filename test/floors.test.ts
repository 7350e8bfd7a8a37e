import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Which floor each room is on; a file at the top of `src` is a room of its own. */
const floors: Readonly<Record<string, number>> = {
  domain: 0,
  flows: 1,
  views: 1,
  listeners: 2,
  store: 2,
  delivery: 2,
  watching: 2,
  'schedule.ts': 2,
  'config.ts': 2,
  'setting.ts': 2,
  'desk-file.ts': 2,
  'yaml-lines.ts': 2,
  'logger.ts': 2,
  'desk-source.ts': 2,
  starting: 3,
  'app.ts': 4,
  'main.ts': 5,
  'verify.ts': 5,
};

/** Rooms of one floor do not know each other, but these files are one room: settings and the file they name. */
const settings = new Set(['config.ts', 'setting.ts', 'desk-file.ts', 'yaml-lines.ts']);

/** Which packages only some rooms may know. */
const homes: Readonly<Record<string, readonly string[]>> = {
  mongoose: ['store'],
  mongodb: ['store'],
  '@slack/bolt': ['listeners'],
  '@slack/web-api': ['delivery', 'listeners', 'logger.ts', 'starting'],
  '@slack/types': ['views', 'delivery', 'listeners'],
  '@slack/socket-mode': ['listeners'],
  'node-cron': ['schedule.ts', 'setting.ts'],
  dotenv: ['config.ts'],
  pino: ['logger.ts'],
  'prom-client': ['watching'],
};

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly target: string;
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));

const roomOf = (file: string): string => relative('src', file).split('/')[0] ?? '';

const importsOf = (file: string): readonly Import[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/^(?:import|export)[^'"]*?from '([^']+)'/gms)].map(
    ([, target = '']) => {
      const path = target.startsWith('.') ? relative(root, join(root, dirname(file), target)) : target;
      return { file, from: roomOf(file), to: target.startsWith('.') ? roomOf(path) : target, target: path };
    },
  );

const imports = filesIn('src').flatMap(importsOf);
const inside = imports.filter(({ target }) => target.startsWith('src/'));

describe('the house', () => {
  it('has a floor for every room', () => {
    expect([...new Set(inside.flatMap(({ from, to }) => [from, to]))].filter((room) => !(room in floors))).toEqual([]);
  });

  it('imports only downwards, and nothing from the room next door', () => {
    const wrong = inside.filter(({ from, to }) => {
      if (from === to || (settings.has(from) && settings.has(to))) return false;
      return (floors[from] ?? 0) <= (floors[to] ?? 0);
    });
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it('lets only the store know MongoDB, and only its doors know Slack', () => {
    const wrong = imports.filter(({ from, to }) => homes[to] !== undefined && !homes[to].includes(from));
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it('has flat rooms', () => {
    expect(filesIn('src').filter((file) => file.split('/').length > 3)).toEqual([]);
  });

  it('is entered by the local Slack only through the front door', () => {
    const doors = filesIn('sandbox').flatMap((file) =>
      importsOf(file).filter(
        ({ target }) =>
          target.startsWith('src/') &&
          !['src/app.ts', 'src/config.ts', 'src/desk-file.ts', 'src/logger.ts'].includes(target),
      ),
    );
    expect(doors.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });
});
