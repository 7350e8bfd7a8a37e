/** The sentences that Slack shows when an app does not answer, or not well. */
/** Where it was tried. */
export type Tried =
  | { readonly what: 'press' | 'shortcut' | 'form' }
  | { readonly what: 'command'; readonly line: string };

/** @returns null when all is well */
export const troubleOf = (error: string | null, tried: Tried): string | null => {
  if (error === null) return null;
  switch (tried.what) {
    case 'command':
      return ofCommand(error, tried.line.split(/\s/, 1)[0] ?? '');
    case 'form':
      return 'We had some trouble connecting. Try again?';
    case 'press':
    case 'shortcut':
      return error === 'operation_timeout'
        ? 'Operation timed out. Apps need to respond within 3 seconds.'
        : 'This app is not responding. Try again in a moment.';
  }
};

const ofCommand = (error: string, name: string): string =>
  error === 'not_a_valid_command'
    ? `${name} is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.`
    : `${name} failed with the error "${error}"`;
