import { failureOf } from './slack-error.ts';

/** Slack did not answer what had to be known. The work may be tried again (14.5). */
class SlackUnreachableError extends Error {
  override readonly name = 'SlackUnreachableError';
  readonly code = 'slack-unreachable';
}

/**
 * Runs calls to Slack for what must be known.
 *
 * @param what the action in words: "Reading the desk"
 * @throws SlackUnreachableError where a call failed; other errors as they are
 */
export const reachingSlack = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SlackUnreachableError) throw error;
    throw new SlackUnreachableError(`${what} from Slack failed: ${failureOf(error).why}`, { cause: error });
  }
};
