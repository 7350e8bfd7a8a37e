const shape = /^(?<server>mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/(?<name>[^?]*))?(?:\?(?<options>.*))?$/;

/**
 * The same server, user and options with another database. Written by hand because `URL` refuses the list of hosts of a
 * replica set.
 * @throws when `uri` is not a MongoDB connection string; the message does not repeat it, for it may hold a password
 */
export const withDatabase = (uri: string, name: string): string => {
  const { server, options, current } = read(uri);
  const search = new URLSearchParams(options);
  // A user is looked up in the database of the path unless told otherwise, so moving the path would move the user.
  if (server.includes('@') && current !== '' && !search.has('authSource')) search.set('authSource', current);
  return join(server, name, search);
};

/** Adds one option unless the connection string sets it already. */
export const withOption = (uri: string, key: string, value: string): string => {
  const { server, options, current } = read(uri);
  const search = new URLSearchParams(options);
  if (!search.has(key)) search.set(key, value);
  return join(server, current, search);
};

/** The hosts alone, fit for printing. */
export const hostsOf = (uri: string): string =>
  read(uri)
    .server.replace(/^mongodb(\+srv)?:\/\//, '')
    .replace(/^.*@/, '');

const read = (uri: string): { server: string; current: string; options: string } => {
  const { server, name = '', options = '' } = shape.exec(uri)?.groups ?? {};
  if (server === undefined) throw new Error('Cannot read MONGODB_URI: it does not start with "mongodb://" and a host');
  return { server, current: name, options };
};

const join = (server: string, name: string, search: URLSearchParams): string =>
  search.size > 0 ? `${server}/${name}?${search}` : `${server}/${name}`;
