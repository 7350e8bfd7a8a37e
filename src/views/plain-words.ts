const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/**
 * What a person typed, from the text of a Slack message, which comes escaped and with mentions and links as tokens.
 * The inverse of escaping: stored like this, a text can be shown anywhere and searched.
 */
export const plainWords = (slackText: string): string =>
  slackText
    .replace(/<([^<>]*)>/g, (_, token: string) => tokenText(token))
    .replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? entity);

const tokenText = (token: string): string => {
  const bar = token.indexOf('|');
  const target = bar < 0 ? token : token.slice(0, bar);
  const label = bar < 0 ? '' : token.slice(bar + 1);
  switch (target[0]) {
    case '@':
      return `@${bareName(label) || target.slice(1)}`;
    case '#':
      return `#${bareName(label) || target.slice(1)}`;
    case '!':
      return specialText(target.slice(1), label);
    default:
      return linkText(target, label);
  }
};

const bareName = (label: string): string => label.replace(/^[@#]/, '');

const specialText = (special: string, label: string): string => {
  if (special.startsWith('date^')) return label;
  return `@${bareName(label) || special.replace(/^subteam\^/, '')}`;
};

/** The address stays beside a label that says something else. */
const linkText = (target: string, label: string): string => {
  const address = target.replace(/^mailto:|^tel:/, '');
  return label === '' || label === address || `http://${label}` === address ? address : `${label} (${address})`;
};
