/** Slack's own word for why it refused a call (`expired_trigger_id`); `null` for any other error. */
export const refusalWord = (error: unknown): string | null => {
  if (!(error instanceof Error) || !('data' in error)) return null;
  const { data } = error;
  return typeof data === 'object' && data !== null && 'error' in data && typeof data.error === 'string'
    ? data.error
    : null;
};
