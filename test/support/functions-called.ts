import { Session } from 'node:inspector/promises';

/** A function of ours by file and name, and whether it ran. */
export interface Ran {
  readonly file: string;
  readonly name: string;
  readonly hasRun: boolean;
}

/** Counts which named functions in a folder run while `work` does; those of files that were never loaded are not in it. */
export const functionsCalled = async (folder: string, work: () => void): Promise<readonly Ran[]> => {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    work();
    const { result } = await session.post('Profiler.takePreciseCoverage');
    return result
      .filter(({ url }) => url.includes(folder))
      .flatMap(({ url, functions }) =>
        functions
          .filter(({ functionName }) => functionName !== '')
          .map(({ functionName, ranges }) => ({
            file: url.slice(url.indexOf(folder) + folder.length),
            name: functionName,
            hasRun: (ranges[0]?.count ?? 0) > 0,
          })),
      );
  } finally {
    session.disconnect();
  }
};
