import type { Json } from './json.ts';
import type { FileSeed } from './slack-records.ts';
import type { Person, World } from './slack-world.ts';

/** A file as Slack keeps it after an upload. */
export const storeFile = (world: World, person: Person, seed: FileSeed): Json => {
  const id = seed.id ?? world.newId('F');
  const file: Json = {
    id,
    name: seed.name,
    title: seed.name,
    mimetype: seed.mimetype ?? 'text/plain',
    filetype: seed.name.split('.').at(-1) ?? '',
    size: seed.size ?? 1,
    user: person.id,
    mode: 'hosted',
    file_access: 'visible',
    created: Math.floor(world.clock.now() / 1000),
    url_private: `https://files.slack.com/files-pri/${world.team.id}-${id}/${encodeURIComponent(seed.name)}`,
    permalink: `https://${world.team.domain}.slack.com/files/${person.id}/${id}/${encodeURIComponent(seed.name)}`,
  };
  world.files.set(id, file);
  return file;
};
