/** What a process answers on its port. */
export interface Answered {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

export const ask = async (port: number, path: string, method = 'GET'): Promise<Answered> => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers: { connection: 'close' } });
  return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
};

/** The figures of `/metrics` by name and labels, as they stand there. */
export type Figures = ReadonlyMap<string, number>;

export const scrape = async (port: number): Promise<Figures> => {
  const { text } = await ask(port, '/metrics');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const cut = line.lastIndexOf(' ');
      return [line.slice(0, cut), Number(line.slice(cut + 1).replace('Nan', 'NaN'))];
    }),
  );
};
